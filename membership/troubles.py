"""What the club is told when joining goes wrong: what happened, what was done, what to click.

Each is one alert however often it is said. No names and no addresses: the link shows them to who may see them.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from membership.models import Case, Payment, Signup
from outbox.alerts import alert, note


def does_not_match(case: Case, payment: Payment) -> None:
    """Money arrived that is not what its signup asked for."""
    alert(
        "payment.case",
        key=said(case),
        what=f"A payment does not match the join form it came from: {payment.problem}",
        done="The payment is recorded. Nobody was made a member by it.",
        todo="Open the case: there you can accept the payment, refund it, or keep it as it is.",
        link=case_link(case),
    )


def paid_twice(case: Case) -> None:
    """Two sessions of one signup were paid."""
    alert(
        "payment.twice",
        key=said(case),
        what="Somebody paid twice for one membership.",
        done="Both payments are recorded. They are a member once; nothing was refunded.",
        todo="Open the case and refund the second payment with one click. They stay a member.",
        link=case_link(case),
    )


def paid_again(case: Case) -> None:
    """Two join forms of one person, for one level, were paid within days."""
    alert(
        "payment.twice",
        key=said(case),
        what="Somebody paid a second time for the same level, within days and over another join form.",
        done="Both payments are recorded. For now the second one makes their membership longer. Nothing was "
        "refunded; their mail says that they can have it back.",
        todo="Open the case: refund the second payment with one click, or keep both if they meant it.",
        link=case_link(case),
    )


def declined() -> None:
    """A card was declined: normal, so only counted in the daily digest."""
    note("payment.declined", "A card was declined while somebody joined. They could try again.")


def joining_limited(*, overall: bool) -> None:
    """Somebody was asked to wait: counted in the digest, and told at once, at most once an hour, where all are."""
    if not overall:
        note("join.limited-one", "Somebody sent too many join forms without paying, and was asked to wait.")
        return
    alert(
        "join.limited",
        key=f"join.limited:{timezone.now():%Y-%m-%dT%H}",
        what="Far more people than ever began to join within an hour and did not finish. It looks like a program "
        "that tries out cards or addresses.",
        done="New join forms are refused until the rush is over, with a way to write to you. "
        "Who had begun to pay can finish.",
        todo="Wait an hour: it ends by itself. If it goes on, take the tick from “Joining is open” for a day, and "
        "tell your maintainer.",
        link="/admin/settings/membership/membershipsettings/",
    )


def keeps_failing(signup: Signup) -> None:
    """A person could not pay: three declines, or time ran out after one."""
    alert(
        "payment.failed",
        key=f"payment.failed:{signup.uuid}",
        what=f"Somebody wanted to pay and could not: their card was declined {times(signup.declines)}.",
        done="They were not charged and are not a member.",
        todo="If you like, write to them and ask whether they want to try another card.",
        link=signup_link(signup),
    )


def payment_failed_later(signup: Signup) -> None:
    """A payment that takes days (a bank debit) did not arrive in the end."""
    alert(
        "payment.failed",
        key=f"payment.failed-later:{signup.uuid}",
        what="A payment that takes a few days did not arrive: the bank refused it.",
        done="They were not charged and are not a member.",
        todo="Write to the person and ask them to join again with a card.",
        link=signup_link(signup),
    )


def paid_for_nothing_known(case: Case, session_id: str) -> None:
    """A payment carries our mark, but its signup is not here."""
    alert(
        "payment.unknown",
        key=said(case),
        what=f"A payment arrived for a join form that is not on this site (Stripe's id {session_id}).",
        done="It is kept as a case. Nobody was made a member by it yet.",
        todo="Open the case: the site can ask Stripe who paid and make them a member, or refund the payment.",
        link=case_link(case),
    )


def old_site_waits(count: int) -> None:
    """Payments of the old site could not be taken over without a person; `count` wait. At most one alert a day."""
    alert(
        "payment.old-site",
        key=f"payment.old-site:{timezone.localdate():%Y-%m-%d}",
        what=f"{count} payment{'' if count == 1 else 's'} of the old site may or may not be memberships.",
        done="Whoever clearly paid for a membership there is a member here, without a mail. These were left aside.",
        todo="Open the list: it says what is known of each. Make them members, or leave them as they are.",
        link="/admin/cases/old-site/",
    )


def import_failed(batch_id: int, delivery_id: int, *, keeps_changing: bool) -> None:
    """An import of a list was given up."""
    alert(
        "import.failed",
        key=f"import.failed:{batch_id}:{delivery_id}",
        what="A list of members could not be imported: people of that list joined over and over while it was done."
        if keeps_changing
        else "A list of members could not be imported: something unexpected happened.",
        done="Nothing of it was imported, and nobody was told anything.",
        todo="Open it and press “Import” again. If it fails again, tell the maintainer.",
        link=f"/admin/members/import/?list={batch_id}",
    )


def contact_shared(case: Case) -> None:
    """Two members have one contact in HubSpot between them."""
    alert(
        "hubspot.shared",
        key=said(case),
        what="Two members share one contact in HubSpot, so one of them is missing from its lists.",
        done="The contact was left to the one who had it. Nobody's membership is touched by it.",
        todo="Open the case: it says what to look at in HubSpot. It settles itself once they are apart.",
        link=case_link(case),
    )


def contacts_differ(count: int, night: str) -> None:
    """The nightly comparison with HubSpot found what it cannot mend. Once a night."""
    alert(
        "hubspot.differs",
        key=f"hubspot.differs:{night}",
        what=f"HubSpot and the members list do not agree about {count} member{'' if count == 1 else 's'}, and "
        "mending it did not last.",
        done="Everything that could be mended was. Nobody's membership is touched by it.",
        todo="Look at the deliveries to HubSpot that were given up: each says why. If there are none, somebody or "
        "something in HubSpot changes the WITS properties.",
    )


def said(case: Case) -> str:
    """The alert's key. A case that opens again is told again."""
    return f"case:{case.pk}:{case.reopened}"


def moment(at: datetime) -> str:
    """`30 September 2026, 14:13`, in Toronto."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def signup_link(signup: Signup) -> str:
    """The admin's page of a join form, which leads to its member."""
    return f"/admin/signups/{signup.pk}/"


def case_link(case: Case) -> str:
    """The admin's page of a case, with what can be done."""
    return f"/admin/cases/{case.pk}/"


def times(count: int) -> str:
    """How often, in words: once, twice, 5 times."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")

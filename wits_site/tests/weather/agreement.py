"""At the end, all sides agree: the site with the truth, Stripe and HubSpot with the site, the mailbox with both."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.core import mail
from django.utils import timezone

from membership import emails
from membership.models import Addition, Case, Member, Membership, Payment, Refund, Signup, StripeEvent
from outbox.models import Alert, Delivery
from outbox.promises import try_again
from wits_site.tests.weather.people import EVERYBODY, Person
from wits_site.tests.weather.truth import Story, Term, Told, last_day, stories, told, waiting
from wits_site.tests.weather.world import World

ALERTS_KEPT = timedelta(days=300)  # at least
TOLD_ONCE = (
    "payment.case",
    "payment.twice",
    "payment.unknown",
    "payment.fraud-warning",
    "refund.failed",
    "refund.refused",
)


def come_to_rest(world: World) -> None:
    """All trouble ends: what was not lost arrives, the site works until nothing waits, and a night goes by.

    Asserts that comparing with Stripe once more changes nothing.
    """
    post = world.post
    post.faults = []
    world.skew(0)
    at_end = timezone.now() + timedelta(days=2)
    post.tell_all()
    post.reconcile()
    for delivery in Delivery.objects.filter(state=Delivery.State.DEAD):
        assert try_again(delivery)  # an executive opens the alert and presses the button
    post.work_until_done()
    world.clock.move_to(at_end)
    world.expire_what_is_due()
    post.tell_all()
    post.reconcile()
    post.work()
    post.night()
    before = everything_written()
    second = post.reconcile()
    post.night()
    assert second.repaired == []
    assert everything_written() == before, "comparing again changed something"


def check(world: World) -> None:
    """Raise AssertionError for whatever does not agree."""
    found = stories(world)
    for story in found:
        _check_form(story)
    _check_cases(world, found)
    _check_members(world, found)
    _check_by_hand(world)
    _check_mails(world, found)
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    assert not StripeEvent.objects.filter(state=StripeEvent.State.FAILED).exists()


def _check_form(story: Story) -> None:
    signup = Signup.objects.get(uuid=story.form.uuid)
    assert signup.state in story.states, f"{signup.state}, not {story.states}"
    known = sorted((one.session_id, one.amount_cents, one.refunded_cents, bool(one.problem)) for one in _paid(signup))
    must = sorted((paid.session, paid.cents, paid.back, not paid.is_as_asked) for paid in story.paid)
    assert known == must, f"{known}, not {must}"
    assert signup.refunded_cents == sum(paid.back for paid in story.paid)
    memberships = list(Membership.objects.filter(signup=signup).select_related("level", "member"))
    assert len(memberships) == story.makes_a_member
    for membership in memberships:
        assert membership.member.email.lower() == story.form.person.key
        assert membership.level.slug == story.form.level
        assert membership.state == story.standing
        assert membership.ends_on == last_day(story.form.level, membership.starts_on)
        assert membership.amount_cents in {paid.cents for paid in story.counting} or story.form.confirmed


def _paid(signup: Signup) -> list[Payment]:
    return list(signup.payments.exclude(paid_at=None))


def _check_cases(world: World, found: list[Story]) -> None:
    """Every payment at Stripe stands behind a membership, was given back, or waits for a person who was told."""
    assert Payment.objects.exclude(paid_at=None).count() == sum(len(story.paid) for story in found)
    still_open = Case.objects.filter(settled_at=None)
    assert sorted(case.key for case in still_open) == sorted(one.key for one in waiting(world, found))
    answered = [paid.dispute_id for story in found for paid in story.paid if paid.dispute == "under_review"]
    young = still_open.filter(opened_at__gt=timezone.now() - ALERTS_KEPT)
    for case in young.exclude(stripe_object_id__in=answered):
        assert Alert.objects.filter(link=f"/admin/cases/{case.pk}/").exists(), "nobody was told of a case"


def _check_members(world: World, found: list[Story]) -> None:
    """One member for each person who ever became one, one contact each, and a customer where something was paid."""
    members = {id(story.form.person) for story in found if story.makes_a_member}
    members |= {id(one.person) for one in world.by_hand}
    made = [person for person in EVERYBODY if id(person) in members]
    assert sorted(one.email_key for one in Member.objects.all()) == sorted(person.key for person in made)
    marked = [row for row in _contacts(world) if row["properties"].get("wits_member_id")]
    assert len(_contacts(world)) == len(marked) == len(made)
    for person in made:
        member = Member.objects.get(email_key=person.key)
        _check_terms(member)
        must = told(terms_of(member), timezone.localdate())
        assert (member.first_name, member.last_name) == (person.first_name, person.last_name)
        _check_contact(world, member, person, must)
        paid = any(story.counting for story in found if story.form.person is person)
        assert bool(member.stripe_customer_id) == paid
        if paid:
            _check_customer(world, member, person, must)


def terms_of(member: Member) -> list[Term]:
    """The member's memberships, whose states and dates have been compared with the truth."""
    rows = member.memberships.select_related("level").order_by("pk")
    return [Term(row.level.slug, row.state, row.starts_on, row.ends_on) for row in rows]


def _check_terms(member: Member) -> None:
    """No two terms that were paid run at once; each begins when it was paid, or after another."""
    rows = member.memberships.select_related("level", "signup", "addition")
    paid = [row for row in rows if row.level.price_cents]
    standing = sorted((row.starts_on, row.ends_on) for row in paid if row.state in ("active", "held"))
    assert all(ends < starts for (_, ends), (starts, _) in pairwise(standing)), (
        "somebody paid twice for the same days"
    )
    for row in paid:
        after_another = {other.ends_on + timedelta(days=1) for other in paid}
        bought_at = row.signup.paid_at if row.signup else row.addition.created_at
        assert row.starts_on == timezone.localdate(bought_at) or row.starts_on in after_another


def _contacts(world: World) -> list[dict[str, Any]]:
    return [row for row in world.state["contact"].oldest_first() if not row["archived"]]


def _check_contact(world: World, member: Member, person: Person, must: Told) -> None:
    contact = world.state["contact"].first("email", person.key)
    assert contact is not None
    assert contact["id"] == member.hubspot_contact_id
    has = contact["properties"]
    consents = person.newsletter and person not in world.without_consent
    assert member.newsletter == (consents and person not in world.unsubscribed)
    assert (has["firstname"], has["lastname"]) == (person.first_name, person.last_name)
    assert has["wits_member_id"] == str(member.uuid)
    assert has["wits_newsletter_consent"] == ("true" if member.newsletter else "false")
    there = (has["wits_membership_status"], has.get("wits_membership_level", ""), has.get("wits_member_until", ""))
    assert there == (must.status, must.level, _iso(must.until)), "HubSpot was told something else"


def _check_customer(world: World, member: Member, person: Person, must: Told) -> None:
    customer = world.state["customer"].need(member.stripe_customer_id)
    assert customer["name"] == f"{person.first_name} {person.last_name}"
    assert customer["email"].lower() == person.key
    has = customer["metadata"]
    assert has["wits_member_id"] == str(member.uuid)
    there = (has["wits_status"], has["wits_level"], has.get("wits_until", ""))
    assert there == (must.status, must.level, _iso(must.until)), "Stripe was told something else"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _check_by_hand(world: World) -> None:
    """What was written down twice is there once, and stays as it was."""
    assert Addition.objects.count() == len(world.by_hand)
    for one in world.by_hand:
        row = Membership.objects.select_related("level", "member").get(addition__nonce=one.nonce)
        assert (row.member.email_key, row.level.slug, row.amount_cents) == (one.person.key, one.level, one.cents)
        assert (row.state, row.signup) == ("active", None)
        assert row.ends_on == last_day(one.level, row.starts_on)


def _check_mails(world: World, found: list[Story]) -> None:
    """No mail comes twice. One receipt for each membership by hand, and one welcome for each form that made a member;
    perhaps none where the money was gone before it went out."""
    ids = Counter(one.extra_headers["Message-ID"] for one in mail.outbox)
    assert [number for number, count in ids.items() if count > 1] == [], "the same mail came twice"
    told_of = Counter(case for case in Alert.objects.filter(kind__in=TOLD_ONCE).values_list("link", flat=True))
    for case in Case.objects.all():
        assert told_of[f"/admin/cases/{case.pk}/"] <= 1 + case.reopened, "somebody was told of a case twice"
    receipts = [one.to[0] for one in mail.outbox if one.subject == emails.RECEIPT.subject]
    assert sorted(receipts) == sorted(_address_of(one.person) for one in world.by_hand)
    sent = [one for one in mail.outbox if one.subject in (emails.WELCOME.subject, emails.RENEWAL.subject)]
    for person in EVERYBODY:
        own = [story for story in found if story.form.person is person and story.makes_a_member]
        came = sum(one.to[0].lower() == person.key for one in sent)
        assert sum(story.standing == "active" for story in own) <= came <= len(own)


def _address_of(person: Person) -> str:
    """The address as the member's row has it; however it was typed, it is one mailbox."""
    return str(Member.objects.get(email_key=person.key).email)


def everything_written() -> dict[str, list[dict[str, Any]]]:
    """All rows that a comparison might change, but for how often an alert was heard of again."""
    written = {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Signup, Payment, Refund, Case, Membership, Member, StripeEvent)
    }
    written["Delivery"] = list(Delivery.objects.exclude(kind__startswith="hubspot.check").order_by("pk").values())
    written["Alert"] = list(Alert.objects.order_by("pk").values("kind", "key"))
    return written


def end_of(world: World) -> dict[str, Any]:
    """How it ended, in words that hold in every world: to be compared with the same history otherwise told."""
    return {"forms": [_end_of_form(form.uuid) for form in world.forms], "people": _end_of_people(world)}


def _end_of_form(uuid: str) -> tuple[Any, ...]:
    signup = Signup.objects.get(uuid=uuid)
    payments = sorted((one.amount_cents, one.refunded_cents, one.dispute, one.problem) for one in _paid(signup))
    terms = [(row.state, row.starts_on, row.ends_on) for row in Membership.objects.filter(signup=signup)]
    return signup.state, payments, terms, sorted(signup.cases.filter(settled_at=None).values_list("kind", flat=True))


def _end_of_people(world: World) -> dict[str, dict[str, str]]:
    ids = {"wits_member_id", "hs_object_id", "createdate", "lastmodifieddate", "wits_newsletter_consent_at", "email"}
    return {
        row["properties"]["email"].lower(): {k: v for k, v in row["properties"].items() if k not in ids}
        for row in _contacts(world)
    }

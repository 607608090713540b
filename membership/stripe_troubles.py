"""What the club is told when the site and Stripe do not understand each other: once, however often it happens."""

from django.utils import timezone

from membership.models import Case, StripeEvent
from membership.troubles import case_link, said
from outbox.alerts import alert, note


def checkout_refused(reason: str) -> None:
    """Stripe does not let anybody pay: our key or our request is refused. At most one alert a day."""
    alert(
        "checkout.refused",
        key=f"checkout.refused:{timezone.localdate():%Y-%m-%d}",
        what=f"Nobody can pay for a membership at the moment. {reason}",
        done="Visitors see that paying is not possible right now, and keep what they typed.",
        todo="Look at Stripe's status page and at the site's Stripe key, then tell the maintainer.",
    )


def broken_off() -> None:
    """Stripe did not answer, or not sensibly, while it was compared: counted in the daily digest."""
    note("reconcile.broken-off", "Stripe could not be compared with the members. The next hour tries it again.")


def event_failed(event: StripeEvent) -> None:
    """An event from Stripe could not be dealt with. At most one alert an hour."""
    alert(
        "webhook.failed",
        key=f"webhook.failed:{timezone.now():%Y-%m-%dT%H}",
        what="A message from Stripe could not be dealt with.",
        done="It is kept, and Stripe will send it again by itself for three days.",
        todo="Open it in an hour. If it still says Failed, choose Process again; if it stays, tell the maintainer.",
        link=event_link(event),
    )


def forged() -> None:
    """A request to the webhook was not signed by Stripe. At most one alert an hour."""
    alert(
        "webhook.forged",
        key=f"webhook.forged:{timezone.now():%Y-%m-%dT%H}",
        what="A message that pretends to come from Stripe reached the site, or Stripe's signing secret was changed.",
        done="It was refused, and nothing was changed by it.",
        todo="If payments do not arrive either, compare the signing secret in Stripe with the site's settings.",
    )


def repaired(count: int) -> None:
    """Reconciliation found what no event had told."""
    alert(
        "reconcile.repaired",
        key=f"reconcile.repaired:{timezone.localdate():%Y-%m-%d}",
        what=f"Comparing Stripe with the members showed {count} difference{'' if count == 1 else 's'}.",
        done="They were repaired: whoever paid in them is a member.",
        todo="Nothing. If this comes every day, tell the maintainer that Stripe's messages do not arrive.",
    )


def other_mode(*, live: bool) -> None:
    """Stripe signed it, but it is of the mode that the site does not run in. At most one alert a day."""
    here, there = ("test", "live") if live else ("live", "test")
    alert(
        "webhook.other-mode",
        key=f"webhook.other-mode:{there}:{timezone.localdate():%Y-%m-%d}",
        what=f"Stripe sends messages of its {there} mode, but this site is set to {here} mode.",
        done="They were refused, and nothing was changed by them.",
        todo=f"Tell the maintainer: either the site's Stripe key is the wrong one, or in Stripe's {there} mode an "
        "endpoint leads here that should not. "
        + ("If people really pay, they do not become members until this is mended." if live else ""),
    )


def gone(case: Case, kind: str) -> None:
    """Stripe does not have a thing any more that money depends on."""
    alert(
        "payment.gone",
        key=said(case),
        what=f"Stripe no longer knows a {kind} that was still open here.",
        done="Everything else was compared. The membership stays as it is.",
        todo="Open the case. Mostly the site was given the key of another Stripe account: tell the maintainer.",
        link=case_link(case),
    )


def event_link(event: StripeEvent) -> str:
    return f"/admin/stripe-events/{event.pk}/"

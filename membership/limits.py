"""Every limit against abuse, in one place, each with its reason.

They count what fails, never what succeeds. In September sixty people join within ten minutes behind one campus
address: each of them counts for the few minutes between the form and the payment, and then no more. Somebody who
tries out stolen cards, or addresses, leaves forms that are never paid.

A form that was sent before and has its session is never counted again, nor refused: only what would make the site
call Stripe, or mail a stranger, is.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from membership.errors import JoiningLimited
from membership.models import MembershipSettings, Signup
from membership.states import MEMBER_STATES

# What a form must be ------------------------------------------------------------------------------------------------

# Nobody types three fields within two seconds; who is faster only has to press the button once more.
FORM_LEAST_SECONDS = 2
# After half a day, prices and dates on an open page may no longer be true.
FORM_MOST_SECONDS = 12 * 60 * 60
# Long enough to find a card, short enough that sessions do not pile up for whoever tries out cards.
TIME_TO_PAY = timedelta(hours=1)
# Stripe's least is 30 minutes from the moment it hears of it, and the call takes its time.
LEAST_TIME_TO_PAY = timedelta(minutes=31)

# What an address gets -----------------------------------------------------------------------------------------------

# A form must not bomb a mailbox: one mail, and two more for those who look in the wrong folder. Dots and +tags in an
# address lead to the same mailbox.
CONFIRM_MAILS_AN_HOUR = 3
# Longer than a sign-in link: all it opens is a free membership, and people read this mail the next morning.
CONFIRM_LINK_LIFE = timedelta(hours=24)

# What is one payment too many ---------------------------------------------------------------------------------------

# Who pays again after a day or a week mostly did not see that the first payment arrived. The shortest term is a
# month, of which half is still to come then: whoever renews when a term is nearly over is never taken for that.
PAID_AGAIN_WITHIN = timedelta(days=14)

# What fails ---------------------------------------------------------------------------------------------------------

# As long as a session stays open: what was begun before can no longer be paid.
WINDOW = timedelta(hours=1)
# When a visitor is told to try again: others pay, or their hour runs out, all the time.
RETRY_AFTER = timedelta(minutes=10)

# Those who no longer wait for a payment or a link. They never count.
SUCCEEDED = (*MEMBER_STATES, Signup.State.PROCESSING, Signup.State.CASE)


@dataclass(frozen=True)
class Most:
    """The most within WINDOW: calls to Stripe for forms not paid, cards declined of them, links not yet opened."""

    calls: int
    declines: int
    mails: int

    def plus(self, other: "Most") -> "Most":
        return Most(self.calls + other.calls, self.declines + other.declines, self.mails + other.mails)


# One address may be a whole campus. Sixty people in ten minutes who need four minutes each are 24 unpaid forms at
# once; 36 leaves room for those who turn back, and 200 posts that nobody pays stay under 40 calls to Stripe. A person
# is declined once or twice, a thief again and again. Links are opened later, at home: two booths full of them.
BY_ADDRESS = Most(calls=36, declines=25, mails=120)
# One person, who opens the page anew each time, corrects a field, and tries three cards three times. Mails to one
# address have their own limit above, which the answer does not tell.
BY_EMAIL = Most(calls=12, declines=9, mails=10_000)
# Everybody together: more than the best hour of the best September leaves unpaid, and few enough that neither Stripe
# nor the mail provider closes the club's account. The club is told, since honest people are kept out as well.
OVERALL = Most(calls=400, declines=150, mails=600)


def wait_for_turn() -> None:
    """Let those who send the form at the same moment wait for each other, so that the counts are exact.

    Before any signup is locked, or two could wait for each other for ever. No network call may happen until the
    transaction ends: it lasts a few milliseconds.
    """
    if not MembershipSettings.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1]:
        MembershipSettings.load()  # before the first look at it there is no row


def check(signup: Signup, *, calls: int = 0, mails: int = 0) -> None:
    """Raise `JoiningLimited` if so many more calls to Stripe, or mails, for this signup would be too many.

    `signup` is as it would be written (address, email, what it used so far) and may not be saved yet. Call it in the
    transaction that writes down what it allows, after `wait_for_turn`. One statement, over the index on `tried_at`.
    """
    # What a clock wrote down that was days fast, and is right again, must not count for days.
    now = timezone.now()
    recent = Signup.objects.filter(tried_at__gt=now - WINDOW, tried_at__lt=now + WINDOW)
    others = _used(recent.exclude(state__in=SUCCEEDED).exclude(nonce=signup.nonce), signup)
    own = Most(signup.stripe_calls + calls, signup.declines, signup.attempt + mails)
    for name, most in (("overall", OVERALL), ("address", BY_ADDRESS), ("email", BY_EMAIL)):
        if name == "address" and not signup.client_address:
            continue  # nothing sane was said of where it came from: that is no one place
        used = others[name].plus(own)
        # Each only keeps out what it is about: nobody is refused a free link for the declined cards of others.
        too_many_calls = calls and (used.calls > most.calls or used.declines > most.declines)
        if too_many_calls or (mails and used.mails > most.mails):
            raise JoiningLimited(overall=name == "overall", retry_after=int(RETRY_AFTER.total_seconds()))


def _used(others: "QuerySet[Signup]", signup: Signup) -> dict[str, Most]:
    """What the other unpaid forms used, counted three ways in one statement."""
    whose = {
        "overall": Q(pk__isnull=False),
        "address": Q(client_address=signup.client_address),
        "email": Q(email_key=signup.email_key),
    }
    sums: dict[str, Any] = {}
    for name, condition in whose.items():
        sums[f"{name}_calls"] = Sum("stripe_calls", filter=condition, default=0)
        sums[f"{name}_declines"] = Sum("declines", filter=condition, default=0)
        sums[f"{name}_mails"] = Sum("attempt", filter=condition & Q(amount_cents=0), default=0)
    found = others.aggregate(**sums)
    return {name: Most(*(found[f"{name}_{kind}"] for kind in ("calls", "declines", "mails"))) for name in whose}

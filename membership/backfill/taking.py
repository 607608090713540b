"""Making members of what was paid on the old site: each payment once, however often and by whomever it is begun."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from membership import stripe_gateway, terms, troubles
from membership.backfill.judging import CURRENCY, PRICE_CENTS, Kind, Rules, Term, Verdict, is_candidate, judge, key_of
from membership.models import Case, Level, Member, Membership, MembershipSettings, Payment, Signup
from membership.settling import settle
from membership.stripe_gateway import OldPayment
from outbox.outcomes import trail, where

logger = logging.getLogger(__name__)

LEVEL = "wits-member"
KEYS_AT_ONCE = 500


class _Changed(Exception):
    """While a payment was judged, its person became a member in another way."""


class NoLevel(Exception):
    """The level that the old site sold is not here."""


@dataclass(frozen=True)
class Taken:
    """How many became members, and of how many a person has to decide; `failed` has the sessions that broke."""

    members: int
    for_a_person: int
    failed: list[str]


def plan(*, since: datetime) -> list[Verdict]:
    """What is to be done about each payment of the old site since then, oldest first. Asks Stripe, changes nothing.

    What was taken over before is not named again. Raises TransportError and NoLevel.
    """
    rules = _rules(_level())
    done = set(Signup.objects.filter(from_old_site=True).values_list("stripe_session_id", flat=True))
    listed = stripe_gateway.list_old_payments(created_since=since)
    found = [one for one in listed if one.session_id not in done and is_candidate(one, rules)]
    known = _terms({key_of(one) for one in found})
    verdicts = []
    for payment in sorted(found, key=lambda one: (one.paid_at, one.session_id)):
        verdict = judge(payment, rules, known[key_of(payment)])
        if verdict.kind == Kind.MEMBER:
            known[verdict.key].append(Term(verdict.starts_on, verdict.ends_on, by_stripe=True))
        verdicts.append(verdict)
    return verdicts


def take_over(verdicts: Iterable[Verdict]) -> Taken:
    """Do what `plan` said, payment by payment, each in a transaction of its own: broken off, it can begin anew.

    Each is judged again under a lock on its member, so that who joins meanwhile is not made a member twice. Nobody is
    mailed; of all that a person has to decide, the club is told once.
    """
    members, waiting, failed = 0, 0, []
    level = _level()
    for verdict in verdicts:
        if verdict.kind not in (Kind.MEMBER, Kind.PERSON):
            continue
        try:
            kind = _take_or_again(verdict.payment, level)
        except Exception as error:  # noqa: BLE001 - logged and reported; the others must not wait for it
            logger.error("Not taken over: %s %s via %s", verdict.payment.session_id, where(error), trail(error))
            failed.append(verdict.payment.session_id)
            continue
        members += kind == Kind.MEMBER
        waiting += kind == Kind.PERSON
    if waiting:
        troubles.old_site_waits(Case.objects.filter(kind=Case.Kind.OLD_SITE, settled_at=None).count())
    return Taken(members, waiting, failed)


def _take_or_again(payment: OldPayment, level: Level) -> Kind | None:
    try:
        return _take(payment, level)
    except _Changed:  # by now there is a member to lock
        return _take(payment, level)


def _take(payment: OldPayment, level: Level) -> Kind | None:
    """Write it down as what it is now; None where it was written down before."""
    with transaction.atomic():
        key = key_of(payment)
        if key:  # who joins with that address this very moment is waited for
            list(Member.objects.select_for_update().filter(email_key=key))
        verdict = judge(payment, _rules(level), _terms({key})[key])
        if verdict.kind not in (Kind.MEMBER, Kind.PERSON):
            return verdict.kind
        signup, is_new = Signup.objects.get_or_create(
            nonce=f"old:{hashlib.sha256(payment.session_id.encode()).hexdigest()[:48]}",
            defaults=_signup(payment, verdict, level),
        )
        if not is_new:
            return None
        row = Payment.objects.create(
            signup=signup,
            session_id=payment.session_id,
            payment_intent_id=payment.payment_intent_id or None,
            stripe_customer_id=payment.customer_id,
            amount_cents=payment.amount_cents,
            currency=payment.currency or CURRENCY,
            paid_at=payment.paid_at,
            problem=verdict.why,
        )
        settle(signup, [row])
        # A member who did not exist could not be locked: `settle` has waited for whoever made them meanwhile.
        others = _terms({key}, without=signup)[key]
        if verdict.kind == Kind.MEMBER and judge(payment, _rules(level), others).kind != Kind.MEMBER:
            raise _Changed
        return verdict.kind


def _signup(payment: OldPayment, verdict: Verdict, level: Level) -> Mapping[str, object]:
    """The join form that the person did not fill in here. A name is kept whole: nobody can tell where to cut it."""
    is_clear = verdict.kind == Kind.MEMBER
    return {
        "from_old_site": True,
        "level": level,
        "amount_cents": PRICE_CENTS,
        "currency": CURRENCY,
        "first_name": verdict.name,
        "email": verdict.email,
        "email_key": verdict.key,
        "created_at": payment.paid_at,
        "tried_at": payment.paid_at,
        "attempt": 1,
        "stripe_session_id": payment.session_id,
        "stripe_customer_id": payment.customer_id if is_clear else "",
        "paid_at": payment.paid_at if is_clear else None,
        "case_reason": verdict.why,
    }


def _terms(keys: Iterable[str], *, without: Signup | None = None) -> dict[str, list[Term]]:
    """The terms that the people with these keys have, at levels that cost something."""
    found: dict[str, list[Term]] = defaultdict(list)
    wanted = sorted(key for key in keys if key)
    for first in range(0, len(wanted), KEYS_AT_ONCE):
        rows = Membership.objects.filter(
            member__email_key__in=wanted[first : first + KEYS_AT_ONCE],
            state__in=terms.KEEPS_ITS_DAYS,
            level__price_cents__gt=0,
        )
        if without is not None:
            rows = rows.exclude(signup=without)
        for key, starts_on, ends_on, paid_at in rows.values_list(
            "member__email_key", "starts_on", "ends_on", "signup__paid_at"
        ):
            found[key].append(Term(starts_on, ends_on, by_stripe=paid_at is not None))
    return found


def _rules(level: Level) -> Rules:
    settings_row = MembershipSettings.load()
    return Rules(
        livemode=not settings.STRIPE_TEST_MODE, last_day=lambda day: terms.last_day(level, day, settings_row)
    )


def _level() -> Level:
    level = Level.objects.filter(slug=LEVEL).first()
    if level is None:
        raise NoLevel(f"There is no level “{LEVEL}” to make the old site's members of.")
    return level

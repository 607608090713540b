"""What a payment that is not ours is. Pure: payments and terms come in, verdicts come out.

The old site sold one thing, the membership for $15.00, and wrote the person's name and email on the session; nothing
else in the club's account does. What is exactly so becomes a member. What is nearly so is for a person to decide, and
what is of something else (tickets, the shop) is left alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from membership import names
from membership.addresses import clean_email, email_key
from membership.errors import WrongAddress
from membership.money import dollars
from membership.stripe_gateway import OldPayment

PRICE_CENTS, CURRENCY = 1500, "cad"
# However the old site spelled them: letters only, in lower case.
NAME_MARKS = ("name", "fullname", "preferredname", "studentname", "membername", "customername")
EMAIL_MARKS = ("email", "schoolemail", "westernemail", "uwoemail", "studentemail", "emailaddress", "customeremail")


class Kind(StrEnum):
    MEMBER = "member"
    PERSON = "person"
    THERE = "there"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class Term:
    """A membership of the same worth that somebody has: its days, and whether it was paid through Stripe."""

    starts_on: date
    ends_on: date | None
    by_stripe: bool


@dataclass(frozen=True)
class Verdict:
    """`why` says what is unclear of one for a person, without names. The days are those a membership would have."""

    payment: OldPayment
    kind: Kind
    name: str
    email: str
    key: str
    starts_on: date
    ends_on: date | None
    why: str = ""


@dataclass(frozen=True)
class Rules:
    """`livemode`: which of Stripe's modes this site works in. `last_day`: of a term by its first; days in Toronto."""

    livemode: bool
    last_day: Callable[[date], date | None]


def is_candidate(payment: OldPayment, rules: Rules) -> bool:
    """Whether it may be of the old site's membership: it names somebody, and is not plainly of something else."""
    marks = _simple(payment.metadata)
    if payment.livemode != rules.livemode or not any(mark in marks for mark in (*NAME_MARKS, *EMAIL_MARKS)):
        return False
    return _names_a_membership(payment) or (payment.amount_cents == PRICE_CENTS and not _other_marks(payment))


def key_of(payment: OldPayment) -> str:
    """The key of the member it may be of; empty where it names no address that can be used."""
    return _person(payment)[2]


def judge(payment: OldPayment, rules: Rules, terms: Iterable[Term]) -> Verdict:
    """What to do about a candidate whose person has those `terms`."""
    name, email, key = _person(payment)
    starts_on = timezone.localdate(payment.paid_at)
    ends_on = rules.last_day(starts_on)
    kind, why = Kind.MEMBER, " ".join(_doubts(payment))
    if 0 < payment.amount_cents <= payment.refunded_cents:
        kind = Kind.REFUNDED
    elif why:
        kind = Kind.PERSON
    else:
        for term in sorted(terms, key=lambda one: one.starts_on):
            if term.ends_on is not None and term.ends_on < starts_on:
                continue
            if ends_on is not None and term.starts_on > ends_on:
                continue
            if not _covers(term, ends_on):
                if term.by_stripe and term.starts_on <= starts_on and term.ends_on is not None:
                    starts_on = term.ends_on + timedelta(days=1)  # renewed early: no day is lost
                    ends_on = rules.last_day(starts_on)
                    continue
                kind, why = Kind.PERSON, "Another membership of theirs begins or ends in the middle of its term."
            elif term.by_stripe:
                kind, why = Kind.PERSON, "The same person paid another time for the same term: perhaps by mistake."
            else:
                kind = Kind.THERE
            break
    return Verdict(payment, kind, name, email, key, starts_on, ends_on, why)


def _doubts(payment: OldPayment) -> Iterable[str]:
    marks = _simple(payment.metadata)
    if payment.currency != CURRENCY:
        yield f"It is in {payment.currency}, not {CURRENCY}."
    if payment.amount_cents != PRICE_CENTS:
        yield f"{dollars(payment.amount_cents)} were paid; a membership was {dollars(PRICE_CENTS)}."
    if payment.discount_cents:
        yield f"A code took {dollars(payment.discount_cents)} off."
    if not _first(marks, NAME_MARKS):
        yield "It has no name on it; the one here is from the card, if any."
    if not _usable(_first(marks, EMAIL_MARKS)):
        yield "It has no usable email on it; the one here was typed on Stripe's page, if any."
    if others := _other_marks(payment):
        yield f"It carries notes that the old form did not write: {', '.join(others)[:80]}."
    if payment.quantity != 1 or len(payment.items) > 1:
        yield "More than one thing was bought."
    elif payment.items and not _names_a_membership(payment):
        yield f"Stripe calls what was bought “{payment.items[0][:60]}”."
    if 0 < payment.refunded_cents < payment.amount_cents:
        yield f"{dollars(payment.refunded_cents)} of it were given back."
    if payment.disputed:
        yield "The payer's bank disputed it."


def _covers(term: Term, ends_on: date | None) -> bool:
    return term.ends_on is None or (ends_on is not None and term.ends_on >= ends_on)


def _person(payment: OldPayment) -> tuple[str, str, str]:
    marks = _simple(payment.metadata)
    email = _usable(_first(marks, EMAIL_MARKS)) or _usable(payment.payer_email)
    name = _first(marks, NAME_MARKS) or payment.payer_name.strip()
    return name[: names.MAX_LENGTH], email, email_key(email) if email else ""


def _usable(address: str) -> str:
    try:
        return clean_email(address)
    except WrongAddress:
        return ""


def _first(marks: Mapping[str, str], wanted: Iterable[str]) -> str:
    return next((marks[mark] for mark in wanted if marks.get(mark)), "")


def _simple(metadata: Mapping[str, str]) -> dict[str, str]:
    return {_letters(key): value.strip() for key, value in metadata.items()}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _other_marks(payment: OldPayment) -> list[str]:
    known = {*NAME_MARKS, *EMAIL_MARKS}
    return sorted(key for key in payment.metadata if _letters(key) not in known)


def _names_a_membership(payment: OldPayment) -> bool:
    return not payment.items or any("member" in item.lower() for item in payment.items)

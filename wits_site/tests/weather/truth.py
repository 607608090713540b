"""What must be true, told from what people did and what Stripe has written down: nothing here asks the site.

The rules are written a second time on purpose, from the club's words and not from the site's code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wits_site.tests.weather.people import LEVELS, Form
from wits_site.tests.weather.surroundings import Surroundings

TORONTO = ZoneInfo("America/Toronto")
AGAIN_WITHIN = timedelta(days=14)


@dataclass
class Paid:
    """One visit to Stripe's page that was paid."""

    session: str
    cents: int
    back: int  # cents given back, without what the person's bank sent back again
    is_as_asked: bool
    is_right: bool  # as asked, or an executive let it count
    at: datetime  # when its visit began, in Toronto
    dispute: str  # Stripe's status of it; "" without one
    dispute_id: str
    bounced: list[str]  # the refunds that the person's bank sent back
    warnings: list[str]  # of fraud

    @property
    def is_gone(self) -> bool:
        return 0 < self.cents <= self.back or self.dispute == "lost"

    @property
    def is_disputed(self) -> bool:
        return self.dispute in ("needs_response", "under_review")


@dataclass
class Story:
    """What became of one form."""

    form: Form
    paid: list[Paid] = field(default_factory=list)
    states: set[str] = field(default_factory=set)  # in which it may be

    @property
    def counting(self) -> list[Paid]:
        return [paid for paid in self.paid if paid.is_right]

    @property
    def makes_a_member(self) -> bool:
        return bool(self.counting) or self.form.confirmed

    @property
    def left(self) -> list[Paid]:
        """What the club still has, oldest first."""
        return sorted((paid for paid in self.counting if not paid.is_gone), key=lambda paid: (paid.at, paid.session))

    @property
    def standing(self) -> str:
        """What the money makes of the membership: one payment that nobody disputes is enough."""
        if self.form.confirmed or any(not paid.is_disputed for paid in self.left):
            return "active"
        if self.left:
            return "held"
        return "lost" if any(paid.dispute == "lost" for paid in self.counting) else "refunded"


def stories(world: Surroundings) -> list[Story]:
    """The story of each form, in the order in which they were sent."""
    return [_story(world, number, form) for number, form in enumerate(world.forms)]


def _story(world: Surroundings, number: int, form: Form) -> Story:
    visits = world.visits(number)
    story = Story(form, [_paid(world, form, visit) for visit in visits if _is_paid(visit)])
    if story.makes_a_member:
        story.states = {"completed" if story.standing == "active" else story.standing}
    elif story.paid:
        story.states = {"case"}
    elif not form.price:
        story.states = {"unconfirmed"}
    elif len(visits) == 1:
        story.states = {_unpaid_state(world, visits[0])} | ({"started"} if form.in_trouble else set())
    else:  # which of several visits it waits for depends on what it knew when
        story.states = {"started", "open", "expired", "failed", "processing"}
    return story


def _unpaid_state(world: Surroundings, visit: dict[str, Any]) -> str:
    if visit["status"] != "complete":
        return str(visit["status"])
    intent = world.state["payment_intent"].need(visit["payment_intent"])
    return "processing" if intent["status"] == "processing" else "failed"


def _is_paid(visit: dict[str, Any]) -> bool:
    return visit["status"] == "complete" and visit["payment_status"] != "unpaid"


def _paid(world: Surroundings, form: Form, visit: dict[str, Any]) -> Paid:
    refunds, disputes, warnings = (
        world.state[kind].find("payment_intent", visit["payment_intent"]) if visit["payment_intent"] else []
        for kind in ("refund", "dispute", "radar.early_fraud_warning")
    )
    as_asked = _is_as_asked(form, visit)
    return Paid(
        session=visit["id"],
        cents=visit["amount_total"],
        back=sum(refund["amount"] for refund in refunds if refund["status"] != "failed"),
        is_as_asked=as_asked,
        is_right=as_asked or visit["id"] in world.accepted,
        at=datetime.fromtimestamp(visit["created"], TORONTO),
        dispute=disputes[0]["status"] if disputes else "",
        dispute_id=disputes[0]["id"] if disputes else "",
        bounced=[refund["id"] for refund in refunds if refund["status"] == "failed"],
        warnings=[warning["id"] for warning in warnings],
    )


def _is_as_asked(form: Form, visit: dict[str, Any]) -> bool:
    """Whether the visit was for what the form asked for. What a code took off is the club's own gift."""
    price = visit["amount_total"] + visit["total_details"]["amount_discount"]
    asked = (form.price, "cad", form.level, form.uuid, False)
    level, signup = visit["metadata"]["level"], visit["client_reference_id"]
    return (price, visit["currency"], level, signup, visit["livemode"]) == asked


@dataclass(frozen=True)
class Waiting:
    """Something that a person has to decide. Of a payment from elsewhere, `form` is -1 and `visit` its number."""

    key: str
    form: int
    visit: int

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


def waiting(world: Surroundings, found: list[Story]) -> list[Waiting]:
    """What waits for a person, by the thing at Stripe that it is about; oldest first."""
    waits = []
    for number, story in enumerate(found):
        places = {session["id"]: visit for visit, session in enumerate(world.visits(number))}
        waits += [
            Waiting(key, number, places[paid.session])
            for paid in story.paid
            for key in _of_payment(world, story, paid)
        ]
    ours = {form.uuid for form in world.forms}
    for number, session_id in enumerate(world.strange):
        if world.state["checkout.session"].need(session_id)["metadata"]["signup"] not in ours:
            waits.append(Waiting(f"unknown:{session_id}", -1, number))
    waits += _paid_again(world, found)
    return [one for one in waits if one.key not in world.settled]


def _paid_again(world: Surroundings, found: list[Story]) -> Iterator[Waiting]:
    """Who pays again for a level within two weeks, over another form, probably did not mean to."""
    firsts = [(story.left[0], number, story.form) for number, story in enumerate(found) if story.left]
    last: dict[tuple[str, str], datetime] = {}
    for paid, number, form in sorted(firsts, key=lambda one: (one[0].at, one[1])):
        if not paid.cents:
            continue
        who = (form.person.key, form.level)
        if who in last and paid.at - last[who] <= AGAIN_WITHIN:
            visits = [visit["id"] for visit in world.visits(number)]
            yield Waiting(f"again:{paid.session}", number, visits.index(paid.session))
        last[who] = paid.at


def _of_payment(world: Surroundings, story: Story, paid: Paid) -> Iterator[str]:
    if paid.is_disputed:
        yield f"dispute:{paid.dispute_id}"
    if paid.is_gone:
        return
    if not paid.is_right:
        yield f"mismatch:{paid.session}"
    if paid in story.left[1:]:
        yield f"twice:{paid.session}"
    yield from (f"refund:{refund}" for refund in paid.bounced)
    yield from world.refused.get(paid.session, ())
    yield from (f"fraud:{warning}" for warning in paid.warnings)


# Terms


def last_day(level: str, first: date) -> date | None:
    """The last day of a term that begins on `first`; None where it has no end."""
    plan = LEVELS[level]
    if plan["term"] == "none":
        return None
    if plan["term"] == "academic_year":
        end = date(first.year, 4, 30)
        return end if (end - first).days >= 30 else date(first.year + 1, 4, 30)
    month = first.month - 1 + plan["term_months"]
    year, month = first.year + month // 12, month % 12 + 1
    ends = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    same = [day for day in ends if day.month == month]
    # The day before the same day of that month; where the month has no such day, its last day.
    return date(year, month, first.day) - timedelta(days=1) if len(same) >= first.day else same[-1]


@dataclass(frozen=True)
class Term:
    """One membership, as plain values."""

    level: str
    state: str
    starts_on: date
    ends_on: date | None

    def runs_on(self, day: date) -> bool:
        return self.state == "active" and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def price(self) -> int:
        return int(LEVELS[self.level]["price_cents"])


@dataclass(frozen=True)
class Told:
    """What partners must have been told of a member."""

    status: str
    level: str
    until: date | None


def told(terms: list[Term], today: date) -> Told:
    """The dearest running term counts, and the terms of its level that follow it without a gap; else what comes;
    else what was last."""
    running = [term for term in terms if term.runs_on(today)]
    if running:
        best = max(running, key=lambda term: (term.price, term.ends_on or date.max))
        return Told("active", best.level, _until(best, terms))
    coming = [term for term in terms if term.state == "active" and term.starts_on > today]
    if coming:
        first = min(coming, key=lambda term: term.starts_on)
        return Told("active", first.level, _until(first, terms))
    held = [term for term in terms if term.state == "held" and (term.ends_on is None or today <= term.ends_on)]
    if held:
        best = max(held, key=lambda term: (term.price, term.ends_on or date.max))
        return Told("on-hold", best.level, best.ends_on)
    if not terms:
        return Told("none", "", None)
    last = max(terms, key=lambda term: (term.starts_on, term.price, term.state))
    if last.state == "refunded":
        return Told("refunded", last.level, None)
    return Told("ended", last.level, last.ends_on if last.ends_on and last.ends_on < today else None)


def _until(term: Term, terms: list[Term]) -> date | None:
    end = term.ends_on
    for other in sorted(terms, key=lambda one: one.starts_on):
        if (
            other.state == "active"
            and other.level == term.level
            and end
            and other.starts_on == end + timedelta(days=1)
        ):
            end = other.ends_on
    return end

"""What every deed stands on: the partners' state, the post, the clock, and finding things in words that hold in every
world: the number of a form, of its visit to Stripe's page, of a refund."""

from datetime import timedelta
from typing import Any

from sandbox.stripe_api import checkout
from wits_site.tests.weather.people import ByHand, Form, Person


class Surroundings:
    """The things of one world. `history` is what was done in it, to be done again in another."""

    def __init__(self, state, wire, post, clock) -> None:
        self.state, self.wire, self.post, self.clock = state, wire, post, clock
        self.history: list[tuple[str, dict[str, Any]]] = []
        self.forms: list[Form] = []
        self.by_hand: list[ByHand] = []
        self.strange: list[str] = []  # sessions of another copy of the site, by Stripe's id
        self.joining_open = True
        self.accepted: set[str] = set()  # sessions that do not match, and that an executive let count
        self.settled: set[str] = set()  # cases that an executive settled, by their key
        self.refused: dict[str, list[str]] = {}  # refunds that Stripe refused, by session
        self.without_consent: set[Person] = set()  # became members without a form, so nobody asked them
        self.unsubscribed: set[Person] = set()
        self.deleted: set[Person] = set()  # in HubSpot; a night brings them back

    def do(self, deed: str, **how: Any) -> None:
        """Do the deed of that name, and remember it."""
        self.history.append((deed, how))
        getattr(self, deed)(**how)
        self.clock.shift(timedelta(seconds=1))  # no two things happen at once
        self.expire_what_is_due()

    def expire_what_is_due(self) -> None:
        with self.state.change():
            checkout.expire_all_due(self.state)

    # What there is

    def visits(self, form: int) -> list[dict[str, Any]]:
        """The form's sessions at Stripe, in the order in which they were opened."""
        uuid = self.forms[form].uuid
        sessions = self.state["checkout.session"].oldest_first()
        return [session for session in sessions if session["metadata"].get("signup") == uuid]

    def every_visit(self, wanted) -> list[dict[str, int]]:
        return [
            {"form": form, "visit": visit}
            for form in range(len(self.forms))
            for visit, session in enumerate(self.visits(form))
            if wanted(session)
        ]

    def charge_of(self, form: int, visit: int) -> dict[str, Any] | None:
        """What was paid in that visit; None where nothing was, or nothing had to be."""
        intent = self.visits(form)[visit]["payment_intent"]
        charges = self.state["charge"].find("payment_intent", intent) if intent else []
        return next((charge for charge in charges if charge["paid"]), None)

    def every_refund(self, wanted) -> list[dict[str, int]]:
        found = []
        for place in self.every_visit(lambda session: session["payment_intent"]):
            refunds = self.refunds(**place)
            found += [{**place, "refund": number} for number, row in enumerate(refunds) if wanted(row)]
        return found

    def refunds(self, form: int, visit: int) -> list[dict[str, Any]]:
        intent = self.visits(form)[visit]["payment_intent"]
        return self.state["refund"].find("payment_intent", intent) if intent else []

    def dispute_of(self, form: int, visit: int) -> dict[str, Any] | None:
        intent = self.visits(form)[visit]["payment_intent"]
        return next(iter(self.state["dispute"].find("payment_intent", intent)), None) if intent else None

    # Hearing of it

    def hear_all_of(self, person: Person) -> None:
        """The site hears all there is to know of somebody's forms."""
        for form in self.forms:
            if form.person is person:
                self.post.tell_all_of(form.uuid)

    # Time

    def wait(self, seconds: int) -> None:
        """Time passes; where `seconds` are less than nothing, somebody sets the clocks back."""
        self.clock.shift(timedelta(seconds=seconds))

    def weeks_go_by(self, fortnights: int) -> None:
        """Nothing special happens: the post has brought all there was, and the worker keeps its schedule."""
        for form in self.forms:
            self.post.tell_all_of(form.uuid)
        for _ in range(fortnights):
            self.clock.shift(timedelta(days=14))
            self.expire_what_is_due()
            self.post.keep_schedule()

    def skew(self, seconds: int) -> None:
        """Stripe's clock goes ahead of ours, or behind."""
        self.act("/clock", 200, ahead=str(seconds))

    def act(self, path: str, wanted: int, **form: str) -> None:
        """Press a button of the sandbox, and insist on its answer's status."""
        answer = self.wire.post(path, data=form, headers={"Accept": "application/json"})
        assert answer.status_code == wanted, f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:200]}"

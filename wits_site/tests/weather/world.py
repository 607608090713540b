"""What people, cards, banks, and staff at Stripe and HubSpot do. All of it can be done again in another world.

Each deed names what it is about in words that hold in every world: the number of a form, of its visit to Stripe's
page, of a refund. Where what the site does depends on what it knows, it first hears all there is to know of the
form: that is when people do such things, and it makes one history of it whatever the post did.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from membership import joining, lifecycle, stripe_gateway
from membership.errors import JoiningClosed, TransportError
from membership.joining import JoinData, Next
from membership.models import MembershipSettings, Signup
from sandbox.stripe_api import checkout, paying, promotions
from sandbox.stripe_api.checkout import open_session

LEVELS: dict[str, dict[str, Any]] = {
    "general": {"name": "General member", "price_cents": 0, "term": "none", "sort_order": 1},
    "wits-member": {"name": "WITS member", "price_cents": 1500, "term": "academic_year", "sort_order": 2},
    "half-year": {"name": "Guest", "price_cents": 900, "term": "months", "term_months": 6, "sort_order": 3},
}
COUPONS = {"WELCOME": 100, "HALF": 50}
GOOD, BAD = "4242424242424242", "4000000000000002"


@dataclass(frozen=True)
class Person:
    first_name: str
    last_name: str
    addresses: tuple[str, ...]  # one address, as it is typed at different times
    newsletter: bool

    @property
    def key(self) -> str:
        return self.addresses[0]


PEOPLE = (
    Person("Maya", "Okoro", ("maya@uwo.example", "Maya@UWO.example"), True),
    Person("Robin", "Tremblay", ("robin@uwo.example", "ROBIN@uwo.example "), False),
    Person("Zoë", "García", ("zoe@uwo.example",), True),
)


@dataclass
class Form:
    """A join form somebody sent. `uuid` is what the site made of it."""

    person: Person
    level: str
    nonce: str
    uuid: str
    sent_at: datetime
    confirmed: bool = False
    in_trouble: bool = False  # Stripe failed when it was sent: the site may not know of its first visit

    @property
    def price(self) -> int:
        return int(LEVELS[self.level]["price_cents"])


class World:
    """The people around the site. `do` is every deed; `history` what was done."""

    def __init__(self, state, wire, post, clock) -> None:
        self.state, self.wire, self.post, self.clock = state, wire, post, clock
        self.forms: list[Form] = []
        self.history: list[tuple[str, dict[str, Any]]] = []
        self.joining_open = True
        self.strangers = 0
        self.unsubscribed: set[Person] = set()
        self.deleted: set[Person] = set()  # in HubSpot; a night brings them back

    def do(self, deed: str, **how: Any) -> None:
        self.history.append((deed, how))
        getattr(self, deed)(**how)
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

    # Joining

    def join(self, person: int, level: str, spelling: int = 0, fault: str = "", times: int = 1) -> None:
        """Fill in a new form and send it. Stripe may fail (`fault`) so many times while it is."""
        who, number = PEOPLE[person], len(self.forms)
        form = Form(who, level, nonce=f"nonce-{number}", uuid="", sent_at=timezone.now(), in_trouble=bool(fault))
        self._send(form, spelling, fault, times)
        signup = Signup.objects.filter(nonce=form.nonce).first()
        assert (signup is None) == (not self.joining_open)
        if signup is not None:
            form.uuid = str(signup.uuid)
            self.forms.append(form)

    def again(self, form: int, spelling: int = 0) -> None:
        """Send the same form once more: a double click, the back button, another try after something failed."""
        self.post.tell_all_of(self.forms[form].uuid)
        before = self.visits(form)
        paid = any(session["status"] == "complete" for session in before)
        failed = not self.is_waiting(form) and not any(s["payment_status"] != "unpaid" for s in before)
        started = self._send(self.forms[form], spelling)
        if paid and not failed:
            assert started is None or started.next == Next.NOTHING
            assert len(self.visits(form)) == len(before), "who paid was sent to pay once more"

    def is_young(self, form: int) -> bool:
        """Whether its page may still be open, and the link that was mailed still works: both for half a day."""
        return timezone.now() - self.forms[form].sent_at < timedelta(hours=12)

    def is_waiting(self, form: int) -> bool:
        return any(paying.is_waiting(self.state, session) for session in self.visits(form))

    def confirm(self, form: int) -> None:
        """Press the button that the mail leads to."""
        signup = Signup.objects.get(uuid=self.forms[form].uuid)
        lifecycle.confirm_free(str(signup.uuid), signup.attempt)
        self.forms[form].confirmed = True

    def close_joining(self, closed: bool) -> None:
        """An executive's switch."""
        settings = MembershipSettings.load()
        settings.joining_open = self.joining_open = not closed
        settings.save()

    def _send(self, form: Form, spelling: int, fault: str = "", times: int = 1):
        who = form.person
        data = JoinData(
            nonce=form.nonce,
            level=form.level,
            price_seen=form.price,
            first_name=who.first_name,
            last_name=who.last_name,
            email=who.addresses[spelling % len(who.addresses)].strip(),
            newsletter=who.newsletter,
            newsletter_text="Send me the newsletter." if who.newsletter else "",
        )
        if fault:
            self.state.faults.add({"vendor": "stripe", "kind": fault, "times": times})
        try:
            return joining.start(data)
        except JoiningClosed:
            assert not self.joining_open
        except TransportError:
            assert fault, "nothing is wrong at Stripe, but one cannot join"
        finally:
            self.state.faults.clear()
        return None

    # On Stripe's page

    def pay(self, form: int, visit: int, card: str = GOOD) -> None:
        answer = self.wire.post(f"/pay/{self.visits(form)[visit]['id']}", data={"quick": card})
        assert answer.status_code == (402 if card == BAD else 303)

    def use_code(self, form: int, visit: int, code: str) -> None:
        """A promotion code takes something off the price."""
        with self.state.change():
            promotions.discount(self.state, self.visits(form)[visit], code, None)

    def pay_slowly(self, form: int, visit: int) -> None:
        self._act(f"/pay/{self.visits(form)[visit]['id']}/slow", 303)

    def settle(self, form: int, visit: int, arrives: bool) -> None:
        """Days later: the slow money arrives, or does not."""
        outcome = "succeeded" if arrives else "failed"
        self._act(f"/pay/{self.visits(form)[visit]['id']}/settle", 200, outcome=outcome)

    def run_out(self, form: int, visit: int) -> None:
        self._act(f"/pay/{self.visits(form)[visit]['id']}/expire", 200)

    def recover(self, form: int, visit: int) -> None:
        """Follow the link in Stripe's own mail: another visit, which the site never asked for."""
        answer = self.wire.get(f"/recover/{self.visits(form)[visit]['id']}")
        assert answer.status_code == 303

    def stranger_pays(self, marks: dict[str, str]) -> None:
        """Somebody pays who came from elsewhere: the club's shop, or another copy of the site."""
        self.strangers += 1
        marks = {**marks, "signup": f"00000000-0000-4000-8000-{self.strangers:012}"} if marks else marks
        with self.state.change():
            item = {"id": "li", "amount_total": 4000, "amount_subtotal": 4000, "currency": "cad"}
            made_of = {"customer_creation": "always", "metadata": marks, "payment_intent_data": {"metadata": marks}}
            session = open_session(self.state, made_of, None, [item], "cad")
            paying.pay(self.state, session, paying.Payer("stranger@uwo.example", "A Stranger", GOOD))

    # Banks, and the dashboard at Stripe

    def refund(self, form: int, visit: int, dollars: str = "") -> None:
        """Somebody gives back so much, or all that is left, in Stripe's dashboard."""
        charge = self.charge_of(form, visit)
        self._act(f"/charges/{charge['id']}/refund", 200, **({"amount": dollars} if dollars else {}))

    def bounce(self, form: int, visit: int, refund: int) -> None:
        """The person's bank sends a refund back."""
        self._act(f"/refunds/{self.refunds(form, visit)[refund]['id']}/fail", 200)

    def dispute(self, form: int, visit: int) -> None:
        self._act(f"/charges/{self.charge_of(form, visit)['id']}/dispute", 200)

    def answer_dispute(self, form: int, visit: int) -> None:
        self._act(f"/disputes/{self.dispute_of(form, visit)['id']}/answer", 200)

    def close_dispute(self, form: int, visit: int, won: bool) -> None:
        dispute = self.dispute_of(form, visit)
        self._act(f"/disputes/{dispute['id']}/close", 200, outcome="won" if won else "lost")

    def dispute_of(self, form: int, visit: int) -> dict[str, Any] | None:
        intent = self.visits(form)[visit]["payment_intent"]
        return next(iter(self.state["dispute"].find("payment_intent", intent)), None) if intent else None

    def warn(self, form: int, visit: int) -> None:
        self._act(f"/charges/{self.charge_of(form, visit)['id']}/warn", 200)

    # HubSpot

    def unsubscribe(self, person: int) -> None:
        """The person unsubscribes in a newsletter of HubSpot's."""
        self._act(f"/contacts/{self._contact(person)['id']}/unsubscribe", 200)
        self.unsubscribed.add(PEOPLE[person])

    def scribble(self, person: int, name: str, value: str) -> None:
        """Somebody changes in HubSpot what is not theirs to change."""
        row = self._contact(person)
        with self.state.change():
            self.state["contact"].put({**row, "properties": {**row["properties"], name: value}})

    def delete_contact(self, person: int) -> None:
        """Somebody deletes the contact, whose unsubscribing, if any, was heard of before: else it is lost with it."""
        row = self._contact(person)
        self.post.night()
        with self.state.change():
            self.state["contact"].remove(row["id"])
        self.deleted.add(PEOPLE[person])

    def _contact(self, person: int) -> dict[str, Any]:
        """The person's contact, once the site has heard of all there is and told HubSpot."""
        for form in self.forms:
            if form.person is PEOPLE[person]:
                self.post.tell_all_of(form.uuid)
        self.post.work()
        contact = self.state["contact"].first("email", PEOPLE[person].key)
        assert contact is not None, "a member has no contact in HubSpot"
        return contact

    # Time

    def wait(self, seconds: int) -> None:
        self.clock.shift(timedelta(seconds=seconds))

    def weeks_go_by(self, fortnights: int) -> None:
        """Nothing special happens: the post has brought all there was, and the worker keeps its schedule."""
        for form in self.forms:
            self.post.tell_all_of(form.uuid)
        for _ in range(fortnights):
            self.clock.shift(timedelta(days=14))
            with self.state.change():
                checkout.expire_all_due(self.state)
            self.post.keep_schedule()

    def skew(self, seconds: int) -> None:
        """Stripe's clock goes ahead of ours, or behind."""
        self._act("/clock", 200, ahead=str(seconds))

    def come_back(self, form: int, visit: int) -> None:
        """The person returns to the site from Stripe's page. No deed of its own: it may happen, or not."""
        session = stripe_gateway.retrieve_session(self.visits(form)[visit]["id"])
        lifecycle.complete(session)

    def _act(self, path: str, wanted: int, **form: str) -> None:
        answer = self.wire.post(path, data=form, headers={"Accept": "application/json"})
        assert answer.status_code == wanted, f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:200]}"

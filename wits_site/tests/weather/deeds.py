"""How people may join and pay next, as rules for Hypothesis: each is a deed of the world's history."""

import random
from contextlib import ExitStack

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from membership.models import Signup
from wits_site.tests.weather.ground import BEGINNINGS, fresh_world
from wits_site.tests.weather.people import PEOPLE
from wits_site.tests.weather.visitors import BAD, ODD
from wits_site.tests.weather.world import World

PICK = st.integers(0, 999)  # which of those there are, counted round
PERSON = st.integers(0, len(PEOPLE) - 1)
FEW, MANY = 2, 6
PAID = ("wits-member", "wits-member", "half-year")
FAULTS = ("429", "500", "503", "401", "reset", "lost", "html")
FIRST = st.lists(
    st.tuples(
        PERSON, st.sampled_from(PAID), st.sampled_from(("pay", "pay", "pay", "pay_slowly", "pay_oddly", "run_out"))
    ),
    min_size=1,
    max_size=3,
)


class Deeds(RuleBasedStateMachine):
    """One world, and how people join in it."""

    @initialize(seed=st.integers(0, 2**32), beginning=st.sampled_from(BEGINNINGS), first=FIRST)
    def begin(self, seed: int, beginning: str, first) -> None:
        """A life begins with a few forms that somebody did something with."""
        self.seed, self.beginning, self.ended_well = seed, beginning, False
        self.chance = random.Random(seed)
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(fresh_world(self.chance, beginning))
        self.post = self.world.post
        self.ended_well = True
        for form, (person, level, deed) in enumerate(first):
            self.do("join", person=person, level=level)
            self.do(deed, form=form, visit=0, **({"odd": "sum"} if deed == "pay_oddly" else {}))

    def do(self, deed: str, **how) -> None:
        self.ended_well = False
        note(f"{deed} {how}")
        self.world.do(deed, **how)
        self.ended_well = True

    def done(self, *deeds: str) -> int:
        """How often something of that name was done: what is dull, or takes long, is not done often."""
        return sum(deed in deeds for deed, _ in self.world.history)

    def some(self, found: list, pick: int):
        return found[pick % len(found)]

    # What there is to act on

    def open_visits(self):
        return self.world.every_visit(lambda session: session["status"] == "open")

    def slow_visits(self):
        return [place for place in self.world.every_visit(is_complete) if self._waits(place)]

    def _waits(self, place) -> bool:
        intent = self.world.visits(place["form"])[place["visit"]]["payment_intent"]
        return bool(intent) and self.world.state["payment_intent"].need(intent)["status"] == "processing"

    def charges(self):
        places = self.world.every_visit(is_complete)
        return [place for place in places if (charge := self.world.charge_of(**place)) and not charge["refunded"]]

    def forms(self, wanted):
        return [number for number in range(len(self.world.forms)) if wanted(number)]

    # Joining

    @precondition(lambda self: self.done("join") < MANY)
    @rule(
        person=PERSON,
        level=st.sampled_from(PAID),
        spelling=st.integers(0, 1),
    )
    def join(self, person, level, spelling):
        self.do("join", person=person, level=level, spelling=spelling)

    @precondition(lambda self: self.done("join") < MANY)
    @rule(
        person=PERSON,
        level=st.sampled_from(["wits-member", "general"]),
        fault=st.sampled_from(FAULTS),
        times=st.integers(1, 3),
    )
    def join_in_trouble(self, person, level, fault, times):
        self.do("join", person=person, level=level, fault=fault, times=times)

    @precondition(lambda self: self.done("join") < MANY)
    @rule(person=PERSON)
    def join_for_nothing(self, person):
        self.do("join", person=person, level="general")

    @precondition(lambda self: self.world.joining_open and self.forms(self.world.is_young))
    @rule(pick=PICK, spelling=st.integers(0, 1))
    def send_the_form_again(self, pick, spelling):
        self.do("again", form=self.some(self.forms(self.world.is_young), pick), spelling=spelling)

    @precondition(lambda self: self.unconfirmed())
    @rule(pick=PICK)
    def confirm(self, pick):
        self.do("confirm", form=self.some(self.unconfirmed(), pick))

    def unconfirmed(self):
        return [n for n in self.forms(self.world.is_young) if _waits_for_its_mail(self.world.forms[n])]

    @precondition(lambda self: self.done("close_joining") < FEW)
    @rule(closed=st.booleans())
    def switch_joining(self, closed):
        self.do("close_joining", closed=closed and self.world.joining_open)

    # On Stripe's page

    @precondition(lambda self: self.open_visits())
    @rule(pick=PICK)
    def pay(self, pick):
        self.do("pay", **self.some(self.open_visits(), pick))

    @precondition(lambda self: self.open_visits())
    @rule(pick=PICK)
    def pay_and_come_back(self, pick):
        place = self.some(self.open_visits(), pick)
        self.do("pay", **place)
        self.world.come_back(**place)

    @precondition(lambda self: any(self._costs(place) for place in self.open_visits()))
    @rule(pick=PICK)
    def be_declined(self, pick):
        self.do("pay", **self.some([one for one in self.open_visits() if self._costs(one)], pick), card=BAD)

    def _costs(self, place) -> bool:
        return self.world.visits(place["form"])[place["visit"]]["amount_total"] > 0

    @precondition(lambda self: self.discountable())
    @rule(pick=PICK, code=st.sampled_from(["WELCOME", "HALF"]))
    def use_code(self, pick, code):
        self.do("use_code", **self.some(self.discountable(), pick), code=code)

    def discountable(self):
        def fresh(session):
            return session["status"] == "open" and not session["payment_intent"] and not session["discounts"]

        return self.world.every_visit(fresh)

    @precondition(lambda self: any(self._costs(place) for place in self.open_visits()))
    @rule(pick=PICK)
    def pay_slowly(self, pick):
        self.do("pay_slowly", **self.some([one for one in self.open_visits() if self._costs(one)], pick))

    @precondition(lambda self: self.slow_visits())
    @rule(pick=PICK, arrives=st.booleans())
    def settle(self, pick, arrives):
        self.do("settle_slow", **self.some(self.slow_visits(), pick), arrives=arrives)

    @precondition(lambda self: self.open_visits())
    @rule(pick=PICK)
    def run_out(self, pick):
        self.do("run_out", **self.some(self.open_visits(), pick))

    @precondition(lambda self: self.recoverable())
    @rule(pick=PICK)
    def recover(self, pick):
        self.do("recover", **self.some(self.recoverable(), pick))

    def recoverable(self):
        def has_link(session):
            return session["status"] == "expired" and session["after_expiration"]["recovery"]["expires_at"] > now

        now = self.world.state.now()
        return self.world.every_visit(has_link)

    @precondition(lambda self: self.done("stranger_pays") < FEW)
    @rule(marked=st.booleans())
    def stranger_pays(self, marked):
        self.do("stranger_pays", marked=marked)

    @precondition(lambda self: self.discountable())
    @rule(pick=PICK, odd=st.sampled_from(sorted(ODD)))
    def pay_oddly(self, pick, odd):
        self.do("pay_oddly", **self.some(self.discountable(), pick), odd=odd)


def is_complete(session) -> bool:
    return bool(session["status"] == "complete")


def _waits_for_its_mail(form) -> bool:
    return not form.price and not form.confirmed and Signup.objects.filter(uuid=form.uuid, amount_cents=0).exists()

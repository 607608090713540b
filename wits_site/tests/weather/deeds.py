"""What people, cards, banks and staff may do next, as rules for Hypothesis: each is a deed of the world's history."""

import random
from contextlib import ExitStack

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from membership.models import Membership, Signup
from outbox.models import Delivery
from wits_site.tests.weather.ground import fresh_world
from wits_site.tests.weather.world import BAD, PEOPLE, World

PICK = st.integers(0, 999)  # which of those there are, counted round
PERSON = st.integers(0, len(PEOPLE) - 1)
HOUR, DAY = 3600, 86_400
PAID = ("wits-member", "wits-member", "half-year")
SCRIBBLES = (("wits_membership_status", "ended"), ("firstname", "M."), ("wits_member_until", ""))
FAULTS = ("429", "500", "503", "401", "reset", "lost", "html")


class Deeds(RuleBasedStateMachine):
    """One world, and all that can be done in it."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(fresh_world(self.chance))
        self.post = self.world.post
        self.ended_well = True

    def do(self, deed: str, **how) -> None:
        self.ended_well = False
        note(f"{deed} {how}")
        self.world.do(deed, **how)
        self.ended_well = True

    def some(self, found: list, pick: int):
        return found[pick % len(found)]

    # What there is to act on

    def open_visits(self):
        return self.world.every_visit(lambda session: session["status"] == "open")

    def slow_visits(self):
        return [place for place in self.world.every_visit(_is_complete) if self._waits(place)]

    def _waits(self, place) -> bool:
        intent = self.world.visits(place["form"])[place["visit"]]["payment_intent"]
        return bool(intent) and self.world.state["payment_intent"].need(intent)["status"] == "processing"

    def charges(self):
        places = self.world.every_visit(_is_complete)
        return [place for place in places if (charge := self.world.charge_of(**place)) and not charge["refunded"]]

    def forms(self, wanted):
        return [number for number in range(len(self.world.forms)) if wanted(number)]

    # Joining

    @rule(
        person=PERSON,
        level=st.sampled_from(PAID),
        spelling=st.integers(0, 1),
    )
    def join(self, person, level, spelling):
        self.do("join", person=person, level=level, spelling=spelling)

    @rule(
        person=PERSON,
        level=st.sampled_from(["wits-member", "general"]),
        fault=st.sampled_from(FAULTS),
        times=st.integers(1, 3),
    )
    def join_in_trouble(self, person, level, fault, times):
        self.do("join", person=person, level=level, fault=fault, times=times)

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
        self.do("settle", **self.some(self.slow_visits(), pick), arrives=arrives)

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

    @rule(marks=st.sampled_from([{}, {"wits": "join", "level": "wits-member"}]))
    def stranger_pays(self, marks):
        self.do("stranger_pays", marks=marks)

    # Afterwards

    @precondition(lambda self: self.refundable())
    @rule(pick=PICK, dollars=st.sampled_from(["", "", "4.00"]))
    def refund(self, pick, dollars):
        self.do("refund", **self.some(self.refundable(), pick), dollars=dollars)

    @precondition(lambda self: self.bounceable())
    @rule(pick=PICK)
    def bounce(self, pick):
        self.do("bounce", **self.some(self.bounceable(), pick))

    def bounceable(self):
        return self.world.every_refund(lambda refund: refund["status"] == "succeeded")

    @precondition(lambda self: self.undisputed())
    @rule(pick=PICK)
    def dispute(self, pick):
        self.do("dispute", **self.some(self.undisputed(), pick))

    @precondition(lambda self: self.disputed("needs_response"))
    @rule(pick=PICK)
    def answer_dispute(self, pick):
        self.do("answer_dispute", **self.some(self.disputed("needs_response"), pick))

    @precondition(lambda self: self.disputed("needs_response", "under_review"))
    @rule(pick=PICK, won=st.booleans())
    def close_dispute(self, pick, won):
        self.do("close_dispute", **self.some(self.disputed("needs_response", "under_review"), pick), won=won)

    @precondition(lambda self: self.charges())
    @rule(pick=PICK)
    def warn(self, pick):
        self.do("warn", **self.some(self.charges(), pick))

    def undisputed(self):
        return [place for place in self.charges() if self.world.dispute_of(**place) is None]

    def disputed(self, *statuses):
        def is_one(place):
            dispute = self.world.dispute_of(**place)
            return dispute is not None and dispute["status"] in statuses

        return [place for place in self.world.every_visit(_is_complete) if is_one(place)]

    def refundable(self):
        return [place for place in self.charges() if place in self.undisputed() or place in self.disputed("won")]

    # HubSpot

    @precondition(lambda self: self.members())
    @rule(pick=PICK)
    def unsubscribe(self, pick):
        self.do("unsubscribe", person=self.some(self.members(), pick))

    @precondition(lambda self: self.members())
    @rule(
        pick=PICK,
        change=st.sampled_from(SCRIBBLES),
    )
    def scribble(self, pick, change):
        self.do("scribble", person=self.some(self.members(), pick), name=change[0], value=change[1])

    @precondition(lambda self: self.members())
    @rule(pick=PICK)
    def delete_contact(self, pick):
        self.do("delete_contact", person=self.some(self.members(), pick))

    def members(self):
        """People who are told of in HubSpot for sure, by the time of the deed."""
        keys = set(Membership.objects.values_list("member__email_key", flat=True))
        quiet = (
            not self.post.faults
            and not Delivery.objects.filter(state__in=["waiting", "dead"], attempts__gt=0).exists()
        )
        there = [person for person in PEOPLE if person.key in keys and person not in self.world.deleted]
        return [number for number, person in enumerate(PEOPLE) if quiet and person in there]

    # Time

    @rule(seconds=st.sampled_from([60, 20 * 60, HOUR, 5 * HOUR, DAY, 4 * DAY]))
    def wait(self, seconds):
        self.do("wait", seconds=seconds)

    @precondition(lambda self: not self.post.faults)
    @rule(fortnights=st.sampled_from([2, 7, 17]))
    def weeks_go_by(self, fortnights):
        self.do("weeks_go_by", fortnights=fortnights)

    @rule(seconds=st.sampled_from([0, 240, -240, -900]))
    def skew(self, seconds):
        self.do("skew", seconds=seconds)


def _is_complete(session) -> bool:
    return bool(session["status"] == "complete")


def _waits_for_its_mail(form) -> bool:
    return not form.price and not form.confirmed and Signup.objects.filter(uuid=form.uuid, amount_cents=0).exists()

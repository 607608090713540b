"""What may come after a payment, as rules for Hypothesis: banks, executives, HubSpot, and time."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from membership.models import Membership
from outbox.models import Delivery
from wits_site.tests.weather.deeds import FAULTS, FEW, PAID, PERSON, PICK, Deeds, is_complete
from wits_site.tests.weather.people import PEOPLE

HOUR, DAY = 3600, 86_400
SCRIBBLES = (("wits_membership_status", "ended"), ("firstname", "M."), ("wits_member_until", ""))
MAYBE_FAULT = st.sampled_from(["", "", *FAULTS])
REFUNDABLE = ("again", "mismatch", "twice", "fraud", "refund")  # cases with a button for it


class Afterwards(Deeds):
    """To joining comes all that can happen to the money, and to a member."""

    # Banks, and Stripe's dashboard

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

        return [place for place in self.world.every_visit(is_complete) if is_one(place)]

    def refundable(self):
        return [place for place in self.charges() if place in self.undisputed() or place in self.disputed("won")]

    # The club's executives

    @precondition(lambda self: self.refundable())
    @rule(
        pick=PICK,
        cents=st.sampled_from([0, 0, 500]),
        fault=st.sampled_from(["", "", *FAULTS]),
        times=st.integers(1, 3),
    )
    def ask_refund(self, pick, cents, fault, times):
        self.do("ask_refund", **self.some(self.refundable(), pick), cents=cents, fault=fault, times=times)

    @precondition(lambda self: self.refundable())
    @rule(pick=PICK)
    def refund_in_both_places(self, pick):
        self.do("refund_in_both_places", **self.some(self.refundable(), pick))

    @precondition(lambda self: self.cases("mismatch"))
    @rule(pick=PICK)
    def accept(self, pick):
        case = self.some(self.cases("mismatch"), pick)
        del case["kind"]
        self.do("accept", **case)

    @precondition(lambda self: self.cases())
    @rule(pick=PICK)
    def leave(self, pick):
        self.do("leave", **self.some(self.cases(), pick))

    @precondition(lambda self: self.refundable_cases())
    @rule(pick=PICK)
    def refund_case(self, pick):
        self.do("refund_case", **self.some(self.refundable_cases(), pick))

    @precondition(lambda self: self.cases("unknown"))
    @rule(pick=PICK)
    def adopt(self, pick):
        self.do("adopt", stranger=self.some(self.cases("unknown"), pick)["visit"])

    @precondition(lambda self: self.done("add_by_hand") < FEW)
    @rule(person=PERSON, level=st.sampled_from(PAID), way=st.sampled_from(["cash", "complimentary"]))
    def add_by_hand(self, person, level, way):
        self.do("add_by_hand", person=person, level=level, way=way)

    def cases(self, *kinds):
        """What waits for an executive: its kind, its payment, and its number among those of one payment."""
        found = []
        for one in self.world.waiting():
            place = {"kind": one.kind, "form": one.form, "visit": one.visit}
            found.append({**place, "number": sum(other.items() >= place.items() for other in found)})
        return [case for case in found if not kinds or case["kind"] in kinds]

    def refundable_cases(self):
        can = self.refundable()
        return [one for one in self.cases(*REFUNDABLE) if {"form": one["form"], "visit": one["visit"]} in can]

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

    @rule(seconds=st.sampled_from([-20 * 60, -90, 60, 20 * 60, HOUR, 5 * HOUR, DAY, 4 * DAY]))
    def wait(self, seconds):
        self.do("wait", seconds=seconds)

    @precondition(lambda self: not self.post.faults and self.done("weeks_go_by") < FEW)
    @rule(fortnights=st.sampled_from([1, 4, 13]))
    def weeks_go_by(self, fortnights):
        self.do("weeks_go_by", fortnights=fortnights)

    @rule(seconds=st.sampled_from([0, 240, -240, -900]))
    def skew(self, seconds):
        self.do("skew", seconds=seconds)

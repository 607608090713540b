"""What the club's executives do in the admin. They look before they decide: the site has heard all of the matter."""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from membership import by_hand, deciding, refunds
from membership.by_hand import HandData
from membership.models import Addition, Case, Level, Membership, MembershipSettings, Payment, Refund
from wits_site.tests.weather.people import LEVELS, PEOPLE, STRANGER, ByHand, Form
from wits_site.tests.weather.surroundings import Surroundings
from wits_site.tests.weather.truth import Waiting, stories, waiting


class Executives(Surroundings):
    def close_joining(self, closed: bool) -> None:
        settings = MembershipSettings.load()
        settings.joining_open = self.joining_open = not closed
        settings.save()

    # Refunds

    def ask_refund(self, form: int, visit: int, cents: int, fault: str = "", times: int = 1) -> None:
        """Have so much given back, or all that is left (0), and click twice. Stripe may fail while it is asked."""
        payment = self._payment(form, visit)
        before = Refund.objects.filter(payment=payment).count()
        wanted = self._wanted(payment, cents)
        assert refunds.ask(wanted, by=self._treasurer()) == refunds.ask(wanted, by=self._treasurer())
        if fault:
            self.state.faults.add({"vendor": "stripe", "kind": fault, "times": times})
        self.post.work()
        self.state.faults.clear()
        self.post.work_through_pauses()
        assert Refund.objects.filter(payment=payment).count() == before + 1, "asked once, made once"

    def refund_in_both_places(self, form: int, visit: int) -> None:
        """The treasurer asks here, and before the worker comes to it somebody does it in the dashboard too."""
        payment = self._payment(form, visit)
        asked = refunds.ask(self._wanted(payment, 0), by=self._treasurer())
        self.act(f"/charges/{self.charge_of(form, visit)['id']}/refund", 200)
        self.post.work_through_pauses()
        self.refused.setdefault(str(payment.session_id), []).append(f"refused:{asked.uuid}")

    def _payment(self, form: int, visit: int) -> Payment:
        self.post.tell_all_of(self.forms[form].uuid)
        return Payment.objects.get(session_id=self.visits(form)[visit]["id"])

    def _wanted(self, payment: Payment, cents: int) -> refunds.Wanted:
        left = refunds.left_of(payment)
        return refunds.Wanted(uuid.uuid4(), payment.pk, min(cents, left) or left, "requested_by_customer", "")

    # Cases

    def waiting(self) -> list[Waiting]:
        """What waits for an executive, and does not change what others find: each by its place and number there."""
        return waiting(self, stories(self))

    def accept(self, **place: int) -> None:
        """The payment does not match, and counts all the same."""
        case = self._case("mismatch", **place)
        deciding.accept(case, by=self._treasurer())
        self.accepted.add(case.stripe_object_id)
        self.settled.add(case.key)

    def leave(self, kind: str, **place: int) -> None:
        """Nothing is to be done, for a reason that is written down."""
        case = self._case(kind, **place)
        deciding.leave(case, by=self._treasurer(), note="We know them.")
        self.settled.add(case.key)

    def refund_case(self, kind: str, **place: int) -> None:
        """Give back what the case is about, from the case."""
        case = self._case(kind, **place)
        payment = Payment.objects.get(pk=case.payment_id)
        refunds.ask(self._wanted(payment, 0), by=self._treasurer(), case_id=case.pk)
        self.settled.add(case.key)
        self.post.work_through_pauses()

    def adopt(self, stranger: int) -> None:
        """Make somebody a member who paid for a form that is not on this site."""
        session = self.state["checkout.session"].need(self.strange[stranger])
        signup = session["metadata"]["signup"]
        self.post.tell_all_of(signup)
        case = Case.objects.get(key=f"unknown:{session['id']}")
        deciding.adopt(case, by=self._treasurer())
        self.settled.add(case.key)
        paid = int(session["amount_total"])
        self.forms.append(Form(STRANGER, "wits-member", "", signup, timezone.now(), price=paid, adopted=True))

    def _case(self, kind: str, form: int, visit: int, number: int) -> Case:
        if form >= 0:
            self.hear_all_of(self.forms[form].person)
        else:
            self.post.tell_all_of(self.state["checkout.session"].need(self.strange[visit])["metadata"]["signup"])
        there = [one for one in self.waiting() if (one.kind, one.form, one.visit) == (kind, form, visit)]
        return Case.objects.get(key=there[number].key, settled_at=None)

    # Members by hand

    def add_by_hand(self, person: int, level: str, way: str) -> None:
        """Write down who paid in cash or is made a gift of it, and send the page twice."""
        who = PEOPLE[person]
        self.hear_all_of(who)
        if not Membership.objects.filter(member__email_key=who.key).exists():
            self.without_consent.add(who)
        cents = 0 if way == Addition.Way.COMPLIMENTARY else int(LEVELS[level]["price_cents"])
        data = HandData(
            nonce=uuid.uuid4(),
            level=Level.objects.get(slug=level),
            first_name=who.first_name,
            last_name=who.last_name,
            email=who.addresses[-1].strip(),
            amount_cents=cents,
            way=way,
            received_by="" if way == Addition.Way.COMPLIMENTARY else "Kim",
            note="",
            starts_on=timezone.localdate(),
        )
        seen = by_hand.plan_for(data).seen
        added: list[Any] = [by_hand.add(data, seen=seen, by=self._treasurer()) for _ in range(2)]
        assert added[0] == added[1]
        self.by_hand.append(ByHand(who, level, cents, data.nonce))

    def _treasurer(self) -> Any:
        return get_user_model().objects.get_or_create(username="treasurer")[0]

"""Two join forms of one person for one level, both paid within days: found, shown, and the money kept meanwhile."""

from datetime import timedelta
from itertools import permutations

import pytest
import time_machine
from django.utils import timezone

from membership import deciding, deliveries, emails, lifecycle, refunds
from membership.limits import PAID_AGAIN_WITHIN
from membership.models import Case, Membership, Payment
from membership.stripe_gateway import session_from_object
from membership.tests.factories import LevelFactory, SignupFactory
from membership.tests.stripe_events import ids, session_object
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def september():
    with time_machine.travel("2026-09-14T14:00:00Z", tick=False) as clock:
        yield clock


def form(**changes):
    return SignupFactory(email="maya@uwo.example", first_name="Maya", **changes)


def pay(signup, at=None, **changes):
    """It was paid, or is heard of, now; made `at`."""
    created = int((at or timezone.now()).timestamp())
    return lifecycle.complete(session_from_object(session_object(signup, created=created, **changes)))


def refund(signup, cents=None):
    return lifecycle.record_refund(
        {}, payment_intent_id=ids(signup)["payment_intent"], refunded_cents=cents or signup.amount_cents
    )


def open_keys():
    return sorted(Case.objects.filter(settled_at=None).values_list("key", flat=True))


def again(signup):
    return f"again:{signup.stripe_session_id}"


def test_two_forms_within_minutes_are_one_case_and_the_money_is_kept(september):
    first, second = form(), form()
    pay(first)
    assert not Case.objects.exists()
    september.shift(timedelta(minutes=5))
    pay(second)

    case = Case.objects.get()
    assert (case.kind, case.key, case.signup) == (Case.Kind.TWICE, again(second), second)
    assert case.payment == second.payments.get()
    told = Alert.objects.get(kind="payment.twice")
    assert (told.count, told.link) == (1, f"/admin/cases/{case.pk}/")
    assert [str(row.ends_on) for row in Membership.objects.order_by("starts_on")] == ["2027-04-30", "2028-04-30"]
    assert not refunds.why_not(case.payment), "it can be given back with one click"


def test_the_order_in_which_they_are_heard_of_makes_no_difference():
    now = timezone.now()
    forms = [form() for _ in range(3)]
    moments = [now, now + timedelta(days=10), now + timedelta(days=20)]
    for order in permutations(range(3)):
        for number in order:
            pay(forms[number], moments[number])
        assert open_keys() == sorted([again(forms[1]), again(forms[2])])
        Case.objects.all().delete()
        Membership.objects.all().delete()
        Payment.objects.all().delete()
        for one in forms:
            type(one).objects.filter(pk=one.pk).update(state="open", member=None, paid_at=None)


def test_given_back_either_of_them_settles_it_by_itself(september):
    first, second, third = form(), form(), form()
    pay(first)
    september.shift(timedelta(days=10))
    pay(second)
    september.shift(timedelta(days=10))
    pay(third)
    assert open_keys() == sorted([again(second), again(third)])
    refund(second)
    assert open_keys() == [], "the third was twenty days after the first"

    fourth = form()
    pay(fourth)
    assert open_keys() == [again(fourth)]
    refund(third)
    assert open_keys() == []
    assert Case.objects.filter(settlement=Case.Settlement.BY_ITSELF).count() == 3


@pytest.mark.parametrize(("later", "is_found"), [(PAID_AGAIN_WITHIN, True), (PAID_AGAIN_WITHIN * 1.01, False)])
def test_what_is_paid_later_than_two_weeks_after_is_a_renewal(september, later, is_found):
    pay(form())
    september.shift(later)
    pay(form())
    assert Case.objects.exists() == is_found


def test_who_renews_near_the_end_of_a_term_paid_for_another_one(september):
    level = LevelFactory(slug="month", term="months", term_months=1)
    pay(form(level=level))
    september.shift(timedelta(days=20))
    pay(form(level=level))
    assert not Case.objects.exists(), "even of the shortest term"


def test_another_level_another_person_and_a_gift_are_no_second_payment():
    pay(form())
    pay(form(level=LevelFactory(slug="half-year", price_cents=900)))
    pay(SignupFactory(email="robin@uwo.example"))
    code = {"amount_discount": 1500, "amount_shipping": 0, "amount_tax": 0}
    pay(form(), amount_total=0, payment_intent=None, payment_status="no_payment_required", total_details=code)
    assert not Case.objects.exists()


def test_what_a_person_keeps_stays_settled(django_user_model):
    first, second = form(), form()
    pay(first)
    pay(second)
    deciding.leave(Case.objects.get(), by=django_user_model.objects.create(username="t"), note="For two years.")
    refund(first, 100)
    pay(second)
    assert open_keys() == []
    assert Case.objects.count() == 1


def test_the_second_mail_says_that_it_is_a_second_payment(monkeypatch):
    heard = []
    monkeypatch.setattr(deliveries, "send_mail", lambda key, *, variables, **rest: heard.append((key, variables)))
    forms = [form(), form()]
    for one in forms:
        pay(one)
    for one in reversed(forms):
        deliveries.send_welcome(Delivery(key="a-key", payload={"signup": str(one.uuid)}))
    (again, said), (first, _) = heard
    assert (first, again) == (emails.WELCOME.key, emails.RENEWAL.key)
    assert said["term"] == "from 1 May 2027 until 30 April 2028"
    assert said.keys() == emails.RENEWAL.variables.keys()
    assert "did not mean to pay again" in emails.RENEWAL.body

"""Giving a payment back: asked once, never more than was paid, true when Stripe says so."""

import threading
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from membership import cases, lifecycle, refunds, stripe_gateway
from membership.errors import TransportError
from membership.models import Case, Membership, Payment, Refund
from membership.refunds import RefundRefused, Wanted, ask, left_of
from membership.stripe_gateway import Said
from membership.tests.factories import CaseFactory, MembershipFactory
from membership.tests.stripe_events import refund_object
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment():
    return MembershipFactory().signup.payments.get()


def user(name):
    return get_user_model().objects.get_or_create(username=name)[0]


def wanted(payment, cents=1500, **changes):
    made = {"nonce": uuid.uuid4(), "reason": "requested_by_customer", "note": ""} | changes
    return Wanted(payment_id=payment.pk, cents=cents, **made)


def stripe_makes(monkeypatch, status="succeeded", error=None):
    """What Stripe answers to the worker; the calls it got."""
    calls = []

    def make_refund(**asked):
        calls.append(asked)
        if error:
            raise error
        made = refund_object(
            id=f"re_{asked['refund_uuid']}",
            amount=asked["cents"],
            status=status,
            payment_intent=asked["payment_intent_id"],
            metadata={"wits_refund": asked["refund_uuid"]},
        )
        return Said(made["id"], made["payment_intent"], status, made)

    monkeypatch.setattr(stripe_gateway, "make_refund", make_refund)
    return calls


def deliver():
    refunds.make(Delivery.objects.get(kind="stripe.refund"))


def test_what_was_asked_for_is_made_at_stripe_and_then_true(payment, monkeypatch):
    calls = stripe_makes(monkeypatch)
    refund = ask(wanted(payment), by=user("treasurer"))
    assert (refund.state, Membership.objects.get().state) == ("asked", "active"), "nothing is true before Stripe says"

    deliver()
    deliver()
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("succeeded", f"re_{refund.uuid}")
    assert Membership.objects.get().state == "refunded"
    assert Refund.objects.count() == 1
    assert len(calls) == 1
    assert calls[0]["cents"] == 1500


def test_a_part_leaves_the_membership_and_only_the_rest_can_follow(payment, monkeypatch):
    stripe_makes(monkeypatch)
    treasurer = user("treasurer")
    ask(wanted(payment, 500), by=treasurer)
    assert left_of(payment) == 1000
    deliver()
    payment.refresh_from_db()
    assert (payment.refunded_cents, left_of(payment)) == (500, 1000)
    assert Membership.objects.get().state == "active"
    with pytest.raises(RefundRefused, match=r"At most \$10\.00"):
        ask(wanted(payment, 1001), by=treasurer)


def test_the_same_form_twice_is_one_refund(payment):
    form, treasurer = wanted(payment), user("treasurer")
    assert ask(form, by=treasurer) == ask(form, by=treasurer)
    assert Delivery.objects.filter(kind="stripe.refund").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dispute": "open"}, "bank is asking for it back"),
        ({"dispute": "lost"}, "taken it back already"),
        ({"payment_intent_id": None}, "nothing to give back"),
        ({"refunded_cents": 1500}, "given back already"),
    ],
)
def test_what_cannot_be_given_back_is_refused_in_words(payment, change, words):
    Payment.objects.update(**change)
    with pytest.raises(RefundRefused, match=words):
        ask(wanted(payment), by=user("treasurer"))
    assert not Refund.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("cents", [0, -1, 1501])
def test_nothing_and_more_than_was_paid_are_refused(payment, cents):
    with pytest.raises(RefundRefused):
        ask(wanted(payment, cents), by=user("treasurer"))
    assert not Refund.objects.exists()


def test_what_stripe_refuses_for_good_is_a_case_and_changes_nothing(payment, monkeypatch):
    stripe_makes(monkeypatch, error=TransportError("HTTP 400, charge_already_refunded.", permanent=True))
    ask(wanted(payment), by=user("treasurer"))
    deliver()
    refund = Refund.objects.get()
    assert refund.state == "refused"
    assert "charge_already_refunded" in refund.answer
    assert (Case.objects.get().kind, Case.objects.get().is_open) == ("refund", True)
    assert Alert.objects.get().kind == "refund.refused"
    assert Membership.objects.get().state == "active"
    assert left_of(payment) == 1500, "it can be tried again"


def test_what_stripe_refused_is_nothing_to_do_any_more_once_it_is_given_back_elsewhere(payment, monkeypatch):
    stripe_makes(monkeypatch, error=TransportError("HTTP 400, charge_already_refunded.", permanent=True))
    ask(wanted(payment), by=user("treasurer"))
    deliver()
    elsewhere = refund_object(id="re_1", payment_intent=payment.payment_intent_id, amount=1500, status="succeeded")
    lifecycle.record_contest("refund.created", elsewhere, payment.paid_at)
    case = Case.objects.get()
    assert (case.is_open, case.settlement) == (False, "by-itself")


def test_a_refusal_after_all_was_given_back_elsewhere_troubles_nobody(payment, monkeypatch):
    stripe_makes(monkeypatch, error=TransportError("HTTP 400, charge_already_refunded.", permanent=True))
    ask(wanted(payment), by=user("treasurer"))
    elsewhere = refund_object(id="re_1", payment_intent=payment.payment_intent_id, amount=1500, status="succeeded")
    lifecycle.record_contest("refund.created", elsewhere, payment.paid_at)
    deliver()
    assert Refund.objects.get(stripe_id=None).state == "refused"
    assert not Case.objects.exists()
    assert not Alert.objects.exists()
    assert Membership.objects.get().state == "refunded"


def test_while_stripe_is_away_the_worker_tries_again(payment, monkeypatch):
    stripe_makes(monkeypatch, error=TransportError("HTTP 500."))
    ask(wanted(payment), by=user("treasurer"))
    with pytest.raises(TransportError):
        deliver()
    assert Refund.objects.get().state == "asked"


def test_stripes_event_may_be_here_before_its_answer(payment, monkeypatch):
    refund = ask(wanted(payment), by=user("treasurer"))
    told = refund_object(
        id="re_1",
        status="pending",
        payment_intent=payment.payment_intent_id,
        metadata={"wits_refund": str(refund.uuid)},
    )
    lifecycle.record_contest("refund.created", told, payment.paid_at)
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id, Refund.objects.count()) == ("pending", "re_1", 1)
    calls = stripe_makes(monkeypatch)
    deliver()
    assert calls == [], "Stripe has it already"


def test_a_case_is_settled_by_the_refund_and_a_second_executive_is_told_who_was_first(payment):
    case = CaseFactory(kind=Case.Kind.FRAUD, payment=payment, signup=payment.signup)
    first, second = user("treasurer"), user("owner")
    ask(wanted(payment, 500, rest_kept="They came to one event."), by=first, case_id=case.pk)
    with pytest.raises(cases.AlreadySettled) as error:
        ask(wanted(payment, 500), by=second, case_id=case.pk)
    settled = error.value.case
    assert (settled.settled_by, settled.settlement, settled.note) == (first, "refunded", "They came to one event.")
    assert Refund.objects.count() == 1


def test_a_part_leaves_the_case_open_until_the_rest_is_asked_for_too(payment):
    case = CaseFactory(kind=Case.Kind.TWICE, payment=payment, signup=payment.signup)
    for cents, is_open in ((1, True), (999, True), (500, False)):
        ask(wanted(payment, cents), by=user("treasurer"), case_id=case.pk)
        case.refresh_from_db()
        assert case.is_open == is_open
    assert case.settlement == Case.Settlement.REFUNDED


def test_a_case_about_one_refund_asks_for_no_more_than_that(payment, monkeypatch):
    stripe_makes(monkeypatch, error=TransportError("HTTP 400, charge_disputed.", permanent=True))
    ask(wanted(payment, 500), by=user("treasurer"))
    deliver()
    case = Case.objects.get()
    ask(wanted(payment, 499), by=user("treasurer"), case_id=case.pk)
    case.refresh_from_db()
    assert case.is_open
    ask(wanted(payment, 500), by=user("treasurer"), case_id=case.pk)
    case.refresh_from_db()
    assert case.settlement == Case.Settlement.REFUNDED


def test_a_case_of_another_payment_or_of_none_is_refused_in_words(payment):
    other = CaseFactory()
    for pk, words in ((other.pk, "about another payment"), (999_999, "no longer here")):
        with pytest.raises(RefundRefused, match=words):
            ask(wanted(payment), by=user("treasurer"), case_id=pk)
    other.refresh_from_db()
    assert other.is_open
    assert not Refund.objects.exists()
    assert not Delivery.objects.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sums=st.lists(st.integers(-100, 2000), max_size=8))
def test_whatever_is_asked_for_never_more_than_was_paid_goes_back(sums, payment, treasurer):
    Refund.objects.all().delete()
    for cents in sums:
        try:
            ask(wanted(payment, cents), by=treasurer)
        except RefundRefused:
            continue
    asked = [refund.amount_cents for refund in Refund.objects.all()]
    assert all(cents > 0 for cents in asked)
    assert sum(asked) + left_of(payment) == 1500


@pytest.fixture
def treasurer(db):
    return user("treasurer")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two transactions at once: PostgreSQL's row locks")
def test_two_executives_at_once_give_back_once():
    payment = MembershipFactory().signup.payments.get()
    users = [user("treasurer"), user("owner")]
    start, refused = threading.Barrier(2), []

    def press(user):
        start.wait()
        try:
            ask(wanted(payment, 1000), by=user)
        except RefundRefused as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Refund.objects.count() == 1
    assert refused == ["At most $5.00 of it can be given back."]

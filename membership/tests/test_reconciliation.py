"""What no event told us is found by asking Stripe, and repaired once."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from membership import lifecycle, reconciliation, stripe_gateway
from membership.errors import TransportError
from membership.joining import JoinData, start
from membership.models import Case, Member, Membership, Signup
from membership.reconciliation import reconcile
from membership.stripe_gateway import PaymentOutcome
from membership.tests.factories import LevelFactory
from outbox import pings
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def level(db):
    return LevelFactory()


def join(number=0):
    form = JoinData(
        nonce=uuid.uuid4().hex,
        level="wits-member",
        price_seen=1500,
        first_name="Maya",
        last_name="Okafor",
        email=f"maya{number}@uwo.example",
    )
    return start(form).signup


def test_dropped_events_are_repaired_and_the_second_run_changes_nothing(fake_stripe):
    signups = [join(number) for number in range(12)]
    for number, signup in enumerate(signups):
        session = fake_stripe.pay(signup.stripe_session_id)
        if number % 2:
            lifecycle.complete(session)

    assert len(reconcile().repaired) == 6
    assert Member.objects.count() == Membership.objects.count() == 12
    assert Delivery.objects.filter(kind="mail.welcome").count() == 12

    before = list(Delivery.objects.values_list("key", flat=True))
    again = reconcile()
    assert (again.repaired, again.for_a_person, again.failed) == ([], [], [])
    assert list(Delivery.objects.values_list("key", flat=True)) == before


def test_an_outage_of_four_days_is_repaired(fake_stripe):
    signup = join()
    fake_stripe.pay(signup.stripe_session_id)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert len(reconcile().repaired) == 1
    membership = Membership.objects.get()
    assert membership.starts_on == timezone.localdate(), "it began on the day of the payment"


def test_a_dry_run_says_the_same_and_changes_nothing(fake_stripe):
    fake_stripe.pay(join().stripe_session_id)
    out = io.StringIO()
    call_command("reconcile", "--dry-run", stdout=out)
    assert "Would repair: Session cs_test_1 is paid" in out.getvalue()
    assert not Member.objects.exists()

    out = io.StringIO()
    call_command("reconcile", stdout=out)
    assert "Repaired: Session cs_test_1 is paid" in out.getvalue()
    assert "Maya" not in out.getvalue()
    assert Member.objects.count() == 1

    out = io.StringIO()
    call_command("reconcile", stdout=out)
    assert out.getvalue() == "Stripe and the members agree.\n"


def test_sessions_that_expired_or_wait_for_their_money_are_noted(fake_stripe):
    expired, pending, failed = join(1), join(2), join(3)
    fake_stripe.run_out(expired.stripe_session_id)
    for waiting, status in ((pending, "processing"), (failed, "requires_payment_method")):
        session = fake_stripe.pay(waiting.stripe_session_id, payment_status="unpaid")
        fake_stripe.outcomes[session.payment_intent_id] = PaymentOutcome(status, 0)

    assert len(reconcile().repaired) == 3
    states = [Signup.objects.get(pk=signup.pk).state for signup in (expired, pending, failed)]
    assert states == [Signup.State.EXPIRED, Signup.State.PROCESSING, Signup.State.FAILED]
    assert reconcile().repaired == []


def test_a_session_older_than_the_look_back_is_asked_for_by_its_id(fake_stripe):
    signup = join()
    fake_stripe.run_out(signup.stripe_session_id)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert len(reconcile(days=1).repaired) == 1
    assert Signup.objects.get().state == Signup.State.EXPIRED


def test_a_refund_made_in_stripes_dashboard_is_found(fake_stripe):
    session = fake_stripe.pay(join().stripe_session_id)
    lifecycle.complete(session)
    refund = fake_stripe.say("refund", "succeeded", session)
    fake_stripe.say("refund", "succeeded", "pi_of_the_shop")

    assert reconcile().repaired == [f"Refund {refund} of payment {session.payment_intent_id} is succeeded."]
    assert Membership.objects.get().state == Membership.State.REFUNDED
    assert reconcile().repaired == []


@pytest.mark.parametrize(
    ("status", "state"), [("needs_response", "held"), ("under_review", "held"), ("lost", "lost"), ("won", "active")]
)
def test_a_dispute_that_no_event_told_of_is_found(fake_stripe, status, state):
    session = fake_stripe.pay(join().stripe_session_id)
    lifecycle.complete(session)
    fake_stripe.say("dispute", status, session)
    fake_stripe.say("dispute", "lost", "pi_of_the_shop")

    assert len(reconcile().repaired) == 1
    assert Membership.objects.get().state == state
    assert reconcile().repaired == []


def test_a_warning_of_fraud_that_no_event_told_of_is_found(fake_stripe):
    session = fake_stripe.pay(join().stripe_session_id)
    lifecycle.complete(session)
    warning = fake_stripe.say("radar.early_fraud_warning", "", session)
    fake_stripe.say("radar.early_fraud_warning", "", "pi_of_the_shop")

    assert len(reconcile().repaired) == 1
    case = Case.objects.get()
    assert (case.kind, case.stripe_object_id) == (Case.Kind.FRAUD, warning)
    assert Alert.objects.get(kind="payment.fraud-warning").count == 1
    assert reconcile().repaired == []
    assert Alert.objects.get(kind="payment.fraud-warning").count == 1


def test_a_refund_that_came_back_unheard_puts_the_membership_in_force_again(fake_stripe):
    session = fake_stripe.pay(join().stripe_session_id)
    lifecycle.complete(session)
    fake_stripe.say("refund", "succeeded", session)
    reconcile()
    before = fake_stripe.contests[0]
    fake_stripe.contests[0] = replace(before, status="failed", object=before.object | {"status": "failed"})
    assert len(reconcile().repaired) == 1
    assert Membership.objects.get().state == Membership.State.ACTIVE
    assert reconcile().repaired == []


def test_what_others_take_with_the_same_account_is_left_alone(fake_stripe):
    signup = join()
    fake_stripe.pay(signup.stripe_session_id, metadata={"shop": "hoodie"})
    report = reconcile()
    assert (report.repaired, report.for_a_person) == ([], [])
    assert not Member.objects.exists()


def test_a_payment_of_an_unknown_form_needs_a_person_and_is_told_once(fake_stripe):
    signup = join()
    fake_stripe.pay(signup.stripe_session_id)
    signup.delete()
    for _ in range(3):
        report = reconcile()
        assert (len(report.for_a_person), report.repaired) == (1, [])
    assert Alert.objects.get(kind="payment.unknown").count == 1


def test_one_row_that_cannot_be_repaired_keeps_no_other_from_it(fake_stripe, monkeypatch, caplog):
    poison, good = join(1), join(2)
    for signup in (poison, good):
        fake_stripe.pay(signup.stripe_session_id)
    complete = lifecycle.complete

    def breaks_for_one(session):
        if session.id == poison.stripe_session_id:
            raise ZeroDivisionError("maya1@uwo.example")
        return complete(session)

    monkeypatch.setattr(lifecycle, "complete", breaks_for_one)
    with pytest.raises(CommandError):
        call_command("reconcile", stdout=io.StringIO(), stderr=io.StringIO())
    assert Membership.objects.get().signup == good
    assert poison.stripe_session_id in caplog.text, "the log says which"
    assert "test_reconciliation:" in caplog.text, "and where"
    assert "maya1" not in caplog.text


def test_the_club_hears_once_a_day_that_something_was_repaired(fake_stripe):
    for number in range(2):
        fake_stripe.pay(join(number).stripe_session_id)
        reconciliation.reconcile_by_schedule()
    reconciliation.reconcile_by_schedule()
    assert Alert.objects.filter(kind="reconcile.repaired").count() == 1


def test_while_stripe_is_away_the_command_says_so(fake_stripe):
    fake_stripe.away = TransportError("Stripe did not list Checkout sessions: it could not be reached.")
    with pytest.raises(CommandError, match="could not be reached"):
        call_command("reconcile")


def test_a_moment_without_stripe_is_no_news_but_a_refused_key_is(fake_stripe):
    fake_stripe.away = TransportError("Stripe did not list Checkout sessions: it could not be reached.")
    reconciliation.reconcile_by_schedule()
    fake_stripe.away = TransportError("Stripe did not list Checkout sessions: HTTP 401.", pauses=True)
    with pytest.raises(TransportError):
        reconciliation.reconcile_by_schedule()


NONSENSE = TransportError("Stripe did not list Checkout sessions: its answer makes no sense.")


@pytest.fixture
def breaks_halfway(fake_stripe, monkeypatch):
    """Stripe shows one session, then answers nonsense (or 503) when it is asked for more."""
    fake_stripe.pay(join().stripe_session_id)
    whole = fake_stripe.list_sessions

    def half(**about):
        yield next(iter(whole(**about)))
        raise NONSENSE

    monkeypatch.setattr(stripe_gateway, "list_sessions", half)


def test_what_was_repaired_before_stripe_broke_off_stays_and_is_said(breaks_halfway):
    out = io.StringIO()
    with pytest.raises(CommandError, match="makes no sense"):
        call_command("reconcile", stdout=out)
    assert "Repaired: Session cs_test_1 is paid" in out.getvalue()
    assert Membership.objects.count() == 1


def test_the_club_hears_of_what_was_repaired_and_in_the_digest_that_stripe_broke_off(breaks_halfway):
    reconciliation.reconcile_by_schedule()
    reconciliation.reconcile_by_schedule()
    assert Alert.objects.filter(kind="reconcile.repaired").count() == 1
    broken_off = Alert.objects.get(kind="reconcile.broken-off")
    assert (broken_off.count, broken_off.state) == (2, Alert.State.HELD)


def test_the_watchman_hears_of_comparisons_that_ended_and_of_no_other(fake_stripe, settings, monkeypatch):
    settings.PING_RECONCILE_URL = "https://watchman.invalid/reconcile"
    heard = []
    monkeypatch.setattr(pings, "ping", lambda name, url: heard.append((name, url)))
    fake_stripe.away = TransportError("Stripe did not list Checkout sessions: it could not be reached.")
    reconciliation.reconcile_by_schedule()
    assert heard == []
    fake_stripe.away = None
    reconciliation.reconcile_by_schedule()
    assert heard == [("reconcile", "https://watchman.invalid/reconcile")]

"""From a valid form to Stripe's page: once, however often the form is sent."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from membership import joining, lifecycle
from membership.errors import JoiningClosed, LevelClosed, PriceChanged, TransportError
from membership.joining import JoinData, Next, start
from membership.models import Level, Member, Membership, MembershipSettings, Signup
from membership.tests.factories import LevelFactory, MemberFactory
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def levels(request):
    request.getfixturevalue("transactional_db" if "double_click" in request.node.name else "db")
    LevelFactory()
    LevelFactory(free=True)


def form(**changes):
    filled = JoinData(
        nonce=uuid.uuid4().hex,
        level="wits-member",
        price_seen=1500,
        first_name="Mary Anne",
        last_name="van Dyk",
        email="Mary.Anne@uwo.ca",
    )
    return replace(filled, **changes)


def test_a_valid_form_is_kept_before_it_leads_to_stripe(fake_stripe):
    data = form(newsletter=True, newsletter_text="Send me the newsletter.", client_address="192.0.2.7")
    started = start(data)

    assert (started.next, started.url) == (Next.PAY, "https://checkout.stripe.com/c/pay/cs_test_1")
    signup = Signup.objects.get()
    assert (signup.first_name, signup.last_name, signup.email) == ("Mary Anne", "van Dyk", "Mary.Anne@uwo.ca")
    assert (signup.email_key, signup.amount_cents, signup.state) == ("mary.anne@uwo.ca", 1500, Signup.State.OPEN)
    assert (signup.newsletter, signup.newsletter_text) == (True, "Send me the newsletter.")
    assert signup.checkout_parameters["client_reference_id"] == str(signup.uuid)
    assert not Member.objects.exists(), "nobody is a member by filling in a form"
    assert not Delivery.objects.exists()


def test_a_yes_to_the_newsletter_is_of_the_moment_it_was_given(fake_stripe):
    """Not of the moment when the form was first sent, without the yes, days before."""
    data = form()
    start(data)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        agreed_at = timezone.now()
        start(replace(data, newsletter=True, newsletter_text="Send me the newsletter."))
    with time_machine.travel(agreed_at + timedelta(minutes=5), tick=False):
        start(replace(data, newsletter=True, newsletter_text="Send me the newsletter.", last_name="Dyk"))
        signup = Signup.objects.get()
        lifecycle.complete(replace(fake_stripe.sessions["cs_test_3"], status="complete", payment_status="paid"))
    assert signup.attempt == 3
    member = Member.objects.get()
    assert (member.newsletter_at, member.newsletter_text) == (agreed_at, "Send me the newsletter.")


@pytest.mark.parametrize("name", ["O'Brien-Łukasz", "🎉", "مريم", "x" * 300, " Mary Anne"])
def test_names_are_kept_exactly(fake_stripe, name):
    start(form(first_name=name, last_name=name))
    assert Signup.objects.filter(first_name=name, last_name=name).exists()


def test_the_same_form_again_finds_the_open_session(fake_stripe):
    data = form()
    first, second = start(data), start(data)

    assert first.url == second.url
    assert fake_stripe.calls == ["open"]
    assert Signup.objects.count() == 1


@pytest.mark.parametrize("changes", [{"email": "mary@uwo.ca"}, {"last_name": "Dyk"}, {"newsletter": True}])
def test_a_corrected_field_closes_the_old_session_and_opens_one_with_what_is_right(fake_stripe, changes):
    data = form()
    start(data)
    started = start(replace(data, **changes))

    assert started.url.endswith("cs_test_2")
    assert fake_stripe.sessions["cs_test_1"].status == "expired"
    signup = Signup.objects.get()
    assert signup.attempt == 2
    for name, value in changes.items():
        assert getattr(signup, name) == value


def test_a_correction_that_comes_after_the_payment_asks_for_no_second_one(fake_stripe):
    data = form()
    start(data)
    fake_stripe.pay("cs_test_1")
    started = start(replace(data, email="other@uwo.ca"))

    assert started.next == Next.NOTHING
    assert started.signup.state == Signup.State.COMPLETED
    assert len(fake_stripe.sessions) == 1
    assert Membership.objects.count() == 1


def test_an_expired_session_is_a_new_attempt(fake_stripe):
    data = form()
    start(data)
    lifecycle.complete(fake_stripe.run_out("cs_test_1"))
    assert start(data).url.endswith("cs_test_2")
    assert Signup.objects.get().state == Signup.State.OPEN


def test_a_session_that_ran_out_unheard_of_is_a_new_attempt(fake_stripe):
    data = form()
    start(data)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        fake_stripe.run_out("cs_test_1")
        assert start(data).url.endswith("cs_test_2")


def test_a_completed_form_leads_nowhere_again(fake_stripe):
    data = form()
    start(data)
    lifecycle.complete(fake_stripe.pay("cs_test_1"))

    started = start(data)
    assert (started.next, started.url) == (Next.NOTHING, "")
    assert len(fake_stripe.sessions) == 1


def test_another_price_is_said_and_then_asked_for(fake_stripe):
    data = form()
    start(data)
    Level.objects.filter(slug="wits-member").update(price_cents=2000)

    with pytest.raises(PriceChanged) as changed:
        start(data)
    assert changed.value.price_cents == 2000
    assert fake_stripe.calls == ["open"], "nothing happens before the visitor has agreed"

    start(replace(data, price_seen=2000))
    assert fake_stripe.sessions["cs_test_1"].status == "expired"
    assert fake_stripe.sessions["cs_test_2"].amount_total == 2000


def test_a_level_that_is_closed_or_gone_cannot_be_joined(fake_stripe):
    Level.objects.filter(slug="wits-member").update(is_open=False)
    for level in ("wits-member", "never-was"):
        with pytest.raises(LevelClosed):
            start(form(level=level))
    assert not Signup.objects.exists()


def test_closed_joining_stops_every_level(fake_stripe):
    settings = MembershipSettings.load()
    settings.joining_open = False
    settings.save()
    with pytest.raises(JoiningClosed):
        start(form())
    assert not Signup.objects.exists()
    assert fake_stripe.calls == []


def test_while_stripe_is_away_the_form_is_kept_and_the_retry_opens_one_session(fake_stripe, monkeypatch):
    monkeypatch.setattr(joining, "TWIN_WAIT", 0)
    data = form()
    fake_stripe.away = TransportError("Stripe did not open a Checkout session: it could not be reached.")
    for _ in range(3):
        with pytest.raises(TransportError):
            start(data)
    assert Signup.objects.get().state == Signup.State.STARTED
    assert not Alert.objects.exists(), "Stripe's own bad hour is no work for the club"

    fake_stripe.away = None
    assert start(data).next == Next.PAY
    assert len(fake_stripe.sessions) == 1
    assert Signup.objects.get().attempt == 1


def test_a_lost_answer_is_healed_by_the_same_key_and_parameters(fake_stripe, monkeypatch):
    monkeypatch.setattr(joining, "TWIN_WAIT", 0)
    data = form()
    opened = fake_stripe.open_checkout

    def lose_the_answer(parameters, *, idempotency_key):
        opened(parameters, idempotency_key=idempotency_key)
        raise TransportError("Stripe did not open a Checkout session: it could not be reached.")

    monkeypatch.setattr(joining.stripe_gateway, "open_checkout", lose_the_answer)
    with pytest.raises(TransportError):
        start(data)
    monkeypatch.setattr(joining.stripe_gateway, "open_checkout", opened)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert start(data).url.endswith("cs_test_1")
    assert len(fake_stripe.sessions) == 1


def test_a_refusal_that_its_key_would_only_repeat_is_told_and_tried_with_a_new_key(fake_stripe, monkeypatch):
    monkeypatch.setattr(joining, "TWIN_WAIT", 0)
    data = form()
    fake_stripe.away = TransportError("Stripe did not open a Checkout session: HTTP 400.", permanent=True)
    with pytest.raises(TransportError):
        start(data)
    alert = Alert.objects.get(kind="checkout.refused")
    assert "Mary" not in alert.what
    assert "uwo" not in alert.what
    fake_stripe.away = None
    assert start(data).next == Next.PAY
    assert Signup.objects.get().attempt == 2


def test_a_free_level_asks_nothing_of_stripe_and_promises_one_mail(fake_stripe):
    data = form(level="general", price_seen=0)
    assert start(data).next == Next.CONFIRM
    assert start(data).next == Next.CONFIRM

    assert fake_stripe.calls == []
    assert Signup.objects.get().state == Signup.State.UNCONFIRMED
    assert Delivery.objects.filter(kind="mail.confirm").count() == 1
    assert not Member.objects.exists()


def test_an_address_gets_three_confirmation_mails_an_hour_and_the_answer_does_not_tell(fake_stripe):
    answers = {start(form(level="general", price_seen=0)).next for _ in range(10)}
    assert answers == {Next.CONFIRM}
    assert Delivery.objects.filter(kind="mail.confirm").count() == 3
    start(form(level="general", price_seen=0, email="another@uwo.ca"))
    assert Delivery.objects.filter(kind="mail.confirm").count() == 4


@pytest.mark.django_db(transaction=True)
def test_three_mails_an_hour_are_three_also_when_the_forms_are_sent_at_once():
    def act(_number):
        try:
            return start(form(level="general", price_seen=0)).next
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(act, range(24))) == {Next.CONFIRM}
    assert Signup.objects.count() == 24
    assert Delivery.objects.filter(kind="mail.confirm").count() == 3


def test_three_mails_an_hour_are_three_however_many_forms_are_sent():
    for _ in range(110):
        start(form(level="general", price_seen=0))
    assert Delivery.objects.filter(kind="mail.confirm").count() == 3


def test_going_over_from_the_paid_to_the_free_level_closes_the_session(fake_stripe):
    data = form()
    start(data)
    assert start(replace(data, level="general", price_seen=0)).next == Next.CONFIRM
    assert fake_stripe.sessions["cs_test_1"].status == "expired"


def test_a_member_who_renews_is_known_to_stripe(fake_stripe):
    member = MemberFactory(stripe_customer_id="cus_known")
    start(form(member=member, email=member.email))
    assert Signup.objects.get().checkout_parameters["customer"] == "cus_known"
    assert Signup.objects.get().member == member


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_session(fake_stripe):
    fake_stripe.slow = 0.2
    data = form()

    def click(_):
        try:
            return start(data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as clicks:
        started = list(clicks.map(click, range(8)))
    assert {one.url for one in started} == {"https://checkout.stripe.com/c/pay/cs_test_1"}
    assert len(fake_stripe.sessions) == 1
    assert Signup.objects.count() == 1

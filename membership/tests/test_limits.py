"""Limits on what fails: a booth joins, a program that tries out cards does not."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.first_content import ensure_first_content
from home.site_settings import SiteSettings
from membership import joining, lifecycle, limits
from membership.errors import JoiningLimited, TransportError
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.joining import JoinData, Next, start
from membership.models import MembershipSettings, Signup
from membership.tests.factories import LevelFactory, MembershipFactory, SignupFactory
from membership.tests.joiner import ALICE, Joiner
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
BOOTH = "129.100.0.7"


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 9, 14, 16, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def site():
    ensure_first_content()
    ensure_levels()
    return ensure_join_page()


@pytest.fixture
def levels(db):
    LevelFactory()
    LevelFactory(free=True)


def form(number=0, **changes):
    filled = JoinData(
        nonce=uuid.uuid4().hex,
        level="wits-member",
        price_seen=1500,
        first_name="Mary Anne",
        last_name="van Dyk",
        email=f"person{number}@uwo.ca",
        client_address=BOOTH,
    )
    return replace(filled, **changes)


def free(number=0, **changes):
    return form(number, **{"level": "general", "price_seen": 0, **changes})


def refused(datas):
    """How many of these forms were refused."""
    count = 0
    for data in datas:
        try:
            start(data)
        except JoiningLimited:
            count += 1
    return count


# At the booth


def test_sixty_people_behind_one_address_join_within_ten_minutes(clock, site, fake_stripe):
    """One every ten seconds; each takes four minutes on Stripe's page."""
    paying = []
    for number in range(60):
        person = Joiner(clock)
        person.client.defaults["HTTP_X_FORWARDED_FOR"] = BOOTH
        person.open()
        answer = person.send(**{**ALICE, "email": f"person{number}@uwo.ca"}, wait=10)
        assert answer.status_code == 303, number
        assert "checkout.stripe.com" in answer["Location"]
        paying.append(f"cs_test_{number + 1}")
        if len(paying) > 24:
            lifecycle.complete(fake_stripe.pay(paying.pop(0)))
    for session in paying:
        lifecycle.complete(fake_stripe.pay(session))
    assert Signup.objects.filter(state=Signup.State.COMPLETED).count() == 60
    assert not Alert.objects.exists()


def test_sixty_people_behind_one_address_ask_for_the_free_level_and_all_get_their_link(levels, fake_stripe):
    assert refused(free(number) for number in range(60)) == 0
    assert Delivery.objects.filter(kind="mail.confirm").count() == 60


def test_some_of_them_are_declined_and_some_turn_back(levels, fake_stripe):
    for number in range(60):
        data = form(number)
        signup = start(data).signup
        if number % 3 == 0:  # declined once, then another card
            lifecycle.record_decline({"wits": "join", "signup": str(signup.uuid)})
        if number % 10:
            lifecycle.complete(fake_stripe.pay(str(signup.stripe_session_id)))
    assert not Alert.objects.exclude(state=Alert.State.HELD).exists()


# A program that tries out cards


def test_two_hundred_posts_without_a_payment_make_at_most_forty_calls_to_stripe(clock, site, fake_stripe):
    seen = []
    for number in range(200):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = BOOTH
        mallory.open()
        answer = mallory.send(**{**ALICE, "email": f"person{number}@uwo.ca"})
        seen.append(answer.status_code)
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls <= 40
    assert set(seen) == {303, 429}
    assert seen.count(429) == 200 - limits.BY_ADDRESS.calls
    assert Signup.objects.count() == limits.BY_ADDRESS.calls, "who is refused leaves no row"


def test_nor_when_one_form_is_changed_two_hundred_times(levels, fake_stripe):
    nonce = uuid.uuid4().hex
    count = refused(form(number, nonce=nonce) for number in range(200))
    assert count > 150
    assert len(fake_stripe.calls) <= 40


def test_nor_when_old_forms_are_changed(clock, levels, fake_stripe):
    forms = [form(number) for number in range(30)]
    assert refused(forms) == 0
    clock.shift(timedelta(minutes=90))
    for signup in Signup.objects.all():
        lifecycle.complete(fake_stripe.run_out(signup.stripe_session_id))
    fake_stripe.calls.clear()
    refused(replace(data, email=f"{letter}@uwo.ca") for letter in "abcdefg" for data in forms)
    assert len(fake_stripe.calls) <= 40


def test_nor_when_each_form_goes_over_to_the_free_level_and_back(levels, fake_stripe):
    for number in range(50):
        paid = form(number)
        refused([paid, replace(paid, level="general", price_seen=0)] * 4)
    assert len(fake_stripe.calls) <= 40


def test_nor_from_many_places_for_one_address(levels, fake_stripe):
    refused(form(client_address=f"192.0.2.{number}") for number in range(200))
    assert len(fake_stripe.calls) == limits.BY_EMAIL.calls


def test_nor_while_stripe_is_away(levels, fake_stripe, monkeypatch):
    monkeypatch.setattr(joining, "TWIN_WAIT", 0)
    fake_stripe.away = TransportError("Stripe did not open a Checkout session: it could not be reached.")
    for number in range(200):
        with pytest.raises((TransportError, JoiningLimited)):
            start(form(number))
    assert len(fake_stripe.calls) <= 40


def test_a_network_of_ipv6_is_one_address(clock, site, fake_stripe):
    for number in range(60):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = f"2001:db8:1:2::{number:x}"
        mallory.join(email=f"person{number}@uwo.ca")
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


def test_what_a_visitor_writes_before_our_proxy_s_entry_opens_no_way_around(clock, site, fake_stripe):
    for number in range(60):
        mallory = Joiner(clock)
        mallory.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}, {BOOTH}"
        mallory.join(email=f"person{number}@uwo.ca")
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


def test_other_places_go_on_while_one_is_limited(levels, fake_stripe):
    assert refused(form(number) for number in range(100)) > 0
    assert start(form(200, client_address="198.51.100.4")).next == Next.PAY


def test_many_declined_cards_from_one_place_keep_it_from_more(levels, fake_stripe):
    SignupFactory(client_address=BOOTH, declines=limits.BY_ADDRESS.declines + 1)
    with pytest.raises(JoiningLimited):
        start(form())
    assert start(free(1)).next == Next.CONFIRM, "who wants nothing of Stripe is not kept out"
    assert start(form(2, client_address="198.51.100.4")).next == Next.PAY


def test_declined_cards_count_for_an_hour_after_the_last_one(clock, levels, fake_stripe):
    signup = SignupFactory(client_address=BOOTH, declines=limits.BY_ADDRESS.declines)
    clock.shift(timedelta(minutes=59))
    lifecycle.record_decline({"wits": "join", "signup": str(signup.uuid)})
    clock.shift(timedelta(minutes=59))
    with pytest.raises(JoiningLimited):
        start(form())
    clock.shift(timedelta(minutes=2))
    assert start(form()).next == Next.PAY


# What is not counted


def test_the_same_form_again_is_neither_counted_nor_refused(levels, fake_stripe):
    forms = [form(number) for number in range(limits.BY_ADDRESS.calls)]
    assert refused(forms) == 0
    assert refused([form(99)]) == 1
    assert refused(forms * 3) == 0
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


def test_the_limit_ends_an_hour_later(clock, levels, fake_stripe):
    assert refused(form(number) for number in range(50)) == 50 - limits.BY_ADDRESS.calls
    clock.shift(timedelta(minutes=59))
    assert refused([form(60)]) == 1
    clock.shift(timedelta(minutes=2))
    assert refused([form(60)]) == 0


def test_who_pays_makes_room_at_once(levels, fake_stripe):
    assert refused(form(number) for number in range(50)) > 0
    lifecycle.complete(fake_stripe.pay("cs_test_1"))
    assert refused([form(60), form(61)]) == 1


# What is seen


def test_known_and_unknown_addresses_get_the_same_answers(clock, site, fake_stripe):
    MembershipFactory(member__email="member@uwo.ca", level=LevelFactory())
    seen = {}
    for place, email in enumerate(["member@uwo.ca", "stranger@uwo.ca"]):
        answers = []
        for number in range(limits.BY_EMAIL.calls + 3):
            visitor = Joiner(clock)
            visitor.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.{place}.{number}"
            answers.append(visitor.join(email=email).status_code)
        seen[email] = answers
    assert seen["member@uwo.ca"] == seen["stranger@uwo.ca"]
    assert seen["stranger@uwo.ca"][-1] == 429


def test_who_is_limited_is_told_kindly_keeps_what_they_typed_and_can_write(clock, site, fake_stripe):
    for _ in range(limits.BY_ADDRESS.calls):
        SignupFactory(client_address=BOOTH, stripe_calls=1)
    bob = Joiner(clock)
    bob.client.defaults["HTTP_X_FORWARDED_FOR"] = BOOTH
    answer = bob.join(first_name="Bob", email="bob@uwo.ca", newsletter="yes")
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "no-store" in answer["Cache-Control"]
    assert "That’s a lot of joining at once." in html
    assert f'href="mailto:{SiteSettings.load().email}"' in html
    assert (bob.fields()["first_name"], bob.fields()["email"]) == ("Bob", "bob@uwo.ca")
    assert bob.fields()["newsletter"] == "yes"
    assert not answer.cookies
    clock.shift(timedelta(hours=1))
    assert bob.send().status_code == 303


def test_the_club_is_told_of_the_overall_limit_once_an_hour(clock, levels, fake_stripe, monkeypatch):
    monkeypatch.setattr(limits, "OVERALL", limits.Most(calls=20, declines=150, mails=600))
    assert refused(form(number, client_address=f"192.0.2.{number}") for number in range(50)) == 30
    alert = Alert.objects.get(kind="join.limited")
    assert alert.count == 30
    assert "uwo.ca" not in f"{alert.what}{alert.done}{alert.todo}"
    assert alert.link == "/admin/settings/membership/membershipsettings/"
    clock.shift(timedelta(minutes=59))
    refused([form(60)])
    assert Alert.objects.filter(kind="join.limited").count() == 1
    clock.shift(timedelta(hours=1))
    refused(form(number, client_address=f"198.51.100.{number}") for number in range(50))
    assert Alert.objects.filter(kind="join.limited").count() == 2


def test_one_place_that_is_limited_stands_in_the_digest_only(levels, fake_stripe):
    refused(form(number) for number in range(50))
    told = Alert.objects.get()
    assert (told.kind, told.state, told.count) == ("join.limited-one", Alert.State.HELD, 14)


def test_the_free_level_mails_no_more_than_its_limits(levels, fake_stripe):
    refused(free(number) for number in range(300))
    assert Delivery.objects.filter(kind="mail.confirm").count() == limits.BY_ADDRESS.mails


def test_nor_when_one_free_form_is_corrected_again_and_again(levels, fake_stripe):
    nonce = uuid.uuid4().hex
    refused(free(number, nonce=nonce) for number in range(300))
    assert Delivery.objects.filter(kind="mail.confirm").count() == limits.BY_ADDRESS.mails


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_a_hundred_forms_at_the_same_moment_are_counted_exactly(transactional_db, fake_stripe):
    LevelFactory()
    MembershipSettings.load()

    def post(number):
        try:
            return start(form(number)).next
        except JoiningLimited:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as posts:
        answers = list(posts.map(post, range(100)))
    assert answers.count(Next.PAY) == limits.BY_ADDRESS.calls
    assert len(fake_stripe.calls) == limits.BY_ADDRESS.calls


@pytest.mark.django_db(transaction=True)
def test_one_form_changed_in_several_windows_at_once_ends_in_one_open_session(transactional_db, fake_stripe):
    LevelFactory()
    data = form()

    def post(number):
        try:
            return start(replace(data, email=f"person{number % 3}@uwo.ca")).next
        except (TransportError, JoiningLimited):
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as posts:
        list(posts.map(post, range(24)))
    assert [session.status for session in fake_stripe.sessions.values()].count("open") <= 1
    assert len(fake_stripe.calls) <= 40


def test_the_count_is_one_statement_over_an_index(levels):
    SignupFactory.create_batch(5, client_address=BOOTH)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        limits.check(Signup(nonce="n", client_address=BOOTH, email_key="a@uwo.ca"), calls=1)
    assert len(seen) == 1
    recent = Signup.objects.filter(tried_at__gt=timezone.now() - limits.WINDOW)
    if connection.vendor == "sqlite":
        assert "tried_at" in recent.explain()
    assert any(field.name == "tried_at" and field.db_index for field in Signup._meta.fields)

"""What limits do not count, what people are told of them, and that counts are exact at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.site_settings import SiteSettings
from membership import lifecycle, limits
from membership.errors import JoiningLimited, TransportError
from membership.joining import Next, start
from membership.models import MembershipSettings, Signup
from membership.tests.factories import LevelFactory, MembershipFactory, SignupFactory
from membership.tests.joiner import Joiner
from membership.tests.many_forms import BOOTH, form, free, refused
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


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

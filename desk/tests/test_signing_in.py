"""Signing in takes two factors, and says nothing to who has none."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from desk.accounts import factors, throttle, words
from desk.models import SignInAttempt
from desk.tests.staff import PASSWORD, code_of, someone, with_app
from outbox.models import Alert

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/admin/login/", "/admin/login/code/"


def type_password(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": user.username, "password": password, **more})


@pytest.fixture
def owner():
    user = someone("Owner")
    user.secret = with_app(user)
    return user


def test_a_password_alone_opens_nothing(client, owner):
    response = type_password(client, owner)

    assert (response.status_code, response.url) == (302, CODE)
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_a_password_and_a_code_sign_in_with_a_new_session(client, owner):
    type_password(client, owner, next="/admin/members/")
    half = client.session.session_key

    response = client.post(CODE, {"code": code_of(owner.secret)})

    assert (response.status_code, response.url) == (302, "/admin/members/")
    assert client.get("/admin/").status_code == 200
    assert client.session.session_key != half
    assert not Session.objects.filter(pk=half).exists()
    assert client.get(CODE).url == LOGIN


def test_a_code_opens_once_in_any_process(client, owner):
    code = code_of(owner.secret)
    for right in (True, False):
        type_password(client, owner)
        assert (client.post(CODE, {"code": code}).status_code == 302) is right
        client.logout()


def test_a_recovery_code_opens_once(client, owner):
    code = factors.codes(owner)[0]
    for right in (True, False):
        type_password(client, owner)
        assert (client.post(CODE, {"code": code}).status_code == 302) is right
        client.logout()
    assert factors.codes_left(owner) == 9


def test_who_has_no_second_factor_is_told_whom_to_ask(client):
    response = type_password(client, someone("Owner"))

    assert response.status_code == 403
    assert words.NOT_FINISHED in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("how", ["client.login", "a session of before"])
def test_a_session_that_was_made_elsewhere_without_the_second_factor_is_nobodys(client, owner, how):
    if how == "client.login":
        assert client.login(username=owner.username, password=PASSWORD)
    else:
        client.force_login(owner)
        session = client.session
        del session["accounts.whole"]
        session.save()

    assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_the_demonstration_needs_a_password_only_and_says_so(client, settings):
    settings.DEMO_SIGN_INS = True
    user = someone("Editor")

    assert "demonstration" in client.get(LOGIN).content.decode()
    assert type_password(client, user).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_production_says_nothing_of_a_demonstration(client):
    assert "demonstration" not in client.get(LOGIN).content.decode()


def said(response):
    """What a page says to the eye."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+|value="[^"]*"', "", response.content.decode())


def test_the_same_answer_to_a_wrong_password_an_unknown_address_and_ended_access(client, owner):
    left = someone("Editor")
    left.is_active = False
    left.save()
    answers = {
        said(client.post(LOGIN, {"username": name, "password": password}))
        for name, password in [
            (owner.username, "wrong"),
            ("nobody@wits.example", PASSWORD),
            (left.username, PASSWORD),
        ]
    }

    assert len(answers) == 1
    assert words.WRONG_PASSWORD in answers.pop()


def test_the_password_is_compared_for_unknown_addresses_too(client, monkeypatch):
    compared = []
    monkeypatch.setattr("desk.models.User.set_password", lambda self, raw: compared.append(raw))

    client.post(LOGIN, {"username": "nobody@wits.example", "password": "whatever"})

    assert compared == ["whatever"]


@pytest.mark.parametrize("name", ["owner@wits.example", "nobody@wits.example"])
def test_ten_wrong_passwords_make_the_eleventh_wait_whoever_it_is(client, owner, name):
    for _ in range(throttle.BY_ACCOUNT):
        assert client.post(LOGIN, {"username": name, "password": "wrong"}).status_code == 422
    refused = client.post(LOGIN, {"username": name.upper(), "password": PASSWORD})

    assert refused.status_code == 429
    assert words.TOO_MANY in refused.content.decode()
    assert Alert.objects.get().kind == "accounts.guessing"
    assert name not in Alert.objects.get().what
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.post(LOGIN, {"username": name, "password": "wrong"}).status_code == 422


def test_one_address_cannot_try_many_accounts(client):
    for number in range(throttle.BY_ADDRESS):
        client.post(LOGIN, {"username": f"{number}@wits.example", "password": "wrong"})

    assert client.post(LOGIN, {"username": "another@wits.example", "password": "wrong"}).status_code == 429
    elsewhere = Client(headers={"X-Forwarded-For": "198.51.100.4"})
    assert elsewhere.post(LOGIN, {"username": "another@wits.example", "password": "wrong"}).status_code == 422


def test_codes_are_limited_too_and_the_right_one_comes_too_late(client, owner):
    type_password(client, owner)
    for _ in range(throttle.BY_ACCOUNT):
        assert client.post(CODE, {"code": "000000"}).status_code == 422

    assert client.post(CODE, {"code": code_of(owner.secret)}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_what_was_right_does_not_count(client, owner):
    for _ in range(3):
        type_password(client, owner, "wrong")
    type_password(client, owner)

    assert not SignInAttempt.objects.exists()


def test_half_a_sign_in_ends_after_ten_minutes_and_with_the_password(client, owner):
    type_password(client, owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert client.get(CODE).url == LOGIN
    owner.set_password("another-not-real-password")
    owner.save()
    assert client.get(CODE).url == LOGIN


ELSEWHERE = [
    f"{before}evil.example{after}"
    for before in ("//", "https://", "http://", "///", "/\\", "\\\\", "https:", "/admin//", "javascript://", "ftp://")
    for after in ("", "/admin/", "/%2e%2e", "?next=/admin/")
]


@pytest.mark.parametrize("wanted", [*ELSEWHERE, "/", "/join/", "/admin/../join/", "/admin/%2E%2e/join/", "/adminx/"])
def test_signing_in_leads_into_the_admin_and_nowhere_else(client, owner, wanted):
    page = client.get(LOGIN, {"next": wanted}).content.decode()
    type_password(client, owner, next=wanted)

    assert client.post(CODE, {"code": factors.codes(owner)[0]}).url == "/admin/"
    assert '<input type="hidden" name="next" value="/admin/">' in page


def test_the_pages_are_kept_by_nobody_and_run_our_scripts_only(client, owner):
    pages = [client.get(LOGIN)]
    type_password(client, owner)
    pages.append(client.get(CODE))
    client.post(CODE, {"code": code_of(owner.secret)})
    pages += [client.get("/admin/sign-in/"), client.get("/admin/sign-in/add/")]
    for page in pages:
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert "unsafe-inline" not in page["Content-Security-Policy"]
        assert "style=" not in page.content.decode()


@pytest.mark.parametrize("path", ["signup", "password/reset", "code", "login/code/confirm", "social/login", "2fa"])
@pytest.mark.parametrize("under", ["accounts", "admin/accounts", "_allauth"])
def test_none_of_the_librarys_own_pages_is_there(client, under, path):
    assert client.get(f"/{under}/{path}/").status_code in (404, 302)
    client.force_login(someone("Owner"))
    assert client.get(f"/{under}/{path}/").status_code == 404

"""What can be wrong with a join form, and how it is said: names, addresses, levels, prices, programs."""

import re

import pytest
from django.core import signing
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from membership import joining, names, nonces, words
from membership.errors import TransportError
from membership.forms import JoinForm
from membership.models import Level, MembershipSettings, Signup
from membership.offers import todays_offers
from membership.tests.joiner import ALICE, Form, Joiner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]


def problems(response):
    return [words for _, words in response.context["form"].problems]


@pytest.mark.parametrize("field", ["first_name", "last_name"])
@pytest.mark.parametrize("value", ["", "   ", "\u200b", "\u200d \u00a0"])
def test_an_empty_name_is_asked_for(alice, field, value):
    response = alice.join(**{field: value})
    assert response.status_code == 422
    assert problems(response) == [words.NO_FIRST_NAME if field == "first_name" else words.NO_LAST_NAME]
    assert not Signup.objects.exists()


@pytest.mark.parametrize("value", ["a\nb", "a\x00b", "a\x1bb", "a\u202eb", "a\u2028b", "\u2066a"])
def test_a_name_with_characters_no_name_has_is_refused_in_words(alice, value):
    assert problems(alice.join(first_name=value)) == [words.NAME_HIDDEN_CHARACTERS]
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "x" * 300,
        "🧑‍💻" * 60,
        "مریم",
        "عبد\u200cالله",
        "O’Brien",
        "O'Brien",
        "Mary Anne",
        "van Dyk",
        "李",
        "e\u0301",
        "*A*",
        "{email}",
    ],
)
def test_unusual_names_are_kept_exactly(alice, name):
    assert alice.join(first_name=f"  {name} ", last_name=name).status_code == 303
    signup = Signup.objects.get()
    assert (signup.first_name, signup.last_name) == (name, name)


def test_a_name_of_301_characters_is_too_long(alice):
    assert problems(alice.join(first_name="x" * 301)) == [words.NAME_TOO_LONG]


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=150)


@hypothesis_settings(max_examples=60, deadline=None)
@given(first=PRINTABLE, last=PRINTABLE)
def test_any_name_reaches_the_form_s_end_unchanged(first, last):
    offers = todays_offers()
    form = JoinForm(
        _querydict(
            first_name=f" {first}\u00a0", last_name=last, email="a@uwo.ca", level="general",
            nonce=nonces.issue("n"), price_seen="general=0",
        ),
        offers=offers,
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["first_name"], form.cleaned_data["last_name"]) == (first, last)


@hypothesis_settings(max_examples=25, deadline=None)
@given(first=PRINTABLE.filter(lambda name: not names.has_refused_characters(name)))
def test_any_name_reaches_the_signup_unchanged(first):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    number = nonces.issue(f"{Signup.objects.count()}-{hash(first)}"[:60])
    sent = {**ALICE, "first_name": first, "level": "general", "nonce": number, "price_seen": "general=0"}
    response = client.post("/membership/join/", sent)
    assert response.status_code == 303, response.context["form"].errors
    assert Signup.objects.order_by("-pk").first().first_name == first


@pytest.mark.parametrize(
    "value",
    [
        "",
        "alice",
        "alice@",
        "@uwo.ca",
        "al ice@uwo.ca",
        "alice@uwo,ca",
        "alice@@uwo.ca",
        "alice@uwo",
        "a@b.ca\nBcc: x@y.ca",
    ],
)
def test_a_wrong_address_is_said_beside_its_field_and_everything_else_is_kept(alice, value):
    response = alice.join(email=value, first_name="Zoë", newsletter="yes")
    assert response.status_code == 422
    html = response.content.decode()
    assert [name for name, _ in response.context["form"].problems] == ["email"]
    assert '<a href="#email">' in html
    assert re.search(r'<input[^>]*id="email"[^>]*aria-invalid="true"[^>]*aria-describedby="email-error', html)
    assert re.search(r'id="problems"[^>]*tabindex="-1" autofocus', html)
    fields = Form(html).fields
    assert (fields["first_name"], fields["newsletter"], fields["level"]) == ("Zoë", "yes", "wits-member")
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  alice@uwo.ca ", "alice@uwo.ca"),
        ("ALICE@UWO.CA", "ALICE@uwo.ca"),
        ("josé@exämple.ca", "josé@exämple.ca"),
        ("用户@例え.jp", "用户@例え.jp"),
    ],
)
def test_addresses_with_spaces_around_capitals_and_of_any_script_are_taken(alice, typed, kept):
    assert alice.join(email=typed).status_code == 303
    assert Signup.objects.get().email == kept


def test_a_likely_typo_is_asked_about_and_mended_with_one_tap(alice):
    response = alice.join(email="mvandyk7@uwo.con")
    assert response.status_code == 422
    assert problems(response) == ["Did you mean mvandyk7@uwo.ca?"]
    assert 'name="use_email" value="mvandyk7@uwo.ca"' in response.content.decode()
    assert alice.send(use_email="mvandyk7@uwo.ca").status_code == 303
    assert Signup.objects.get().email == "mvandyk7@uwo.ca"


def test_an_address_that_only_looks_mistyped_is_asked_about_once(alice):
    assert alice.join(email="alice@gmial.com").status_code == 422
    assert alice.send().status_code == 303
    assert Signup.objects.get().email == "alice@gmial.com"


def test_another_mistyped_address_is_asked_about_again(alice):
    alice.join(email="alice@gmial.com")
    assert problems(alice.send(email="alice@gnail.com")) == ["Did you mean alice@gmail.com?"]


def test_enter_in_a_field_does_not_take_the_suggestion(alice):
    html = alice.join(email="alice@gmial.com").content.decode()
    first_button = re.search(r"<button[^>]*>", html[html.index('id="join-form"') :]).group()
    assert "use_email" not in first_button


def test_a_level_that_closed_meanwhile_is_said(alice):
    alice.open()
    Level.objects.filter(slug="wits-member").update(is_open=False)
    response = alice.send(**ALICE)
    assert (response.status_code, problems(response)) == (422, [words.LEVEL_CLOSED])
    assert "general" in response.content.decode()


def test_a_level_that_never_was_is_refused(alice):
    assert problems(alice.join(level="nonsense")) == [words.LEVEL_CLOSED]


def test_no_level_is_asked_for(alice):
    assert problems(alice.join(level=None)) == [words.NO_LEVEL]


def test_a_price_that_changed_is_said_and_taken_the_second_time(alice, fake_stripe):
    alice.open()
    Level.objects.filter(slug="wits-member").update(price_cents=2050)
    response = alice.send(**ALICE)
    assert response.status_code == 422
    assert problems(response) == [words.PRICE_CHANGED.format(level="WITS member", price="$20.50")]
    assert fake_stripe.calls == []
    assert alice.send().status_code == 303
    assert Signup.objects.get().amount_cents == 2050


def test_a_form_without_the_price_it_showed_is_not_charged(alice, fake_stripe):
    response = alice.join(price_seen=None)
    assert response.status_code == 422
    assert fake_stripe.calls == []


def test_a_form_sent_within_two_seconds_is_asked_to_try_once_more(alice):
    alice.open()
    nonce = alice.fields()["nonce"]
    response = alice.send(wait=1, **ALICE)
    assert (response.status_code, problems(response)) == (422, [words.TOO_FAST])
    assert alice.fields()["nonce"] == nonce
    assert alice.send().status_code == 303


def test_a_page_older_than_half_a_day_gets_a_fresh_number_and_keeps_what_was_typed(alice):
    alice.open()
    nonce = alice.fields()["nonce"]
    response = alice.send(wait=13 * 60 * 60, **ALICE)
    assert (response.status_code, problems(response)) == (422, [words.PAGE_TOO_OLD])
    assert alice.fields()["nonce"] != nonce
    assert alice.fields()["first_name"] == "Alice"
    assert alice.send().status_code == 303


# Named, since a signature holds the second it was made in: two processes of pytest would collect two tests.
@pytest.mark.parametrize(
    "nonce", ["", "nonsense", signing.dumps(["n", 0], salt="another")], ids=["none", "nonsense", "another salt"]
)
def test_a_number_that_is_not_ours_is_refused(alice, nonce):
    assert problems(alice.join(nonce=nonce)) == [words.PAGE_TOO_OLD]
    assert not Signup.objects.exists()


def test_a_program_that_fills_in_every_field_gets_no_session_and_a_person_gets_on(alice, fake_stripe):
    response = alice.join(comment="https://spam.example")
    assert (response.status_code, problems(response)) == (422, [words.TRAP_FILLED])
    assert fake_stripe.calls == []
    assert alice.send().status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_a_form_sent_by_another_site_starts_nothing(clock, fake_stripe, headers):
    mallory = Joiner(clock)
    mallory.client = Client(headers=headers)
    response = mallory.join()
    assert (response.status_code, problems(response)) == (422, [words.NOT_FROM_HERE])
    assert not response.cookies
    assert not Signup.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Origin": "null"}])
def test_an_older_browser_that_says_less_gets_on(clock, fake_stripe, headers):
    old = Joiner(clock)
    old.client = Client(headers=headers)
    assert old.join().status_code == 303


def test_joining_closed_while_the_page_was_open_is_said(alice, fake_stripe):
    alice.open()
    MembershipSettings.objects.update_or_create(defaults={"joining_open": False})
    response = alice.send(**ALICE)
    assert response.status_code == 409
    assert "Joining is closed for now" in response.content.decode()
    assert fake_stripe.calls == []


def test_a_price_that_changes_at_the_last_moment_is_said_too(alice, monkeypatch):
    real = joining.start

    def start(data):
        Level.objects.filter(slug="wits-member").update(price_cents=1800)
        return real(data)

    monkeypatch.setattr(joining, "start", start)
    response = alice.join()
    assert problems(response) == [words.PRICE_CHANGED.format(level="WITS member", price="$18")]


def test_stripe_away_keeps_what_was_typed_and_a_retry_opens_one_session(alice, fake_stripe):
    fake_stripe.away = TransportError("Stripe did not answer.")
    response = alice.join(newsletter="yes")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Our payment page isn’t answering" in response.content.decode()
    assert alice.fields()["newsletter"] == "yes"
    fake_stripe.away = None
    assert alice.send().status_code == 303
    assert Signup.objects.count() == len(fake_stripe.sessions) == 1


def test_what_was_typed_is_escaped(alice):
    html = alice.join(first_name='"><script>alert(1)</script>', email="nonsense").content.decode()
    assert "<script>alert" not in html
    assert Form(html).fields["first_name"] == '"><script>alert(1)</script>'


def test_every_answer_to_the_form_is_kept_by_no_cache(alice):
    for response in (alice.join(email=""), alice.join()):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"


def _querydict(**values):
    data = QueryDict(mutable=True)
    data.update(values)
    return data

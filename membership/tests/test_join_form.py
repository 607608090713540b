"""Joining as a browser meets it: the form, each thing that can be wrong with it, and where it leads."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from home.first_content import ensure_first_content
from membership import joining, names, nonces, words
from membership.errors import TransportError
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page
from membership.forms import JoinForm
from membership.models import Level, MembershipSettings, Signup
from membership.offers import todays_offers
from membership.tests.joiner import ALICE, Form, Joiner

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def site():
    ensure_first_content()
    ensure_levels()
    return ensure_join_page()


@pytest.fixture
def alice(clock, fake_stripe):
    return Joiner(clock)


def problems(response):
    return [words for _, words in response.context["form"].problems]


# The page


def test_the_page_says_prices_dates_and_perks_as_they_are_today(client):
    html = client.get("/join/").content.decode()
    assert "$15" in html
    assert "until 30 April 2027" in html
    assert "Résumé review" in html


def test_the_page_sets_no_cookie_and_uses_no_session(client):
    response = client.get("/join/")
    assert not response.cookies
    assert "private" in response["Cache-Control"], "the form's nonce is one visitor's: no cache may share it"


def test_two_visitors_get_two_nonces(client):
    pages = [client.get("/join/").content.decode() for _ in range(2)]
    assert Form(pages[0]).fields["nonce"] != Form(pages[1]).fields["nonce"]


def test_nothing_on_the_page_is_inline(client, alice):
    for response in (client.get("/join/"), alice.join(email="nonsense")):
        html = response.content.decode()
        # Data for search engines is no script: browsers run nothing of it.
        html = html.replace('<script type="application/ld+json">', "")
        assert not re.search(r"<style|style=|<script(?![^>]*\ssrc=)|\son[a-z]+=", html)


def test_the_newsletter_is_not_ticked(client):
    form = Form(client.get("/join/").content.decode())
    assert "newsletter" not in form.fields


def test_the_first_level_is_chosen_and_free_ones_say_so(client):
    html = client.get("/join/").content.decode()
    assert Form(html).fields["level"] == "wits-member"
    assert "Free" in html


@pytest.mark.parametrize("path", ["/membership/", "/membership/join/"])
def test_the_old_addresses_lead_to_the_page_wherever_it_is_now(client, site, path):
    site.slug = "become-a-member"
    site.save()
    assert client.get(path)["Location"].endswith("/become-a-member/")


def test_closed_joining_says_so_in_the_place_of_the_form(client):
    MembershipSettings.objects.update_or_create(defaults={"joining_open": False})
    html = client.get("/join/").content.decode()
    assert "<h1>Joining is closed for now</h1>" in html
    assert html.count("<h1") == 1
    assert "fields from being" not in html.split("<main", 1)[1]
    assert "join-form" not in html
    assert "Join today" not in html
    assert "What happens next" not in html


def test_without_an_open_level_joining_is_closed_too(client):
    Level.objects.update(is_open=False)
    assert "Joining is closed for now" in client.get("/join/").content.decode()


# Where the form leads


def test_a_paid_level_leads_to_stripe(alice):
    response = alice.join()
    assert response.status_code == 303
    assert response["Location"] == "https://checkout.stripe.com/c/pay/cs_test_1"
    signup = Signup.objects.get()
    assert (signup.first_name, signup.last_name, signup.email) == ("Alice", "van Doorn", "alice@uwo.ca")
    assert (signup.newsletter, signup.newsletter_text) == (False, "")


def test_a_free_level_leads_to_check_your_mail_and_not_to_stripe(alice, fake_stripe):
    response = alice.join(level="general")
    assert (response.status_code, response["Location"]) == (303, "/membership/check-your-mail/")
    assert fake_stripe.calls == []
    assert "alice@uwo.ca" in alice.open("/membership/check-your-mail/").content.decode()


def test_the_browser_is_remembered_by_a_signed_cookie_that_no_script_reads(alice):
    cookie = alice.join().cookies["wits_join"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert str(Signup.objects.get().uuid) in cookie.value
    assert settings.SESSION_COOKIE_NAME not in alice.client.cookies


def test_the_cookie_is_secure_where_the_site_is(alice, settings):
    settings.SITE_URL = "https://wits-uwo.ca"
    assert alice.join().cookies["wits_join"]["secure"] is True


def test_consent_is_kept_in_the_words_that_were_read(alice, site):
    alice.join(newsletter="yes")
    signup = Signup.objects.get()
    assert signup.newsletter
    assert signup.newsletter_text == site.newsletter_consent


def test_a_double_click_makes_one_session(alice, fake_stripe):
    alice.open()
    opened = alice.page
    first = alice.send(**ALICE)
    alice.page = opened
    second = alice.send(**ALICE)
    assert first["Location"] == second["Location"]
    assert Signup.objects.count() == len(fake_stripe.sessions) == 1


def test_the_address_limits_count_is_kept(alice):
    alice.client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9, 2001:db8:1:2:3:4:5:6"
    alice.join()
    assert Signup.objects.get().client_address == "2001:db8:1:2::/64"


def test_the_next_person_at_the_same_tablet_is_somebody_else(alice, fake_stripe):
    alice.open()
    page = alice.page
    alice.send(**ALICE)
    session = next(iter(fake_stripe.sessions))
    fake_stripe.pay(session)
    alice.open(f"/welcome/?session_id={session}")
    alice.page = page
    response = alice.send(first_name="Bob", last_name="Moss", email="bob@uwo.ca", level="wits-member")
    assert response["Location"] == "https://checkout.stripe.com/c/pay/cs_test_2"
    assert set(Signup.objects.values_list("email", flat=True)) == {"alice@uwo.ca", "bob@uwo.ca"}


def test_sending_the_form_of_a_finished_join_again_leads_to_the_welcome(alice, fake_stripe):
    alice.open()
    page = alice.page
    alice.send(**ALICE)
    session = next(iter(fake_stripe.sessions))
    fake_stripe.pay(session)
    alice.open(f"/welcome/?session_id={session}")
    alice.page = page
    response = alice.send(**ALICE)
    assert (response.status_code, response["Location"]) == (303, "/welcome/")
    assert "Alice" in alice.open("/welcome/").content.decode()
    assert len(fake_stripe.sessions) == 1


# What can be wrong with it


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

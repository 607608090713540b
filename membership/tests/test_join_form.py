"""Joining as a browser meets it: the form, each thing that can be wrong with it, and where it leads."""

import re

import pytest
from django.conf import settings

from membership.models import Level, MembershipSettings, Signup
from membership.tests.joiner import ALICE, Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "site")]


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

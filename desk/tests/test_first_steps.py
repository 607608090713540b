"""The first steps: an Owner of a fresh site finds them, each knows by itself that it is done, and then they go."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from desk.demo import make_demo
from desk.first_steps import asking, standing
from desk.first_steps.known import Known
from desk.first_steps.steps import STEPS
from desk.models import FirstStep
from desk.tests.staff import someone
from home.first_content import ensure_first_content, home_page
from home.first_small_print import ensure_small_print
from home.people.page import TeamPage
from home.site_settings import SiteSettings
from home.tests.factories import PersonFactory, PictureFactory, RoleFactory
from membership.errors import TransportError
from membership.first_content import ensure_levels
from membership.models import Level
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
PAGE, HOME = "/admin/first-steps/", "/admin/"


@pytest.fixture(autouse=True)
def fresh():
    ensure_first_content()
    ensure_levels()


@pytest.fixture
def owner(client):
    client.user = someone("Owner")
    client.force_login(client.user)
    return client


@pytest.fixture
def partners(monkeypatch):
    """What Stripe and HubSpot would answer; nobody is asked."""

    class Partners:
        drift: object = []
        states: object = {"wits_member_id": "as it should be"}
        asked: list = []

    def answer(what):
        Partners.asked.append(what)
        if isinstance(what, Exception):
            raise what
        return what

    Partners.asked = []
    monkeypatch.setattr(asking.stripe_gateway, "drift", lambda **_: answer(Partners.drift))
    monkeypatch.setattr(asking.hubspot_gateway, "ensure_properties", lambda **_: answer(Partners.states))
    return Partners


def left():
    return {step.slug for step in standing.left(Known())}


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_owner_of_a_fresh_site_finds_them_on_the_dashboard_and_in_the_menu(owner):
    html = words(owner.get(HOME))
    assert "9 of 9 steps are left" in html
    assert html.count("first-steps/") >= 2
    assert left() == {step.slug for step in STEPS}


def test_the_page_says_what_each_is_for_and_leads_to_places_that_open(owner):
    html = words(owner.get(PAGE))
    for step in STEPS:
        assert step.title in html
        assert step.place() in html
        assert owner.get(step.place(), follow=True).status_code == 200


@pytest.mark.parametrize("position", ["Editor", "Treasurer"])
def test_nobody_else_sees_them(client, position):
    client.force_login(someone(position))
    assert "first-steps/" not in words(client.get(HOME))
    assert client.get(PAGE).status_code in (302, 403)
    client.post(reverse("first_steps:put_aside", args=["all"]))
    assert not FirstStep.objects.exists()


def test_no_key_is_ever_shown_and_nobody_is_asked_by_looking(owner, settings, partners):
    html = words(owner.get(PAGE)) + words(owner.get(HOME))
    for key in (settings.STRIPE_SECRET_KEY, *settings.STRIPE_WEBHOOK_SECRETS, settings.HUBSPOT_ACCESS_TOKEN):
        assert key not in html
    assert "Key: set, for a rehearsal: no money moves" in html
    assert partners.asked == []


def test_a_key_that_is_missing_is_said(owner, settings):
    settings.HUBSPOT_ACCESS_TOKEN = ""
    assert "Key: not set" in words(owner.get(PAGE))


def test_what_somebody_saved_in_the_admin_is_done(owner):
    log(SiteSettings.load(), "wagtail.edit", user=owner.user)
    assert "name" not in left()
    assert "price" in left()
    log(Level.objects.get(slug="wits-member"), "wagtail.edit", user=owner.user)
    assert "price" not in left()


def test_a_picture_a_second_account_and_a_team_are_seen(owner):
    club = SiteSettings.load()
    club.share_picture = PictureFactory()
    club.save()
    someone("Editor")
    home_page().add_child(instance=TeamPage(title="Team", slug="team"))
    assert {"picture", "executives"}.isdisjoint(left())
    assert "team" in left()
    RoleFactory(person=PersonFactory())
    assert "team" not in left()


def test_small_print_is_read_once_somebody_has_saved_each_page_or_taken_it_away(owner):
    pages = ensure_small_print()
    assert f"/admin/pages/{pages['terms'].pk}/edit/" in words(owner.get(PAGE))
    for slug in ("terms", "refunds"):
        assert "small-print" in left()
        pages[slug].save_revision(user=owner.user)
    html = words(owner.get(PAGE))
    assert "Terms of membership: yours" in html
    assert "Your data, in plain words: as it came with the site" in html
    pages["privacy"].delete()
    assert "small-print" not in left()


@pytest.mark.parametrize("slug", ["stripe", "hubspot"])
def test_a_partner_that_answers_well_is_done(owner, partners, slug):
    answer = owner.post(reverse("first_steps:ask", args=[slug]), follow=True)
    assert "answers, and everything there is as it should be." in words(answer)
    assert slug not in left()
    assert len(partners.asked) == 1


def test_a_partner_that_refuses_the_key_is_not_done_and_says_who_mends_it(owner, partners):
    owner.post(reverse("first_steps:ask", args=["stripe"]))
    partners.drift = TransportError("Stripe refuses our key.", pauses=True)
    html = words(owner.post(reverse("first_steps:ask", args=["stripe"]), follow=True))
    assert "Stripe did not say yes: Stripe refuses our key." in html
    assert "Ask a maintainer to look at STRIPE_SECRET_KEY on the server." in html
    assert "stripe" in left()


def test_what_is_missing_there_is_named_with_the_command_that_makes_it(owner, partners):
    partners.states = {"wits_member_id": "missing", "wits_member_until": "as it should be"}
    html = words(owner.post(reverse("first_steps:ask", args=["hubspot"]), follow=True))
    assert "wits_member_id is missing." in html
    assert "wits_member_until" not in html
    assert "manage.py setup_hubspot" in html


def test_a_mail_is_done_once_its_reader_says_that_it_came(owner):
    owner.post(reverse("first_steps:send"))
    assert Delivery.objects.get(kind="mail.test").payload == {"mail": "welcome", "user": owner.user.pk}
    assert "mail" in left()
    owner.post(reverse("first_steps:arrived"))
    assert "mail" not in left()


def test_an_account_without_an_address_is_told_so(owner):
    owner.user.email = ""
    owner.user.save()
    html = words(owner.post(reverse("first_steps:send"), follow=True))
    assert "Your account has no email address." in html
    assert not Delivery.objects.exists()


def test_what_is_right_already_is_left_as_it_is_and_can_be_done_after_all(owner):
    owner.post(reverse("first_steps:put_aside", args=["price"]))
    assert "price" not in left()
    assert "Left as it is" in words(owner.get(PAGE))
    owner.post(reverse("first_steps:take_up_again", args=["price"]))
    assert "price" in left()


def test_with_the_last_one_all_of_it_goes(owner):
    for step in STEPS[:-1]:
        standing.put_aside(step.slug)
    answer = owner.post(reverse("first_steps:put_aside", args=[STEPS[-1].slug]), follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert "first-steps/" not in words(answer)
    assert "All of it is done." in words(owner.get(PAGE))


def test_once_gone_none_comes_back(owner, django_assert_num_queries):
    for step in STEPS:
        standing.put_aside(step.slug)
    standing.close_when_done()
    FirstStep.objects.exclude(slug="all").delete()
    with django_assert_num_queries(1):
        assert left() == set()


def test_the_hourly_look_closes_nothing_too_early():
    standing.close_when_done()
    assert not FirstStep.objects.exists()


def test_somebody_who_knows_puts_all_of_it_away(owner):
    owner.post(reverse("first_steps:put_aside", args=["all"]))
    assert "first-steps/" not in words(owner.get(HOME))


@pytest.mark.parametrize("name", ["ask", "put_aside", "take_up_again"])
def test_a_step_that_there_is_not_is_404_and_a_look_changes_nothing(owner, name):
    assert owner.post(reverse(f"first_steps:{name}", args=["coffee"])).status_code == 404
    assert owner.get(reverse(f"first_steps:{name}", args=["price"])).status_code == 405
    assert not FirstStep.objects.exists()


def test_the_demonstration_has_none(settings, client):
    settings.DEMO_SIGN_INS = True
    make_demo("only-for-looking-around")
    assert client.login(username="owner@wits.example", password="only-for-looking-around")
    assert "first-steps/" not in words(client.get(HOME))

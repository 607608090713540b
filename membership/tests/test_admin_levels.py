"""Levels and perks, as executives edit them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from membership.models import Level, MembershipSettings, Perk
from membership.tests.factories import LevelFactory, MembershipFactory, PerkFactory, SignupFactory

pytestmark = pytest.mark.django_db


def form(**changes):
    data = {
        "name": "Alumni",
        "slug": "alumni",
        "summary": "",
        "eligibility": "",
        "price_cents": "20.00",
        "is_open": "on",
        "term": "academic_year",
        "term_months": "12",
        "sort_order": "30",
    }
    return {**data, **changes}


def add(client, **changes):
    return client.post(reverse("levels:add"), form(**changes))


def edit(client, level, **changes):
    return client.post(reverse("levels:edit", args=[level.pk]), form(**changes))


def test_a_price_is_written_in_dollars_and_kept_in_cents(admin_client):
    assert add(admin_client, price_cents="$20.50").status_code == 302

    level = Level.objects.get(slug="alumni")
    assert level.price_cents == 2050
    assert 'value="20.50"' in admin_client.get(reverse("levels:edit", args=[level.pk])).content.decode()


def test_the_list_shows_the_price_in_dollars(admin_client):
    LevelFactory(slug="alumni", price_cents=1999)
    LevelFactory(free=True)

    page = admin_client.get(reverse("levels:index")).content.decode()

    assert "$19.99" in page
    assert "Free" in page


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("20,00", "with a point, not a comma"),
        ("twenty", "in dollars and cents"),
        ("-1", "in dollars and cents"),
        ("20.5", "in dollars and cents"),
        ("0.49", "Stripe takes no payment under 50 cents"),
        ("1000.01", "more than $1000.00"),
        ("", "required"),
    ],
)
def test_a_price_that_is_none_is_refused_in_words_and_stays_as_typed(admin_client, written, answer):
    response = add(admin_client, price_cents=written)

    page = response.content.decode()
    assert response.status_code == 200
    assert answer in page
    assert f'value="{written}"' in page or not written
    assert not Level.objects.filter(slug="alumni").exists()


def test_the_short_name_stays_as_first_made(admin_client):
    level = LevelFactory()

    edit(admin_client, level, slug="something-else", name="Renamed")

    level.refresh_from_db()
    assert (level.slug, level.name) == ("wits-member", "Renamed")


@pytest.mark.parametrize("held_by", ["signup", "membership"])
def test_a_level_somebody_joined_by_is_not_deleted_and_it_says_what_to_do_instead(admin_client, held_by):
    level = LevelFactory()
    if held_by == "signup":
        SignupFactory(level=level)
    else:
        MembershipFactory(level=level, signup=None)
    url = reverse("levels:delete", args=[level.pk])

    for answer in (admin_client.get(url, follow=True), admin_client.post(url, follow=True)):
        assert "cannot be deleted" in answer.content.decode()
        assert "take the tick away from Open" in answer.content.decode()
        assert answer.redirect_chain[-1][0] == reverse("levels:edit", args=[level.pk])
    assert admin_client.delete(url).status_code == 405
    assert Level.objects.filter(pk=level.pk).exists()


def test_a_level_nobody_ever_joined_by_can_be_deleted_after_a_question(admin_client):
    level = LevelFactory(slug="mistake")
    url = reverse("levels:delete", args=[level.pk])

    assert admin_client.get(url).status_code == 200
    assert Level.objects.filter(pk=level.pk).exists()
    admin_client.post(url)
    assert not Level.objects.filter(pk=level.pk).exists()


@time_machine.travel("2026-09-14T16:00:00Z", tick=False)
def test_a_levels_page_says_what_someone_who_joins_today_gets(admin_client):
    level = LevelFactory()
    url = reverse("levels:edit", args=[level.pk])

    assert "Someone who joins today is a member until 30 April 2027." in admin_client.get(url).content.decode()

    settings = MembershipSettings.load()
    settings.year_end_month, settings.year_end_day = 8, 31
    settings.save()
    assert "until 31 August 2027." in admin_client.get(url).content.decode()

    Level.objects.update(term=Level.Term.NONE)
    assert "a member with no end." in admin_client.get(url).content.decode()


def test_a_new_level_does_not_say_what_it_means_before_it_is_saved(admin_client):
    assert "Someone who joins today" not in admin_client.get(reverse("levels:add")).content.decode()


@time_machine.travel("2026-09-14T16:00:00Z", tick=False)
def test_the_settings_say_what_they_mean(admin_client):
    settings = MembershipSettings.load()
    url = reverse("wagtailsettings:edit", args=["membership", "membershipsettings", settings.pk])

    page = admin_client.get(url).content.decode()

    assert "Someone who joins today is a member until 30 April 2027." in page
    assert settings.year_end_after(date(2026, 9, 14)) == date(2027, 4, 30)


def test_a_perk_says_whose_it_is(admin_client):
    Perk.objects.all().delete()
    level = LevelFactory()
    PerkFactory(title="Résumé review", levels=[level])

    page = admin_client.get(reverse("perks:index")).content.decode()

    assert "Résumé review" in page
    assert level.name in page


def test_a_perk_is_added_with_its_levels(admin_client):
    level = LevelFactory()

    admin_client.post(
        reverse("perks:add"),
        {"title": "Discount code", "note": "", "group": "", "levels": [level.pk], "sort_order": "1"},
    )

    assert list(Perk.objects.get(title="Discount code").levels.all()) == [level]

"""The partners page, the home page's band and the block of logos: who is a partner today."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.html import escape

from home.blocks.lists import LogosBlock
from home.models import HomePage, Partner, PartnersPage, PartnerTier, PastSpeaker
from home.partners import demo
from home.partners.marks import MARKS, draw_logo
from home.tests.factories import (
    PartnerFactory,
    PartnersPageFactory,
    PartnerTierFactory,
    PastSpeakerFactory,
    PictureFactory,
    StandardPageFactory,
)
from home.tests.markup import Markup, breaches, edges_of
from home.tests.queries import queries_of


@pytest.fixture
def partners_page(home):
    return PartnersPageFactory()


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return html


def band(**fields):
    HomePage.objects.get().refresh_from_db()
    home = HomePage.objects.get()
    home.bands = [("partners", {"heading": "They open doors", "tone": "paper", "count": 12, **fields})]
    home.save()


def test_partners_stand_by_tier_the_highest_first_in_their_order(client, partners_page):
    snacks = PartnerTierFactory(name="Snacks", order=30)
    lights = PartnerTierFactory(name="Lights", order=10)
    PartnerFactory(name="halfmoon", tier=snacks)
    PartnerFactory(name="Second", tier=lights, order=2)
    PartnerFactory(name="First", tier=lights, order=1)
    html = seen(client, partners_page.url)
    places = [html.index(f">{name}<") for name in ("Lights", "Snacks")]
    assert places == sorted(places)
    assert html.index("First") < html.index("Second") < html.index("halfmoon")


@pytest.mark.parametrize("size", PartnerTier.Size.values)
def test_a_tier_says_how_large_its_logos_are(client, partners_page, size):
    PartnerFactory(tier=PartnerTierFactory(size=size))
    assert f"partners--{size}" in seen(client, partners_page.url)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-03-07T23:59:59-05:00", False),
        ("2026-03-08T00:00:00-05:00", True),  # clocks go forward that night
        ("2026-11-01T23:59:59-05:00", True),  # and back on this one
        ("2026-11-02T00:00:00-05:00", False),
    ],
)
def test_an_agreement_begins_and_ends_at_midnight_in_toronto_on_every_list(
    client, partners_page, time_machine, moment, there
):
    PartnerFactory(name="Copperline", since=date(2026, 3, 8), until=date(2026, 11, 1))
    band()
    StandardPageFactory(slug="us", body=[("logos", {"heading": "With", "whose": "partners", "logos": []})])
    time_machine.move_to(moment)
    for url in (partners_page.url, "/", "/us/"):
        assert ("Copperline" in seen(client, url)) == there, url


def test_without_partners_the_page_and_the_band_say_so(client, partners_page):
    PartnerTierFactory(name="Empty tier")
    band(when_empty="Nobody yet. You?")
    html = seen(client, partners_page.url)
    assert "reading our email" in html
    assert "Empty tier" not in html
    assert "Nobody yet. You?" in seen(client, "/")


def test_the_band_shows_so_many_and_the_highest_tiers_first(client, home):
    low, high = PartnerTierFactory(order=90), PartnerTierFactory(order=10)
    for number in range(40):
        PartnerFactory(name=f"Low {number:02}", tier=low)
    PartnerFactory(name="On top", tier=high)
    band(count=3)
    html = seen(client, "/")
    assert "On top" in html
    assert html.count('<li class="partner">') == 3


def test_forty_partners_are_all_on_the_page(client, partners_page):
    tier = PartnerTierFactory()
    for number in range(40):
        PartnerFactory(name=f"Partner {number:02}", tier=tier)
    assert seen(client, partners_page.url).count('<li class="partner">') == 40


def test_a_logo_has_the_name_as_its_words_and_a_missing_one_is_the_name_in_type(client, partners_page):
    PartnerFactory(name="Northpine & Co", logo=PictureFactory(), link="https://northpine.example/")
    PartnerFactory(name="Kestrel", logo=None)
    html = seen(client, partners_page.url)
    logo = next(image for image in Markup(html).all("img") if "partner__logo" in str(image.get("class")))
    assert (logo["alt"], logo["loading"]) == ("Northpine & Co", "lazy")
    assert logo["width"]
    assert 'href="https://northpine.example/" rel="noopener"' in html
    assert html.count("partner__logo") == 1
    assert "Kestrel" in html


def test_a_logo_that_is_deleted_leaves_the_name(client, partners_page):
    partner = PartnerFactory(name="Northpine", logo=PictureFactory())
    partner.logo.delete()
    html = seen(client, partners_page.url)
    assert "partner__logo" not in html
    assert "Northpine" in html


@pytest.mark.parametrize("name", ["李小龍", "😀", "W" * 80, "Robin <script>alert(1)</script>", "שרה לוי"])
def test_every_name_is_shown_as_it_is_written(client, partners_page, name):
    PartnerFactory(name=name)
    PastSpeakerFactory(name=name, company=name, topic=name, role=name)
    html = seen(client, partners_page.url)
    assert html.count(escape(name)) >= 5
    assert "<script>alert" not in html


def test_speakers_stand_by_year_the_latest_with_portraits(client, partners_page):
    PastSpeakerFactory(name="Jo Later", year=2026, role="Engineer", company="Northpine", topic="Maps")
    PastSpeakerFactory(name="Al Before", year=2024, company="Kestrel")
    html = seen(client, partners_page.url)
    assert html.index("2026") < html.index("Jo Later") < html.index("2024") < html.index("Al Before")
    assert "Engineer, Northpine" in html
    assert ">Kestrel<" in html
    speakers = html.split('id="speakers-2026"')[1].split("</section>")[0]
    assert speakers.count("/posters/") == 1


def test_without_speakers_there_is_no_empty_band(client, partners_page):
    assert partners_page.speakers_heading not in seen(client, partners_page.url)


def test_the_call_leads_where_executives_want_and_nowhere_when_its_page_is_gone(client, partners_page):
    mail = {"text": "Write to us", "page": None, "address": "mailto:wits.uwo@gmail.com"}
    partners_page.call_link = [("link", mail)]
    partners_page.save()
    assert Markup(seen(client, partners_page.url)).links()["Write to us"] == "mailto:wits.uwo@gmail.com"
    page = StandardPageFactory(slug="package")
    partners_page.call_link = [("link", {**mail, "page": page, "address": ""})]
    partners_page.save()
    assert Markup(seen(client, partners_page.url)).links()["Write to us"] == "/package/"
    page.delete()
    html = seen(client, partners_page.url)
    assert "Write to us" not in html
    assert "Become a partner" in html


def test_no_two_bands_that_meet_have_the_same_edge(client, partners_page):
    for fields in ({}, {"body": [("section", {"heading": "H", "text": "<p>T</p>"})]}):
        for name, value in fields.items():
            setattr(partners_page, name, value)
        partners_page.save()
        for speaks in (False, True):
            PastSpeaker.objects.all().delete()
            if speaks:
                PastSpeakerFactory()
            edges = edges_of(seen(client, partners_page.url))
            assert len(edges) >= 3
            assert all(one != other for one, other in zip(edges, edges[1:], strict=False))


def test_queries_do_not_grow_with_partners_or_speakers(client, partners_page):
    band()
    tier = PartnerTierFactory()
    for _ in range(5):
        PartnerFactory(tier=tier, logo=PictureFactory())
        PastSpeakerFactory(picture=PictureFactory())
    few, few_at_home = queries_of(client, partners_page.url), queries_of(client, "/")
    picture = PictureFactory()
    Partner.objects.bulk_create(
        Partner(name=f"P {n}", tier=PartnerTierFactory() if n % 50 == 0 else tier, logo=picture) for n in range(195)
    )
    PastSpeaker.objects.bulk_create(
        PastSpeaker(name=f"S {n}", year=2026 - n % 5, picture=picture) for n in range(195)
    )
    assert len(queries_of(client, partners_page.url)) == len(few)
    assert len(queries_of(client, "/")) == len(few_at_home)


def test_an_agreement_that_ends_before_it_begins_is_not_saved(home):
    partner = PartnerFactory.build(since=date(2026, 9, 2), until=date(2026, 9, 1))
    with pytest.raises(ValidationError) as raised:
        partner.clean()
    assert set(raised.value.message_dict) == {"until"}
    PartnerFactory.build(since=date(2026, 9, 1), until=date(2026, 9, 1)).clean()


def test_a_tier_with_partners_cannot_be_deleted_by_accident(home):
    partner = PartnerFactory()
    with pytest.raises(ProtectedError):
        partner.tier.delete()


def test_logos_of_a_block_are_typed_or_todays_partners_but_not_none():
    block = LogosBlock()
    value = {"heading": "With", "text": "", "whose": "these", "logos": []}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))
    assert block.clean(block.to_python({**value, "whose": "partners"}))["whose"] == "partners"


def test_a_block_of_logos_from_before_shows_what_was_typed(client, home):
    StandardPageFactory(slug="us", body=[("logos", {"heading": "With", "logos": [{"name": "Typed Inc."}]})])
    PartnerFactory(name="Northpine")
    html = seen(client, "/us/")
    assert "Typed Inc." in html
    assert "Northpine" not in html


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2027, 1, 4), None, "from Monday 4 January 2027"),
        (date(2026, 9, 1), None, "no end date"),
        (date(2026, 9, 1), date(2026, 11, 1), "until Sunday 1 November"),
        (date(2025, 9, 1), date(2026, 4, 30), "ended Thursday 30 April"),
    ],
)
def test_the_admins_list_says_how_the_agreement_stands(admin_client, home, time_machine, since, until, words):
    time_machine.move_to("2026-11-01T12:00-05:00")
    PartnerFactory(since=since, until=until)
    url = reverse(Partner.snippet_viewset.get_url_name("list"))
    assert words in admin_client.get(url).content.decode()


def test_executives_find_partners_tiers_and_speakers_in_one_place_of_the_menu(admin_client, home):
    PartnerFactory()
    PastSpeakerFactory()
    for model in (Partner, PartnerTier, PastSpeaker):
        for name, arguments in (("list", []), ("add", []), ("edit", [model.objects.first().pk])):
            url = reverse(model.snippet_viewset.get_url_name(name), args=arguments)
            assert admin_client.get(url).status_code == 200, url
    html = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Past speakers" in html


@pytest.mark.parametrize("mark", MARKS)
def test_a_drawn_logo_is_a_small_png_without_a_background(mark):
    png = draw_logo("Northpine", mark, "#1f5a52")
    assert png.startswith(b"\x89PNG")
    assert len(png) < 30_000


def test_the_demonstration_has_partners_in_three_tiers_and_nobody_whose_agreement_is_over(client, home):
    page = demo.make_demo(home)
    assert page.url == "/partners/"
    html = seen(client, page.url)
    assert html.count("partners--") == 3
    assert html.count('<li class="partner">') == 10
    assert html.count("partner__logo") == 6
    assert "Copperline" not in html
    assert "Saltmarsh" not in html
    assert PastSpeaker.objects.count() >= 6
    for partner in Partner.objects.all():
        partner.full_clean()
    page.full_clean()
    demo.make_demo(home)
    assert (PartnersPage.objects.count(), Partner.objects.count()) == (1, 12)
    queries_of(client, page.url)

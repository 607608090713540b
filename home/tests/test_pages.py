"""The home page and pages of words, as a visitor gets them."""

from wagtail.models import Page

from home.demo import make_demo
from home.demo_pages import PAGES
from home.models import HomePage, OutsideProgramPage, StandardPage
from home.pictures.making import promise_sizes
from home.registry import EventRow, Offer
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tests.frames import fill_the_frame
from home.tests.markup import Markup, breaches
from outbox.worker import drain


def section(heading, text="<p>Words.</p>"):
    return "section", {"heading": heading, "text": text}


def test_the_underlined_word_lies_on_a_wave_and_asterisks_never_show(client, home):
    HomePage.objects.update(hero_title="You & *me*, <here>")
    html = client.get("/").content.decode()
    assert 'You &amp; <span class="squiggle-line"><span class="squiggle">me<svg' in html
    assert "</span>,</span> &lt;here&gt;</h1>" in html
    HomePage.objects.update(hero_title="Half *open")
    assert "<h1>Half open</h1>" in client.get("/").content.decode()


def test_a_long_title_or_a_long_word_stands_in_smaller_letters(client, home):
    titles = {
        "short": "Questions people ask",
        "long": "What nobody told us before the first term began",
        "word": "W" * 19,
    }
    for slug, title in titles.items():
        StandardPageFactory(parent=home, slug=slug, title=title)
        assert ("hero--long" in client.get(f"/{slug}/").content.decode()) == (slug != "short")


def test_every_page_of_the_demonstration_is_whole(client, home):
    make_demo()
    everything = Page.objects.filter(depth__gt=1).specific()
    pages = [page for page in everything if not isinstance(page, OutsideProgramPage)]
    assert len(pages) >= len(PAGES) + 9
    descriptions = set()
    for page in pages:
        html = client.get(page.url).content.decode()
        markup = Markup(html)
        assert breaches(html) == [], page
        assert len(markup.all("h1")) == 1
        assert markup.words["title"][0].endswith(" | WITS")
        assert markup.all("a")[0]["href"] == "#main"
        assert [m["id"] for m in markup.all("main")] == ["main"]
        assert markup.all("html")[0]["lang"] == "en-CA"
        assert len([sheet for sheet in markup.all("link") if sheet.get("rel") == "stylesheet"]) == 1
        for image in markup.all("img"):
            assert image["alt"] is not None
            assert image["width"]
            assert image["height"]
        descriptions.add(next(meta["content"] for meta in markup.all("meta") if meta.get("name") == "description"))
    assert len(descriptions) == len(pages)


def test_a_demonstration_made_twice_is_made_once(client, home):
    make_demo()
    first = client.get("/").content
    make_demo()
    assert client.get("/").content == first
    assert StandardPage.objects.count() == len(PAGES)


def test_bands_never_repeat_an_edge(client, home):
    make_demo()
    context = client.get("/").context_data
    edges = [band["wave"] for band in context["bands"]] + [context["footer_wave"]]
    assert len(edges) == 6
    assert all(one != next_one for one, next_one in zip(edges, edges[1:], strict=False))


def test_the_home_page_shows_what_other_rooms_register(client, home, monkeypatch):
    from django.utils import timezone

    from home import registry

    row = EventRow("Tea & cake", "/tea/", timezone.now(), "6:00 pm, here", tag="12 places", tag_colour="yellow")
    monkeypatch.setattr(registry, "_upcoming", [lambda request, limit: [row] * limit])
    monkeypatch.setattr(registry, "_offers", [lambda: [Offer("$15", "a year", "Everything.")]])
    make_demo()
    html = client.get("/").content.decode()
    assert html.count("Tea &amp; cake") == 3
    assert "12 places" in html
    assert "$15" in html


def test_without_events_or_levels_the_home_page_says_so_or_nothing(client, home, monkeypatch):
    from home import registry

    monkeypatch.setattr(registry, "_upcoming", [])
    monkeypatch.setattr(registry, "_offers", [])
    make_demo()
    html = client.get("/").content.decode()
    assert "Nothing on the calendar right now" in html
    assert 'class="offers"' not in html


def test_three_headings_make_a_list_of_contents_that_leads_to_them(client, home):
    StandardPageFactory(slug="long", body=[section("One"), section("Two & a half"), section("Three")])
    markup = Markup(client.get("/long/").content.decode())
    assert markup.links()["Two & a half"] == "#two-a-half"
    assert [h["id"] for h in markup.all("h2")] == ["one", "two-a-half", "three"]


def test_headings_that_say_the_same_have_anchors_of_their_own(client, home):
    words = ["Part", "Part", "Part 2", "Menu", "你好", "你好"]
    StandardPageFactory(slug="long", body=[section(heading) for heading in words])
    html = client.get("/long/").content.decode()
    ids = [heading["id"] for heading in Markup(html).all("h2")]
    assert ids == ["part", "part-2", "part-2-2", "menu-2", "section", "section-2"]
    assert all(f'href="#{name}"' in html for name in ids)


def test_two_headings_make_none(client, home):
    StandardPageFactory(slug="short", body=[section("One"), section("Two"), section("")])
    html = client.get("/short/").content.decode()
    assert "On this page" not in html
    assert len(Markup(html).all("h2")) == 2


def test_an_unpublished_page_is_not_there(client, home):
    page = StandardPageFactory(slug="secret")
    page.unpublish()
    assert client.get("/secret/").status_code == 404


def test_a_longer_page_asks_the_database_no_more(client, home, django_assert_max_num_queries):
    StandardPageFactory(slug="short", body=[section("One")])
    StandardPageFactory(slug="long", body=[section(f"Part {n}") for n in range(40)])
    fill_the_frame(home)
    client.get("/short/")
    with django_assert_max_num_queries(8) as short:
        client.get("/short/")
    with django_assert_max_num_queries(len(short)):
        client.get("/long/")


def test_the_full_home_page_stays_within_its_queries(client, home, django_assert_max_num_queries):
    make_demo()
    client.get("/")
    with django_assert_max_num_queries(13):
        client.get("/")


def test_a_shared_link_has_a_picture_with_a_whole_address(client, home, settings, tmp_path):
    settings.SITE_URL = "https://wits.example"
    StandardPageFactory(slug="drawn")
    assert shared(client.get("/drawn/")) == "https://wits.example/static/images/share.png"
    settings.MEDIA_ROOT = tmp_path
    page = StandardPageFactory(slug="own", share_picture=PictureFactory(file__width=1300, file__height=700))
    assert shared(client.get("/own/")).startswith("https://wits.example/media/original_images/")
    promise_sizes(page)
    drain()
    assert shared(client.get("/own/")).startswith("https://wits.example/media/images/")


def shared(response):
    metas = Markup(response.content.decode()).all("meta")
    return next(meta["content"] for meta in metas if meta.get("property") == "og:image")


def test_a_page_under_another_leads_back_to_it_and_the_first_ones_do_not(client, home):
    above = StandardPageFactory(slug="about", title="We keep the door open", seo_title="About WITS")
    StandardPageFactory(slug="run", parent=above)
    assert Markup(client.get("/about/run/").content.decode()).links()["About WITS"] == "/about/"
    assert 'class="crumbs"' not in client.get("/about/").content.decode()
    above.unpublish()
    assert 'class="crumbs"' not in client.get("/about/run/").content.decode()

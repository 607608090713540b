"""The home page and pages of words, as a visitor gets them."""

from home.models import HomePage
from home.pictures.making import promise_sizes
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tests.frames import fill_the_frame
from home.tests.markup import Markup
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

"""Each page has a picture for shared links, drawn by the worker; a visit only shows what there is."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given, strategies
from PIL import Image
from wagtail.models import PageViewRestriction

from home.drawings import OPEN_DRAWINGS, SCENE_DRAWINGS
from home.models import HomePage, SharePicture, SiteSettings, StandardPage
from home.posters import poster_for
from home.sharing import making
from home.sharing.drawing import GROUNDS, Sheet, jpeg
from home.sharing.lettering import RUBIK, drawable, fitted
from home.sharing.showing import shared
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tones import TONES
from outbox.models import Delivery
from outbox.worker import drain

pytestmark = pytest.mark.any_database

CLUB = "Women in Technology Society"


def published(**fields):
    page = StandardPageFactory(**fields)
    page.save_revision().publish()
    return page


def image(page):
    with SharePicture.objects.get(page=page).file.open() as file:
        return Image.open(io.BytesIO(file.read()))


def files():
    return sorted((Path(settings.MEDIA_ROOT) / "share").glob("*"))


def test_publishing_a_page_draws_its_picture(home):
    page = published(title="We keep the door open")
    assert not SharePicture.objects.exists()
    drain()
    drawn = image(page)
    assert (drawn.format, drawn.size) == ("JPEG", (1200, 630))
    assert shared(page).url.startswith(f"{settings.SITE_URL}/media/share/{page.pk}-")
    assert (shared(page).alt, shared(page).width, shared(page).height) == ("We keep the door open", 1200, 630)


def test_before_that_a_page_shows_the_sites_and_before_that_the_plain_one(home):
    page = StandardPageFactory()
    assert shared(page).url == f"{settings.SITE_URL}/static/images/share.png"
    site = SiteSettings.load()
    site.share_picture = PictureFactory(file__width=1300, file__height=700, description="A full lecture hall")
    site.save()
    assert shared(page).alt == "A full lecture hall"
    assert shared(None).alt == "A full lecture hall"


def test_what_an_executive_chose_wins(home):
    page = published(share_picture=PictureFactory(description="Us"))
    drain()
    assert not SharePicture.objects.exists()
    assert shared(page).alt == "Us"
    page.share_picture = None
    page.save_revision().publish()
    drain()
    assert shared(page).origin == "drawn"
    page.share_picture = PictureFactory()
    page.save_revision().publish()
    drain()
    assert not SharePicture.objects.exists()


def test_another_title_draws_another_picture_at_another_address(home):
    page = published(title="One")
    drain()
    before = shared(page).url
    page.save_revision().publish()
    drain()
    assert shared(page).url == before
    page.title = "Two"
    page.save_revision().publish()
    drain()
    assert shared(page).url != before


def test_the_old_file_goes_with_the_old_picture(home, django_capture_on_commit_callbacks):
    page = published(title="One")
    drain()
    before = files()
    page.title = "Two"
    page.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert len(files()) == len(before)
    assert files() != before
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert len(files()) == len(before) - 1


def test_a_visit_draws_nothing(client, home):
    page = StandardPageFactory(slug="seen")
    before = files()
    client.get(page.url)
    assert not SharePicture.objects.exists()
    assert not Delivery.objects.filter(kind=making.KIND).exists()
    assert files() == before


def test_a_private_page_has_no_picture(home):
    page = StandardPageFactory(title="Minutes of the meeting")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    page.save_revision().publish()
    making.look_after_all()
    drain()
    assert not SharePicture.objects.filter(page=page).exists()


def test_what_becomes_private_or_is_unpublished_loses_its_picture_at_once(home, django_capture_on_commit_callbacks):
    parent = published(title="Above")
    child = StandardPageFactory(parent=parent, title="Below")
    child.save_revision().publish()
    gone = published(title="Gone")
    drain()
    count = len(files())
    assert SharePicture.objects.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        gone.unpublish()
        PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert not SharePicture.objects.exists()
    assert len(files()) == count - 3


def test_a_page_that_becomes_private_while_it_is_drawn_keeps_nothing(home, monkeypatch):
    page = published(title="Minutes")

    def draw(sheet):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        return b"drawn"

    monkeypatch.setattr(making, "jpeg", draw)
    drain()
    assert not SharePicture.objects.exists()


def test_the_night_draws_what_is_missing_and_drops_what_nobody_may_see(home):
    page = StandardPageFactory(title="Made by a program")
    making.look_after_all()
    drain()
    assert SharePicture.objects.filter(page__in=[page, home]).count() == 2
    promised = Delivery.objects.filter(kind=making.KIND).count()
    making.look_after_all()
    assert Delivery.objects.filter(kind=making.KIND).count() == promised
    StandardPage.objects.filter(pk=page.pk).update(live=False)
    making.look_after_all()
    assert not SharePicture.objects.filter(page=page).exists()
    assert SharePicture.objects.filter(page=home).exists()


def test_a_page_that_is_gone_before_the_worker_comes_is_no_trouble(home):
    published().delete()
    drain()
    assert set(Delivery.objects.filter(kind=making.KIND).values_list("state", flat=True)) == {Delivery.State.DONE}


def test_a_photo_stands_in_the_picture_and_a_lost_one_is_no_trouble(home):
    red = PictureFactory(file__width=600, file__height=900, file__color="red")
    page = published(picture=red)
    drain()
    assert image(page).getpixel((1100, 300))[0] > 240
    red.file.storage.delete(red.file.name)
    page.title = "Another"
    page.save_revision().publish()
    drain()
    assert image(page).size == (1200, 630)


def test_the_focal_point_of_a_photo_is_honoured(home):
    striped = Image.new("RGB", (1200, 300), "red")
    striped.paste("blue", (0, 0, 400, 300))
    written = io.BytesIO()
    striped.save(written, "PNG")
    photo = PictureFactory(file__data=written.getvalue(), focal_point_x=50, focal_point_y=150)
    photo.focal_point_width = photo.focal_point_height = 20
    photo.save()
    page = published(picture=photo)
    drain()
    red, _, blue = image(page).getpixel((800, 300))
    assert blue > 200 > red


def test_the_home_page_is_shared_with_its_large_title(home):
    assert HomePage.objects.get().shared_title == "Tech is better with you in it."


@pytest.mark.parametrize("tone", [name for name, _ in TONES])
def test_every_colour_of_a_page_has_its_ground(tone):
    assert tone in GROUNDS


SHOWN = [
    {"poster": poster_for("A page")},
    {"drawing": OPEN_DRAWINGS["members"], "poster": poster_for("A page")},
    {"drawing": SCENE_DRAWINGS["mentor"]},
    {},
]
TITLES = [
    "",
    " ",
    "A",
    "W" * 300,
    "Many words " * 60,
    "😀" * 50,
    "שלום עולם",
    "你好，世界",
    "مرحبا",
    "e\u0301\u200d\ufe0f\u0000\n",
]


@pytest.mark.parametrize("art", SHOWN)
@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_drawn(title, art):
    picture = jpeg(Sheet(title=title, line=title, club=CLUB, tone="navy", **art))
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert len(picture) < 300_000


@given(strategies.text(max_size=200))
def test_words_always_fit_their_box(words):
    lines = fitted(drawable(words), RUBIK, 650, 500, 300)
    assert lines.height <= 300 + lines.size
    assert all(lines.font.getlength(line) <= 500 for line in lines.lines)


def test_letters_the_font_does_not_have_are_left_out():
    assert drawable("Cookies 🍪 & Code") == "Cookies & Code"
    assert drawable("Zoë’s café — “naïve”") == "Zoë’s café — “naïve”"
    assert drawable("你好，世界") == ""
    assert drawable("WITS 你好，世界，再见") == ""


def test_an_executive_sees_it_in_the_promote_tab(client, admin_user, home):
    client.force_login(admin_user)
    page = published(title="We keep the door open")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "one is drawn from the title when you publish" in client.get(url).content.decode()
    drain()
    html = client.get(url).content.decode()
    assert shared(page).url in html
    assert "drawn anew when you publish" in html
    new = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    assert "/static/images/share.png" in client.get(new).content.decode()

"""Albums, and taking a photo down."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from home.albums import demo, words
from home.albums.records import AlbumPhoto, TakeDown
from home.albums.taking_down import MOST_AN_HOUR, decide, forget
from home.forms import stamps
from home.pictures.uses import uses_on
from home.tests.factories import AlbumPageFactory, AlbumsPageFactory, PictureFactory, StandardPageFactory
from home.tests.markup import Markup, breaches
from home.tests.queries import queries_of
from outbox.models import Alert

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def index(home):
    return AlbumsPageFactory()


@pytest.fixture
def album(index):
    photos = [(PictureFactory(title=f"Photo {n}", description=f"Two laugh {n}"), f"Caption {n}") for n in range(3)]
    return AlbumPageFactory(title="The picnic", photos=photos)


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return html


def press(client, photo, **more):
    stamp = stamps.issue(photo.album_id)
    return client.post(f"/albums/{photo.album_id}/{photo.pk}/", {"form-stamp": stamp, **more})


def test_an_album_shows_its_photos_with_their_words_and_who_took_them(client, album):
    picture = album.photos.all()[0].picture
    picture.credit = "Photo by Robin"
    picture.save()
    html = seen(client, album.url)
    for number in range(3):
        assert f"Caption {number}" in html
        assert f"Two laugh {number}" in html
    assert "Photo by Robin" in html
    assert words.photos(3) in html
    assert html.count("popover role") == 3
    queries_of(client, album.url)


def test_the_newest_album_stands_first_with_its_first_photo(client, index, album):
    AlbumPageFactory(title="Older", taken_on=date(2020, 5, 1))
    html = seen(client, index.url)
    assert html.index("The picnic") < html.index("Older")
    assert words.photos(3) in html
    assert words.photos(0) in html
    queries_of(client, index.url)


def test_its_event_is_linked_while_that_is_published(client, index):
    event = StandardPageFactory(title="The evening")
    album = AlbumPageFactory(event=event)
    assert f'href="{event.url}"' in seen(client, album.url)
    event.unpublish()
    assert f'href="{event.url}"' not in seen(client, album.url)
    event.delete()
    assert index.when_empty[:12] in seen(client, album.url)


def test_the_sizes_of_its_photos_are_made(album):
    ReferenceIndex.create_or_update_for_object(album)
    found = uses_on(album)
    assert set(found) == {photo.picture_id for photo in album.photos.all()}
    assert {place.name for place in next(iter(found.values()))} == {"gallery", "large", "card"}


def test_who_is_in_a_photo_takes_it_down_at_once(client, index, album):
    photo = album.photos.all()[0]
    html = seen(client, album.url)
    address = f"/albums/{album.pk}/{photo.pk}/"
    assert address in Markup(html).links().values()
    page = seen(client, address)
    assert index.ask_button in page
    assert not client.get(address).cookies
    assert TakeDown.objects.count() == 0, "looking changes nothing"
    answer = press(client, photo, words="It is me,\nand I blinked.")
    assert index.gone_title in answer.content.decode()
    html = seen(client, album.url)
    assert "Caption 0" not in html
    assert "Caption 1" in html
    assert words.photos(2) in seen(client, index.url)
    told = Alert.objects.get()
    assert "The picnic" in told.what
    assert "blinked" not in f"{told.what}{told.todo}{told.done}"
    assert TakeDown.objects.get().words == "It is me,\nand I blinked."


def test_it_stays_down_whatever_draft_is_published(client, album):
    revision = album.save_revision()
    press(client, album.photos.all()[0])
    revision.publish()
    assert "Caption 0" not in seen(client, album.url)


def test_twice_is_once(client, album):
    photo = album.photos.all()[0]
    for _ in range(2):
        assert press(client, photo).status_code == 200
    assert TakeDown.objects.count() == 1
    assert Alert.objects.count() == 1


def test_what_an_executive_decided_to_show_is_asked_of_them_again(client, index, album, django_user_model):
    photo = album.photos.all()[0]
    press(client, photo)
    decide(TakeDown.objects.get(), django_user_model.objects.create_user("e"), hide=False)
    assert "Caption 0" in seen(client, album.url)
    answer = press(client, photo)
    assert index.told_title in answer.content.decode()
    assert "Caption 0" in seen(client, album.url)
    assert "person to decide" in Alert.objects.latest("pk").done


def test_nobody_empties_an_album(client, index):
    photos = [(PictureFactory(), "") for _ in range(2)]
    album = AlbumPageFactory(photos=photos)
    first, last = album.photos.all()
    press(client, first)
    wish = TakeDown.objects.get()
    assert wish.client
    assert "127.0.0.1" not in str(vars(wish))
    TakeDown.objects.bulk_create(
        TakeDown(picture=first.picture, album=album, client=wish.client, is_hidden=False) for _ in range(MOST_AN_HOUR)
    )
    assert index.told_title in press(client, last).content.decode()
    assert f"photo-{last.pk}" in seen(client, album.url)


@pytest.mark.parametrize("more", [{"form-stamp": "made up"}, {"form-website": "x"}])
def test_programs_take_nothing_down(client, album, more):
    answer = press(client, album.photos.all()[0], words="Mine", **more)
    assert answer.status_code == 422
    assert breaches(answer.content.decode()) == []
    assert "Mine" in answer.content.decode()
    assert not TakeDown.objects.exists()
    assert not Alert.objects.exists()


def test_a_photo_of_another_album_or_of_a_draft_is_not_there(client, index, album):
    other = AlbumPageFactory()
    photo = album.photos.all()[0]
    assert client.get(f"/albums/{other.pk}/{photo.pk}/").status_code == 404
    album.unpublish()
    assert client.get(f"/albums/{album.pk}/{photo.pk}/").status_code == 404


def test_an_executive_sees_what_they_said_and_shows_it_again(client, album, django_user_model):
    press(client, album.photos.all()[0], words="<b>Me</b>")
    wish = TakeDown.objects.get()
    editor = django_user_model.objects.create_user("editor", "e@wits.example", "x" * 14)
    editor.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_takedown"]))
    client.force_login(editor)
    assert "Photo 0" in client.get(reverse("taken-down:index")).content.decode()
    html = client.get(reverse("taken-down:inspect", args=[wish.pk])).content.decode()
    assert "&lt;b&gt;Me&lt;/b&gt;" in html
    assert "Show it again" not in html, "who may only look decides nothing"
    decide_url = reverse("taken-down:decide", args=[wish.pk])
    client.post(decide_url, {"hide": "no"})
    wish.refresh_from_db()
    assert wish.is_hidden
    editor.user_permissions.add(Permission.objects.get(codename="change_takedown"))
    client.post(decide_url, {"hide": "no"})
    wish.refresh_from_db()
    assert (wish.is_hidden, wish.decided_by) == (False, editor)


def test_a_picture_that_is_deleted_leaves_the_album_and_its_wish(client, album):
    photo = album.photos.all()[0]
    press(client, photo)
    photo.picture.delete()
    assert AlbumPhoto.objects.count() == 2
    assert not TakeDown.objects.exists()
    seen(client, album.url)


def test_very_long_words_do_not_break_it(client, index):
    album = AlbumPageFactory(title=LONG, lede=LONG, photos=[(PictureFactory(description=LONG), LONG)])
    seen(client, album.url)
    seen(client, index.url)


def test_the_demonstration_has_two_once(client, home):
    index = demo.make_demo(home)
    demo.make_demo(home)
    assert AlbumPhoto.objects.count() == sum(len(album["photos"]) for album in demo.ALBUMS)
    assert "The welcome picnic" in seen(client, index.url)
    assert timezone.localdate() - timedelta(days=100) < index.get_children().first().specific.taken_on


def test_where_a_wish_came_from_is_forgotten_after_a_day(client, album, time_machine):
    press(client, album.photos.all()[0])
    forget()
    assert TakeDown.objects.get().client
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    forget()
    assert TakeDown.objects.get().client == ""
    assert TakeDown.objects.get().is_hidden

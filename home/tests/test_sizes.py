"""The sizes of pictures are promised when something changes, made by the worker, and looked after every night."""

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex

from home.models import Person, Picture, PictureRendition, SiteSettings, StandardPage
from home.pictures import making
from home.pictures.places import PLACES
from home.pictures.uses import places_at, uses_of
from home.tests.factories import PersonFactory, PictureFactory, StandardPageFactory
from outbox.models import Alert, Delivery
from outbox.worker import drain

pytestmark = pytest.mark.any_database


@pytest.fixture
def photo(home):
    return PictureFactory(file__width=1600, file__height=1200)


def specs(*places):
    return {spec for name in places for many in PLACES[name].specs(Picture(width=1600)).values() for spec in many}


def made():
    return set(PictureRendition.objects.values_list("filter_spec", flat=True))


def promised():
    return Delivery.objects.filter(kind=making.KIND)


def test_publishing_a_page_makes_what_its_places_need_and_nothing_else(photo):
    page = StandardPageFactory(
        picture=photo, body=[("gallery", {"heading": "", "pictures": [{"picture": photo}] * 2})]
    )
    assert made() == set()
    page.save_revision().publish()
    drain()
    assert made() == specs("hero", "gallery", "large")
    assert Delivery.objects.get(kind=making.KIND).state == Delivery.State.DONE


def test_publishing_it_again_makes_nothing_again(photo):
    page = StandardPageFactory(picture=photo)
    page.save_revision().publish()
    drain()
    before = list(PictureRendition.objects.values_list("pk", flat=True))
    StandardPage.objects.get(pk=page.pk).save_revision().publish()
    drain()
    assert list(PictureRendition.objects.values_list("pk", flat=True)) == before


def test_a_page_without_pictures_promises_nothing(home):
    StandardPageFactory().save_revision().publish()
    assert not promised().exists()


def test_a_draft_promises_nothing(photo):
    StandardPageFactory(picture=photo).save_revision()
    assert not promised().exists()


def test_another_focal_point_makes_the_crops_anew_but_not_the_whole_pictures(photo):
    page = StandardPageFactory(body=[("gallery", {"heading": "", "pictures": [{"picture": photo}] * 2})])
    page.save_revision().publish()
    drain()
    photo.focal_point_x = photo.focal_point_y = 50
    photo.focal_point_width = photo.focal_point_height = 20
    photo.save()
    drain()
    crops = PictureRendition.objects.filter(filter_spec__startswith="fill-")
    assert crops.values("focal_point_key").distinct().count() == 2
    assert PictureRendition.objects.filter(filter_spec__startswith="max-").count() == len(specs("large"))
    making.look_after_all()
    assert crops.values("focal_point_key").distinct().count() == 1, "the night lets go of the old crop"
    assert made() == specs("gallery", "large")


def test_another_title_of_a_picture_makes_nothing(photo):
    photo.save(update_fields=["title"])
    assert not promised().exists()


def test_a_picture_that_is_used_nowhere_is_left_alone(photo):
    photo.focal_point_x = 1
    photo.save()
    drain()
    assert made() == set()


def test_a_person_and_the_site_have_their_pictures_too(photo):
    PersonFactory(picture=photo)
    site = SiteSettings.load()
    site.share_picture = photo
    site.save()
    drain()
    assert made() == specs("portrait", "author", "share")


def test_a_photo_of_a_person_that_is_replaced_in_the_admin_is_cropped_anew(photo, client, admin_user):
    PersonFactory(picture=photo)
    drain()
    client.force_login(admin_user)
    data = {"title": "Robin", "description": "Robin laughs", "focal_point_x": 5, "focal_point_y": 5}
    data |= {"focal_point_width": 10, "focal_point_height": 10}
    client.post(reverse("wagtailimages:edit", args=[photo.pk]), data)
    drain()
    assert PictureRendition.objects.values("focal_point_key").distinct().count() == 2


def test_the_night_finds_what_nobody_promised(photo):
    StandardPageFactory(picture=photo)  # made by a program: nothing was published
    making.look_after_all()
    drain()
    assert made() == specs("hero")
    making.look_after_all()
    assert promised().count() == 1


def test_a_file_that_is_gone_is_told_once_and_the_others_are_made(photo, home):
    lost = PictureFactory(file__width=800, file__height=600)
    lost.file.storage.delete(lost.file.name)
    page = StandardPageFactory(picture=photo, body=[("picture", {"picture": lost, "caption": ""})])
    page.save_revision().publish()
    drain()
    assert made() == specs("hero")
    delivery = promised().get()
    assert delivery.state == Delivery.State.DEAD
    assert f"/admin/images/{lost.pk}/" in delivery.last_error
    assert Alert.objects.filter(kind="delivery.dead").count() == 1
    making.look_after_all()
    making.look_after_all()
    assert promised().count() == 2, "once a week, not once a night"


def test_what_is_gone_before_the_worker_comes_is_no_trouble(photo):
    person = PersonFactory(picture=photo)
    person.delete()
    drain()
    assert promised().get().state == Delivery.State.DONE
    assert made() == set()


def test_the_index_of_references_knows_every_place_on_a_page(photo):
    portrait = {"words": "Hi", "name": "Noor", "picture": photo, "about": "", "portrait": ""}
    body = [
        ("quote", portrait),
        ("people", {"heading": "", "people": [{"name": "Bea", "picture": photo}]}),
        ("logos", {"heading": "", "text": "", "logos": [{"name": "Kestrel", "logo": photo}]}),
        ("cards", {"heading": "", "cards": [{"title": "One", "picture": photo}], "look": "pictures"}),
        ("picture_text", {"heading": "A", "text": "<p>b</p>", "picture": photo, "side": "left"}),
        ("video", {"title": "A", "address": "https://youtu.be/aaaaaaaaaaa", "picture": photo}),
    ]
    StandardPageFactory(body=body)
    names = {place.name for place in uses_of([photo.pk])[photo.pk]}
    assert names == {"voice", "portrait", "logo", "card", "scene", "film"}


@pytest.mark.parametrize("path", ["nothing", "title", "body.nothing.picture", "body.quote", "body", "pk.x"])
def test_a_path_that_leads_nowhere_is_no_place(path):
    assert places_at(StandardPage, path) == set()


def test_a_model_that_is_gone_is_no_trouble(photo):
    PersonFactory(picture=photo)
    ReferenceIndex.objects.update(model_path="was_once_a_field")
    assert uses_of([photo.pk]) == {}
    assert places_at(Person, "was_once_a_field") == set()

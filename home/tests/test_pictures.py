"""Uploaded pictures have words for those who do not see them, and a size before they arrive."""

from django.test import override_settings
from wagtail.images.forms import get_image_form

from home.models import Picture
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tests.markup import Markup, breaches


def test_the_admins_form_wants_a_description(db):
    form = get_image_form(Picture)()
    assert form.fields["description"].required
    assert "credit" in form.fields


def test_a_picture_on_a_page_has_its_words_its_size_and_waits_its_turn(client, home, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        picture = PictureFactory(credit="Photo by Robin Castellane", file__width=640, file__height=480)
        StandardPageFactory(slug="seen", body=[("picture", {"picture": picture, "caption": "Frosh week"})])
        html = client.get("/seen/").content.decode()
    image = next(image for image in Markup(html).all("img") if "/posters/" not in str(image["src"]))
    assert image["alt"] == "Two students laugh over a laptop"
    assert (image["width"], image["height"], image["loading"]) == ("480", "360", "lazy")
    assert "image/avif" in html
    assert "Photo by Robin Castellane" in html
    assert "Frosh week" in html
    assert breaches(html) == []


def test_a_photo_takes_the_place_of_the_drawing(client, home, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        StandardPageFactory(slug="seen", drawing="members", picture=PictureFactory())
        html = client.get("/seen/").content.decode()
    assert "drawings/members" not in html
    assert Markup(html).all("img")[0]["alt"] == "Two students laugh over a laptop"

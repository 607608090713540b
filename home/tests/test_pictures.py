"""Uploaded pictures have words for those who do not see them, a size before they arrive, and never cost a visit."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.forms import get_image_form

from home.choosers import PictureChooserBlock
from home.models import Picture, PictureRendition
from home.pictures.making import promise_sizes
from home.pictures.places import PLACES
from home.pictures.showing import show
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tests.markup import Markup, breaches
from outbox.worker import drain


def photo(**fields):
    """A picture as large as a phone's, by its shape: 1600 by 1200."""
    return PictureFactory(file__width=1600, file__height=1200, **fields)


def images(html):
    return [image for image in Markup(html).all("img") if "/posters/" not in str(image["src"])]


def test_the_admins_form_wants_a_description(db):
    form = get_image_form(Picture)()
    assert form.fields["description"].required
    assert "credit" in form.fields


def test_a_picture_on_a_page_has_its_words_its_size_and_waits_its_turn(client, home):
    picture = photo(credit="Photo by Robin Castellane")
    page = StandardPageFactory(slug="seen", body=[("picture", {"picture": picture, "caption": "Frosh week"})])
    promise_sizes(page)
    drain()
    html = client.get("/seen/").content.decode()
    (image,) = images(html)
    assert image["alt"] == "Two students laugh over a laptop"
    assert (image["width"], image["height"], image["loading"]) == ("960", "720", "lazy")
    assert [source["type"] for source in Markup(html).all("source")] == ["image/avif", "image/webp"]
    for source in Markup(html).all("source"):
        assert source["srcset"].count("w, ") == 2
        assert source["sizes"] == f"auto, {PLACES['photo'].sizes}"
    assert "Photo by Robin Castellane" in html
    assert "Frosh week" in html
    assert breaches(html) == []


def test_a_photo_at_the_top_takes_the_place_of_the_drawing_and_comes_first(client, home):
    StandardPageFactory(slug="seen", drawing="members", picture=photo())
    html = client.get("/seen/").content.decode()
    assert "drawings/members" not in html
    image = Markup(html).all("img")[0]
    assert image["alt"] == "Two students laugh over a laptop"
    assert image["fetchpriority"] == "high"
    assert "loading" not in image


def test_before_its_sizes_are_made_a_page_shows_the_picture_as_it_is_and_makes_nothing(client, home):
    picture = photo()
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    StandardPageFactory(
        slug="seen", picture=picture, share_picture=picture, body=[("picture", {"picture": picture, "caption": ""})]
    )
    html = client.get("/seen/").content.decode()
    assert [image["src"] for image in images(html)] == [picture.file.url] * 2
    assert Markup(html).all("source") == []
    assert PictureRendition.objects.count() == 0
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_while_some_sizes_are_missing_the_others_stand_in(client, home):
    picture = photo()
    medium = picture.get_rendition("width-960|format-webp")
    shown = show(picture, PLACES["photo"])
    assert (shown.src, shown.width) == (medium.url, 960)
    assert [source.type for source in shown.sources] == ["image/webp"]
    assert show(picture, PLACES["hero"]).src == medium.url


def test_a_browser_measures_no_place_whose_width_comes_from_the_picture():
    assert {place.name for place in PLACES.values() if not place.can_be_measured} == {"large", "logo"}


def test_the_admins_thumbnail_stands_in_for_nothing(home):
    picture = photo()
    picture.get_rendition("max-165x165")
    assert show(picture, PLACES["card"]).src == picture.file.url


def test_a_small_picture_is_not_blown_up(home):
    small = PictureFactory(file__width=300, file__height=200)
    specs = PLACES["photo"].specs(small)
    assert specs == {
        "avif": ["width-480|format-avif"],
        "webp": ["width-480|format-webp"],
        "jpeg": ["width-480|format-jpeg"],
    }
    assert small.get_rendition(specs["jpeg"][0]).width == 300


def test_a_moved_focal_point_shows_the_old_crop_until_the_new_one_is_made(home):
    picture = photo()
    old = picture.get_rendition("fill-400x300|format-jpeg")
    picture.focal_point_x, picture.focal_point_y = 10, 10
    picture.focal_point_width = picture.focal_point_height = 20
    picture.save()
    picture = Picture.objects.get()
    assert show(picture, PLACES["gallery"]).src == old.url
    new = picture.get_rendition("fill-400x300|format-jpeg")
    assert new.url != old.url
    assert show(Picture.objects.get(), PLACES["gallery"]).src == new.url


def test_no_template_for_visitors_makes_sizes():
    """Wagtail's own tags would make what is missing while a visitor waits."""
    templates = Path(settings.BASE_DIR) / "templates"
    assert [path.name for path in templates.rglob("*.html") if "wagtailimages_tags" in path.read_text()] == []


def blocks_in(block):
    yield block
    if isinstance(block, StructBlock | StreamBlock):
        for child in block.child_blocks.values():
            yield from blocks_in(child)
    elif isinstance(block, ListBlock):
        yield from blocks_in(block.child_block)


def test_every_picture_of_every_model_says_where_it_stands():
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Picture and model is not PictureRendition:
                assert getattr(model, "picture_places", {}).get(field.name), f"{model.__name__}.{field.name}"
            if isinstance(field, StreamField):
                for block in blocks_in(field.stream_block):
                    if isinstance(block, ImageChooserBlock):
                        assert isinstance(block, PictureChooserBlock), f"{model.__name__}.{field.name}"
                        assert block.places

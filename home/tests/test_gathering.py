"""However many pictures, pages and documents a page points at, they are read together."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.gathering import gather
from home.models import Picture, PictureRendition, StandardPage
from home.tests.factories import PersonFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.any_database


def rich(*links):
    return "".join(f'<p><a linktype="{kind}" id="{pk}">there</a></p>' for kind, pk in links)


def link(page):
    return {"text": "Go", "page": page, "address": ""}


@pytest.fixture
def document(home):
    return get_document_model().objects.create(title="Template", file=ContentFile(b"%PDF-1.7", "a.pdf"))


@pytest.fixture
def full(home, document):
    """A page with every kind of block that points at something."""
    picture, page = PictureFactory(), StandardPageFactory(slug="target")
    card = {"title": "A", "picture": picture, "link": link(page)}
    text = rich(("page", page.pk), ("document", document.pk))
    body = [
        ("section", {"heading": "One", "text": text}),
        ("section", {"heading": "Two", "text": text}),
        ("rich_text", text),
        ("faq", {"heading": "", "questions": [{"question": "Why?", "answer": text}] * 3}),
        ("quote", {"words": "Hi", "name": "Noor", "picture": picture, "about": "", "portrait": ""}),
        ("call", {"heading": "Come", "text": "", "link": link(page)}),
        ("picture", {"picture": picture, "caption": ""}),
        ("picture_text", {"heading": "A", "text": text, "picture": picture, "link": link(page), "side": "left"}),
        ("gallery", {"heading": "", "pictures": [{"picture": picture, "caption": ""}] * 3}),
        ("video", {"title": "A", "address": "https://youtu.be/aaaaaaaaaaa", "picture": picture, "text": ""}),
        (
            "cards",
            {"heading": "", "look": "pictures", "cards": [card]},
        ),
        ("people", {"heading": "", "people": [{"name": "Bea", "picture": picture, "link": link(page)}]}),
        ("logos", {"heading": "", "text": "", "logos": [{"name": "Kestrel", "logo": picture, "address": ""}]}),
        ("file", {"title": "Template", "document": document, "text": ""}),
    ]
    return StandardPageFactory(slug="full", picture=picture, share_picture=picture, body=body)


def test_everything_a_page_points_at_is_four_queries(full, django_assert_num_queries):
    page = StandardPage.objects.get(pk=full.pk)
    with django_assert_num_queries(4):
        gather(page)
    with django_assert_num_queries(0):
        assert page.picture == page.share_picture
        for block in page.body:
            block.render()


def test_a_page_that_points_at_nothing_asks_nothing(home, django_assert_num_queries):
    page = StandardPage.objects.get(pk=StandardPageFactory(body=[("heading", {"heading": "A", "text": ""})]).pk)
    with django_assert_num_queries(0):
        gather(page)


def test_links_in_text_lead_where_they_should(client, full, document):
    html = client.get("/full/").content.decode()
    assert html.count('<a href="/target/">there</a>') == 7
    assert html.count(f'<a href="{document.url}">there</a>') == 7


def test_what_is_gone_or_unpublished_leaves_its_words_and_no_trouble(client, full, document):
    document.delete()
    Picture.objects.all().delete()
    StandardPage.objects.get(slug="target").unpublish()
    html = client.get("/full/").content.decode()
    assert html.count("<a>there</a>") == 14
    assert "/target/" not in html
    Page.objects.get(slug="target").delete()
    assert client.get("/full/").status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        {"type": "picture", "value": {"picture": "text"}, "id": "a"},
        {"type": "picture", "value": {}, "id": "a"},
        {"type": "gallery", "value": {"pictures": []}, "id": "a"},
        {"type": "gallery", "value": {}, "id": "a"},
        {"type": "rich_text", "value": '<a linktype="page" id="x">y</a>', "id": "a"},
    ],
)
def test_stored_blocks_that_are_not_as_they_should_be_point_at_nothing(home, raw, django_assert_num_queries):
    page = StandardPageFactory()
    page.body.raw_data.append(raw)
    with django_assert_num_queries(0):
        try:
            gather(page)
        except (TypeError, ValueError):
            assert raw["value"] == {"picture": "text"}, "Wagtail itself refuses this one"


def test_one_picture_in_two_blocks_is_two_objects(full):
    """As with Wagtail's own: what a template notes on one must not show on the other."""
    gather(full)
    page = StandardPage.objects.get(pk=full.pk)
    gather(page)
    shown = [block.value["picture"] for block in page.body if block.block_type in {"picture", "video", "quote"}]
    assert len({id(picture) for picture in shown}) == 3
    assert len({picture.pk for picture in shown}) == 1


def test_several_things_on_one_page_are_read_together_and_what_was_left_out_stays_out(
    full, django_assert_num_queries
):
    StandardPageFactory(picture=PictureFactory(), body=[("rich_text", rich(("page", full.pk)))])
    page, *cards = StandardPage.objects.defer("body").exclude(picture=None)
    people = [PersonFactory(picture=PictureFactory()), PersonFactory()]
    with django_assert_num_queries(2):
        gather(page, *cards, *people)
    with django_assert_num_queries(0):
        assert all(list(one.picture.renditions.all()) == [] for one in (page, *cards, people[0]))
        assert people[1].picture is None
    assert page.get_deferred_fields() == {"body"}


def test_no_visit_makes_a_size(client, full):
    assert client.get("/full/").status_code == 200
    assert PictureRendition.objects.count() == 0


def test_migrations_know_only_wagtails_own_blocks():
    paths = {path for _, path in _paths(StandardPage._meta.get_field("body").stream_block)}
    assert not any("choosers" in path for path in paths)


def _paths(block):
    yield block.name, block.deconstruct()[0]
    children = getattr(block, "child_blocks", {}).values()
    for child in [*children, *([block.child_block] if hasattr(block, "child_block") else [])]:
        yield from _paths(child)

"""Hostile text, in every way it could come: it stays text, and nothing of it acts."""

import json
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import URLField
from django.urls import reverse
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from home.blocks import HOME_BANDS, PAGE_BODY
from home.blocks.words import ProseBlock
from home.inert import TAGS
from home.links import ADDRESS
from home.models import Picture
from home.tests.factories import PictureFactory, StandardPageFactory
from home.tests.test_documents import PDF
from wits_site.tests.filling import Filling
from wits_site.tests.hostile import ADDRESSES, LINKS, MARKUP, STORED, TEXTS
from wits_site.tests.plenty import Plenty
from wits_site.tests.reading import acting
from wits_site.tests.reading.alphabet import editable
from wits_site.tests.reading.visits import visit

pytestmark = pytest.mark.django_db

WORDS = "\"><svg onload=alert(1)>'onclick='alert(1)</script></title><script>alert(1)"


def page_with(texts):
    return StandardPageFactory(body=[("rich_text", text) for text in texts])


def outside(document):
    """The elements of a page around its texts: what hostile text must not change."""
    return [str(one) for one in document.elements if not any(is_prose(above) for above in one.ancestors)]


def is_prose(one):
    return one.get("class") == "prose"


def assert_inert(client, page, number):
    """Each text is inside its own place, of the narrow set of elements, and leads nowhere that acts."""
    document = visit(client, page.url).document
    assert list(acting.complaints(document)) == []
    texts = [one for one in document.elements if is_prose(one)]
    assert len(texts) == number
    for inner in (inner for text in texts for inner in text.below):
        assert inner.name in TAGS, inner
        assert inner.attributes.keys() <= {"href"}, inner
    return document


def test_there_are_many_of_them():
    assert len(set(TEXTS)) >= 95


def test_hostile_text_that_lies_in_the_database_is_inert(client, db):
    page = page_with(TEXTS)
    document = assert_inert(client, page, len(TEXTS))
    page.body = [("rich_text", "<p>x</p>")] * len(TEXTS)
    page.save()
    assert outside(document) == outside(visit(client, page.url).document)


def test_hostile_text_that_comes_through_the_editor_is_inert(client, db):
    drawn = [{"key": str(n), "text": text, "type": "unstyled"} for n, text in enumerate(TEXTS)]
    drawn += [
        {
            "key": f"l{n}",
            "text": "x",
            "type": kind,
            "entityRanges": [{"offset": 0, "length": 1, "key": n}],
            "inlineStyleRanges": [{"offset": 0, "length": 1, "style": 'BOLD" onclick="alert(1)'}],
        }
        for n, kind in zip(
            range(len(STORED)), ["unstyled", "header-three", "atomic", "code-block"] * 10, strict=False
        )
    ]
    entities = {
        n: {"type": kind, "mutability": "MUTABLE", "data": {"url": address, "onclick": "alert(1)", "id": address}}
        for (n, address), kind in zip(
            enumerate(STORED), ["LINK", "LINK", "DOCUMENT", "EMBED", "IMAGE"] * 6, strict=False
        )
    }
    sent = json.dumps({"blocks": drawn, "entityMap": entities})
    block = ProseBlock()
    block.set_name("text")
    text = block.value_from_datadict({"text": sent}, {}, "text").source
    document = assert_inert(client, page_with([text]), 1)
    said = document.root.text
    for words in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}"):
        assert words in said, "it was text, and is text"


def test_hostile_words_in_every_field_of_every_page_stay_words(client, db):
    plenty = Plenty().of(1)
    address = "javascript:alert(1)"
    points_at = {Picture: Picture.objects.first().pk, Page: plenty.links.pk}
    Filling(WORDS, "".join(TEXTS), address=address, points_at=points_at).everywhere()
    pages = {type(page): page.url for page in Page.objects.filter(live=True, depth__gt=1).specific()}
    for url in [*pages.values(), "/search/?q=javascript", "/no-such-page/"]:
        seen = visit(client, url)
        assert seen.status in {200, 302, 404}
        if seen.is_html:
            assert list(acting.complaints(seen.document)) == [], url
    feed = client.get("/stories/feed/")
    assert b"<script" not in feed.content
    assert b"<svg" not in feed.content


def blocks_within(block):
    """All blocks inside a block."""
    inner = getattr(block, "child_blocks", {}).values() if hasattr(block, "child_blocks") else ()
    for child in [*inner, *([block.child_block] if hasattr(block, "child_block") else [])]:
        yield child
        yield from blocks_within(child)


def address_fields():
    """Whatever takes an address, in a form of a page, a setting or an entry, or in a block."""
    for model, _ in editable():
        for field in model._meta.fields:
            if isinstance(field, URLField) or ADDRESS in field.validators:
                yield f"{model.__name__}.{field.name}", partial(field.clean, model_instance=None)
    for name, block in [*HOME_BANDS, *PAGE_BODY]:
        for inner in blocks_within(block):
            field = getattr(inner, "field", None)
            if isinstance(inner, blocks.URLBlock) or (field and ADDRESS in field.validators):
                yield f"{name}.{inner.name}", field.clean


def test_no_field_takes_an_address_that_acts():
    fields = dict(address_fields())
    assert len(fields) > 12
    taken = []
    for name, clean in fields.items():
        assert clean("https://wits.example/") == "https://wits.example/"
        for address in ADDRESSES:
            try:
                taken.append((name, clean(address)))
            except ValidationError:
                continue
    assert taken == []


def test_names_of_uploaded_files_stay_names(client, admin_client, db):
    name = '"><img src=x onerror=alert(1)>.{}'
    picture = PictureFactory(title=name.format("jpg"), description=name, credit=name)
    data = {"title": name.format("pdf"), "collection": Collection.objects.filter(depth=1)[0].pk}
    upload = SimpleUploadedFile("<script>alert(1)</script>.pdf", PDF)
    admin_client.post(reverse("wagtaildocs:add"), {**data, "file": upload})
    document = get_document_model().objects.get()
    body = [
        ("picture", {"picture": picture, "caption": name}),
        ("file", {"title": name, "document": document, "text": ""}),
    ]
    seen = visit(client, StandardPageFactory(body=body).url)
    assert document.url in seen.content.decode()
    assert list(acting.complaints(seen.document)) == []
    disposition = client.get(document.url)["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "<" not in disposition


def test_what_the_editor_offers_is_left_as_it_is(client, db):
    text = '<h3>A</h3><p>b <b>c</b> <i>d</i> <a href="mailto:a@b.example">e</a>&nbsp;f<br/>g</p>'
    text += "<ul><li>h</li></ul><ol><li>i</li></ol>"
    html = client.get(page_with([text]).url).content.decode()
    assert text.replace("<br/>", "<br>") in html


@pytest.mark.parametrize(
    "text", ["<p onclick=x>a</p>", LINKS[0], MARKUP[0], "<svg><animate></svg>", "<style>a</style>"]
)
def test_what_acts_is_found(text):
    assert list(acting.complaints(acting.Document(f"<!doctype html><p>{text}</p>")))

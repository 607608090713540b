"""Blocks that point at something else: a picture, a page, a document, or text with links in it.

They are Wagtail's own, but take what they point at from what the page gathered (`home.gathering`), and a picture says
where it stands. To migrations they are Wagtail's: where a picture stands is no matter of the database.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.html import escape
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.rich_text.pages import PageLinkHandler

from home.gathering import Found, at_hand, what_is_at_hand
from home.pictures.places import PLACES

Deconstructed = tuple[str, Sequence[Any], Mapping[str, Any]]


class _Gathered(blocks.ChooserBlock):
    """A chooser that asks the database only for what nobody has gathered."""

    stands_for: ClassVar[str]

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        found = what_is_at_hand()
        if found is None:
            return list(super().bulk_to_python(values))
        known = found.get(self.model_class, {})
        # A copy for each, as Wagtail's own does: what one block notes on its picture is not another's.
        return [copy.copy(known.get(pk or 0)) for pk in values]

    def deconstruct(self) -> Deconstructed:
        _, args, kwargs = super().deconstruct()
        return self.stands_for, args, kwargs


class PictureChooserBlock(_Gathered, ImageChooserBlock):
    """A picture that stands at some of `home.pictures.places`, from which follows what sizes of it are made."""

    stands_for = "wagtail.images.blocks.ImageChooserBlock"

    def __init__(self, *places: str, **kwargs: Any) -> None:
        self.places = [PLACES[place] for place in places]
        super().__init__(**kwargs)

    def deconstruct(self) -> Deconstructed:
        path, _, kwargs = super().deconstruct()
        return path, [], kwargs


class PageChooserBlock(_Gathered, blocks.PageChooserBlock):
    """A page of the site."""

    stands_for = "wagtail.blocks.PageChooserBlock"


class DocumentChooserBlock(_Gathered, WagtailDocumentChooserBlock):
    """A file to download."""

    stands_for = "wagtail.documents.blocks.DocumentChooserBlock"


class LinkedText(RichText):
    """Rich text that remembers what its links lead to."""

    def __init__(self, source: str, found: Found | None) -> None:
        super().__init__(source)
        self.found = found

    def __html__(self) -> str:
        with at_hand(self.found):
            return str(super().__html__())


class LinkedTextBlock(blocks.RichTextBlock):
    """Rich text whose links cost no query each."""

    def to_python(self, value: str) -> RichText:
        return LinkedText(value, what_is_at_hand())

    def deconstruct(self) -> Deconstructed:
        path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock" if type(self) is LinkedTextBlock else path, args, kwargs


class _Whole:
    """A link that leads to nothing, in words that did not come through the editor, has no such end."""

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[Any]:
        if _has_end(attrs):
            yield from super().extract_references(attrs)  # type: ignore[misc]


class GatheredPageLinks(_Whole, PageLinkHandler):
    """Links to pages in rich text; the words stay, but not the link, where the page is gone or not published."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        return _many(Page, attrs_list, super().get_many)

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [f'<a href="{escape(page.url)}">' if page and page.live and page.url else "<a>" for page in pages]


class GatheredDocumentLinks(_Whole, DocumentLinkHandler):
    """Links to documents in rich text."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        return _many(cls.get_model(), attrs_list, super().get_many)


def _has_end(attrs: dict[str, str]) -> bool:
    return attrs.get("id", "").isdecimal()


def _many(model: type[Any], attrs_list: list[dict[str, str]], ask: Any) -> list[Any]:
    found = what_is_at_hand()
    rows = ask([attrs for attrs in attrs_list if _has_end(attrs)]) if found is None else found.get(model, {}).values()
    known = {str(row.pk): row for row in rows if row}
    return [known.get(attrs.get("id", "")) for attrs in attrs_list]

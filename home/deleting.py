"""Before something is deleted: where it is used, what to do instead, and what the site cannot be without."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from home.people.records import Person

SHOWN = 12
# For kinds of pages that have to stay: what to do instead.
_instead: dict[type[Page], str] = {}


@dataclass(frozen=True)
class Use:
    """One place where something is used, as a person would look for it."""

    words: str
    url: str


def register_instead(kind: type[Page], words: str) -> None:
    """Say what to do instead of deleting a page of a kind that has to stay."""
    _instead[kind] = words


def uses_of(thing: Any, user: Any) -> list[Use]:
    """The first places where `thing` is used, with links for whoever may edit there."""
    finder = AdminURLFinder(user)
    groups = list(ReferenceIndex.get_grouped_references_to(thing))[:SHOWN]
    return [Use(_named(source, references), finder.get_edit_url(source) or "") for source, references in groups]


def _named(source: Any, references: Iterable[Any]) -> str:
    fields = dict.fromkeys(str(reference.describe_source_field()) for reference in references)
    return f"{source}: {', '.join(fields)}"


def instead_of_deleting(thing: Any) -> str:
    """What is mostly better than deleting it."""
    if isinstance(thing, Page):
        return (
            "Whatever leads to it loses its link. If visitors should only not see it for now, unpublish it instead: "
            "then everything comes back when you publish it again."
        )
    if isinstance(thing, Person):
        return (
            "Their slots stand free then, in past teams too. Who has left can stay here: the team page shows people "
            "only in their own years. To give a slot to somebody else, change the role."
        )
    if isinstance(thing, get_image_model()):
        return (
            "Where it stood, a poster or nothing stands then. For a better photo, change its file instead: "
            "every place follows."
        )
    if isinstance(thing, get_document_model()):
        return "Links to it stop working. For a newer version, change the file of this one: its links stay right."
    return ""


def keep_what_is_needed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete (or take offline) what the site is built on."""
    kind = page.specific_class
    if not getattr(kind, "has_to_stay", False):
        return None
    instead = _instead.get(kind, "")
    messages.error(request, f"“{page}” has to stay: the site does not work without it. {instead}")
    return redirect("wagtailadmin_pages:edit", page.pk)


def keep_what_is_needed_of_many(
    request: HttpRequest, action: str, pages: Iterable[Any], action_class: Any
) -> HttpResponse | None:
    """The same for several that were ticked in a list."""
    if action not in {"delete", "unpublish"}:
        return None
    answers = (keep_what_is_needed(request, page) for page in pages if isinstance(page, Page))
    return next((answer for answer in answers if answer), None)

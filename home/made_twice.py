"""A page that is being made saves itself, and somebody presses Publish at that very moment: it is made once.

The editor of a new page makes a draft by itself. Until the browser has heard of it, a button sends the whole form
once more, as another new page of the same address. What the button sent is at least as new: the draft steps aside for
it, and goes in the moment in which the page is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page, PageLogEntry

BY_ITSELF = "home.made_by_itself"
# A browser that has not heard of its own draft for so long never will.
AT_THE_SAME_TIME = timedelta(seconds=30)


@dataclass
class Making:
    """How a request makes a page, kept on the parent that the request knows."""

    user: Any
    by_itself: bool
    stepped_aside: dict[int, Page] = field(default_factory=dict)


def register_making(actions: LogActionRegistry) -> None:
    """What stands in the history of a page that began as a draft nobody asked for."""
    actions.register_action(BY_ITSELF, "Save by itself", "Saved by itself while it was being written")


def before_it_is_made(request: HttpRequest, parent: Page, kind: type[Page]) -> None:
    """Note how a page is made; one made by a button gets the address of the draft that saved itself a moment ago."""
    if request.method != "POST":
        return
    making = Making(request.user, by_itself=not request.accepts("text/html"))
    parent.making = making
    if not making.by_itself:
        title, slug = (request.POST.get(name, "").strip() for name in ("title", "slug"))
        with transaction.atomic():
            _let_step_aside(parent, kind, making, title, slug)


def one_at_a_time(parent: Page, page: Page, add: Callable[[], Page]) -> Page:
    """Add `page` under `parent` while nobody else does, so that its place and its address are still free."""
    with transaction.atomic():
        parent.numchild = Page.objects.select_for_update().get(pk=parent.pk).numchild
        making: Making | None = getattr(parent, "making", None)
        if making is None or not page.slug:
            return add()
        taken = parent.get_children().filter(slug=page.slug)
        if making.by_itself:
            if taken.filter(owner=making.user, latest_revision_created_at__gte=_a_moment_ago()).exists():
                raise BadRequest("A button has made this page already: its browser is on its way there.")
        else:
            _let_step_aside(parent, type(page), making, page.title, page.slug)
        if taken.exists():  # somebody else was faster with a page of the same name
            page.slug = _free(parent, page.slug)
        made = add()
        if making.by_itself:
            log(made, BY_ITSELF, user=making.user)
        for draft in making.stepped_aside.values():
            draft.specific.delete(user=making.user)
        if making.stepped_aside:  # what Wagtail reads next of it
            parent.refresh_from_db(fields=["numchild"])
        return made


def _let_step_aside(parent: Page, kind: type[Page], making: Making, title: str, slug: str) -> None:
    """Give away the address of drafts of the same person that saved themselves once and hold the same beginning."""
    by_itself = PageLogEntry.objects.filter(action=BY_ITSELF, user=making.user, timestamp__gte=_a_moment_ago())
    drafts = Page.objects.child_of(parent).exact_type(kind).filter(pk__in=by_itself.values("page"))
    drafts = drafts.filter(live=False, first_published_at=None).exclude(pk__in=making.stepped_aside)
    for draft in drafts:
        same = draft.slug == slug or title.startswith(draft.title) or draft.title.startswith(title)
        if same and draft.specific.revisions.count() == 1 and not draft.specific.workflow_states.exists():
            aside = _free(parent, f"{draft.slug}-draft")
            Page.objects.filter(pk=draft.pk).update(slug=aside, url_path=f"{parent.url_path}{aside}/")
            making.stepped_aside[draft.pk] = draft


def _free(parent: Page, slug: str) -> str:
    """An address under `parent` that no page has."""
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _a_moment_ago() -> Any:
    return timezone.now() - AT_THE_SAME_TIME

"""A page that is being made saves itself, and somebody presses Publish at that very moment: it is made once.

The editor of a new page makes a draft by itself. Until the browser has heard of it, a button sends the whole form
once more, as another new page of the same address. What the button sent is at least as new: the draft steps aside for
it, and goes in the moment in which the page is there.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.views.pages.create import CreateView
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page, PageLogEntry

BY_ITSELF = "home.made_by_itself"
# A browser that has not heard of its own draft for so long never will.
AT_THE_SAME_TIME = timedelta(seconds=30)


def register_making(actions: LogActionRegistry) -> None:
    """What stands in the history of a page that began as a draft nobody asked for."""
    actions.register_action(BY_ITSELF, "Save by itself", "Saved by itself while it was being written")


def make_while_nobody_else_does(request: HttpRequest, parent: Page, kind: type[Page]) -> HttpResponseBase | None:
    """Before a page is made: answer in the view's place, with its answer, one request under a parent at a time.

    A draft that saves itself is then either there as a whole, or not yet: never between what is checked and what is
    saved. Raises `BadRequest` for a draft whose page a button has made meanwhile.
    """
    if request.method != "POST" or getattr(request, "makes_alone", False):
        return None
    request.makes_alone = True  # type: ignore[attr-defined]
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=parent.pk)
        return _make(request, parent, kind)


def _make(request: HttpRequest, parent: Page, kind: type[Page]) -> HttpResponseBase:
    drafts = []
    title, slug = (request.POST.get(name, "").strip() for name in ("title", "slug"))
    if saves_itself(request):
        made = parent.get_children().filter(slug=slug, owner=request.user)
        if made.filter(latest_revision_created_at__gte=_a_moment_ago()).exists():
            raise BadRequest("A button has made this page already: its browser is on its way there.")
    else:
        drafts = _let_step_aside(parent, kind, request.user, title, slug)
        _another_address(request, parent, title, slug)
    answer: HttpResponseBase = CreateView.as_view()(request, kind._meta.app_label, kind._meta.model_name, parent.pk)
    if answer.status_code != 302:
        if drafts:  # it was not made: they are where they were
            transaction.set_rollback(True)
        return answer
    for draft in drafts:
        draft.specific.delete(user=request.user)
    return answer


def choose_a_free_address(request: HttpRequest, page: Page) -> None:
    """Before a draft that was never published is changed: the same, for an address that nobody chose."""
    if request.method == "POST" and not saves_itself(request) and page.first_published_at is None:
        title, slug = (request.POST.get(name, "").strip() for name in ("title", "slug"))
        if slug != page.slug:
            _another_address(request, page.get_parent(), title, slug)


def _another_address(request: HttpRequest, parent: Page, title: str, slug: str) -> None:
    """A second "Coffee chat" is coffee-chat-2: who writes its title need not know what an address is."""
    if slug and slug == slugify(title, allow_unicode=True):
        sent = request.POST.copy()
        sent["slug"] = _free(parent, slug)
        request.POST = sent  # type: ignore[assignment]


def note_what_saved_itself(request: HttpRequest, page: Page) -> None:
    """After a page is made: say in its history that no button made it."""
    if saves_itself(request):
        log(page, BY_ITSELF, user=request.user)


def saves_itself(request: HttpRequest) -> bool:
    """Whether an editor saves by itself; otherwise somebody pressed a button."""
    return not request.accepts("text/html")


def _let_step_aside(parent: Page, kind: type[Page], user: Any, title: str, slug: str) -> list[Page]:
    """Give away the address of drafts of the same person that saved themselves once and hold the same beginning."""
    by_itself = PageLogEntry.objects.filter(action=BY_ITSELF, user=user, timestamp__gte=_a_moment_ago())
    drafts = Page.objects.child_of(parent).exact_type(kind).filter(pk__in=by_itself.values("page"))
    stepped_aside = []
    for draft in drafts.filter(live=False, first_published_at=None):
        same = draft.slug == slug or title.startswith(draft.title) or draft.title.startswith(title)
        if same and draft.specific.revisions.count() == 1 and not draft.specific.workflow_states.exists():
            aside = _free(parent, f"{draft.slug}-draft")
            Page.objects.filter(pk=draft.pk).update(slug=aside, url_path=f"{parent.url_path}{aside}/")
            stepped_aside.append(draft)
    return stepped_aside


def _free(parent: Page, slug: str) -> str:
    """An address under `parent` that no page has."""
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _a_moment_ago() -> Any:
    return timezone.now() - AT_THE_SAME_TIME

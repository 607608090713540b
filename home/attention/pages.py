"""Pages that nobody has touched for a term, drafts that wait, and what was sent for a second look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from wagtail.models import Page, TaskState, WorkflowState, get_page_models
from wagtail.permissions import page_permission_policy

from home.attention.lines import Aside, Found, named
from home.days import short

TERM = timedelta(days=122)


def find_pages(user: Any, aside: Aside) -> Iterator[Found]:
    """What waits comes before what is old. At most eleven questions, and those that say what the user may do."""
    pages = may_change(user)
    yield _in_review(user, pages, aside)
    yield _drafts(pages, aside)
    yield _untouched(pages, aside)


def may_change(user: Any) -> QuerySet[Page]:
    """The pages that the user may change, without the root of all."""
    pages: QuerySet[Page] = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1)


def edit(page_id: int) -> str:
    """Where a page is changed."""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def called(title: str) -> str:
    """A title within a sentence."""
    return f"“{Truncator(title).chars(70)}”"


def when(moment: datetime) -> str:
    """`3 July`, with the year if it is not this one."""
    return short(timezone.localtime(moment).date())


def by(user: Any) -> str:
    """` by Noor Okafor-Lind`; nothing for who is gone."""
    return f" by {user.get_full_name() or user.get_username()}" if user else ""


def _in_review(user: Any, pages: QuerySet[Page], aside: Aside) -> Found:
    mine = set(TaskState.objects.reviewable_by(user).values_list("workflow_state_id", flat=True))
    ids = WorkflowState.objects.active().annotate(page_pk=Cast("object_id", output_field=IntegerField()))
    page_kind = ContentType.objects.get_for_model(Page)
    waiting = (
        ids.filter(base_content_type=page_kind, page_pk__in=pages.values("pk"))
        .select_related("requested_by")
        .order_by("created_at")
    )
    titles: dict[int, str] = dict(pages.filter(pk__in=waiting.values("page_pk")[:50]).values_list("pk", "title"))

    def line(state: Any) -> tuple[str, str]:
        whose = "your" if state.pk in mine else "an Owner’s"
        words = f"{called(titles.get(state.page_pk, 'A page'))} waits for {whose} second look"
        return f"{words}, asked for on {when(state.created_at)}{by(state.requested_by)}", edit(state.page_pk)

    return named("review", waiting, aside, line, reverse("wagtailadmin_explore_root"))


def _drafts(pages: QuerySet[Page], aside: Aside) -> Found:
    """Changes that no visitor sees yet. A page that was taken down, or waits for its time or for a look, is none."""
    in_review = WorkflowState.objects.active().annotate(page_pk=Cast("object_id", output_field=IntegerField()))
    begun = (
        pages.filter(has_unpublished_changes=True, alias_of=None)
        .exclude(live=False, first_published_at__isnull=False)
        .annotate_approved_schedule()  # type: ignore[attr-defined]
        .filter(_approved_schedule=False)
        .exclude(pk__in=in_review.values("page_pk"))
        .select_related("latest_revision__user")
        .order_by("latest_revision_created_at", "pk")
    )

    def line(page: Page) -> tuple[str, str]:
        revision = page.latest_revision
        whose = f" ({when(revision.created_at)}{by(revision.user)})" if revision else ""
        what = "has changes that visitors do not see yet" if page.live else "is a draft that was never published"
        return f"{called(page.get_admin_display_title())} {what}{whose}", edit(page.pk)

    return named("draft", begun, aside, line, reverse("wagtailadmin_explore_root"))


def _untouched(pages: QuerySet[Page], aside: Aside) -> Found:
    """What tells of its own day, such as a story or an event, may grow old."""
    of_its_day = [model for model in get_page_models() if getattr(model, "of_its_day", False)]
    kinds = ContentType.objects.get_for_models(*of_its_day).values() if of_its_day else []
    touched = Coalesce("latest_revision_created_at", "last_published_at", "first_published_at")
    old = (
        pages.filter(live=True, alias_of=None)
        .exclude(content_type__in=list(kinds))
        .annotate(touched=touched)
        .filter(touched__lt=timezone.now() - TERM)
        .select_related("latest_revision__user")
        .order_by(F("touched").asc(), "pk")
    )

    def line(page: Any) -> tuple[str, str]:
        who = by(page.latest_revision.user) if page.latest_revision else ""
        return f"{called(page.title)} was last changed on {when(page.touched)}{who}: is it still true?", edit(page.pk)

    return named("old", old, aside, line, reverse("wagtailadmin_reports:aging_pages"))

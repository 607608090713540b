"""Two people change one page at once: whoever saves second is told what they saved over, and where it still is."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.models import Page, Revision


def remember_newer_version(request: HttpRequest, page: Page) -> None:
    """Before saving: note the version that came in between, if the form was opened before it."""
    opened = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    newest = page.latest_revision if request.method == "POST" and opened else None
    if newest is not None and str(newest.pk) != opened and not _saved_itself(newest, request.user):
        request.saved_over = newest  # type: ignore[attr-defined]


def _saved_itself(newest: Revision, user: Any) -> bool:
    """Whether it is what the same person's editor saved while they reached for the button."""
    return bool(newest.user_id == user.pk and timezone.now() - newest.created_at < timedelta(seconds=30))


def say_what_was_saved_over(request: HttpRequest, page: Page) -> None:
    """After saving: whose version came in between, with a way to see what differs."""
    newer: Revision | None = getattr(request, "saved_over", None)
    if newer is None:
        return
    who = newer.user.get_full_name() or newer.user.get_username() if newer.user else "Somebody"
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, newer.pk, "latest"])
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    messages.warning(
        request,
        f"{who} saved this page while you had it open. What you see now is yours; nothing of theirs is lost.",
        buttons=[messages.button(compare, "See what differs"), messages.button(history, "Bring theirs back")],
    )

"""A form with answers is not deleted: they would be lost without anybody having read them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from home.forms.records import Answer


def keep_answers(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is deleted: neither it nor one below it may have answers."""
    return refuse(request, [page])


def keep_answers_of_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class: Any
) -> HttpResponse | None:
    """The same for many pages at once."""
    pages = [one for one in objects if isinstance(one, Page)]
    return refuse(request, pages) if action_type == "delete" and pages else None


def refuse(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """Say what to do instead, where any of these pages, or one below, has answers."""
    for page in pages:
        count = Answer.objects.filter(form__path__startswith=page.path).count()
        if count:
            messages.error(
                request,
                f"“{page.get_admin_display_title()}” has {count} answer{'s' if count > 1 else ''}, which would be "
                "lost. Unpublish it instead; once the last answer is deleted by itself, it can go.",
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None

"""Addresses of Wagtail's admin that no right of ours opens or closes: for maintainers, or for those who edit pages.

Some of Wagtail's views ask only whether somebody may be in the admin at all: choosers, which list drafts and files to
people who have to do with money; the history of everything; what makes steps of workflows. Positions are made by code
(`desk/groups.py`), so what changes rights is a maintainer's too.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.permissions import page_permission_policy

ADMIN = "/admin/"
FOR_MAINTAINERS = (
    "groups/",
    "sites/",
    "collections/",
    "workflows/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/workflow_tasks/",
    "reports/page-types-usage/",
    "failwhale/",
    "test404/",
)
FOR_EDITORS_OF_PAGES = (
    "api/",
    "block-preview/",
    "bulk/",
    "choose-",
    "documents/chooser/",
    "embeds/",
    "images/chooser/",
    "pages/",
    "snippets/choose/",
    "tag-autocomplete/",
)


def keep_closed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who may not be at such an address is led to the dashboard. Visitors are left to the sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(ADMIN) and path.removeprefix(ADMIN).startswith(FOR_MAINTAINERS + FOR_EDITORS_OF_PAGES):
            user = request.user
            if user.has_perm("wagtailadmin.access_admin") and not _may_be_there(user, path.removeprefix(ADMIN)):
                return permission_denied(request)
        return get_response(request)

    return middleware


def _may_be_there(user: Any, place: str) -> bool:
    if user.is_superuser:
        return True
    if place.startswith(FOR_MAINTAINERS):
        return False
    return page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})

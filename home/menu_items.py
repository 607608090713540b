"""Items of the admin's menu that lead to what executives add to most often."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Page


class PagesUnder(MenuItem):
    """Leads to the pages under the only page of a type; hidden without one, and from those who may not add there.

    The menu stands on every page of the admin, so all items of this kind find theirs in one query.
    """

    kinds: ClassVar[list[type[Page]]] = []

    def __init__(self, label: str, model: type[Page], **kwargs: Any) -> None:
        super().__init__(label, "", **kwargs)
        self.model = model
        self.kinds.append(model)

    def is_shown(self, request: HttpRequest) -> bool:
        index = self._found(request).get(self.model)
        if index is None or not index.permissions_for_user(request.user).can_add_subpage():
            return False
        self.url = reverse("wagtailadmin_explore", args=[index.pk])
        return True

    def _found(self, request: HttpRequest) -> dict[type[Page], Page]:
        """The first page of each of the kinds."""
        if not hasattr(request, "pages_in_the_menu"):
            pages = Page.objects.exact_type(*self.kinds).order_by("-pk")
            request.pages_in_the_menu = {page.specific_class: page for page in pages}  # type: ignore[attr-defined]
        found: dict[type[Page], Page] = request.pages_in_the_menu  # type: ignore[attr-defined]
        return found

"""Items of the admin's menu that lead to what executives add to most often."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Page


class PagesUnder(MenuItem):
    """Leads to the pages under the only page of a type; hidden without one, and from those who may not add there."""

    def __init__(self, label: str, model: type[Page], **kwargs: Any) -> None:
        super().__init__(label, "", **kwargs)
        self.model = model

    def is_shown(self, request: HttpRequest) -> bool:
        index = self.model.objects.only("pk").first()
        if index is None or not index.permissions_for_user(request.user).can_add_subpage():
            return False
        self.url = reverse("wagtailadmin_explore", args=[index.pk])
        return True

"""Where in the admin something is mended."""

from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse


def setting(model: type[Model]) -> str:
    """The form of a setting."""
    return reverse("wagtailsettings:edit", args=[model._meta.app_label, model._meta.model_name])


def list_of_rows(model: Any, query: str = "", page: str = "list") -> str:
    """The list of a snippet, or another page of its own."""
    address = reverse(model.snippet_viewset.get_url_name(page))
    return f"{address}?{query}" if query else address


def row(instance: Any) -> str:
    """The form of a row of a snippet."""
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])


def list_of_pages(model: Any) -> str:
    """The pages under the first page of that kind; all pages where there is none."""
    first = model.objects.order_by("path").first()
    return reverse("wagtailadmin_explore", args=[first.pk]) if first else reverse("wagtailadmin_explore_root")


def list_or_home(name: str, query: str) -> str:
    """A list of the admin, with a filter; the dashboard itself where the site has no such list."""
    try:
        return f"{reverse(name)}?{query}"
    except NoReverseMatch:
        return reverse("wagtailadmin_home")

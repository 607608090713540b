"""Pages of many kinds in one list, each as what it is."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page, get_page_models


def as_themselves(pages: Iterable[Page]) -> list[Any]:
    """These pages, in their order, as the words, events or stories that they are: one query for all kinds."""
    keys = [page.pk for page in pages]
    kinds = [
        link.remote_field.get_accessor_name()
        for model in get_page_models()
        if model is not Page and (link := model._meta.pk) and link.remote_field and link.remote_field.model is Page
    ]
    rows = {row.pk: row for row in Page.objects.filter(pk__in=keys).select_related(*kinds)}
    found = (rows[key] for key in keys if key in rows)
    return [getattr(row, row.specific_class._meta.pk.remote_field.get_accessor_name()) for row in found]

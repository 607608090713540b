"""What the admin's own lists of rows share: which addresses there are, and words on an empty list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import ButtonWithDropdownFromHook
from wagtail.models import Page


def isolated(text: str) -> SafeString:
    """A name or an address for a list: one that reads right to left stays so and does not turn the words beside it
    around, and one of three hundred letters is cut short (the row's own page has all of it)."""
    return format_html("<bdi>{}</bdi>", Truncator(text).chars(60))


class ToneColumn(Column):
    """A state in words, with a colour for those who see it: `tone` is good, bad, waiting or plain for each row."""

    cell_template_name = "home/admin/tone_cell.html"

    def __init__(self, name: str, *, tone: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.tone = tone

    def get_cell_context_data(self, instance: Model, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "tone": self.tone(instance)}


class Listing(generic.IndexView):
    """A list whose first column leads to the row's own page, and which says in words that it is empty."""

    empty_words = ""
    table_classname = "listing own-list"

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator[Any]:
        """Count the rows by the words of this list, which need not be the model's own."""
        paginator: Paginator[Any] = super().get_paginator(*args, **kwargs)
        paginator.verbose_name = self.verbose_name  # type: ignore[attr-defined]
        paginator.verbose_name_plural = self.verbose_name_plural  # type: ignore[attr-defined]
        return paginator

    def link_column(self, name: str, **kwargs: Any) -> TitleColumn:
        """The first column: what stands in it leads to the page of the row, or where there is none, to its form."""

        def address(row: Model) -> str | None:
            return self.get_inspect_url(row) or self.get_edit_url(row)

        return self._get_title_column_class(TitleColumn)(name, get_url=address, **kwargs)

    def get_list_more_buttons(self, instance: Model) -> list[Any]:
        """No menu beside each row where all it would hold is the link that the row has already."""
        buttons: list[Any] = super().get_list_more_buttons(instance)
        return buttons if len(buttons) > 1 else []

    @property
    def no_results_message(self) -> str:
        if self.empty_words and not self.is_searching and not self.is_filtering:
            return self.empty_words
        return f"No {self.verbose_name_plural} match. Try fewer letters, or take a filter away."


class OwnPageViewSet(ModelViewSet):
    """Rows with a page of their own, under `<prefix>/<pk>/`. Besides looking, only what `allowed` names can be done.

    An address that is off does not exist, whatever permissions someone has. Nothing can be copied.
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    allowed: Sequence[str] = ()
    own_permissions: Sequence[str] = ()
    form_fields: Sequence[str] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        off = {f"{name}_url_name": None for name in ("add", "edit", "delete", "history", "usage")}
        kept = {f"{name}_url_name" for name in self.allowed}
        view_kwargs: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**view_kwargs, **{name: None for name in off if name not in kept}}

    def get_urlpatterns(self) -> list[URLPattern]:
        names = {"index", "index_results", *self.allowed}
        if "history" in self.allowed:
            names.add("history_results")
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in names]
        if self.inspect_view_enabled:
            kept.append(path(f"<{self.pk_path_converter}:pk>/", self.inspect_view, name="inspect"))
        return kept

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Only what can be done at all is offered in the form of a group."""
        verbs = [{"edit": "change"}.get(name, name) for name in self.allowed]
        return self.permissions_for(*verbs, *self.own_permissions, *(["view"] if self.inspect_view_enabled else []))

    def permissions_for(self, *verbs: str) -> QuerySet[Permission]:
        codenames = [f"{verb}_{self.model_name}" for verb in verbs]
        return Permission.objects.filter(
            content_type__app_label=self.app_label, content_type__model=self.model_name, codename__in=codenames
        )


class PageFilters(GenericPageFilterSet):
    """By kind and by who wrote it. Not by date: the head of its column sorts by it, and two calendars were a tenth of
    what a browser has to do for the list. Not by site: there is one."""

    latest_revision_created_at = None
    site = None


class PagesViewSet(PageViewSet):
    """The lists of pages: as many as a person looks through. Each row is a menu, a check box and three links, so that
    fifty of them took twice as long to open; what is further down is searched for."""

    model = Page
    list_per_page = 25
    filterset_class = PageFilters


# By their icons, which are the same in every language of the admin: the title of a row leads to the form, its state
# to the page, and the plus at its end makes the first page beneath.
IN_EVERY_ROW = {"edit", "doc-empty"}
FOR_PAGES_WITH_MORE_BENEATH = {"circle-plus", "list-ul"}


def shorten_row_menus(buttons: list[Any], page: Page, user: Any, context: Any = None) -> None:
    """Offer in the menu of a page's row what the row does not offer already: ninety links less in a list."""
    left_out = IN_EVERY_ROW if page.numchild else IN_EVERY_ROW | FOR_PAGES_WITH_MORE_BENEATH
    for menu in buttons:
        if isinstance(menu, ButtonWithDropdownFromHook):
            menu.dropdown_buttons = [one for one in menu.dropdown_buttons if one.icon_name not in left_out]

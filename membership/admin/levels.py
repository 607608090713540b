"""Levels and perks in the admin: prices in dollars, and no level deleted that somebody holds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic

from home.admin_lists import Listing, OwnPageViewSet, ToneColumn
from home.guide_panel import GuidePanel
from membership.admin.year import JoiningToday
from membership.models import Level, Perk
from membership.money import cents_from, dollars
from membership.timeline import GOOD, PLAIN


class DollarsField(forms.Field):
    """An amount written in dollars (`15.00`), kept in cents (1500)."""

    def prepare_value(self, value: Any) -> Any:
        """Cents become dollars; what someone typed stays as typed."""
        return dollars(value).removeprefix("$") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return cents_from(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class LevelForm(WagtailAdminModelForm):
    price_cents = DollarsField(
        label="Price in dollars",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="For example 15.00. For a free level write 0: nobody is sent to Stripe then. Who is on the join "
        "page when you change it is shown the new price before paying.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True


class LevelList(Listing):
    empty_words = "There is no level yet, so nobody can join. Add the first one."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("name"),
            Column("price", accessor=lambda level: "Free" if level.is_free else dollars(level.price_cents)),
            Column("lasts", accessor=lasts),
            ToneColumn(
                "joining",
                accessor=lambda level: "Open" if level.is_open else "Closed",
                tone=lambda level: GOOD if level.is_open else PLAIN,
            ),
        ]


def lasts(level: Level) -> str:
    if level.term == Level.Term.MONTHS:
        return f"{level.term_months} month{'' if level.term_months == 1 else 's'}"
    return str(level.get_term_display())


class LevelDelete(generic.DeleteView):
    """A level that somebody holds, or joined by, stays: their payments and cards name it."""

    http_method_names = ["get", "post", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal(request) or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refusal(request) or super().post(request, *args, **kwargs)

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        level: Level = self.object
        if not (level.signups.exists() or level.memberships.exists()):
            return None
        messages.error(
            request,
            f"{level.name} cannot be deleted: people joined by it, and their payments name it. To let nobody join at "
            "it any more, take the tick away from Open and save.",
        )
        return redirect(reverse(self.edit_url_name, args=[level.pk]))


class LevelViewSet(OwnPageViewSet):
    model = Level
    name = "levels"
    icon = "order"
    menu_label = "Levels"
    inspect_view_enabled = False
    allowed = ("add", "edit", "delete")
    index_view_class = LevelList
    delete_view_class = LevelDelete
    edit_handler = ObjectList(
        [
            JoiningToday(),
            GuidePanel("change-the-price", "How to change the price"),
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("slug", heading="Short name"),
                    FieldPanel("summary"),
                    FieldPanel("eligibility"),
                ],
                heading="What it is",
            ),
            MultiFieldPanel([FieldPanel("price_cents"), FieldPanel("is_open")], heading="Price"),
            MultiFieldPanel(
                [FieldPanel("term", widget=forms.RadioSelect), FieldPanel("term_months")],
                heading="How long it lasts",
                help_text="When the membership year ends is set once for all levels, in Membership settings.",
            ),
            FieldPanel("sort_order"),
        ],
        base_form_class=LevelForm,
    )


class PerkList(Listing):
    empty_words = "There are no perks yet. Add what members get: the join page shows it as a table."

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.link_column("title"),
            Column("levels", accessor=lambda perk: ", ".join(level.name for level in perk.levels.all())),
            Column("group", accessor="group"),
        ]

    def get_base_queryset(self) -> QuerySet[Perk]:
        return Perk.objects.prefetch_related("levels")


class PerkViewSet(OwnPageViewSet):
    model = Perk
    name = "perks"
    icon = "pick"
    menu_label = "Perks"
    inspect_view_enabled = False
    allowed = ("add", "edit", "delete")
    index_view_class = PerkList
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("note"),
            FieldPanel("levels", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("group"), FieldPanel("sort_order")]),
        ]
    )

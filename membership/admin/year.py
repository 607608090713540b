"""What the year's settings mean for someone who joins today, shown where executives change them."""

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from membership.models import Level, MembershipSettings
from membership.terms import last_day
from membership.timeline import long_date


def joining_today(row: Level | MembershipSettings) -> str:
    """What someone who joins today gets by that level, or by these settings at a level of the academic year."""
    today = timezone.localdate()
    if isinstance(row, MembershipSettings):
        last = row.year_end_after(today)
    else:
        until = last_day(row, today, MembershipSettings.load())
        if until is None:
            return "Someone who joins today is a member with no end."
        last = until
    return f"Someone who joins today is a member until {long_date(last)}."


class JoiningToday(Panel):
    """Says what the saved settings mean for someone who joins today. Not on what is only being made."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "membership_admin/joining_today.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "sentence": joining_today(self.instance)}


settings_form = ObjectList(
    [
        JoiningToday(),
        FieldPanel("joining_open"),
        FieldPanel("promotion_codes"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year_end_month"), FieldPanel("year_end_day")]),
                FieldPanel("early_days"),
            ],
            heading="The membership year",
            help_text="Who is a member already keeps the last day they were told. This counts for those who join "
            "from now on.",
        ),
    ]
)

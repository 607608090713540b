"""What a program's page is made of besides its fields: dates, steps, past projects."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import blocks

from home import words
from home.choosers import PictureChooserBlock
from home.days import in_words
from home.links import OptionalLinkBlock


class ProgramDateValue(blocks.StructValue):
    """What templates read: whether it is over, and until when it goes."""

    @property
    def last_day(self) -> date:
        return self.get("until") or self["day"]

    @property
    def is_over(self) -> bool:
        """From the midnight after it, in Toronto."""
        return self.last_day < timezone.localdate()

    @property
    def over_words(self) -> str:
        return words.OVER if self.is_over else ""

    @property
    def until_words(self) -> str:
        return words.UNTIL.format(day=in_words(self["until"])) if self.get("until") else ""

    @property
    def year(self) -> str:
        """The year, if it is not this one."""
        return "" if self["day"].year == timezone.localdate().year else str(self["day"].year)


class ProgramDateBlock(blocks.StructBlock):
    """A day, or the days from one to another, and what happens then."""

    day = blocks.DateBlock(help_text="The first day, if it is more than one.")
    until = blocks.DateBlock(required=False, help_text="Leave empty for a single day.")
    words = blocks.CharBlock(max_length=120, help_text="For example: You hear from us, yes or no.")

    class Meta:
        icon = "date"
        value_class = ProgramDateValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("until") and cleaned["until"] <= cleaned["day"]:
            raise blocks.StructBlockValidationError(
                block_errors={"until": ValidationError("This is not after the first day.")}
            )
        return cleaned


class ProjectBlock(blocks.StructBlock):
    """Something that came out of the program in another year."""

    title = blocks.CharBlock(max_length=80)
    year = blocks.IntegerBlock(min_value=1990, max_value=2100, help_text="For example: 2025.")
    text = blocks.TextBlock(max_length=280, help_text="What it does and for whom, in two sentences.")
    picture = PictureChooserBlock("card", required=False, help_text="Leave empty for a poster made from the title.")
    link = OptionalLinkBlock(help_text="Where to see it, if it can be seen.")

    class Meta:
        icon = "pick"

"""A link an executive sets: words, and a page of the site or an address elsewhere."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.choosers import PageChooserBlock

# Never javascript: or data:, whatever an editor pastes.
LEADS = re.compile(r"(https?://|mailto:|tel:|/|#)\S+")
ADDRESS = RegexValidator(
    rf"^{LEADS.pattern}$",
    "Begin with https://, with mailto: for a mail address, or with / for a place on this site.",
)


def leads_to(address: Any) -> str:
    """The address, if it is one that a link may have; empty otherwise, however it came to be stored."""
    return address if isinstance(address, str) and LEADS.fullmatch(address) else ""


class LinkValue(blocks.StructValue):
    """What templates read: `text`, `url` (empty when the page is gone or not published)."""

    @property
    def url(self) -> str:
        page = self.get("page")
        if page:
            return page.url or "" if page.live else ""
        return leads_to(self.get("address"))


class LinkBlock(blocks.StructBlock):
    """Words that lead to a page here or elsewhere."""

    text = blocks.CharBlock(
        max_length=60, help_text="The words to click. Say where they lead: See past projects, not Click here."
    )
    page = PageChooserBlock(required=False, help_text="A page of this site. It stays right when you move it.")
    address = blocks.CharBlock(
        required=False,
        max_length=300,
        label="or an address elsewhere",
        validators=[ADDRESS],
        help_text="Only if it is no page of this site, for example https://www.instagram.com/…",
    )

    class Meta:
        icon = "link"
        value_class = LinkValue
        form_classname = "struct-block"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError("Choose a page or give an address: one of the two.")}
            )
        return cleaned


class OptionalLinkBlock(LinkBlock):
    """The same, where there may be no link at all."""

    text = blocks.CharBlock(required=False, max_length=60, help_text="Leave empty for no link.")

    class Meta:
        icon = "link"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        if value.get("text"):
            return super().clean(value)
        return blocks.StructBlock.clean(self, value)

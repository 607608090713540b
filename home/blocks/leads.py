"""Blocks that lead on: whom to write to for what, and links and files for one purpose."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks.words import SectionValue
from home.choosers import DocumentChooserBlock, PageChooserBlock
from home.links import ADDRESS, OptionalLinkBlock, leads_to


class ContactBlock(blocks.StructBlock):
    """One reason to write, and who reads it."""

    title = blocks.CharBlock(
        max_length=60, help_text="The reason, as somebody would say it: I paid and heard nothing."
    )
    text = blocks.TextBlock(
        required=False, max_length=200, help_text="What to put in, and how soon somebody answers."
    )
    who = blocks.CharBlock(
        required=False,
        max_length=90,
        help_text="Who reads it, by role rather than name: roles stay, people graduate.",
    )
    mail = blocks.EmailBlock(required=False, label="mail address")
    link = OptionalLinkBlock(label="or a page that answers it")


class ContactsBlock(blocks.StructBlock):
    """Whom to write to for what."""

    heading = blocks.CharBlock(required=False, max_length=90)
    contacts = blocks.ListBlock(
        ContactBlock(), min_num=1, max_num=12, help_text="Four to six are read; twelve are not."
    )

    class Meta:
        icon = "mail"
        template = "blocks/contacts.html"
        value_class = SectionValue
        group = "Lists"
        description = "Whom to write to for what: a card for each reason, with a mail address or a page that answers."
        preview_value: dict[str, Any] = {
            "heading": "Whom to write to",
            "contacts": [
                {"title": "I have a question", "text": "We answer within two days.", "mail": "hello@wits.example"},
                {"title": "My company would like to help", "who": "Sponsorship", "mail": "hello@wits.example"},
                {"title": "I paid and heard nothing", "who": "Finance", "mail": "hello@wits.example"},
            ],
        }


class LeadValue(blocks.StructValue):
    """What templates read: `url`, empty where it leads nowhere any more, and `note`, what one will meet there."""

    @property
    def url(self) -> str:
        page, document = self.get("page"), self.get("document")
        if page:
            return (page.url or "") if page.live else ""
        return document.url if document else leads_to(self.get("address"))

    @property
    def note(self) -> str:
        document = self.get("document")
        if document:
            return str(document.file_extension).upper()
        return (urlsplit(leads_to(self.get("address"))).hostname or "").removeprefix("www.")


class LeadBlock(blocks.StructBlock):
    """A page here, a page elsewhere or a file."""

    title = blocks.CharBlock(max_length=90)
    text = blocks.TextBlock(required=False, max_length=200, help_text="Why it is worth a click, in a sentence.")
    page = PageChooserBlock(required=False, help_text="A page of this site.")
    document = DocumentChooserBlock(required=False, label="or a file")
    address = blocks.CharBlock(required=False, max_length=300, label="or an address elsewhere", validators=[ADDRESS])

    class Meta:
        value_class = LeadValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("page", "document", "address")) != 1:
            message = "Choose a page or a file, or give an address: one of the three."
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return cleaned


class LeadsValue(SectionValue):
    """What templates read besides: whether any of them still leads somewhere."""

    @property
    def has_leads(self) -> bool:
        return any(lead.url for lead in self.get("leads") or ())


class LeadsBlock(blocks.StructBlock):
    """Links and files for one purpose."""

    heading = blocks.CharBlock(max_length=90, help_text="What they are for: Your first résumé.")
    text = blocks.TextBlock(required=False, max_length=240, label="line under it")
    leads = blocks.ListBlock(LeadBlock(), min_num=1, max_num=15, label="links and files")

    class Meta:
        icon = "link"
        template = "blocks/leads.html"
        value_class = LeadsValue
        group = "Lists"
        label = "Links and files"
        description = "Links and files for one purpose, each with a line that says why it is worth a click."
        preview_value: dict[str, Any] = {
            "heading": "Your first résumé",
            "leads": [
                {
                    "title": "A résumé that fits on one page",
                    "text": "With three verbs to begin.",
                    "address": "/resources/",
                },
                {"title": "How others began", "text": "Eleven first jobs.", "address": "https://medium.com/"},
            ],
        }

"""Blocks for running text: sections, pictures, quotes, steps, a call to do something."""

from typing import Any

from django.utils.text import slugify
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from home.drawings import PORTRAIT_DRAWINGS, choices
from home.links import LinkBlock

# What the editor of running text offers. Headings of the second level are the section's own field.
TEXT_FEATURES = ["h3", "bold", "italic", "link", "document-link", "ol", "ul"]
SHORT_FEATURES = ["bold", "italic", "link"]

QUOTE = {
    "words": "My mentor read my résumé out loud to me. I changed every verb, and got the co-op.",
    "name": "Noor Haddad",
    "about": "Third year, Software Engineering",
    "portrait": "portrait-3",
}


class SectionValue(blocks.StructValue):
    """A section's anchor, made from its heading, for the list of contents beside the text."""

    @property
    def anchor(self) -> str:
        return slugify(self.get("heading") or "") or "section"


class SectionBlock(blocks.StructBlock):
    """A heading and the text under it."""

    heading = blocks.CharBlock(
        required=False,
        max_length=90,
        help_text="Leave empty for text without a heading. Three headings or more make a list of contents.",
    )
    text = blocks.RichTextBlock(features=TEXT_FEATURES, help_text="Short paragraphs are read; long ones are not.")

    class Meta:
        icon = "pilcrow"
        template = "blocks/section.html"
        value_class = SectionValue
        group = "Words"
        description = "A heading and the text under it: what most pages are made of."
        preview_value = {
            "heading": "What you’ll do",
            "text": "<p>You’ll build a tiny program that reads your schedule and tells you when you can nap.</p>",
        }


class PictureBlock(blocks.StructBlock):
    """An uploaded picture as wide as the text."""

    picture = ImageChooserBlock(help_text="Its description is read aloud to people who do not see it.")
    caption = blocks.CharBlock(required=False, max_length=200, help_text="A line under it, if it needs one.")

    class Meta:
        icon = "image"
        template = "blocks/picture.html"
        group = "Pictures"
        description = "A photo as wide as the text, with who took it."


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    words = blocks.TextBlock(max_length=400, help_text="Without quotation marks: the page draws them.")
    name = blocks.CharBlock(max_length=80)
    about = blocks.CharBlock(
        required=False, max_length=120, help_text="For example: Third year, Software Engineering."
    )
    portrait = blocks.ChoiceBlock(
        choices=choices(PORTRAIT_DRAWINGS), required=False, help_text="A drawn person, where there is no photo."
    )
    picture = ImageChooserBlock(required=False, label="or a photo")

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        group = "Words"
        description = "Somebody’s own words, with a drawn portrait or a photo."
        preview_value = QUOTE


class StepBlock(blocks.StructBlock):
    """One of several steps."""

    title = blocks.CharBlock(max_length=60)
    text = blocks.TextBlock(max_length=240)


class StepsBlock(blocks.StructBlock):
    """What happens first, second, third."""

    heading = blocks.CharBlock(required=False, max_length=90)
    steps = blocks.ListBlock(StepBlock(), min_num=2, max_num=6)

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        value_class = SectionValue
        group = "Words"
        description = "Two to six numbered steps: what happens first, and then."
        preview_value = {
            "heading": "What happens next",
            "steps": [
                {"title": "You apply", "text": "Ten questions, no cover letter."},
                {"title": "We pair you", "text": "By what you want to learn, not by your marks."},
                {"title": "You meet", "text": "Every other week, and you set the agenda."},
            ],
        }


class CallBlock(blocks.StructBlock):
    """A box that asks for one thing."""

    heading = blocks.CharBlock(max_length=90)
    text = blocks.TextBlock(required=False, max_length=240)
    link = LinkBlock()

    class Meta:
        icon = "pick"
        template = "blocks/call.html"
        group = "Words"
        description = "A coloured box that asks for one thing, with a button."
        preview_value: dict[str, Any] = {
            "heading": "Want a mentor?",
            "text": "Applications open in September.",
            "link": {"text": "Apply", "address": "#", "page": None},
        }


WORDS = [("section", SectionBlock()), ("quote", QuoteBlock()), ("steps", StepsBlock())]
PAGE_BODY = [*WORDS, ("picture", PictureBlock()), ("call", CallBlock())]

"""Blocks for running text: headings, sections, quotes, steps, questions, a call to do something."""

from typing import Any

from django.utils.text import slugify
from wagtail import blocks

from home.choosers import LinkedTextBlock, PictureChooserBlock
from home.drawings import portrait_choices
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
    """A section's anchor, made from its heading, for the list of contents; `nth` tells equal ones apart.

    `level` is that of the headings inside: of the second where neither the section nor one before it has a heading.
    """

    nth = 1
    level = 3

    @property
    def anchor(self) -> str:
        words = slugify(self.get("heading") or "") or "section"
        return words if self.nth == 1 else f"{words}-{self.nth}"


class HeadingBlock(blocks.StructBlock):
    """A heading by itself, over blocks that have none."""

    heading = blocks.CharBlock(max_length=90)
    text = blocks.TextBlock(required=False, max_length=240, label="line under it")

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        value_class = SectionValue
        group = "Words"
        description = "A heading, with a line under it if you like, over the blocks that follow."
        preview_value = {"heading": "What we’re working on", "text": "Three things this term, and one for fun."}


class ProseBlock(LinkedTextBlock):
    """Text without a heading. What the editor offers is narrow, so that every page keeps the site's own look."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        template = "blocks/rich_text.html"
        label = "Text"
        group = "Words"
        description = "Text without a heading: paragraphs, small headings, lists and links."
        help_text = "Paste as plain text (Ctrl+Shift+V), so that nothing of another program’s look comes along."
        preview_value = "<p>Bring a laptop, or share one. <b>Nobody checks</b> whether you finished the reading.</p>"


class SectionBlock(blocks.StructBlock):
    """A heading and the text under it."""

    heading = blocks.CharBlock(
        required=False,
        max_length=90,
        help_text="Leave empty for text without a heading. Three headings or more make a list of contents.",
    )
    text = LinkedTextBlock(features=TEXT_FEATURES, help_text="Short paragraphs are read; long ones are not.")

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


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    words = blocks.TextBlock(max_length=400, help_text="Without quotation marks: the page draws them.")
    name = blocks.CharBlock(max_length=80)
    about = blocks.CharBlock(
        required=False, max_length=120, help_text="For example: Third year, Software Engineering."
    )
    portrait = blocks.ChoiceBlock(
        choices=portrait_choices, required=False, help_text="A drawn person, where there is no photo."
    )
    picture = PictureChooserBlock("voice", required=False, label="or a photo")

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


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=160, help_text="As somebody would ask it.")
    answer = LinkedTextBlock(features=TEXT_FEATURES, help_text="Begin with the answer, explain after.")


class FaqBlock(blocks.StructBlock):
    """Questions whose answers open on a click."""

    heading = blocks.CharBlock(required=False, max_length=90)
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, max_num=40)

    class Meta:
        icon = "help"
        template = "blocks/faq.html"
        value_class = SectionValue
        group = "Words"
        label = "Questions"
        description = "Questions people ask; each answer opens on a click."
        preview_value: dict[str, Any] = {
            "heading": "Before you ask",
            "questions": [
                {"question": "Do I have to study computer science?", "answer": "<p>No. A third of us don’t.</p>"},
                {"question": "Can I come alone?", "answer": "<p>Most people do, once.</p>"},
                {"question": "What does it cost?", "answer": "<p>Most events cost nothing.</p>"},
            ],
        }


WORDS = [("section", SectionBlock()), ("quote", QuoteBlock()), ("steps", StepsBlock())]

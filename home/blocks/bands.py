"""Bands of the home page. Each has a colour of its own and draws its wave over the band before it."""

from typing import Any

from wagtail import blocks

from home import registry
from home.blocks.lists import next_events
from home.blocks.words import QUOTE, SHORT_FEATURES, TEXT_FEATURES, QuoteBlock
from home.choosers import LinkedTextBlock, PictureChooserBlock
from home.drawings import open_choices, scene_choices
from home.links import OptionalLinkBlock
from home.partners.lists import partners_today
from home.tones import BRIGHT_TONES, LIGHT_TONES
from home.visits import once, request_of


class NextEventsBlock(blocks.StructBlock):
    """The next events. They come from the event pages and step aside by themselves when they are over."""

    heading = blocks.CharBlock(max_length=90, default="Next things to show up for")
    text = blocks.TextBlock(required=False, max_length=200)
    count = blocks.IntegerBlock(min_value=1, max_value=6, default=3, label="how many")
    link = OptionalLinkBlock(label="Link to all events")
    when_empty = blocks.TextBlock(
        max_length=240,
        default="Nothing on the calendar right now. We’re probably planning, or writing exams. Come back soon.",
        help_text="Stands here while no event is coming.",
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["events"] = next_events(parent_context, value["count"])
        return context

    class Meta:
        icon = "date"
        template = "blocks/next_events.html"
        tone = "navy"
        group = "Bands"
        description = "The next events, always up to date. Nothing to write but the heading."
        preview_value = {"heading": "Next three things to show up for", "text": "Come alone.", "count": 3}


class FeatureBlock(blocks.StructBlock):
    """One thing the club does."""

    title = blocks.CharBlock(max_length=60)
    text = LinkedTextBlock(features=SHORT_FEATURES)
    drawing = blocks.ChoiceBlock(choices=scene_choices, required=False, help_text="Its colour comes with it.")
    picture = PictureChooserBlock("scene", required=False, label="or a photo")
    link = OptionalLinkBlock()


class FeaturesBlock(blocks.StructBlock):
    """What the club does, with pictures: the first one large, the others in threes."""

    heading = blocks.CharBlock(max_length=90)
    features = blocks.ListBlock(FeatureBlock(), min_num=1, max_num=7, help_text="The first one is shown large.")
    tone = blocks.ChoiceBlock(choices=LIGHT_TONES, default="cream", label="colour")

    class Meta:
        icon = "grip"
        template = "blocks/features.html"
        group = "Bands"
        description = "What the club does, with pictures: one large, then up to six small."
        preview_value = {
            "heading": "Come for the cookies, stay for the people",
            "tone": "cream",
            "features": [
                {
                    "title": "Ada, a mentor of your own",
                    "text": "<p>We pair you with someone two steps ahead.</p>",
                    "drawing": "mentor",
                },
                {
                    "title": "Hack with Heart",
                    "text": "<p>Eight weeks, one team, one charity.</p>",
                    "drawing": "heart",
                },
            ],
        }


class QuotesBlock(blocks.StructBlock):
    """Members in their own words: the first one large."""

    heading = blocks.CharBlock(
        max_length=90, default="Members, in their own words", help_text="Read aloud by screen readers, not shown."
    )
    quotes = blocks.ListBlock(QuoteBlock(), min_num=1, max_num=5, help_text="The first one is shown large.")
    tone = blocks.ChoiceBlock(choices=BRIGHT_TONES, default="mint", label="colour")

    class Meta:
        icon = "openquote"
        template = "blocks/quotes.html"
        group = "Bands"
        description = "Members in their own words, on a whole band of colour."
        preview_value = {
            "heading": "Members, in their own words",
            "tone": "mint",
            "quotes": [QUOTE],
        }


class PartnersBlock(blocks.StructBlock):
    """Who supports the club. The partners come from the admin's menu, and leave when their agreement ends."""

    heading = blocks.CharBlock(max_length=90)
    text = blocks.TextBlock(required=False, max_length=240)
    link = OptionalLinkBlock()
    count = blocks.IntegerBlock(
        min_value=1, max_value=40, default=12, label="at most how many", help_text="The highest tiers stand first."
    )
    when_empty = blocks.TextBlock(
        max_length=240,
        default="This year’s partners are still reading our email. You could be the first.",
        help_text="Stands here while there is no partner.",
    )
    tone = blocks.ChoiceBlock(choices=LIGHT_TONES, default="paper", label="colour")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        count = value["count"]
        context["partners"] = once(
            request_of(parent_context), f"{count} partners", lambda: list(partners_today()[:count])
        )
        return context

    class Meta:
        icon = "group"
        template = "blocks/partners.html"
        group = "Bands"
        description = "Today’s partners, from Partners in the menu. Nothing to write but the heading."
        preview_value = {
            "heading": "They open doors, you walk in",
            "tone": "paper",
            "count": 12,
            "when_empty": "This year’s partners are still reading our email. You could be the first.",
        }


class TextBandBlock(blocks.StructBlock):
    """A heading and some text on a band."""

    heading = blocks.CharBlock(max_length=90)
    text = LinkedTextBlock(features=TEXT_FEATURES)
    link = OptionalLinkBlock()
    tone = blocks.ChoiceBlock(choices=[*LIGHT_TONES, *BRIGHT_TONES], default="yellow", label="colour")

    class Meta:
        icon = "pilcrow"
        template = "blocks/text_band.html"
        group = "Bands"
        description = "A heading with text beside it, on a band of any colour."
        preview_value = {
            "heading": "New here?",
            "tone": "yellow",
            "text": "<p>So was everyone. Come to any Cookies &amp; Code, sit anywhere, ask anything.</p>",
        }


class JoinCallBlock(blocks.StructBlock):
    """The last band: join. Prices come from the membership levels."""

    heading = blocks.CharBlock(max_length=90, default="There’s a seat with your name on it")
    text = blocks.TextBlock(required=False, max_length=240)
    link = OptionalLinkBlock(label="Button")
    drawing = blocks.ChoiceBlock(choices=open_choices, default="members", required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["offers"] = once(request_of(parent_context), "offers", registry.offers)
        return context

    class Meta:
        icon = "user"
        template = "blocks/join_call.html"
        tone = "salmon"
        group = "Bands"
        description = "Join us: a large heading, today’s prices, a button and a drawing. Best as the last band."
        preview_value = {"heading": "There’s a seat with your name on it", "drawing": "members"}


HOME_BANDS = [
    ("next_events", NextEventsBlock()),
    ("features", FeaturesBlock()),
    ("quotes", QuotesBlock()),
    ("partners", PartnersBlock()),
    ("text", TextBandBlock()),
    ("join_call", JoinCallBlock()),
]

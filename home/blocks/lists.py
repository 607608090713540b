"""Blocks that show several of something: cards, people, logos, figures, events, files."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from home import registry, words
from home.blocks.words import SectionValue
from home.choosers import DocumentChooserBlock, PictureChooserBlock
from home.drawings import portrait_choices
from home.links import OptionalLinkBlock, leads_to
from home.partners.lists import partners_today
from home.registry import EventRow
from home.visits import once, request_of


class CardBlock(blocks.StructBlock):
    """One thing, with a picture of it or a poster made from its title."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(required=False, max_length=240)
    picture = PictureChooserBlock("card", required=False, help_text="Leave empty for a poster made from the title.")
    link = OptionalLinkBlock()


class CardsBlock(blocks.StructBlock):
    """Things side by side."""

    heading = blocks.CharBlock(required=False, max_length=90)
    cards = blocks.ListBlock(CardBlock(), min_num=1, max_num=12)
    look = blocks.ChoiceBlock(
        choices=[("pictures", "With pictures or posters"), ("words", "Words only")], default="pictures"
    )

    class Meta:
        icon = "grip"
        template = "blocks/cards.html"
        value_class = SectionValue
        group = "Lists"
        description = "Up to twelve things side by side, with pictures, posters or words only."
        preview_value: dict[str, Any] = {
            "heading": "Three ways in",
            "look": "pictures",
            "cards": [
                {"title": "Come to Cookies & Code", "text": "Homework gets done and nobody minds crumbs."},
                {"title": "Find a mentor", "text": "Someone two steps ahead, every other week."},
                {"title": "Tell your story", "text": "On the blog, or at the microphone."},
            ],
        }


class PersonBlock(blocks.StructBlock):
    """A person."""

    name = blocks.CharBlock(max_length=80)
    role = blocks.CharBlock(required=False, max_length=90)
    about = blocks.TextBlock(required=False, max_length=240)
    picture = PictureChooserBlock("portrait", required=False, label="photo", help_text="Only with their consent.")
    portrait = blocks.ChoiceBlock(
        choices=portrait_choices,
        required=False,
        label="or a drawn person",
        help_text="With neither, a poster is made from the name.",
    )
    link = OptionalLinkBlock(help_text="For example their LinkedIn page, or their own site.")


class PeopleBlock(blocks.StructBlock):
    """People with their portraits."""

    heading = blocks.CharBlock(required=False, max_length=90)
    people = blocks.ListBlock(PersonBlock(), min_num=1, max_num=48)

    class Meta:
        icon = "group"
        template = "blocks/people.html"
        value_class = SectionValue
        group = "Lists"
        description = "People with a photo, a drawn portrait or a poster each."
        preview_value: dict[str, Any] = {
            "heading": "Who’s teaching",
            "people": [
                {"name": "Camille Okonjo-Reyes", "role": "Backend engineer", "portrait": "portrait-6"},
                {"name": "Ines Baptiste", "role": "Fourth year, Computer Science", "portrait": "portrait-5"},
                {"name": "Bea Lindqvist", "role": "Fourth year, Film"},
            ],
        }


class PartnerValue(blocks.StructValue):
    """What templates read: `url`, as a partner of the club's has it."""

    @property
    def url(self) -> str:
        return leads_to(self.get("address"))


class PartnerBlock(blocks.StructBlock):
    """A company or group."""

    name = blocks.CharBlock(max_length=60)
    logo = PictureChooserBlock("logo", required=False, help_text="Leave empty to show the name in large letters.")
    address = blocks.URLBlock(required=False, help_text="Their website.")

    class Meta:
        icon = "group"
        value_class = PartnerValue


class LogosBlock(blocks.StructBlock):
    """Logos, or names in large letters: those below, or today's partners."""

    heading = blocks.CharBlock(required=False, max_length=90)
    text = blocks.TextBlock(required=False, max_length=240)
    whose = blocks.ChoiceBlock(
        choices=[("these", "Those below"), ("partners", "Today’s partners, from Partners in the menu")],
        default="these",
        label="whose logos",
    )
    logos = blocks.ListBlock(PartnerBlock(), min_num=0, max_num=40)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["partners"] = value["logos"]
        if value.get("whose") == "partners":
            context["partners"] = once(request_of(parent_context), "partners", lambda: list(partners_today()))
        return context

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["whose"] == "these" and not cleaned["logos"]:
            raise blocks.StructBlockValidationError(
                block_errors={"whose": ValidationError("Add the first logo below, or show today’s partners.")}
            )
        return cleaned

    class Meta:
        icon = "group"
        template = "blocks/logos.html"
        value_class = SectionValue
        group = "Lists"
        description = "Logos of companies or groups: places where members have worked, or today’s partners."
        preview_value: dict[str, Any] = {
            "heading": "Where we’ve worked",
            "whose": "these",
            "logos": [{"name": "Northpine"}, {"name": "Tidewater Labs"}, {"name": "Kestrel"}, {"name": "halfmoon"}],
        }


class FigureBlock(blocks.StructBlock):
    """A number and what it counts."""

    number = blocks.CharBlock(max_length=12, help_text="As it should look: 312, 1 in 3, $4,200.")
    label = blocks.CharBlock(max_length=90, help_text="What it counts, and when: members last year.")


class StatisticsBlock(blocks.StructBlock):
    """A few large numbers."""

    heading = blocks.CharBlock(required=False, max_length=90)
    figures = blocks.ListBlock(FigureBlock(), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        template = "blocks/statistics.html"
        value_class = SectionValue
        group = "Lists"
        description = "One to six large numbers, each with what it counts."
        preview_value: dict[str, Any] = {
            "heading": "Last year",
            "figures": [
                {"number": "312", "label": "members"},
                {"number": "41", "label": "evenings in a room together"},
                {"number": "2,900", "label": "cookies, roughly"},
            ],
        }


class PerksBlock(blocks.StructBlock):
    """What each membership level brings. The table comes from the levels and perks themselves."""

    heading = blocks.CharBlock(max_length=90, default="What you get")
    text = blocks.TextBlock(required=False, max_length=240)
    link = OptionalLinkBlock(label="Button")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["offers"] = once(request_of(parent_context), "perks", registry.perks)
        return context

    class Meta:
        icon = "table"
        template = "blocks/perks.html"
        value_class = SectionValue
        group = "Lists"
        label = "Perks table"
        description = "What each level brings, always as in Members > Perks. Nothing to write but the heading."
        preview_value = {"heading": "What you get", "text": "Every level gets you through the door."}


MOST_EVENTS = 12


def next_events(parent_context: dict[str, Any] | None, count: int) -> Sequence[EventRow]:
    """The next events, at most `count`; blocks that show some of them ask for them together."""
    request = request_of(parent_context)
    return once(request, "events", lambda: registry.upcoming(request, MOST_EVENTS))[:count]


class EventListBlock(blocks.StructBlock):
    """The next events. They step aside by themselves when they are over."""

    heading = blocks.CharBlock(max_length=90, default="Coming up")
    count = blocks.IntegerBlock(min_value=1, max_value=MOST_EVENTS, default=3, label="how many")
    link = OptionalLinkBlock(label="Link to all events")
    when_empty = blocks.TextBlock(
        max_length=240,
        default="Nothing on the calendar right now. Come back soon.",
        help_text="Stands here while no event is coming.",
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["events"] = next_events(parent_context, value["count"])
        return context

    class Meta:
        icon = "date"
        template = "blocks/event_list.html"
        value_class = SectionValue
        group = "Lists"
        label = "Next events"
        description = "The next events, always up to date. Nothing to write but the heading."
        preview_value = {"heading": "Coming up", "count": 3, "when_empty": "Nothing on the calendar right now."}


class MediaLinkValue(blocks.StructValue):
    """The kind and the place in words; `url` is empty where it leads nowhere."""

    @property
    def url(self) -> str:
        return leads_to(self.get("address"))

    @property
    def kind_words(self) -> str:
        return words.READ if self.get("kind") == "article" else words.LISTEN

    @property
    def found_on(self) -> str:
        return words.FOUND_ON.format(place=self.get("source") or "")


class MediaLinkBlock(blocks.StructBlock):
    """Something to hear or read elsewhere."""

    kind = blocks.ChoiceBlock(choices=[("podcast", "Podcast"), ("article", "Article")], default="podcast")
    title = blocks.CharBlock(max_length=110)
    source = blocks.CharBlock(max_length=40, help_text="Where it leads: Spotify, Medium, the Gazette.")
    address = blocks.URLBlock(help_text="Its address there.")
    text = blocks.TextBlock(required=False, max_length=240)
    length = blocks.CharBlock(required=False, max_length=30, help_text="For example: 34 minutes.")

    class Meta:
        icon = "link-external"
        template = "blocks/media_link.html"
        value_class = MediaLinkValue
        group = "Lists"
        label = "Podcast or article"
        description = "Something to hear or read elsewhere, such as on Spotify or Medium."
        preview_value = {
            "kind": "podcast",
            "title": "The failed midterm, and what came after",
            "source": "Spotify",
            "address": "https://open.spotify.com/",
            "text": "Robin talks to Temi about the worst mark of her life.",
            "length": "34 minutes",
        }


class FileBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(max_length=110)
    document = DocumentChooserBlock(help_text="PDF, Word or Excel. A page of the site is easier to read on a phone.")
    text = blocks.TextBlock(required=False, max_length=240)

    class Meta:
        icon = "doc-full"
        template = "blocks/file.html"
        preview_template = "blocks/previews/file.html"
        group = "Lists"
        description = "A file to download, with its kind and size."

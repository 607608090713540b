"""What stands on every page: the club's name, the announcement, the menu and the footer."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from home.announcement import Announcement
from home.errors.settings import ErrorWords
from home.links import LinkBlock
from home.profiles import ProfileBlock
from home.search.settings import SearchWords
from home.site_tabs import TABS

# So many letters of seven links and the button stand in one line, at the narrowest width that shows the menu.
MENU_LETTERS = 56

LEADS_TO_ITSELF = "“{}” leads to where its visitor is already: the menu stands on every page. Choose a page for it."


class MenuLinkBlock(LinkBlock):
    """A link of the menu: one or two words."""

    text = blocks.CharBlock(max_length=20, help_text="One word is best: Events, Stories, Team.")


class FooterColumnBlock(blocks.StructBlock):
    """A titled list of links in the footer."""

    title = blocks.CharBlock(max_length=40, help_text="For example: The club.")
    links = blocks.ListBlock(LinkBlock(), max_num=8)

    class Meta:
        icon = "list-ul"


@register_setting(icon="cog", order=100)
class SiteSettings(Announcement, SearchWords, ErrorWords, BaseGenericSetting):
    """One row for the whole site; executives find it under Settings > The site."""

    # Fields
    name = models.CharField("short name", max_length=40, default="WITS", help_text="Stands after every page's title.")
    full_name = models.CharField(max_length=120, default="Women in Technology Society")
    place = models.CharField(max_length=120, default="Western University", help_text="Under the name in the footer.")
    description = models.CharField(
        max_length=160,
        default="A club for women+ in tech at Western University: events, mentorship and friends.",
        help_text="What search engines and shared links say of pages that have no description of their own.",
    )
    menu = StreamField(
        [("link", MenuLinkBlock())],
        blank=True,
        max_num=7,
        help_text="The links at the top of every page, in this order. Five or six short ones fit well.",
    )
    join_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="join page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Where the button at the top right leads. Leave empty for no button.",
    )
    join_label = models.CharField("words on the button", max_length=20, default="Join")
    footer = StreamField([("column", FooterColumnBlock())], blank=True, max_num=3, help_text="Two columns fit best.")
    profiles_title = models.CharField("heading", max_length=40, default="Elsewhere")
    profiles = StreamField(
        [("profile", ProfileBlock())],
        blank=True,
        max_num=8,
        verbose_name="the club’s pages",
        help_text="Instagram, LinkedIn and the like, as a column of the footer. Search engines are told of them too.",
    )
    contact_title = models.CharField(max_length=40, default="Say hi", help_text="Above the mail and street address.")
    email = models.EmailField("mail address", blank=True, default="wits.uwo@gmail.com")
    address = models.TextField(
        "street address", blank=True, max_length=300, default="1151 Richmond St\nLondon, ON N6A 3K7"
    )
    map_link = models.URLField(
        "link to a map",
        max_length=300,
        blank=True,
        help_text="Of OpenStreetMap or Google Maps, for example. The street address then leads to it.",
    )
    footer_note = models.CharField(
        max_length=200,
        blank=True,
        default="Made by members, for whoever comes next. Women+ includes non-binary people, always.",
        help_text="The last line of every page.",
    )
    share_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown where someone shares a page that has no picture of its own. 1200 by 630 fits well.",
    )

    # Panels
    edit_handler = TABS

    picture_places: ClassVar[dict[str, tuple[str, ...]]] = {"share_picture": ("share",)}

    class Meta:
        verbose_name = "the site"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a menu that would not stand in one line, and a link of it that leads nowhere else."""
        super().clean()
        for item in self.menu:
            if str(item.value.get("address") or "").startswith("#"):
                raise ValidationError({"menu": LEADS_TO_ITSELF.format(item.value["text"])})
        letters = sum(len(item.value["text"]) for item in self.menu) + len(self.join_label)
        if letters > MENU_LETTERS:
            words = (
                f"This does not fit in one line: the menu and the button have {letters} letters, and there is room "
                f"for {MENU_LETTERS}. Shorten some words, or move a link to the footer."
            )
            raise ValidationError({"menu": words})

"""What stands on every page: the club's name, the menu and the footer."""

from django.conf import settings
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from home.links import LinkBlock


class FooterColumnBlock(blocks.StructBlock):
    """A titled list of links in the footer."""

    title = blocks.CharBlock(max_length=40, help_text="For example: The club.")
    links = blocks.ListBlock(LinkBlock(), max_num=8)

    class Meta:
        icon = "list-ul"


@register_setting(icon="cog", order=100)
class SiteSettings(BaseGenericSetting):
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
        [("link", LinkBlock())],
        blank=True,
        max_num=7,
        help_text="The links at the top of every page, in this order. Five or six fit well.",
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
    contact_title = models.CharField(max_length=40, default="Say hi", help_text="Above the mail and street address.")
    email = models.EmailField("mail address", blank=True, default="wits.uwo@gmail.com")
    address = models.TextField(
        "street address", blank=True, max_length=300, default="1151 Richmond St\nLondon, ON N6A 3K7"
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
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("name"), FieldPanel("full_name"), FieldPanel("place")], "Name"),
                    FieldPanel("description"),
                    FieldPanel("share_picture"),
                ],
                heading="Club",
            ),
            ObjectList(
                [
                    FieldPanel("menu"),
                    MultiFieldPanel([FieldPanel("join_page"), FieldPanel("join_label")], "Button"),
                ],
                heading="Menu",
            ),
            ObjectList(
                [
                    FieldPanel("footer"),
                    MultiFieldPanel(
                        [FieldPanel("contact_title"), FieldPanel("email"), FieldPanel("address")], "Contact"
                    ),
                    FieldPanel("footer_note"),
                ],
                heading="Footer",
            ),
        ]
    )

    # One query instead of two: the button needs the join page on every page.
    select_related = ["join_page"]

    class Meta:
        verbose_name = "the site"

    def __str__(self) -> str:
        return self.name

    @property
    def join_url(self) -> str:
        """Where the button leads; empty without a published page."""
        return (self.join_page.url or "") if self.join_page and self.join_page.live else ""

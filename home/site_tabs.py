"""How the form of the site's settings is laid out."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from home.guide_panel import GuidePanel

CLUB = [
    MultiFieldPanel([FieldPanel("name"), FieldPanel("full_name"), FieldPanel("place")], "Name"),
    FieldPanel("description"),
    FieldPanel("share_picture"),
]

ANNOUNCEMENT = [
    GuidePanel("announce-something", "How to put an announcement on every page"),
    MultiFieldPanel(
        [FieldPanel("announcement"), FieldPanel("announcement_link"), FieldPanel("announcement_tone")],
        "A bar above every page",
        help_text="For what everybody should know this week. Without words there is no bar.",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("announcement_from"), FieldPanel("announcement_until")])],
        "When it shows",
        help_text="It comes and goes by itself, to the minute, in London’s (Ontario) time.",
    ),
]

MENU = [
    GuidePanel("change-the-menu", "How to change the menu and the footer"),
    FieldPanel("menu"),
    MultiFieldPanel([FieldPanel("join_page"), FieldPanel("join_label")], "Button"),
]

FOOTER = [
    FieldPanel("footer"),
    MultiFieldPanel([FieldPanel("profiles_title"), FieldPanel("profiles")], "The club elsewhere"),
    MultiFieldPanel(
        [FieldPanel("contact_title"), FieldPanel("email"), FieldPanel("address"), FieldPanel("map_link")], "Contact"
    ),
    FieldPanel("footer_note"),
]

SEARCH = [
    MultiFieldPanel([FieldPanel("search_title"), FieldPanel("search_hint")], "Top of the page"),
    MultiFieldPanel([FieldPanel("search_none"), FieldPanel("search_none_text")], "Where nothing was found"),
    MultiFieldPanel(
        [FieldPanel("search_begin"), FieldPanel("search_pages"), FieldPanel("search_words")],
        "Suggestions",
        help_text="Shown before anybody searched, and where nothing was found.",
    ),
]

ERRORS = [
    MultiFieldPanel(
        [FieldPanel("missing_title"), FieldPanel("missing_text"), FieldPanel("missing_links")],
        "When a page is not there",
        help_text="Under these words stands a field to search the site.",
    ),
    MultiFieldPanel(
        [FieldPanel("broken_title"), FieldPanel("broken_text")],
        "When the site itself is broken",
        help_text="Shown when nothing else works, so it can hold words only.",
    ),
    FieldPanel("home_label"),
]

TABS = TabbedInterface(
    [
        ObjectList(CLUB, heading="Club"),
        ObjectList(ANNOUNCEMENT, heading="Announcement"),
        ObjectList(MENU, heading="Menu"),
        ObjectList(FOOTER, heading="Footer"),
        ObjectList(SEARCH, heading="Search"),
        ObjectList(ERRORS, heading="When something is wrong"),
    ]
)

"""A demonstration site: what a full one looks like, with invented people and companies."""

from typing import Any

from wagtail.models import Page

from home.albums import demo as albums_demo
from home.demo_frame import link, make_frame
from home.demo_pages import PAGES
from home.first_content import ensure_first_content
from home.first_small_print import ensure_small_print
from home.forms import demo as forms_demo
from home.home_page import HomePage
from home.opportunities import demo as opportunities_demo
from home.partners import demo as partners_demo
from home.people import demo as people_demo
from home.programs import demo as programs_demo
from home.site_settings import SiteSettings
from home.standard_page import StandardPage
from home.stories import demo as stories_demo


def make_pages(home: HomePage) -> dict[str, Page]:
    """The demonstration's pages by slug; those that are there stay as they are."""
    forms = forms_demo.make_demo(home)
    initiatives = programs_demo.make_demo(home, apply=forms["apply-for-ada"])
    partners = partners_demo.make_demo(home, call=forms["become-a-partner"])
    opportunities = opportunities_demo.make_demo(home)
    albums = albums_demo.make_demo(home)
    pages = {
        **ensure_small_print(),
        **forms,
        "opportunities": opportunities,
        "albums": albums,
        "initiatives": initiatives,
        "partners": partners,
        **programs_demo.pages_by_slug(initiatives),
    }
    for words in PAGES:
        fields = {name: value for name, value in words.items() if name != "under"}
        above = pages[words["under"]] if "under" in words else home
        found = StandardPage.objects.child_of(above).filter(slug=words["slug"]).first()
        pages[words["slug"]] = found or above.add_child(instance=StandardPage(**fields))
    return pages


def home_bands(
    pages: dict[str, Page], events: Page | None, join: Page | None, stories: Page
) -> list[tuple[str, Any]]:
    """The bands of the first page."""
    return [
        (
            "next_events",
            {
                "heading": "Next three things to show up for",
                "text": "Come alone, leave with a group chat. Beginners are the majority here.",
                "count": 3,
                "link": link("All events", events),
            },
        ),
        (
            "features",
            {
                "heading": "Come for the cookies, stay for the people",
                "features": [
                    {
                        "title": "Ada, a mentor of your own",
                        "text": "<p>Once a year we pair you with someone two steps ahead: an upper-year student or a "
                        "woman already working in tech. You meet every other week from October to March, and you set "
                        "the agenda.</p><p>Last year Noor’s agenda was “how do I ask for more money”. It went "
                        "well.</p>",
                        "drawing": "mentor",
                        "link": link("How Ada works", pages["ada"]),
                    },
                    {
                        "title": "Hack with Heart",
                        "text": "<p>Eight weeks, one small team, one charity that needs software. You ship it, they "
                        "use it.</p>",
                        "drawing": "heart",
                        "link": link("How it works", pages["hack-with-heart"]),
                    },
                    {
                        "title": "Events most weeks",
                        "text": "<p>Workshops, recruiting evenings, and Cookies &amp; Code, where homework gets done "
                        "and nobody minds crumbs.</p>",
                        "drawing": "cookies",
                        "link": link("What’s coming up", events),
                    },
                    {
                        "title": "Stories",
                        "text": "<p>The failed midterm, the cold email that worked, the first day at work: who we "
                        "are and how we got here.</p>",
                        "drawing": "podcast",
                        "link": link("Read or listen", stories),
                    },
                ],
                "tone": "cream",
            },
        ),
        (
            "quotes",
            {
                "heading": "Members, in their own words",
                "quotes": [
                    {
                        "words": "I’d written four lines of code in my life. In March I demoed an app to two hundred "
                        "people. My hands shook; the app didn’t.",
                        "name": "Temi Adeyemi-Roy",
                        "about": "Second year, Media & Communications",
                        "portrait": "portrait-1",
                    },
                    {
                        "words": "My mentor read my résumé out loud to me. I changed every verb, and got the co-op.",
                        "name": "Noor Haddad",
                        "about": "Third year, Software Engineering",
                        "portrait": "portrait-3",
                    },
                    {
                        "words": "I came because the room looked fun through the window. It is. I run the podcast "
                        "now.",
                        "name": "Robin Castellane",
                        "about": "Fourth year, Data Science",
                        "portrait": "portrait-4",
                    },
                ],
                "tone": "mint",
            },
        ),
        (
            "partners",
            {
                "heading": "They open doors, you walk in",
                "text": "These companies pay for the rooms, send the speakers, and read our résumé book.",
                "link": link("Become a partner", pages["partners"]),
                "count": 9,
                "tone": "paper",
            },
        ),
        (
            "join_call",
            {
                "heading": "There’s a seat with your name on it",
                "text": "Members get the first pick of places, mentorship, résumé reviews and the newsletter. "
                "Everyone gets through the door.",
                "link": link("Join WITS", join),
                "drawing": "members",
            },
        ),
    ]


def make_demo(*, events: Page | None = None, join: Page | None = None) -> HomePage:
    """Fill the home page, its pages, the menu and the footer; a second time changes nothing.

    `events` and `join` are the pages that list events and let people join, made by the rooms that own them.
    """
    home = ensure_first_content()
    pages = make_pages(home)
    team = people_demo.make_demo(home, apply=pages["run"])
    stories = stories_demo.make_demo(home)
    if not home.bands:
        home.refresh_from_db()
        home.bands = home_bands(pages, events, join, stories)
        home.note = "Any gender, any university? Join free as a general member."
        buttons = [("Join WITS", join), ("See what’s on", events)]
        home.buttons = [("link", link(text, page)) for text, page in buttons if page]
        home.save_revision().publish()
    menu = [
        ("Events", events),
        ("Programs", pages["initiatives"]),
        ("Stories", stories),
        ("Team", team),
        ("About", pages["about"]),
        ("Partners", pages["partners"]),
    ]
    make_frame(SiteSettings.load(), menu, pages, join)
    return home

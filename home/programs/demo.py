"""The demonstration's programs, under the page that lists them; dates are counted from today."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.home_page import HomePage
from home.programs.demo_words import INITIATIVES, PROGRAMS
from home.programs.initiatives_page import InitiativesPage
from home.programs.listed import ListedProgram
from home.programs.outside import OutsideProgramPage
from home.programs.program_page import ProgramPage

APPLY_AT = "https://example.com/apply"


def make_demo(home: HomePage, *, apply: Page | None = None) -> InitiativesPage:
    """The initiatives page and its programs; what is there already stays as it is.

    `apply` is the page on which one applies for Ada.
    """
    page = InitiativesPage.objects.first()
    if page is None:
        page = home.add_child(instance=InitiativesPage(**INITIATIVES))
    for words in PROGRAMS:
        if not page.get_children().filter(slug=words["slug"]).exists():
            made = program(words)
            if apply and words["slug"] == "ada":
                made.apply_page, made.apply_address = apply, ""
            page.add_child(instance=made)
    return page


def program(words: dict[str, Any]) -> ListedProgram:
    """One program, not saved yet, with its days counted from today."""
    if "elsewhere" in words:
        return OutsideProgramPage(**words)
    today = timezone.localdate()
    counted = ("opens", "closes", "dates", "projects")
    fields = {name: value for name, value in words.items() if name not in counted}
    fields["opens_on"], fields["closes_on"] = (
        today + timedelta(days=words[name]) if words[name] is not None else None for name in ("opens", "closes")
    )
    fields["dates"] = [
        (
            "date",
            {
                "day": today + timedelta(days=day),
                "until": today + timedelta(days=until) if until else None,
                "words": what,
            },
        )
        for day, until, what in words["dates"]
    ]
    fields["projects"] = [
        ("project", {**project, "year": today.year - project["year"]}) for project in words["projects"]
    ]
    return ProgramPage(apply_address=APPLY_AT, **fields)


def pages_by_slug(initiatives: InitiativesPage) -> dict[str, Page]:
    """The programs as the rest of the demonstration links to them."""
    return {page.slug: page for page in initiatives.get_children()}

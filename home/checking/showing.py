"""Where the checks show: beside the editor, under Checks, and in a word when a page is saved or published."""

from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.models import Page

from home.checking.checks import findings
from home.made_twice import saves_itself

SAID_AT_ONCE = 2


def say_what_to_look_at(request: HttpRequest, page: Page) -> None:
    """After somebody saved it: what the checks found in it, the first of it in full."""
    if saves_itself(request):
        return  # nobody sees it then: it would pile up for the next page
    found = findings(page.specific_deferred if type(page) is Page else page)
    if not found:
        return
    begins = "It is published. Please look again" if "action-publish" in request.POST else "Before you publish"
    more = len(found) - SAID_AT_ONCE
    ends = f" And {more} more, under Checks." if more > 0 else ""
    messages.warning(request, f"{begins}: {' '.join(found[:SAID_AT_ONCE])}{ends}")

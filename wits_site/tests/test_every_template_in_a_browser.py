"""One page of each kind in a real browser, narrow and wide, by day and by night: it fits, and all can use it."""

import json

import pytest
from playwright.sync_api import expect

from wits_site.tests.browser import COLOURS, assert_accessible, focused, tab_to

pytestmark = pytest.mark.browser

NARROW, PHONE, WIDE = 320, 390, 1280
FIND = "import json; from wits_site.screenshots import pages; print(json.dumps(pages()))"
# Pages that are mostly words, and where visitors are besides pages.
BESIDES = ["/about/", "/about/first-event/", "/contact/", "/resources/", "/conduct/"]
BESIDES += ["/search/", "/search/?q=mentor", "/search/?q=piton", "/stories/podcast/", "/welcome/"]
BESIDES += ["/styleguide/404/", "/styleguide/500/"]
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def addresses(live):
    """The page with most on it of each kind, and what is no page."""
    found = json.loads(live.manage("shell", "--verbosity", "0", "-c", FIND))
    assert len(found) >= 9, "kinds of pages"
    return list(dict.fromkeys([*found.values(), *BESIDES]))


def assert_fits(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    wider = page.evaluate(TOO_WIDE)
    assert wider <= 0, f"{page.url} is {wider} px too wide at {width}"


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_every_kind_of_page_fits_and_is_accessible(watched, live, addresses, width):
    watched.set_viewport_size({"width": width, "height": 900})
    for address in addresses:
        watched.goto(live.site + address)
        assert_fits(watched, width)
        assert_accessible(watched)
        if width == PHONE:
            assert_fits(watched, NARROW)
            watched.set_viewport_size({"width": width, "height": 900})


def test_the_styleguide_fits_and_can_be_read(watched, live):
    """It shows the same blocks many times, as no page does: only what is seen of them counts here."""
    watched.goto(f"{live.site}/styleguide/")
    for width in (NARROW, PHONE, WIDE):
        assert_fits(watched, width)
    assert_accessible(watched, rules=COLOURS)


def test_a_keyboard_opens_a_question_and_closes_it(watched, live):
    watched.goto(f"{live.site}/faq/")
    question = watched.locator("summary").first
    answer = watched.locator("details > div").first
    expect(answer).to_be_hidden()
    tab_to(watched, text=question.inner_text().strip(), most=80)
    watched.keyboard.press("Enter")
    expect(answer).to_be_visible()
    assert_accessible(watched)
    watched.keyboard.press("Space")
    expect(answer).to_be_hidden()
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")
    assert focused(watched)["tag"] in {"a", "summary"}, "the keyboard goes on to a link of the answer or what follows"
    expect(answer).to_be_visible()

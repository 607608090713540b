"""What people paste becomes plain paragraphs and lists: from Word, Google Docs and Instagram's captions."""

import re
from pathlib import Path

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.blocks.words import TEXT_FEATURES
from wits_site.tests.journeys import sign_in
from wits_site.tests.live import until

PASTED = Path(__file__).parent / "pasted"
MAY_STAY = {"p", "h3", "b", "i", "a", "ul", "ol", "li", "br"}
PASTE = """(field, html) => {
  const editor = field.querySelector("[contenteditable=true]");
  editor.focus();
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.innerText);
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
# What must be there afterwards, and what must not.
CORPUS = {
    "word": (
        ["“Bring a friend”</b> – it’s free.", ">Cookies</li>", ">Tea</li>", "Room 110"],
        ["Mso", "mso", "WordDocument"],
    ),
    "google_docs": (
        ["What you need", "<b>any laptop</b>", '<a href="https://example.com/map">the map</a>', ">Sit down</li>"],
        ["docs-internal", "onerror", "<img", "<b>A laptop", "<b>Sign"],
    ),
    "instagram": (["COOKIES &amp; CODE IS BACK 🍪✨", "👩‍💻👩🏾‍💻", "#witsuwo", "<br"], ["x1i10hfl", "_ap3a"]),
}


def kept(html, wanted, unwanted):
    html = re.sub(r' data-block-key="[^"]*"', "", html)
    assert [words for words in wanted if words not in html] == []
    assert [words for words in unwanted if words in html] == []
    assert "style=" not in html
    assert "class=" not in html
    assert set(re.findall(r"<(\w+)", html)) <= MAY_STAY


@pytest.mark.browser
def test_what_is_pasted_becomes_clean_text(watched, live):
    sign_in(watched, live, "editor@wits.example")
    [(pk,)] = live.rows("SELECT id FROM wagtailcore_page WHERE url_path = '/home/about/' OR slug = 'about' LIMIT 1")
    for name, (wanted, unwanted) in CORPUS.items():
        watched.goto(f"{live.site}/admin/pages/{pk}/edit/")
        field = watched.locator(".Draftail-Editor__wrapper").first
        field.wait_for()
        hidden = watched.locator("input[name=body-0-value-text]")
        before = hidden.input_value()
        field.evaluate(PASTE, (PASTED / f"{name}.html").read_text())
        written = until(lambda before=before, hidden=hidden: (v := hidden.input_value()) != before and v, seconds=10)
        kept(ContentstateConverter(features=TEXT_FEATURES).to_database_format(written), wanted, unwanted)

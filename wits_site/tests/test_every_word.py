"""Every word that a visitor sees is an executive's: a site in another alphabet shows which are not.

What has a field in a form of the admin is written in other letters where it is stored. Pages and mails are then
opened as always: what still stands there in ours came from a template or from the code, and must be on the list of
interface words (`wits_site/tests/reading/interface.py`).
"""

import pytest
from django.db import transaction
from django.template import Context, Template
from django.urls import reverse
from wagtail.models import Page
from wagtail.search import index

from home.errors.writing import broken_page
from home.models import SiteSettings
from home.profiles import NETWORKS
from membership.models import Level, Perk
from membership.pages import JoinPage
from outbox.mails import mail_kinds, render, words_in_use
from outbox.models import MailText
from wits_site.tests.reading import wording
from wits_site.tests.reading.alphabet import editable, respell_everything, respelled
from wits_site.tests.reading.interface import interface_words
from wits_site.tests.reading.templates import for_visitors, own_words
from wits_site.tests.reading.tree import Document
from wits_site.tests.reading.visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAMES = [label for label, _ in NETWORKS.values()]
# Who has just joined in the previews.
INVENTED = ["Mary Anne van Dyk", "Mary Anne", "WITS member"]


@pytest.fixture(scope="module")
def pages(demonstration):
    """Every published page of the demonstration, in the other alphabet."""
    with transaction.atomic():  # around those of the tests: what it writes goes with this module
        respell_everything()
        pages = list(Page.objects.live().filter(depth__gt=1).specific())
        for page in pages[:20]:
            index.insert_or_update_object(page)
        yield pages
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def interface():
    return wording.Interface(interface_words(), names=NAMES)


def wrong(interface, documents):
    """What visitors read and no executive wrote, each once, with the first place where it stands."""
    found = {}
    for address, document in documents:
        for it in wording.complaints(document, interface):
            found.setdefault(it, address)
    return "\n".join(f"{address}: {it}" for it, address in found.items())


def test_every_word_of_every_page_is_an_executives(client, pages, interface):
    visits = [visit(client, page.url) for page in pages]
    assert wrong(interface, [(one.address, one.document) for one in visits if one.is_html]) == ""


def test_every_word_around_the_pages_is_an_executives(client, pages, interface):
    found = f"/search/?q={respelled('code')}"
    addresses = ["/search/", found, f"/search/?q={respelled('zebra')}", "/no-such-page/", "/stories/podcast/"]
    visits = [visit(client, address) for address in addresses]
    assert visits[1].document.all("mark"), "the search found something"
    documents = [(one.address, one.document) for one in visits]
    documents.append(("broken", Document(broken_page(SiteSettings.load()))))
    assert wrong(interface, documents) == ""


def test_every_step_of_joining_is_in_the_executives_words(client, pages):
    interface = wording.Interface(interface_words(), names=[*NAMES, *INVENTED])
    page = next(page for page in pages if isinstance(page, JoinPage))
    documents = []
    for mode, label in page.preview_modes:
        answer = page.make_preview_request(preview_mode=mode)
        documents.append(
            (label, Document(getattr(answer, "render", lambda answer=answer: answer)().content.decode()))
        )
    refused = client.post(reverse("membership:join"), {"email": "x@uw.ca"})
    assert refused.status_code == 422
    documents.append(("a form that is refused", Document(refused.content.decode())))
    assert wrong(interface, documents) == ""


def test_every_word_of_every_mail_is_an_executives(pages, interface):
    MailText.objects.update(edited=True)
    unknown = {}
    for kind in mail_kinds():
        said = {name: respelled(example) for name, example in kind.variables.items()}
        mail = render(kind, words_in_use(kind), said, "https://wits.example/")
        texts = [mail.subject, *mail.text.splitlines(), *(text for _, text in wording.seen(Document(mail.html)))]
        unknown |= {text: kind.key for text in texts if interface.unknown(text)}
    assert len(mail_kinds()) >= 4
    assert unknown == {}


def test_no_template_holds_words_of_its_own():
    found = {name: own_words(source) for name, source in for_visitors()}
    assert len(found) > 80
    assert {name: words for name, words in found.items() if words} == {}


def test_what_is_written_has_a_form(pages):
    forms = dict(editable())
    assert {"name", "summary"} <= set(forms[Level])
    assert "title" in forms[Perk]
    assert {"subject", "body", "button"} <= set(forms[MailText])
    assert {"title", "slug"} & set(forms[JoinPage]) == {"title"}


@pytest.mark.parametrize(
    "gained",
    [
        "<p>Come as you are.</p>",
        '<img src="/x.png" alt="Two people">',
        '<button aria-label="Close this">x</button>',
        '<input type="submit" value="Send it">',
        '<input placeholder="Your name">',
        '<meta name="description" content="About us">',
        "<p>{{ words }} and more</p>",
        "<h2>Open to all</h2>",
    ],
)
def test_a_template_that_gains_a_sentence_is_found(interface, gained):
    page = Template("<title>{{ words }}</title><p>{{ words }}</p>" + gained).render(
        Context({"words": respelled("Whatever they like")})
    )
    assert list(wording.complaints(Document(page), interface))


@pytest.mark.parametrize(
    "gained",
    ["<p>Hello</p>", '<img alt="{{ x|default:"A picture" }}">', '{% include "x.html" with label="Read it" %}'],
)
def test_words_that_no_page_of_the_demonstration_shows_are_found_too(gained):
    assert own_words(gained)


def test_interface_words_numbers_and_dates_are_let_through(interface):
    shown = "<p>Wednesday 7 October 2026, 6:30 to 8:30 pm</p><p>3 places left</p><p>$15</p><p>Menu</p>"
    assert list(wording.complaints(Document(shown), interface)) == []

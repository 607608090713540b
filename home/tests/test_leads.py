"""Links and files for one purpose, and whom to write to for what."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from home.blocks.leads import ContactsBlock, LeadBlock
from home.tests.factories import StandardPageFactory
from home.tests.markup import Markup, breaches

pytestmark = pytest.mark.any_database


def lead(title, **to):
    return {"title": title, "text": "", "page": None, "document": None, "address": "", **to}


def leads(*rows):
    return "leads", {"heading": "Begin here", "text": "One is enough.", "leads": list(rows)}


def shown(client, *body):
    page = StandardPageFactory(body=list(body))
    html = client.get(page.url).content.decode()
    assert breaches(html) == []
    return html


def test_a_page_a_file_and_an_address_each_say_what_one_will_meet(client, home):
    page = StandardPageFactory(slug="guide")
    document = get_document_model().objects.create(title="Résumé", file=ContentFile(b"%PDF-1.7", name="resume.pdf"))
    rows = (
        lead("Ours", page=page),
        lead("A file", document=document),
        lead("Theirs", address="https://www.x.example/y"),
    )
    html = shown(client, leads(*rows))
    links = Markup(html).links()
    assert links["Ours"] == "/guide/"
    assert links["A file"] == document.url
    assert links["Theirs"] == "https://www.x.example/y"
    assert '<p class="lead__note">PDF</p>' in html
    assert '<p class="lead__note">x.example</p>' in html
    assert html.count('class="lead__note"') == 2, "a page of this site needs no note"


def test_what_leads_nowhere_any_more_is_left_out(client, home):
    gone, hidden = StandardPageFactory(), StandardPageFactory()
    document = get_document_model().objects.create(title="Old", file=ContentFile(b"x", name="old.pdf"))
    page = StandardPageFactory(
        body=[leads(lead("Gone", page=gone), lead("Hidden", page=hidden), lead("Old", document=document))]
    )
    gone.delete()
    hidden.unpublish()
    document.delete()
    assert '<li class="lead' not in client.get(page.url).content.decode()


@pytest.mark.parametrize("ends", [{}, {"address": "https://x.example", "page": "a page"}])
def test_a_lead_has_exactly_one_end(home, ends):
    values = lead("Go", **ends)
    if values["page"]:
        values["page"] = home
    block = LeadBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize(values))


def test_an_address_that_is_none_is_refused():
    block = LeadBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize(lead("Go", address="javascript:alert(1)")))


def test_a_contact_says_who_reads_it_and_what_to_put_in(client, home):
    contact = {
        "title": "I paid & heard <nothing>",
        "who": "Finance",
        "text": "Tell us when.",
        "mail": "f@wits.example",
    }
    html = shown(client, ("contacts", {"heading": "Whom to write to", "contacts": [contact]}))
    assert "I paid &amp; heard &lt;nothing&gt;" in html
    assert '<p class="contact__who">Finance</p>' in html
    assert Markup(html).links()["f@wits.example"] == "mailto:f@wits.example"


def test_a_contact_without_an_address_is_words_only(client, home):
    html = shown(client, ("contacts", {"heading": "", "contacts": [{"title": "Ask at any event"}]}))
    assert "Ask at any event" in html
    assert "mailto:" not in html.split("<footer")[0]


def test_what_is_no_mail_address_is_refused():
    block = ContactsBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"heading": "", "contacts": [{"title": "Hi", "mail": "not an address"}]}))

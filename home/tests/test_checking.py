"""What is said of a page before it is published: in words, with the place, and never more than that."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.checking.checks import findings, shouted
from home.models import StandardPage
from home.tests.factories import PictureFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page_with(home, *blocks, **fields):
    return StandardPageFactory(parent=home, **{"lede": "What it is about.", **fields}, body=list(blocks))


def test_a_page_in_order_has_nothing_to_look_at(home):
    text = RichText("<h3>Small</h3><p>Words, NASA and IBM, with <a href='https://a.example/'>a link</a>.</p>")
    assert findings(page_with(home, ("section", {"heading": "One", "text": text}))) == []


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("JOIN US TODAY", True),
        ("Come AND SEE US HERE NOW", True),
        ("IBM and NASA at our place", False),
        ("WITS", False),
        ("", False),
        ("🎉 42", False),
        ("ÉCOLE DES FEMMES ICI", True),
    ],
)
def test_shouting_is_heard_and_names_are_not(text, loud):
    assert bool(shouted(text)) is loud


def test_words_in_capitals_are_named_with_their_place(home):
    found = findings(page_with(home, ("call", {"heading": "COME TO THE PARTY", "text": "", "link": {}})))
    assert found == ["Call, heading: “COME TO THE PARTY” is all in capitals, which reads like shouting."]


def test_a_page_that_says_nothing_of_itself_is_asked_for_a_description(home):
    assert "write a description" in findings(page_with(home, lede=""))[0]
    assert findings(page_with(home, lede="", search_description="Of this and that.")) == []


def test_headings_out_of_order_and_empty_ones(home):
    early = findings(page_with(home, ("rich_text", RichText("<h3>Too small</h3><p>x</p>"))))
    assert early == ["Text: the heading “Too small” comes before any larger one. Give its section a heading."]
    empty = page_with(home, ("section", {"heading": "One", "text": RichText("<h3> </h3>")}))
    assert findings(empty) == ["Section, text: there is an empty heading. Delete its line."]


def test_links_that_lead_nowhere(home):
    draft = StandardPageFactory(parent=home, title="Not yet", live=False)
    link = {"text": "Look", "page": draft, "address": ""}
    found = findings(page_with(home, ("call", {"heading": "One", "text": "", "link": link})))
    assert found == ["Call, link: “Look” leads to “Not yet”, which is not published. Visitors do not see the link."]
    to_pages = "".join(
        f'<a linktype="page" id="{pk}">{words}</a>' for pk, words in ((draft.pk, "there"), (999999, "gone"))
    )
    text = f'<p>{to_pages} <a href="/x/"></a></p>'
    assert findings(page_with(home, ("rich_text", RichText(text)))) == [
        "Text: there is a link without words. Nobody can see or press it.",
        "Text: the link “there” leads to a page that is gone or not published.",
        "Text: the link “gone” leads to a page that is gone or not published.",
    ]


def test_a_page_with_many_links_asks_the_database_once(home, django_assert_num_queries):
    text = RichText("".join(f'<p><a linktype="page" id="{n}">x</a></p>' for n in range(900, 940)))
    page = page_with(home, ("rich_text", text))
    with django_assert_num_queries(1):
        assert len(findings(page)) == 1


def test_a_picture_that_is_too_small_for_its_place(home):
    small, large = PictureFactory(title="Tiny"), PictureFactory(title="Large")
    small.width, large.width = 300, 1600
    assert findings(page_with(home, picture=large)) == []
    [said] = findings(page_with(home, picture=small))
    assert said == "Picture: “Tiny” is 300 pixels wide and will look blurred here; 1280 would be sharp."


def test_a_date_in_the_past_is_asked_about_before_anybody_saw_the_page(home):
    page = page_with(home)
    page.expire_at = timezone.now() - timedelta(days=400)
    [said] = findings(page)
    assert said.startswith("Goes away: ")
    assert said.endswith("is in the past. Is that right?")
    page.first_published_at = timezone.now() - timedelta(days=500)
    assert findings(page) == [], "it has been out: past dates are its own"


def test_what_is_found_is_said_on_saving_and_publishing_and_stops_nobody(client, django_user_model, home):
    user = django_user_model.objects.create_superuser(username="exec", email="e@wits.example", password="x" * 14)
    client.force_login(user)
    form = {
        "title": "LOUD AND VERY CLEAR",
        "slug": "loud",
        "lede": "It is about this.",
        "tone": "cream",
        "poster_seed": "0",
        "body": streamfield([("rich_text", rich_text("<h3>Early</h3>"))]),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    said = []
    for action in ({}, {"action-publish": "1"}):
        StandardPage.objects.filter(slug="loud").delete()
        answer = client.post(add, nested_form_data({**form, **action}))
        assert answer.status_code == 302
        said.append(" ".join(str(message) for message in get_messages(answer.wsgi_request)))
    assert "Before you publish: Title: “LOUD AND VERY CLEAR” is all in capitals" in said[0]
    client.cookies.pop("messages")
    StandardPage.objects.filter(slug="loud").delete()
    by_itself = client.post(add, nested_form_data(form), headers={"accept": "application/json"})
    assert by_itself.json()["success"]
    assert list(get_messages(by_itself.wsgi_request)) == [], "it would pile up for the next page"
    client.post(add, nested_form_data({**form, "action-publish": "1"}))
    assert "It is published. Please look again: Title:" in said[1]
    page = StandardPage.objects.get(slug="loud")
    assert page.live
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "To look at" in editor
    assert "comes before any larger one" in editor

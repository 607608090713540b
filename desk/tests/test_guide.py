"""The editors' guide in the admin: what each position finds in it, and what leads to it."""

import pytest
from django.urls import reverse

from desk.groups import ensure_groups
from desk.guide.contents import CHAPTERS, SUBJECTS, find
from desk.guide.subjects import parts
from desk.tests.staff import someone
from events.tests.factories import EventPageFactory
from home.first_content import ensure_first_content
from home.tests.factories import FormPageFactory, PartnerFactory, RoleFactory
from membership.models import Level
from outbox.models import MailText

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def owner(client):
    client.force_login(someone("Owner"))
    return client


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_step_has_a_picture_and_no_picture_is_left_over(settings):
    folder = settings.BASE_DIR / "static" / "images" / "guide"
    wanted = {f"{slug}-{n}.webp" for slug, one in SUBJECTS.items() for n in range(1, len(one.steps) + 1)}
    assert {path.name for path in folder.iterdir()} == wanted


def test_no_two_subjects_share_a_name():
    assert len(SUBJECTS) == sum(len(chapter.subjects) for chapter in CHAPTERS)


@pytest.mark.parametrize("slug", SUBJECTS)
def test_an_owner_reads_every_subject_with_its_steps(owner, slug):
    html = words(owner.get(reverse("guide:subject", args=[slug])))
    assert html.count('class="guide__step"') == len(SUBJECTS[slug].steps)
    assert "**" not in html


@pytest.mark.parametrize("slug", SUBJECTS)
def test_what_stands_on_the_screen_is_marked_in_pairs(slug):
    subject = SUBJECTS[slug]
    for line in (*subject.steps, *subject.good_to_know):
        assert line.count("**") % 2 == 0, line


def test_words_of_the_screen_are_set_apart():
    assert [(one.words, one.strong) for one in parts("Press **Save** twice.")] == [
        ("Press ", False),
        ("Save", True),
        (" twice.", False),
    ]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("tally", "build-a-form"), ("FEE cost", "change-the-price"), ("back old", "undo-a-change")],
)
def test_it_is_found_by_the_words_people_have_for_it(owner, typed, slug):
    html = words(owner.get(reverse("guide:index"), {"q": typed}))
    found = [one for one in SUBJECTS if reverse("guide:subject", args=[one]) in html]
    assert found == [slug]


def test_what_is_not_in_it_says_so_and_keeps_what_was_typed_harmless(owner):
    html = words(owner.get(reverse("guide:index"), {"q": "<b>zebra"}))
    assert "says nothing about “&lt;b&gt;zebra”" in html
    assert "<b>zebra" not in html


def test_an_editor_reads_of_pages_and_not_of_money(client):
    client.force_login(someone("Editor"))
    html = words(client.get(reverse("guide:index")))
    assert reverse("guide:subject", args=["change-words"]) in html
    for slug in ("change-the-price", "find-a-member", "add-a-member-by-hand", "change-a-mail"):
        assert reverse("guide:subject", args=[slug]) not in html
        assert client.get(reverse("guide:subject", args=[slug])).status_code == 404


def test_a_treasurer_reads_of_money_and_of_what_waits_and_not_of_pages(client):
    client.force_login(someone("Treasurer"))
    html = words(client.get(reverse("guide:index")))
    read = {slug for slug in SUBJECTS if reverse("guide:subject", args=[slug]) in html}
    assert {"what-needs-attention", "find-a-member", "add-a-member-by-hand"} <= read
    assert not {"change-words", "add-an-event", "add-a-picture", "publish-later", "invite-an-executive"} & read


def test_who_edits_events_alone_reads_how_to_add_one(client):
    EventPageFactory()
    ensure_groups()
    client.force_login(someone("Events"))
    html = words(client.get(reverse("guide:index")))
    assert reverse("guide:subject", args=["add-an-event"]) in html
    assert reverse("guide:subject", args=["tell-a-story"]) not in html


def test_who_may_not_do_it_learns_that_it_can_be_done_and_whom_to_ask(client):
    client.force_login(someone("Editor"))
    html = words(client.get(reverse("guide:index"), {"q": "fee dollars"}))
    assert "“Change the price of a membership” is not yours to do" in html
    assert "says nothing" not in html


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("announcement end", "announce-something"),
        ("remove partner", "add-a-partner"),
        ("unpublish", "publish-later"),
        ("new menu entry", "change-the-menu"),
        ("who can sign in", "invite-an-executive"),
        ("forgot password", "lost-phone"),
        ("how do I cancel an event", "publish-later"),
    ],
)
def test_what_a_newcomer_typed_leads_somewhere(owner, typed, slug):
    assert reverse("guide:subject", args=[slug]) in words(owner.get(reverse("guide:index"), {"q": typed}))


def test_it_says_where_the_menu_is_on_a_phone(owner):
    for address in (reverse("guide:index"), reverse("guide:subject", args=["change-words"])):
        assert "behind the three lines" in words(owner.get(address))


def test_a_subject_that_there_is_not_is_404(owner):
    assert owner.get(reverse("guide:subject", args=["make-coffee"])).status_code == 404


def test_nobody_reads_it_without_signing_in(client):
    assert client.get(reverse("guide:index")).status_code == 302


def places():
    """Where a form of the admin leads to the guide: its address and the subject."""
    home = ensure_first_content()
    event = EventPageFactory(parent=home)
    role = RoleFactory()
    welcome = MailText.objects.get(key="welcome")
    return [
        (reverse("levels:edit", args=[Level.objects.first().pk]), "change-the-price"),
        (reverse("wagtailadmin_pages:edit", args=[event.pk]), "add-an-event"),
        (reverse("wagtailadmin_pages:edit", args=[FormPageFactory(parent=home).pk]), "build-a-form"),
        (reverse("wagtailadmin_pages:edit", args=[home.pk]), "change-words"),
        (reverse("wagtailsnippets_home_role:edit", args=[role.pk]), "new-team"),
        (reverse("wagtailsettings:edit", args=["home", "sitesettings"]), "announce-something"),
        (reverse("wagtailsettings:edit", args=["home", "sitesettings"]), "change-the-menu"),
        (reverse("wagtailsnippets_home_partner:edit", args=[PartnerFactory().pk]), "add-a-partner"),
        (reverse("mail_texts:edit", args=[welcome.pk]), "change-a-mail"),
    ]


def test_forms_lead_to_the_page_of_the_guide_that_explains_them(owner):
    for address, slug in places():
        html = words(owner.get(address, follow=True))
        assert find(slug)
        assert f'href="{reverse("guide:subject", args=[slug])}"' in html, address

"""What needs attention: each source with something, with nothing, and for whom it is no matter."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from desk.models import PutAside
from desk.tests.attention import lines, said, shown
from desk.tests.staff import someone
from events.tests.factories import EventPageFactory
from home.albums.taking_down import take_down
from home.attention import lines as attention
from home.first_content import ensure_first_content
from home.models import Partner, Role, SiteSettings
from home.tests.factories import (
    AlbumPageFactory,
    FormPageFactory,
    OpportunityPageFactory,
    PartnerFactory,
    PersonFactory,
    PictureFactory,
    ProgramPageFactory,
    RoleFactory,
    StandardPageFactory,
    StoryPageFactory,
    TeamPageFactory,
)
from membership.models import Level
from membership.tests.factories import CaseFactory, LevelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_calendar(request):
    """Something is coming, so that nothing is said of it."""
    ensure_first_content()
    EventPageFactory()


@pytest.fixture
def editor():
    return someone("Editor")


def touched(page, days, by=None):
    """Let the page have been changed so many days ago."""
    page.save_revision(user=by).publish()
    moment = timezone.now() - timedelta(days=days)
    page.latest_revision.__class__.objects.filter(pk=page.latest_revision_id).update(created_at=moment)
    Page.objects.filter(pk=page.pk).update(
        latest_revision_created_at=moment, last_published_at=moment, first_published_at=moment
    )


def a_program(**more):
    home = ensure_first_content()
    return ProgramPageFactory(title="Mentors", parent=home, apply_words="Apply", apply_address="/apply", **more)


def test_a_page_that_nobody_touched_for_a_term_names_its_day_and_its_person(editor):
    editor.first_name, editor.last_name = "Mika", "Castellane"
    editor.save()
    old, young, told = StandardPageFactory(title="Advice"), StandardPageFactory(), StoryPageFactory()
    for page, days in ((old, 140), (young, 100), (told, 900)):
        touched(page, days, editor)
    day = timezone.localdate() - timedelta(days=140)

    [line] = [line for line in lines(editor) if "last changed" in line.words]
    assert line.words.startswith(f"“Advice” was last changed on {day.day} {day:%B}")
    assert line.words.endswith("by Mika Castellane: is it still true?")
    assert line.url == reverse("wagtailadmin_pages:edit", args=[old.pk])
    assert not said(someone("Treasurer"))


def test_changes_that_nobody_sees_wait_but_not_what_was_taken_down_or_has_its_time(editor):
    live, new, down, timed = (StandardPageFactory(title=title) for title in ("Live", "New", "Down", "Timed"))
    for page in (live, down, timed):
        page.save_revision().publish()
    live.save_revision(user=editor)
    new.live, new.first_published_at = False, None
    new.save()
    new.save_revision()
    Page.objects.get(pk=down.pk).unpublish()
    timed.go_live_at = timezone.now() + timedelta(days=3)
    timed.save_revision(approved_go_live_at=timed.go_live_at)

    waiting = {line.words.partition(" (")[0] for line in lines(editor) if line.key.startswith("draft")}
    assert waiting == {
        "“Live” has changes that visitors do not see yet",
        "“New” is a draft that was never published",
    }


def test_a_second_look_is_the_owners_and_is_said_once(editor, client):
    page = StandardPageFactory(title="Ada")
    page.save_revision().publish()
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    owner = someone("Owner")

    [theirs] = [line for line in lines(owner) if "Ada" in line.words]
    assert theirs.words.startswith("“Ada” waits for your second look, asked for on ")
    assert [words for words in said(editor) if "Ada" in words][0].startswith("“Ada” waits for an Owner’s second look")
    client.force_login(owner)
    home = client.get("/admin/").content.decode()
    assert "Awaiting your review" not in home
    assert "Approve" in client.get(theirs.url).content.decode()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda day: OpportunityPageFactory(title="Kestrel", last_day=day), "“Kestrel” could be applied for until"),
        (
            lambda day: ProgramPageFactory(
                title="Mentors",
                parent=ensure_first_content(),
                closes_on=day,
                apply_words="Apply",
                apply_address="/apply",
            ),
            "“Mentors” closed on",
        ),
        (
            lambda day: FormPageFactory(title="Join us", closes_at=timezone.now() + (day - timezone.localdate())),
            "The form “Join us” closed on",
        ),
    ],
    ids=["opportunity", "program", "form"],
)
def test_what_is_over_is_said_with_its_day(editor, make, words):
    coming = make(timezone.localdate() + timedelta(days=2))
    assert not any(words in line for line in said(editor))
    coming.delete()
    page = make(timezone.localdate() - timedelta(days=2))
    [line] = [line for line in lines(editor) if words in line.words]
    assert line.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    page.unpublish()
    assert not any(words in line for line in said(editor))


def test_an_announcement_that_ended_still_has_words(editor):
    site = SiteSettings.objects.get()
    site.announcement, site.announcement_until = "Bake sale!", timezone.now() - timedelta(days=1)
    site.save()
    assert any("The announcement “Bake sale!” ended" in words for words in said(editor))
    assert not said(someone("Treasurer"))
    site.announcement = ""
    site.save()
    assert not any("announcement" in words for words in said(editor))


def test_an_empty_calendar_is_said_once_nothing_is_coming(editor):
    assert "No event is coming: the calendar is empty" not in said(editor)
    EventPageFactory._meta.model.objects.all().delete()
    assert "No event is coming: the calendar is empty" in said(editor)


def test_free_places_are_counted_for_this_team_and_the_next(editor, time_machine):
    time_machine.move_to("2026-11-26T12:00-05:00")
    TeamPageFactory(new_team_in=5)
    RoleFactory(year=2026, person=PersonFactory())
    RoleFactory(year=2026, person=None)
    assert "1 place on the team of 2026–27 is still free" in said(editor)
    RoleFactory(year=2027, person=None)
    RoleFactory(year=2027, person=None)
    RoleFactory(year=2025, person=None)
    [line] = [line for line in lines(editor) if "2027–28" in line.words]
    assert line.words == "2 places on the team of 2027–28 are still free"
    assert line.url.endswith("?year=2027")
    Role.objects.update(person=PersonFactory())
    assert not any("team" in words for words in said(editor))
    assert not said(someone("Treasurer"))


def test_next_years_team_is_missed_shortly_before_it_takes_over(editor, time_machine):
    TeamPageFactory(new_team_in=5)
    RoleFactory(year=2026, person=PersonFactory())
    words = "The team of 2027–28 takes over in May and is not made yet"
    time_machine.move_to("2027-01-15T12:00-05:00")
    assert words not in said(editor)
    time_machine.move_to("2027-03-01T12:00-05:00")
    assert words in said(editor)


def test_partners_without_a_logo_or_at_the_end_of_their_agreement(editor):
    logo = PictureFactory()
    today = timezone.localdate()
    days = {"Long over": -200, "Just over": -3, "Ends soon": 20, "Ends later": 200}
    for name, ends in days.items():
        PartnerFactory(name=name, until=today + timedelta(days=ends), logo=logo)
    PartnerFactory(name="Bare")
    PartnerFactory(name="Bare and gone", until=date(2020, 1, 1))

    of_partners = {line.words.partition(" on ")[0] for line in lines(editor) if "wizard" not in line.words}
    assert {words for words in of_partners if "agreement" in words or "logo" in words} == {
        "The agreement with “Just over” ended",
        "The agreement with “Ends soon” ends",
        "“Bare” has no logo",
    }
    assert not said(someone("Treasurer"))


def test_a_photo_that_somebody_wants_gone_waits_for_who_may_decide(editor):
    picture = PictureFactory()
    album = AlbumPageFactory(photos=[(picture, "")])
    assert not any("photo" in words for words in said(editor))
    take_down(album, picture, "", "192.0.2.1")
    assert "1 person in a photo wants it taken down" in said(editor)


def test_nobody_can_join_while_no_level_is_open():
    words = "Nobody can join: no membership level is open"
    LevelFactory()
    owner = someone("Owner")
    assert words not in said(owner)
    Level.objects.update(is_open=False)
    assert words in said(owner)
    assert words not in said(someone("Editor"))


def test_each_line_opens_where_it_is_mended(editor, client):
    PartnerFactory(until=timezone.localdate())
    RoleFactory(year=timezone.localdate().year + 1, person=None)
    OpportunityPageFactory(last_day=timezone.localdate() - timedelta(days=1))
    touched(StandardPageFactory(), 200)
    client.force_login(editor)
    found = lines(editor)
    assert len(found) >= 5
    for line in found:
        assert client.get(line.url).status_code == 200, line


def test_what_is_put_aside_comes_back_after_a_month_and_stays_with_others(editor, client, time_machine):
    partner = PartnerFactory()
    key, owner = f"logo:{partner.pk}", someone("Owner")
    client.force_login(editor)
    answer = client.post(reverse("attention:not-now"), {"key": key}, follow=True)
    assert "has no logo" not in answer.content.decode().partition("Put aside until")[2].partition("messages")[2]
    assert not any("logo" in words for words in said(editor))
    assert any("logo" in words for words in said(owner))
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert any("logo" in words for words in said(editor))


def test_everything_put_aside_is_shown_again_with_one_button(editor, client):
    partner = PartnerFactory()
    client.force_login(editor)
    client.post(reverse("attention:not-now"), {"key": f"logo:{partner.pk}"})
    assert "You put 1 aside" in client.get("/admin/").content.decode()
    client.post(reverse("attention:show-again"))
    assert any("logo" in words for words in said(editor))


@pytest.mark.parametrize("key", ["", "logo", "logo:x", "<b>:1", "logo:1" + "0" * 200])
def test_only_a_line_can_be_put_aside(editor, client, key):
    client.force_login(editor)
    client.post(reverse("attention:not-now"), {"key": key})
    assert not PutAside.objects.exists()


def test_a_case_cannot_be_put_aside(client):
    CaseFactory()
    treasurer = someone("Treasurer")
    client.force_login(treasurer)
    assert not any(line.key for line in lines(treasurer))
    assert "Not now" not in client.get("/admin/").content.decode()


def test_more_than_five_of_a_kind_are_a_number(editor):
    for _ in range(9):
        PartnerFactory()
    [group] = [group for group in shown(editor) if group.heading == attention.PARTNERS]
    assert (group.count, len(group.lines), [rest.count for rest in group.rests]) == (9, 5, [4])


def test_the_number_of_questions_does_not_grow(editor):
    def make(number):
        for _ in range(number):
            PartnerFactory(until=timezone.localdate())
            OpportunityPageFactory(last_day=date(2026, 1, 1))
            page = StandardPageFactory()
            touched(page, 300, editor)
            page.save_revision(user=editor)
            reviewed = StandardPageFactory()
            reviewed.save_revision(user=editor)
            reviewed.get_workflow().start(reviewed, editor)

    def asked():
        user = type(owner).objects.get(pk=owner.pk)
        with CaptureQueriesContext(connection) as queries:
            shown(user)
        return len(queries)

    owner = someone("Owner")
    make(6)
    asked()  # what is read once, such as kinds of content
    few = asked()
    make(6)
    assert asked() == few
    assert few <= 38


def test_a_long_title_or_none_of_a_person_breaks_no_line(editor):
    page = StandardPageFactory(title="Ω" * 240)
    touched(page, 300)
    [line] = [line for line in lines(editor) if "last changed" in line.words]
    assert len(line.words) < 160
    assert Partner.objects.count() == 0

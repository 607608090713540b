"""Opportunities: what is open, one kind at a time, and the members' first days."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home import registry
from home.forms import stamps
from home.models import OpportunityPage, Partner, PartnerTier
from home.opportunities import demo, words
from home.tests.factories import OpportunitiesPageFactory, OpportunityPageFactory
from home.tests.markup import Markup, breaches
from home.tests.queries import queries_of

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def index(home):
    return OpportunitiesPageFactory()


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return html


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def ask(client, page, email="maya@example.com", **more):
    stamp = stamps.issue(page.pk, timezone.now() - timedelta(minutes=1))
    return client.post(f"/opportunities/{page.pk}/link/", {"email": email, "form-stamp": stamp, **more})


def test_the_soonest_last_day_stands_first_and_what_is_over_or_not_for_all_stands_nowhere(client, index):
    OpportunityPageFactory(title="Later", last_day=in_days(9))
    OpportunityPageFactory(title="Sooner", last_day=in_days(2))
    OpportunityPageFactory(title="Bygone", last_day=in_days(-1))
    OpportunityPageFactory(title="Drafted", live=False)
    closed = OpportunityPageFactory(title="Closed off")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="tea")
    html = seen(client, index.url)
    assert html.index("Sooner") < html.index("Later")
    for title in ("Bygone", "Drafted", "Closed off"):
        assert title not in html
        assert title not in client.get(f"{index.url}feed/").content.decode()


def test_it_goes_at_the_midnight_after_its_last_day_and_old_links_are_told_so(client, index, time_machine):
    time_machine.move_to("2026-10-07T12:00-04:00")
    page = OpportunityPageFactory(title="Try this", last_day=timezone.localdate(), apply_link="https://a.example/x")
    time_machine.move_to("2026-10-07T23:59-04:00")
    assert "Try this" in seen(client, index.url)
    assert "https://a.example/x" in seen(client, page.url)
    assert page.url in index.more_addresses()
    time_machine.move_to("2026-10-08T00:01-04:00")
    assert index.when_empty.split(":")[0] in seen(client, index.url)
    html = seen(client, page.url)
    assert index.over_title in html
    assert "https://a.example/x" not in html
    assert "JobPosting" not in html
    assert index.more_addresses() == []
    assert page.get_admin_display_title() == "Try this (over)"


def test_one_kind_at_a_time(client, index):
    work = OpportunityPageFactory(title="Work here", kind="job")
    learn = OpportunityPageFactory(title="Learn here")
    html = seen(client, f"{index.url}job/")
    assert "Work here" in html
    assert "Learn here" not in html
    assert ">All " in html
    assert "Scholarships" not in html, "a kind without any has no link"
    shelves = {f"{index.url}internship/", f"{index.url}job/"}
    assert set(index.more_addresses()) == {*shelves, work.url, learn.url}
    assert client.get(f"{index.url}scholarship/").status_code == 200
    assert client.get(f"{index.url}nonsense/").status_code == 404


def test_who_offers_it_is_a_partner_or_somebody_else_and_never_both(client, index):
    partner = Partner.objects.create(name="Tidewater", tier=PartnerTier.objects.create(name="Gold"))
    page = OpportunityPageFactory(employer="", partner=partner)
    assert words.A_PARTNER.format(name="Tidewater") in seen(client, page.url)
    assert "Tidewater, Toronto" in seen(client, index.url)
    for employer, whom in (("", None), ("Kestrel", partner)):
        page.employer, page.partner = employer, whom
        with pytest.raises(ValidationError, match="one of the two"):
            page.clean()
    page.employer, page.partner = "", partner
    page.save()
    partner.delete()
    assert seen(client, page.url)


def facts(page):
    return [thing["@type"] for thing in page.told_to_machines(None, "")]


def test_search_engines_are_told_of_a_job_only_where_all_is_known(index):
    assert facts(OpportunityPageFactory(kind="job")) == ["JobPosting"]
    thing = OpportunityPageFactory().told_to_machines(None, "")[0]
    assert (thing["employmentType"], thing["hiringOrganization"]["name"]) == ("INTERN", "Kestrel")
    assert thing["jobLocation"]["address"]["addressCountry"] == "CA"
    for less in (
        {"kind": "scholarship"},
        {"country": ""},
        {"members_days": 3},
        {"last_day": in_days(-1)},
        {"place": ""},
    ):
        assert facts(OpportunityPageFactory(**less)) == [], less


def test_for_members_first_everybody_reads_all_but_the_link(client, index, time_machine):
    page = OpportunityPageFactory(apply_link="https://a.example/secret", members_days=3, last_day=in_days(10))
    html = seen(client, page.url)
    assert "https://a.example/secret" not in html
    assert "Kestrel" in html
    assert page.open_to_all_words in html
    assert "no-cache" in client.get(page.url)["Cache-Control"]
    assert words.MEMBERS_FIRST in seen(client, index.url)
    assert "a.example" not in client.get(f"{index.url}feed/").content.decode()
    assert "a.example" not in client.get("/search/?q=internship").content.decode()
    queries_of(client, page.url)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    html = seen(client, page.url)
    assert "https://a.example/secret" in html
    assert 'name="email"' not in html


def test_on_its_last_day_it_is_everybodys(index):
    assert OpportunityPageFactory(members_days=9, last_day=in_days(0)).is_for_members is False
    assert OpportunityPageFactory(members_days=9, last_day=in_days(1)).is_for_members is True


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(registry, "_to_member", [lambda email, page: found.append((email, page))])
    return found


def test_everybody_who_asks_for_the_link_is_answered_the_same(client, index, asked):
    page = OpportunityPageFactory(members_days=3)
    answer = ask(client, page)
    assert (answer.status_code, answer["Location"]) == (303, f"/opportunities/{page.pk}/sent/")
    assert asked == [("maya@example.com", page.pk)]
    assert index.sent_title in client.get(answer["Location"]).content.decode()
    assert not answer.cookies


@pytest.mark.parametrize(
    "more",
    [{"form-website": "x"}, {"form-stamp": "x"}, {"email": "maya@"}, {"email": ""}, {"email": "a@b.c\nBcc: d@e.f"}],
)
def test_what_no_person_sends_is_refused_and_the_address_stays(client, index, asked, more):
    page = OpportunityPageFactory(members_days=3)
    answer = ask(client, page, **more)
    assert answer.status_code == 422
    assert breaches(answer.content.decode()) == []
    assert asked == []
    assert 'role="alert"' in answer.content.decode()


def test_once_it_is_everybodys_asking_leads_to_the_page(client, index, asked):
    page = OpportunityPageFactory()
    assert ask(client, page)["Location"] == page.url
    assert client.get(f"/opportunities/{page.pk}/link/").status_code == 405
    page.unpublish()
    assert ask(client, page).status_code == 404
    assert asked == []


def test_the_feed_has_the_newest_with_who_offers_them(client, index):
    OpportunityPageFactory(title="Old", first_published_at=timezone.now() - timedelta(days=2))
    OpportunityPageFactory(title="New & <b>")
    feed = ElementTree.fromstring(client.get(f"{index.url}feed/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.findtext(f"{atom}title") for one in feed.findall(f"{atom}entry")] == ["New & <b>", "Old"]
    assert "Kestrel" in feed.find(f"{atom}entry").findtext(f"{atom}summary")


def test_very_long_words_and_nothing_but_what_must_be_do_not_break_it(client, index):
    page = OpportunityPageFactory(title=LONG, employer=LONG, lede=LONG, place="", pay="")
    seen(client, page.url)
    seen(client, index.url)


def test_the_demonstration_has_some_of_each_kind_once(client, home):
    index = demo.make_demo(home)
    demo.make_demo(home)
    assert OpportunityPage.objects.count() == len(demo.OPPORTUNITIES)
    html = seen(client, index.url)
    assert set(Markup(html).links()) >= {"Summer internship, data platform"}
    assert OpportunityPage.objects.filter(members_days__gt=0).count() == 1


def test_executives_find_them_in_the_menu(client, django_user_model, index):
    client.force_login(django_user_model.objects.create_superuser("exec", "e@wits.example", "x" * 14))
    assert reverse("wagtailadmin_explore", args=[index.pk]) in client.get("/admin/").content.decode()

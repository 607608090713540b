"""Links that lead nowhere: which are found where, what is ours, two nights, what is mended, and who is told."""

from datetime import timedelta

import pytest
import time_machine as clock
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model

from home.broken_links import looking, nights
from home.broken_links.collecting import collect, plain
from home.broken_links.inside import leads_somewhere
from home.broken_links.records import Link, LinkPlace
from home.first_content import ensure_first_content
from home.models import SiteSettings
from home.tests.factories import (
    FormPageFactory,
    OpportunityPageFactory,
    PartnerFactory,
    PersonFactory,
    StandardPageFactory,
)
from home.tests.other_sites import other_sites
from outbox.alert_mails import Alert
from outbox.models import Delivery, MailText
from outbox.worker import drain

pytestmark = pytest.mark.django_db
State = Link.State


@pytest.fixture(autouse=True)
def home():
    return ensure_first_content()


@pytest.fixture(scope="module")
def sites():
    with other_sites() as server:
        yield server


@pytest.fixture
def outside(sites, monkeypatch, settings):
    """Other sites, which need no pause here."""
    settings.LOOK_AT_OTHER_SITES = True
    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0.0)
    sites.visits.clear()
    return sites


def text(html):
    return [("section", {"heading": "One", "text": html})]


def a_page(html="", **more):
    page = StandardPageFactory(body=text(html) if html else [], **more)
    page.save_revision().publish()
    return page


def a_night():
    nights.begin_night()
    drain()


def found():
    return dict(Link.objects.values_list("address", "state"))


def test_links_are_found_wherever_they_can_stand(home):
    other = StandardPageFactory()
    page = a_page(
        f'<p><a linktype="page" id="{other.pk}">there</a> <a href="https://two.example/a?b=c#d">two</a>'
        '<a href="mailto:a@b.example">mail</a><a href="#down">down</a></p>'
    )
    site = SiteSettings.objects.get()
    site.menu = [("link", {"text": "Away", "address": "https://menu.example/"})]
    site.join_page, site.map_link = page, "https://map.example/"
    site.save()
    PartnerFactory(name="Northpine", link="https://partner.example/")
    PersonFactory(link="https://person.example/")
    OpportunityPageFactory(apply_link="https://apply.example/")
    FormPageFactory(mail_body="Hi {name}, [read this](https://mail.example/) or [that](https://x.example/{form}).")
    MailText.objects.create(key="x", label="A mail", subject="Hi", body="[Look](https://text.example/) at {url}")

    collect()

    wanted = {"two.example/a?b=c", *(f"{name}.example/" for name in (
        "menu", "map", "partner", "person", "apply", "mail", "text"))}  # fmt: skip
    assert {f"https://{one}" for one in wanted} <= set(found())
    assert {f"page:{other.pk}", f"page:{page.pk}"} <= set(found())
    assert not [address for address in found() if "mailto" in address or "down" in address or "{" in address]
    menu = LinkPlace.objects.get(link__address="https://menu.example/")
    assert (menu.words, menu.right) == ("Away", "home.change_sitesettings")
    assert menu.url.startswith("/admin/settings/home/sitesettings/")
    assert LinkPlace.objects.get(link__address="https://two.example/a?b=c").page_id == page.pk


def test_what_is_hidden_or_over_is_left_out():
    StandardPageFactory(live=False, body=text('<a href="https://draft.example/">x</a>'))
    day = timezone.localdate() - timedelta(days=1)
    PartnerFactory(link="https://partner.example/", until=day)
    OpportunityPageFactory(apply_link="https://apply.example/", last_day=day)
    collect()
    assert not [address for address in found() if address.startswith("https://")]


def test_collecting_again_keeps_what_was_found_and_forgets_what_is_gone():
    page = a_page('<a href="https://one.example/">x</a> <a href="https://two.example/">x</a>')
    collect()
    Link.objects.filter(address="https://one.example/").update(state=State.BROKEN)
    page.body = text('<a href="https://one.example/">x</a>')
    page.save_revision().publish()
    collect()
    assert found()["https://one.example/"] == State.BROKEN
    assert "https://two.example/" not in found()
    assert LinkPlace.objects.filter(link__address="https://one.example/").count() == 1


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://one.example/a#b", "https://one.example/a"),
        ("http://testserver/about/?x=1", "/about/?x=1"),
        ("http://testserver", "/"),
        ("//one.example/a", "https://one.example/a"),
        ("mailto:a@b.example", ""),
        ("tel:+1", ""),
        ("#top", ""),
        ("javascript:alert(1)", ""),
        ("https://one.example/{code}", ""),
        ("https://one.example/" + "x" * 3000, ""),
        ("http://[half", "http://[half"),
    ],
)
def test_how_an_address_is_looked_at(typed, address):
    assert plain(typed) == address


@pytest.mark.parametrize(
    ("path", "leads"),
    [("/", True), ("/search/", True), ("/ada/", True), ("/ada", True), ("/ada/nothing/", False), ("/nothing/", False),
     ("/old-poster/", True), ("/about", True), ("/static/x.css", True), ("/media/nothing.pdf", False),
     ("/documents/999/x.pdf", False), ("/draft/", False)],
)  # fmt: skip
def test_what_is_ours_is_known_without_asking(home, path, leads):
    StandardPageFactory(title="Ada", slug="ada")
    StandardPageFactory(title="About us", slug="us")
    StandardPageFactory(title="Draft", slug="draft", live=False)
    Redirect.objects.create(old_path="/old-poster", redirect_link="/ada/")
    assert leads_somewhere(path) is leads


def test_a_page_or_document_that_is_gone_breaks_its_links_at_once(outside):
    there, hidden, gone = StandardPageFactory(), StandardPageFactory(live=False), StandardPageFactory()
    document = get_document_model().objects.create(title="Budget", file="documents/never-was.pdf")
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a> ' for page in (there, hidden, gone))
    a_page(f'<p>{links}<a linktype="document" id="{document.pk}">y</a></p>')
    gone.delete()
    a_night()
    wanted = {
        f"page:{there.pk}": State.FINE,
        f"page:{hidden.pk}": State.BROKEN,
        f"document:{document.pk}": State.BROKEN,
    }
    assert wanted.items() <= found().items()
    assert not outside.visits


def test_a_link_is_broken_once_it_failed_on_two_nights(outside):
    address = outside.at("/gone")
    a_page(f'<a href="{address}">x</a><a href="{outside.at("/fine", "two.example")}">y</a>')
    with clock.travel("2026-11-26T02:15-05:00", tick=False) as now:
        a_night()
        assert found()[address] == State.ONCE
        since = Link.objects.get(address=address).failing_since
        nights.begin_now()
        now.shift(timedelta(hours=2))
        drain()
        assert found()[address] == State.ONCE, "a second look of one day is not a second night"
        now.shift(timedelta(hours=22))
        a_night()
    broken = Link.objects.get(address=address)
    assert (broken.state, broken.failing_since) == (State.BROKEN, since)
    assert "404" in broken.why
    assert found()[outside.at("/fine", "two.example")] == State.FINE


def test_a_link_that_leads_somewhere_again_is_fine(outside):
    address = outside.at("/fine")
    a_page(f'<a href="{address}">x</a>')
    collect()
    Link.objects.update(state=State.BROKEN, failing_since=timezone.now(), broken_at=timezone.now(), why="Away.")
    nights.look_again_at(Link.objects.get(address=address))
    drain()
    link = Link.objects.get(address=address)
    assert (link.state, link.failing_since, link.broken_at, link.why) == (State.FINE, None, None, "")


def test_a_site_that_keeps_robots_out_is_never_broken(outside):
    addresses = [outside.at(path, f"{path[1:]}.example") for path in ("/people-only", "/robots", "/round")]
    a_page("".join(f'<a href="{address}">x</a>' for address in addresses))
    for day in (26, 27, 28):
        with clock.travel(f"2026-11-{day}T02:15-05:00", tick=False):
            a_night()
    assert {found()[address] for address in addresses} == {State.UNCLEAR}
    assert not Alert.objects.filter(kind="links.broken").exists()


def test_a_site_that_asks_for_time_gets_it_for_all_its_links(outside):
    page = a_page("".join(f'<a href="{outside.at(f"/late?Retry-After=172800&n={n}")}">x</a>' for n in range(4)))
    with clock.travel("2026-11-26T02:15-05:00", tick=False) as now:
        a_night()
        assert len(outside.visits) == 1
        now.shift(timedelta(days=1))
        a_night()
        nights.look_again_at(Link.objects.filter(host="one.example").first())
        drain()
        assert len(outside.visits) == 1
        now.shift(timedelta(days=1, minutes=5))
        a_night()
        assert len(outside.visits) == 2
    assert not Link.objects.filter(places__page=page, state__in=[State.ONCE, State.BROKEN]).exists()


def test_a_night_on_which_nobody_answers_says_nothing_of_anybody(outside, monkeypatch):
    addresses = [outside.at("/", f"nobody-{n}.example") for n in range(4)]
    a_page("".join(f'<a href="{address}">x</a>' for address in addresses))
    a_night()
    assert {found()[address] for address in addresses} == {State.NEW}
    a_page(f'<a href="{outside.at("/fine")}">x</a>')
    with clock.travel(timezone.now() + timedelta(days=1), tick=False):
        a_night()
    assert {found()[address] for address in addresses} == {State.ONCE}


def test_a_night_goes_on_in_rounds_and_asks_nothing_twice(outside, monkeypatch):
    monkeypatch.setattr(nights, "ROUND_SECONDS", 0.05)
    outside.delay = 0.03
    try:
        a_page("".join(f'<a href="{outside.at(f"/{n}", f"{n % 3}.example")}">x</a>' for n in range(12)))
        a_night()
    finally:
        outside.delay = 0.0
    assert Delivery.objects.filter(kind=nights.ROUND, state=Delivery.State.DONE).count() > 1
    assert sorted(path for _, path in outside.asked()) == sorted(f"/{n}" for n in range(12))


def test_a_worker_killed_in_the_middle_goes_on_where_it_was(outside, monkeypatch):
    class Killed(BaseException):
        pass

    a_page("".join(f'<a href="{outside.at(f"/{n}")}">x</a>' for n in range(6)))
    nights.begin_night()
    real, seen = nights.write, []

    def dies(link, *args, **kwargs):
        if len(seen) == 3:
            raise Killed
        seen.append(link.address)
        real(link, *args, **kwargs)

    monkeypatch.setattr(nights, "write", dies)
    with pytest.raises(Killed):
        drain()
    monkeypatch.setattr(nights, "write", real)
    Delivery.objects.filter(kind=nights.ROUND).update(lease_until=timezone.now() - timedelta(seconds=1))
    before = len(outside.visits)
    drain()
    assert {state for address, state in found().items() if address.startswith("http")} == {State.FINE}
    assert len(outside.visits) - before == 3


def test_two_workers_do_not_ask_at_the_same_time(outside):
    a_page(f'<a href="{outside.at("/fine")}">x</a>')
    nights.begin_night()
    Delivery.objects.create(
        kind=nights.ONE, key="other", channel="links", state=Delivery.State.RUNNING,
        lease_until=timezone.now() + timedelta(seconds=30), lease_owner="another",
    )  # fmt: skip
    drain()
    assert not outside.visits
    assert Delivery.objects.filter(kind=nights.ROUND, state=Delivery.State.WAITING).count() == 1


def test_what_broke_is_one_line_of_the_digest_and_no_mail(outside):
    a_page(f'<p><a linktype="page" id="{10**6}">x</a> <a linktype="page" id="{10**6 + 1}">y</a></p>')
    a_night()
    [alert] = Alert.objects.filter(kind="links.broken")
    assert (alert.state, alert.what.count("2 links")) == (Alert.State.HELD, 1)
    with clock.travel(timezone.now() + timedelta(days=1), tick=False):
        a_night()
    assert Alert.objects.filter(kind="links.broken").count() == 1, "what was told is not told again"


def test_what_somebody_mends_is_no_matter_any_more(outside, django_capture_on_commit_callbacks):
    page = a_page(f'<p><a linktype="page" id="{10**6}">x</a></p>')
    partner = PartnerFactory(link="http://testserver/nothing/")
    a_night()
    assert found()[f"page:{10**6}"] == found()["/nothing/"] == State.BROKEN
    page.body = text("<p>Nothing.</p>")
    page.save_revision().publish()
    partner.link = ""
    partner.save()
    drain()
    assert f"page:{10**6}" not in found()
    assert "/nothing/" not in found()


def test_saving_what_has_no_broken_link_promises_nothing():
    page = a_page('<a href="https://one.example/">x</a>')
    collect()
    page.save_revision().publish()
    PartnerFactory()
    assert not Delivery.objects.filter(kind=nights.ANEW).exists()

"""Every address of the site × who asks: read from the resolver, so that no new one is forgotten.

A new address under `/admin/` needs a rule in MAY_OPEN, or the test names it.
"""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver
from wagtail.models import Page

from desk.accounts.sessions import WHOLE
from desk.groups import EDITOR, EVENTS, OWNER, POSITIONS, TREASURER
from desk.tests.staff import PASSWORD, someone, with_app
from events.models import EventsIndexPage
from home.first_content import ensure_first_content

pytestmark = pytest.mark.django_db
WRITERS = {EDITOR, EVENTS, OWNER}
EDITORS = {EDITOR, OWNER}
MONEY = {TREASURER, OWNER}
ALL = set(POSITIONS)
OWNERS = {OWNER}
STATUS = {OWNER, TREASURER}
NOBODY: set[str] = set()

# What anybody may ask for without a sign-in: ways in, and what they need to look like the admin.
OPEN = r"(login/(code/)?|logout/|invitation/.+|password_reset/.*|bulk/desk/user/.*|sprite/|jsi18n/|\^\.\*/\$)"
# Which positions an address opens for; the first rule that fits counts. What it shows or does to one object may be
# less: the tests of the rooms say that.
MAY_OPEN = [
    (r"|account/|sign-in/.*|guide/.*|dismissibles/|test404/|failwhale/|block-preview/|editing-sessions/.*", ALL),
    (r"sites/(new|delete|copy)/.*|collections/.*", NOBODY),  # for maintainers, at the command line
    (r"users/.*|groups/.*|sites/.*|first-steps/.*", OWNERS),
    (r"attention/.*", ALL),
    (r"status/", STATUS),
    (r"(members|signups|cases|stripe-events|deliveries|alerts)/.*", MONEY),
    (r"(levels|perks|mail-texts)/.*", OWNERS),
    (r"answers/.*", ALL),  # those that the form names, and Owners: see desk/tests/test_answers.py
    (r"taken-down/.*|forms/.*", ALL),  # of the pages that one may edit
    (r"redirects/.*|settings/.*", ALL),  # settings: each by its own right, see desk/tests/test_who_may_what.py
    (r"snippets/choose/.*|snippets/(home/\w+/.*)?", ALL),
    (r"workflows/task_chooser/.*", ALL),  # Wagtail's: a list of two names; making one needs the right to
    (r"workflows/.*", NOBODY),
    (r"reports/.*", ALL),
    (r"(pages|choose-page|choose-\w+-link|tag-autocomplete|bulk|api/main|embeds)/.*", ALL),
    (r"(documents|images)/chooser/.*", ALL),
    (r"(documents|images)/.*", WRITERS),
]
# What stands for the parts of an address that can be anything.
VALUES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": str(UUID(int=1))}


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def address(route):
    """An address that the route matches."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES[found[1] or "str"], route)
    filled = filled.replace("/(live|earliest|\\d+)\\.\\.\\.(live|latest|\\d+)/", "/live...latest/")
    filled = filled.replace("(\\d+)", "1").replace("(.*)", "x").replace("((?:[\\w\\-]+/)*)", "").replace(".*/", "x/")
    return "/" + re.sub(r"[\^$]", "", filled)


ROUTES = sorted(set(routes(get_resolver().url_patterns)))
ADMIN = [route.removeprefix("admin/") for route in ROUTES if route.startswith("admin/")]
CLOSED = [route for route in ADMIN if not re.fullmatch(OPEN, route)]


def rule(route):
    return next((may for pattern, may in MAY_OPEN if re.fullmatch(pattern, route)), None)


def answers(client, route):
    """What the address says to a GET and to a POST."""
    client.raise_request_exception = False
    return client.get(address(route)), client.post(address(route), {})


def test_every_address_of_the_admin_has_a_rule():
    assert "\n".join(route for route in CLOSED if rule(route) is None) == ""
    assert len(CLOSED) > 250
    assert "pages/<int:page_id>/edit/" in CLOSED


@pytest.fixture
def owner():
    user = someone("Owner")
    with_app(user)
    return user


def nobody(owner):
    return Client()


def with_the_password_only(owner):
    client = Client()
    client.force_login(owner)
    session = client.session
    del session[WHOLE]
    session.save()
    return client


def half_way(owner):
    client = Client()
    client.post("/admin/login/", {"username": owner.username, "password": PASSWORD})
    assert client.get("/admin/login/code/").status_code == 200
    return client


def with_access_that_ended(owner):
    client = Client()
    client.force_login(owner)
    type(owner).objects.filter(pk=owner.pk).update(access_until="2020-01-01")
    return client


@pytest.mark.parametrize("who", [nobody, with_the_password_only, half_way, with_access_that_ended])
def test_without_both_factors_no_address_of_the_admin_opens(owner, who):
    client = who(owner)
    for route in CLOSED:
        for response in answers(client, f"admin/{route}"):
            assert response.status_code == 302, route
            assert response.url.startswith("/admin/login/?next="), route


@pytest.mark.parametrize("who", [with_the_password_only, half_way])
def test_every_other_address_answers_as_it_does_to_a_visitor(owner, who):
    ensure_first_content()
    visitor, client = Client(), who(owner)
    for route in ROUTES:
        if route.startswith("admin/") and route.removeprefix("admin/") in CLOSED:
            continue
        for theirs, ours in zip(answers(visitor, route), answers(client, route), strict=True):
            expected = {theirs.status_code}
            if route == "admin/login/code/" and who is half_way:
                expected = {200, 422}
            assert ours.status_code in expected, route
            assert not getattr(ours.wsgi_request.user, "is_authenticated", False), route
        if route == "admin/logout/":
            client = who(owner)


@pytest.mark.parametrize("path", [address(f"admin/{route}") for route in ADMIN if re.fullmatch(OPEN, route)])
def test_a_password_posted_to_any_way_in_makes_no_session(owner, path):
    client = Client()
    for names in ({"username": owner.username, "password": PASSWORD}, {"login": owner.email, "password": PASSWORD}):
        client.post(path, names)
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("position", sorted(POSITIONS))
def test_each_position_opens_what_its_rule_says_and_nothing_else(position):
    home = ensure_first_content()
    if not EventsIndexPage.objects.exists():
        home.add_child(instance=EventsIndexPage(title="Events", slug="all-events"))
    client = Client()
    client.force_login(someone(position))
    opened, refused = [], []
    for route in CLOSED:
        if rule(route) is ALL:
            continue
        response = client.get(address(f"admin/{route}"))
        turned_away = response.status_code == 403 or (response.status_code == 302 and response.url == "/admin/")
        if response.status_code == 200 and position not in rule(route):
            opened.append(route)
        if turned_away and position in rule(route):
            refused.append(route)
    assert "\n".join(opened) == ""
    assert "\n".join(refused) == ""


def test_the_page_of_the_whole_tree_is_not_editable_for_who_has_events_only():
    home = ensure_first_content()
    client = Client()
    client.force_login(someone(EVENTS))

    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 302
    assert Page.objects.get(pk=home.pk).permissions_for_user(someone("")).can_edit() is False

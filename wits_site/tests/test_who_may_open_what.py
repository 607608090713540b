"""Every address of the admin × each position × with and without the second factor, read from the resolver.

A new address needs a rule in MAY_OPEN, or the test names it. Each is opened with something real to speak of, so that
"there is no such thing" hides nothing.
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from wagtail.models import Page

from desk.accounts.sessions import WHOLE
from desk.closed import FOR_EDITORS_OF_PAGES, FOR_MAINTAINERS
from desk.groups import EDITOR, EVENTS, OWNER, POSITIONS, TREASURER
from desk.models import User
from desk.tests.staff import PASSWORD, someone, with_app
from home.first_content import ensure_first_content
from membership.tests.factories import MembershipFactory
from membership.views.visitor import remember
from wits_site.tests.opening.addresses import ADMIN, ROUTES, address, addresses
from wits_site.tests.opening.ground import Ground

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WRITERS = {EDITOR, EVENTS, OWNER}
EDITORS = {EDITOR, OWNER}
MONEY = {TREASURER, OWNER}
ALL = set(POSITIONS)
OWNERS = {OWNER}
NOBODY: set[str] = set()

# What anybody may ask for without a sign-in: ways in, and what they need to look like the admin.
OPEN = r"(login/(code/)?|logout/|invitation/.+|password_reset/.*|bulk/desk/user/.*|sprite/|jsi18n/|\^\.\*/\$)"
# Which positions an address opens for; the first rule that fits counts. What it shows or does there may be less: the
# tests of the rooms say that.
MAY_OPEN = [
    (r"guide/\*/", EDITORS),  # a subject about links; see desk/tests/test_guide.py
    (r"|account/|sign-in/.*|guide/.*|dismissibles/|attention/.*|editing-sessions/release/.*", ALL),
    (r"editing-sessions/ping/home/.*", EDITORS),
    (r"editing-sessions/ping/events/.*", WRITERS),
    # For maintainers: what gives rights, what can break the site, and the history of everything.
    (r"(groups|sites|collections|workflows)/.*|failwhale/|test404/|snippets/", NOBODY),
    (r"reports/(site-history|workflow|workflow_tasks|page-types-usage)/.*", NOBODY),
    (r"users/delete/.*|forms/submissions/.*", NOBODY),  # access is ended, accounts stay; answers have a list of ours
    (r"(users|first-steps|levels|perks|mail-texts)/.*", OWNERS),
    (r"status/|(members|signups|cases|stripe-events|deliveries|alerts)/.*", MONEY),
    (r"answers/.*", OWNERS),  # and those that a form names: see desk/tests/test_answers.py
    (r"(taken-down|redirects|reports/broken-links)/.*", EDITORS),
    (r"settings/\w+/\w+/", ALL),  # leads to where the right is asked for
    (r"settings/home/.*", EDITORS),
    (r"settings/.*", OWNERS),
    (r"snippets/choose/.*/create/|snippets/home/.*", EDITORS),
    # Wagtail leads on to the part of the tree that is theirs, or to where the right is asked for.
    (r"pages/<int:parent_page_id>/(results/)? of .*|pages/<int:page_id>/revisions/ of .*|choose-page/.*", WRITERS),
    (r"pages/workflow/confirm_cancellation/.*", WRITERS),  # only asks whether to stop a review
    (r"pages/workflow/.*", OWNERS),
    (r"pages/.* of a page|api/main/\^pages/<int.*", EDITORS),
    (r"(pages|choose-\w+-link|tag-autocomplete|bulk|api/main|embeds|block-preview)/.*", WRITERS),
    (r"(documents|images|reports|forms|snippets/choose)/.*", WRITERS),
]
# Where there is nothing for those who may be there either: ours take their place, or it speaks of what passes.
NOTHING_THERE = (
    r"settings/.*/preview/|images/.*/generate_url/.*|.*/convert_alias/.*|api/main/.*/(find|action/.*)/|block-preview/"
    r"|(images|documents)/multiple/(delete_upload|create_from_uploaded_\w+)/.*|first-steps/name/ask/"
)
# Wagtail shows a question to anybody who may edit pages, and refuses the answer.
ASKED_BEFORE_REFUSED = r"pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/.*|bulk/.*"
# What ours take the place of, or leave away, for everybody.
FOR_NOBODY_AT_ALL = r"snippets/|users/delete/.*|forms/submissions/.*|workflows/tasks/add/.*"
CLOSED = [route for route in ADMIN if not re.fullmatch(OPEN, route)]


def rule(name):
    return next((may for pattern, may in MAY_OPEN if re.fullmatch(pattern, name)), None)


@pytest.fixture
def ground(monkeypatch):
    """Something real to speak of. Pages of the admin are not drawn: who may see them is known before."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    ensure_first_content()
    return Ground()


def outcome(client, name, url):
    """`opens`, `refused` or `not found`: to a GET, or to an empty POST where that decides. What it did is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.get(url)
        if response.status_code == 405 or re.fullmatch(ASKED_BEFORE_REFUSED, name):
            response = client.post(url)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code == 403 or (response.status_code == 302 and response.url == "/admin/"):
        return "refused"
    if response.status_code == 404:
        return "not found"
    return "opens"


@pytest.mark.parametrize("position", sorted(POSITIONS))
def test_each_position_opens_what_its_rule_says_and_nothing_else(ground, position):
    user, client = someone(position), Client(raise_request_exception=False)
    with_app(user)
    ground.rows["sign-in"] = user.authenticator_set.first().pk
    client.force_login(user)
    wrong = []
    for route in CLOSED:
        for name, url in addresses(route, ground):
            expected = {"refused", "not found"}
            if position in rule(name):
                expected = {"not found"} if re.fullmatch(NOTHING_THERE, name) else {"opens"}
            found = outcome(client, name, url)
            if found not in expected:
                wrong.append(f"{name}: {found}")
    assert "\n".join(wrong) == ""


def test_every_address_of_the_admin_has_a_rule(ground):
    assert "\n".join(name for route in CLOSED for name, _ in addresses(route, ground) if rule(name) is None) == ""
    assert len(CLOSED) > 250
    assert "pages/<int:page_id>/edit/" in CLOSED


def test_what_no_position_opens_is_there_for_maintainers(ground):
    """So that a row or an address that is gone never looks like a right that holds."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("maintainer@wits.example"))
    wrong = []
    for route in CLOSED:
        for name, url in addresses(route, ground):
            if rule(name) is NOBODY and not re.fullmatch(FOR_NOBODY_AT_ALL, name):
                found = outcome(client, name, url)
                if found != "opens":
                    wrong.append(f"{name}: {found}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("place", [*FOR_MAINTAINERS, *FOR_EDITORS_OF_PAGES])
def test_what_is_closed_is_there(place):
    assert [route for route in ADMIN if route.startswith(place)]


def nobody(position):
    return Client()


def member(position):
    """Somebody who joined in this browser: members have no account, and nothing of theirs leads into the admin."""
    client, response = Client(), HttpResponse()
    remember(response, MembershipFactory().signup)
    client.cookies.update(response.cookies)
    return client


def staff_without_a_position(position):
    client = Client()
    client.force_login(someone())
    return client


def with_the_password_only(position):
    client = Client()
    client.force_login(account(position))
    session = client.session
    del session[WHOLE]
    session.save()
    return client


def half_way(position):
    """The password was right: the next step is the second one, and until then there is nobody."""
    client = Client()
    response = client.post("/admin/login/", {"username": account(position).username, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/admin/login/code/")
    assert client.get("/admin/login/code/").status_code == 200
    return client


def with_access_that_ended(position):
    client, user = Client(), account(position)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(access_until="2020-01-01")
    return client


def account(position):
    user = someone(position)
    with_app(user)
    return user


WITHOUT = [
    *((who, "") for who in (nobody, member, staff_without_a_position)),
    *((with_the_password_only, position) for position in sorted(POSITIONS)),
    *((who, OWNER) for who in (half_way, with_access_that_ended)),
]


@pytest.mark.parametrize(("who", "position"), WITHOUT)
def test_without_both_factors_no_address_of_the_admin_opens(who, position):
    client = who(position)
    asks = [client.get, client.post] if position in ("", OWNER) else [client.get]
    for route in CLOSED:
        url = "/admin" + address(route)
        for ask in asks:
            response = ask(url)
            assert response.status_code == 302, route
            assert response.url.startswith("/admin/login/?next="), route
            client.cookies.pop("messages", None)


@pytest.mark.parametrize("who", [with_the_password_only, half_way])
def test_every_other_address_answers_as_it_does_to_a_visitor(who):
    ensure_first_content()
    visitor, client = Client(raise_request_exception=False), who(OWNER)
    client.raise_request_exception = False
    for route in ROUTES:
        if route.removeprefix("admin/") in CLOSED and route.startswith("admin/"):
            continue
        url = address(route)
        for theirs, ours in ((visitor.get(url), client.get(url)), (visitor.post(url), client.post(url))):
            expected = {theirs.status_code}
            if route == "admin/login/code/" and who is half_way:
                expected = {200, 422}
            assert ours.status_code in expected, route
            assert not getattr(ours.wsgi_request.user, "is_authenticated", False), route
        if route == "admin/logout/":
            User.objects.all().delete()
            client = who(OWNER)


@pytest.mark.parametrize("path", ["/admin" + address(route) for route in ADMIN if re.fullmatch(OPEN, route)])
def test_a_password_posted_to_any_way_in_makes_no_session(path):
    client, owner = Client(), account(OWNER)
    for names in ({"username": owner.username, "password": PASSWORD}, {"login": owner.email, "password": PASSWORD}):
        client.post(path, names)
        assert "_auth_user_id" not in client.session


def test_the_page_of_the_whole_tree_is_not_editable_for_who_has_events_only():
    home = ensure_first_content()
    client = Client()
    client.force_login(someone(EVENTS))

    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 302
    assert Page.objects.get(pk=home.pk).permissions_for_user(someone("")).can_edit() is False

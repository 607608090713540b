"""Every address of the Members menu × every position; and nothing of members where all editors can look."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import ReferenceIndex
from wagtail.search.index import get_indexed_models
from wagtail.snippets.models import get_snippet_models

from desk.groups import POSITIONS
from desk.models import User
from desk.tests.staff import someone
from membership.models import Case, Level, Member, MembershipSettings, Perk, Signup, StripeEvent
from membership.tests.factories import CaseFactory, MembershipFactory, PerkFactory, StripeEventFactory
from outbox.mail_texts import ensure_mail_texts
from outbox.models import Alert, Delivery, MailText

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NAMESPACES = {"members", "signups", "cases", "levels", "perks", "stripe-events", "deliveries", "alerts", "mail_texts"}
MEMBER_MODELS = {
    Member: "members",
    Signup: "signups",
    Case: "cases",
    Level: "levels",
    Perk: "perks",
    StripeEvent: "stripe-events",
    Delivery: "deliveries",
    MailText: "mail_texts",
}
SETTINGS = "settings/membership/membershipsettings/{settings}/"
# Who gets a page rather than a refusal. Owner: everything there is.
TREASURER = {
    "members:index",
    "members:index_results",
    "members:inspect",
    "members:edit",
    "members:by_hand",
    "members:import",
    "signups:index",
    "signups:index_results",
    "signups:inspect",
    "signups:refund",
    "cases:index",
    "cases:index_results",
    "cases:inspect",
    "cases:decide",
    "cases:old_site",
    "stripe-events:index",
    "stripe-events:index_results",
    "stripe-events:inspect",
    "stripe-events:process_again",
    "deliveries:index",
    "deliveries:index_results",
    "deliveries:inspect",
    "deliveries:try_again",
    "alerts:index",
    "alerts:index_results",
    "alerts:inspect",
}


@pytest.fixture
def rows():
    membership = MembershipFactory()
    event = StripeEventFactory(signup=membership.signup)
    ensure_mail_texts()
    alert = Alert.objects.create(kind="payment.case", key="payment.case:1", what="A payment does not add up.")
    return {
        "members": membership.member_id,
        "signups": membership.signup_id,
        "refund": membership.signup.payments.get().pk,
        "cases": CaseFactory(signup=membership.signup, payment=membership.signup.payments.get()).pk,
        "levels": membership.level_id,
        "perks": PerkFactory().pk,
        "stripe-events": event.pk,
        "deliveries": Delivery.objects.create(kind="hubspot.contact", key="k", channel="hubspot").pk,
        "alerts": alert.pk,
        "mail_texts": MailText.objects.order_by("pk")[0].pk,
    }


def addresses(rows):
    """Each address of ours, by name."""
    for viewset in viewsets.viewsets:
        if viewset.name not in NAMESPACES:
            continue
        for pattern in viewset.get_urlpatterns():
            name = f"{viewset.url_namespace}:{pattern.name}"
            arguments = [rows[viewset.url_namespace]] if "pk" in str(pattern.pattern) else []
            if name == "signups:refund":
                arguments = [rows["refund"]]
            if name == "cases:decide":
                arguments.append("leave")
            yield name, reverse(name, args=arguments)


def opened(client, rows, position):
    """The names of the addresses that do not refuse that position: by GET, or by POST where only that is taken."""
    if position is not None:
        client.force_login(someone(position))
    got_in = set()
    for name, url in addresses(rows):
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        refused = response.status_code in (302, 403) and (
            response.status_code == 403 or response.url in ("/admin/", f"/admin/login/?next={url}")
        )
        if not refused:
            assert response.status_code in (200, 302), name
            got_in.add(name)
    return got_in


def test_every_list_of_the_menu_is_covered(rows):
    assert {name.split(":")[0] for name, _ in addresses(rows)} == NAMESPACES


@pytest.mark.parametrize("position", [None, "", "Editor"])
def test_visitors_staff_without_a_position_and_editors_see_nothing_of_members(client, rows, position):
    assert opened(client, rows, position) == set()


def test_the_treasurer_sees_members_and_money_and_edits_no_level(client, rows):
    assert opened(client, rows, "Treasurer") == TREASURER


def test_the_owner_gets_in_everywhere(client, rows):
    assert opened(client, rows, "Owner") == {name for name, _ in addresses(rows)}


@pytest.mark.parametrize("position", [None, "", "Editor", "Treasurer"])
def test_who_is_refused_a_page_is_refused_the_act_too(client, rows, position):
    if position is not None:
        client.force_login(someone(position))
    allowed = TREASURER if position == "Treasurer" else set()
    for name, url in addresses(rows):
        if name not in allowed:
            response = client.post(url, {"name": "x", "title": "x"})
            assert response.status_code in (302, 403), name
    assert Level.objects.filter(pk=rows["levels"]).exists()
    assert Perk.objects.filter(pk=rows["perks"]).exists()


@pytest.mark.parametrize("position", ["", "Editor", "Treasurer"])
@pytest.mark.parametrize("place", ["users/", "users/new/", SETTINGS])
def test_only_the_owner_gets_to_accounts_and_settings_of_membership(client, position, place):
    place = place.format(settings=MembershipSettings.load().pk)
    client.force_login(someone(position))

    for response in (client.get(f"/admin/{place}"), client.post(f"/admin/{place}", {})):
        assert response.status_code in (302, 403)
        assert response.headers.get("Location", "/admin/").startswith("/admin/login/") or (
            response.headers.get("Location", "/admin/") == "/admin/"
        )


def test_the_owner_gets_to_accounts_and_settings_of_membership(client):
    settings = MembershipSettings.load().pk
    client.force_login(someone("Owner"))

    for place in ("users/", SETTINGS):
        assert client.get(f"/admin/{place.format(settings=settings)}").status_code == 200, place


@pytest.mark.parametrize("position", sorted(POSITIONS))
@pytest.mark.parametrize("place", ["groups/", "groups/new/", "sites/", "collections/", "workflows/list/"])
def test_no_position_changes_what_positions_may_do_and_a_maintainer_does(client, position, place):
    client.force_login(someone(position))
    for response in (client.get(f"/admin/{place}"), client.post(f"/admin/{place}", {"name": "More"})):
        assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert set(Group.objects.values_list("name", flat=True)) == set(POSITIONS)

    client.force_login(User.objects.create_superuser("maintainer@wits.example"))
    assert client.get(f"/admin/{place}").status_code == 200


def test_what_an_owner_posts_to_a_position_gives_it_nothing(client):
    client.force_login(someone("Owner"))
    editors = Group.objects.get(name="Editor")
    before = set(editors.permissions.all())

    response = client.post(f"/admin/groups/edit/{editors.pk}/", {"name": "Editor", "permissions": ["1", "2"]})

    assert response.status_code == 302
    assert set(editors.permissions.all()) == before


def test_looking_changes_nothing(client, rows):
    client.force_login(someone("Owner"))
    before = {model: list(model.objects.order_by("pk").values()) for model in MEMBER_MODELS}

    for _, url in addresses(rows):
        client.get(url)

    assert {model: list(model.objects.order_by("pk").values()) for model in MEMBER_MODELS} == before


def test_the_menu_shows_each_position_only_what_it_may_open(client):
    expected = {
        "Editor": [],
        "Treasurer": ["alerts", "cases", "deliveries", "members", "signups", "stripe-events"],
        "Owner": sorted(NAMESPACES),
    }
    for position, wanted in expected.items():
        client.force_login(someone(position))
        page = client.get("/admin/").content.decode()
        assert [name for name in sorted(NAMESPACES) if f'"{reverse(name + ":index")}"' in page] == wanted, position


def test_members_are_no_snippets_not_searched_not_chosen_and_not_in_the_reference_index():
    ours = set(apps.get_app_config("membership").get_models()) - set(settings_registry)
    pages = {model for model in ours if hasattr(model, "get_url_parts")}

    assert not ours & set(get_snippet_models())
    assert not (ours - pages) & set(get_indexed_models())
    assert not any(
        ReferenceIndex.model_is_indexable(model) and model in ReferenceIndex.tracked_models
        for model in (Member, Signup, StripeEvent, Case)
    )
    assert not any(app.name == "wagtail.api.v2" for app in apps.get_app_configs())

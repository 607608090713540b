"""The executives' list of members, one person's page, and correcting them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.models import Member, Membership
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from outbox.models import Delivery

pytestmark = pytest.mark.django_db
LIST = "/admin/members/"


def names(response):
    return [row.last_name for row in response.context["object_list"]]


def test_the_list_shows_name_email_level_status_and_last_day(admin_client):
    MembershipFactory(
        member=MemberFactory(first_name="Alice", last_name="van Doorn", email="alice@uwo.example"),
        starts_on=timezone.localdate(),
        ends_on=date(2099, 4, 30),
    )

    page = admin_client.get(LIST).content.decode()

    for words in ("Alice van Doorn", "alice@uwo.example", "WITS member", "Active", "30 April 2099"):
        assert words in page


def test_the_list_asks_as_much_for_fifty_rows_as_for_five(admin_client):
    for _ in range(5):
        MembershipFactory()
    admin_client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin_client.get(LIST)
    for _ in range(45):
        MembershipFactory()
    with CaptureQueriesContext(connection) as many:
        response = admin_client.get(LIST)

    assert len(response.context["object_list"]) == 50
    assert len(many) == len(few)
    own = [query["sql"] for query in many if "membership_" in query["sql"]]
    assert len(own) == 4  # how many, the members, their memberships, the levels to filter by


def test_an_empty_list_says_when_somebody_will_stand_there(admin_client):
    assert "Nobody has joined yet." in admin_client.get(LIST).content.decode()


def test_an_empty_search_does_not_say_that_nobody_joined(admin_client):
    MemberFactory()

    page = admin_client.get(LIST, {"q": "zzz"}).content.decode()

    assert "No members match" in page
    assert "Nobody has joined yet" not in page


@pytest.mark.parametrize("typed", ["van dyk", "DYK", "mary dyk", "dyk mary", "ANNE", "mary@", "UWO.ex"])
def test_search_finds_any_part_of_names_and_address(admin_client, typed):
    MemberFactory(first_name="Mary Anne", last_name="van Dyk", email="mary@uwo.example")
    MemberFactory(first_name="Bob", last_name="Other", email="bob@elsewhere.example")

    assert names(admin_client.get(LIST, {"q": typed})) == ["van Dyk"]


@pytest.mark.parametrize("typed", ["Élodie", "élodie", "ÉLODIE", "éLo"])
def test_search_takes_accents_as_typed_in_either_case(admin_client, typed):
    MemberFactory(first_name="Élodie", last_name="Accent")
    MemberFactory(first_name="Elodie", last_name="Plain")

    assert names(admin_client.get(LIST, {"q": typed})) == ["Accent"]


def test_search_takes_signs_of_the_database_as_letters(admin_client):
    MemberFactory(last_name="100%")
    MemberFactory(last_name="Other")

    assert names(admin_client.get(LIST, {"q": "%"})) == ["100%"]
    assert names(admin_client.get(LIST, {"q": "_"})) == []
    assert admin_client.get(LIST, {"q": "\x00"}).status_code == 200


def test_filters_by_status_level_newsletter_and_day(admin_client):
    general = LevelFactory(free=True)
    MembershipFactory(member=MemberFactory(last_name="Paid", newsletter=True))
    MembershipFactory(member=MemberFactory(last_name="Free"), level=general, ends_on=None)
    MembershipFactory(
        member=MemberFactory(last_name="Past", created_at=timezone.now() - timedelta(days=800)),
        starts_on=date(2024, 9, 1),
        ends_on=date(2025, 4, 30),
    )
    MembershipFactory(member=MemberFactory(last_name="Back"), state=Membership.State.REFUNDED)

    def found(**filters):
        return sorted(names(admin_client.get(LIST, filters)))

    assert found(status="active") == ["Free", "Paid"]
    assert found(status="ended") == ["Past"]
    assert found(status="refunded") == ["Back"]
    assert found(status="none") == []
    assert found(level=general.pk) == ["Free"]
    assert found(newsletter="yes") == ["Paid"]
    assert found(newsletter="no") == ["Back", "Free", "Past"]
    assert found(joined_to=str(timezone.localdate() - timedelta(days=700))) == ["Past"]
    assert found(joined_from=str(timezone.localdate())) == ["Back", "Free", "Paid"]


def test_orders_by_each_column_that_offers_it(admin_client):
    MembershipFactory(
        member=MemberFactory(last_name="A", email="2@uwo.example"), ends_on=timezone.localdate() + timedelta(days=1)
    )
    MembershipFactory(
        member=MemberFactory(last_name="B", email="1@uwo.example"), ends_on=timezone.localdate() + timedelta(days=2)
    )

    for ordering, expected in {
        "last_name": ["A", "B"],
        "-last_name": ["B", "A"],
        "email": ["B", "A"],
        "last_end": ["A", "B"],
        "-last_end": ["B", "A"],
        "created_at": ["A", "B"],
        "-created_at": ["B", "A"],
        "nonsense": ["B", "A"],
    }.items():
        assert names(admin_client.get(LIST, {"ordering": ordering})) == expected, ordering


def test_members_can_be_neither_added_copied_nor_deleted_here(admin_client):
    member = MemberFactory()
    for place in (
        "new/",
        f"copy/{member.pk}/",
        f"delete/{member.pk}/",
        f"history/{member.pk}/",
        f"usage/{member.pk}/",
    ):
        assert admin_client.get(f"{LIST}{place}").status_code == 404, place
        assert admin_client.post(f"{LIST}{place}").status_code == 404, place
    assert Member.objects.count() == 1


def test_a_persons_page_tells_where_they_stand_and_what_happened(admin_client):
    membership = MembershipFactory(ends_on=date(2099, 4, 30))

    page = admin_client.get(reverse("members:inspect", args=[membership.member_id])).content.decode()

    for words in ("Active", "until 30 April 2099", "Paid $15.00", "Filled in the join form", "cus_member_"):
        assert words in page


def test_stripes_dashboard_is_linked_in_test_mode_only_when_it_is_stripes(admin_client, settings):
    member = MemberFactory(stripe_customer_id="cus_abc")
    url = reverse("members:inspect", args=[member.pk])

    assert "dashboard.stripe.com" not in admin_client.get(url).content.decode()

    settings.STRIPE_API_BASE = ""
    assert "https://dashboard.stripe.com/test/customers/cus_abc" in admin_client.get(url).content.decode()


def test_hubspots_contact_is_linked_where_the_account_is_known(admin_client, settings):
    url = reverse("members:inspect", args=[MemberFactory(hubspot_contact_id="4711").pk])
    assert "app.hubspot.com" not in admin_client.get(url).content.decode()

    settings.HUBSPOT_PORTAL_ID = "123"
    assert "https://app.hubspot.com/contacts/123/record/0-1/4711" in admin_client.get(url).content.decode()


def test_names_stand_escaped_and_isolated_from_the_words_around(admin_client):
    member = MemberFactory(first_name="<b>عالية</b>", last_name="الدورية")

    for url in (LIST, reverse("members:inspect", args=[member.pk])):
        page = admin_client.get(url).content.decode()
        assert "<bdi>&lt;b&gt;عالية&lt;/b&gt; الدورية</bdi>" in page
        assert "<b>عالية" not in page


def correct(client, member, **changes):
    data = {name: getattr(member, name) for name in ("first_name", "last_name", "email")}
    if member.newsletter:
        data["newsletter"] = "on"
    data = {name: value for name, value in {**data, **changes}.items() if value is not None}
    return client.post(reverse("members:edit", args=[member.pk]), data)


def test_a_corrected_address_is_promised_to_the_partners_and_told_on_the_page(admin_client):
    member = MemberFactory(email="alcie@uwo.example")

    response = correct(admin_client, member, email=" alice@uwo.example ")

    assert response.status_code == 302
    assert response.url == reverse("members:inspect", args=[member.pk])
    member.refresh_from_db()
    assert (member.email, member.email_key) == ("alice@uwo.example", "alice@uwo.example")
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"stripe.customer", "hubspot.contact"}
    assert "changed: email." in admin_client.get(response.url).content.decode()


def test_the_audit_log_holds_no_name_and_no_address(admin_client):
    member = MemberFactory(first_name="Marked", last_name="Person", email="old@uwo.example")

    correct(admin_client, member, email="marked@uwo.example")

    entry = ModelLogEntry.objects.get()
    assert entry.label == f"Member {member.pk}"
    assert entry.data == {"fields": ["email"]}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("no address", "space"),
        ("nothing.example", "Enter a valid email address"),
        ("bob@uwo.example", "Another member has this email address already"),
        ("BOB@UWO.EXAMPLE", "Another member has this email address already"),
        ("", "required"),
    ],
)
def test_a_wrong_address_is_refused_in_words_and_nothing_changes(admin_client, typed, answer):
    MemberFactory(email="bob@uwo.example")
    member = MemberFactory(email="alice@uwo.example")

    response = correct(admin_client, member, email=typed)

    assert response.status_code == 200
    assert answer.lower() in response.content.decode().lower()
    member.refresh_from_db()
    assert member.email == "alice@uwo.example"
    assert not Delivery.objects.exists()


def test_an_address_taken_while_the_form_was_checked_is_an_error_on_the_form(admin_client, monkeypatch):
    from membership.admin import members as views
    from membership.corrections import AddressTaken

    def taken(*args):
        raise AddressTaken(1)

    monkeypatch.setattr(views, "correct_member", taken)
    member = MemberFactory()

    response = correct(admin_client, member, email="new@uwo.example")

    assert response.status_code == 200
    assert "Another member has this email address already" in response.content.decode()


def test_the_newsletter_can_be_taken_away_and_not_given(admin_client):
    wants, does_not = MemberFactory(newsletter=True), MemberFactory(newsletter=False)

    correct(admin_client, wants, newsletter=None)
    correct(admin_client, does_not, newsletter="on")

    wants.refresh_from_db()
    does_not.refresh_from_db()
    assert (wants.newsletter, does_not.newsletter) == (False, False)


def test_saving_without_a_change_promises_nothing(admin_client):
    member = MemberFactory()

    correct(admin_client, member)

    assert not Delivery.objects.exists()
    assert not ModelLogEntry.objects.exists()


def test_names_of_three_hundred_letters_and_other_scripts_are_kept_exactly(admin_client):
    member = MemberFactory()

    correct(admin_client, member, first_name="Å" * 300, last_name="O’Neill-الدورية 🎉")

    member.refresh_from_db()
    assert (member.first_name, member.last_name) == ("Å" * 300, "O’Neill-الدورية 🎉")

"""Who started to join, and what became of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from membership.admin.signup_states import WHAT_IT_MEANS
from membership.models import Signup
from membership.stripe_troubles import event_link
from membership.tests.factories import CaseFactory, MembershipFactory, SignupFactory, StripeEventFactory
from membership.troubles import signup_link

pytestmark = pytest.mark.django_db
LIST = "/admin/signups/"


def found(client, **filters):
    return sorted(row.last_name for row in client.get(LIST, filters).context["object_list"])


def test_those_who_did_not_finish_are_found_by_one_filter(admin_client):
    MembershipFactory(member__last_name="Member")
    SignupFactory(last_name="Open")
    SignupFactory(last_name="Case", state=Signup.State.CASE)

    assert found(admin_client) == ["Case", "Member", "Open"]
    assert found(admin_client, finished="no") == ["Case", "Open"]
    assert found(admin_client, finished="yes") == ["Member"]
    assert found(admin_client, state="case") == ["Case"]
    assert found(admin_client, state=["case", "open"]) == ["Case", "Open"]
    assert found(admin_client, q="cas") == ["Case"]


def test_the_list_counts_and_misses_join_forms_not_signups(admin_client):
    SignupFactory()

    assert "1 join form" in admin_client.get(LIST).content.decode()
    assert "No join forms match." in admin_client.get(LIST, {"q": "zzzz"}).content.decode()


def test_every_state_is_explained():
    assert set(WHAT_IT_MEANS) == set(Signup.State)


def test_a_case_leads_to_what_can_be_done(admin_client):
    case = CaseFactory()

    page = admin_client.get(reverse("signups:inspect", args=[case.signup_id])).content.decode()

    assert reverse("cases:inspect", args=[case.pk]) in page
    assert "nobody was made a member" in page


def test_a_finished_one_leads_to_the_member(admin_client):
    membership = MembershipFactory()

    page = admin_client.get(reverse("signups:inspect", args=[membership.signup_id])).content.decode()

    assert reverse("members:inspect", args=[membership.member_id]) in page


def test_the_link_to_stripes_page_of_someone_else_is_nowhere(admin_client):
    """Whoever opens it could pay, or read the name and address that the person typed."""
    signup = SignupFactory()

    for url in (LIST, reverse("signups:inspect", args=[signup.pk])):
        assert signup.checkout_url not in admin_client.get(url).content.decode()


def test_alerts_lead_to_these_pages(admin_client):
    event = StripeEventFactory()

    for link in (signup_link(SignupFactory()), event_link(event)):
        assert admin_client.get(link).status_code == 200


def test_nothing_can_be_changed_here(admin_client):
    signup = SignupFactory()
    for place in ("new/", f"edit/{signup.pk}/", f"delete/{signup.pk}/", f"copy/{signup.pk}/"):
        assert admin_client.post(f"{LIST}{place}").status_code == 404, place
    assert admin_client.post(reverse("signups:inspect", args=[signup.pk])).status_code == 405


def test_the_list_asks_three_times_however_many_rows_there_are(admin_client):
    for _ in range(50):
        SignupFactory()

    with CaptureQueriesContext(connection) as queries:
        assert len(admin_client.get(LIST).context["object_list"]) == 50

    # How many, the rows with their levels, and the levels to filter by.
    assert len([query for query in queries if "membership_" in query["sql"]]) == 3

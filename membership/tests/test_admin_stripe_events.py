"""What Stripe told the site, and dealing with it again."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from membership.admin import stripe_events
from membership.inbox import Outcome
from membership.models import StripeEvent
from membership.tests.factories import StripeEventFactory

pytestmark = pytest.mark.django_db
State = StripeEvent.State


def page_of(event):
    return reverse("stripe-events:inspect", args=[event.pk])


def again(event):
    return reverse("stripe-events:process_again", args=[event.pk])


@pytest.fixture
def processed(monkeypatch):
    """Stands in for `membership.inbox.process_again`; the list holds what it was called with."""
    calls = []

    def process_again(pk):
        calls.append(pk)
        return Outcome(State.PROCESSED, "The join form is now: Member.")

    monkeypatch.setattr(stripe_events, "process_again", process_again)
    return calls


def test_the_list_says_in_words_what_happened(admin_client):
    StripeEventFactory(type="charge.refunded")
    StripeEventFactory(type="customer.created", state=State.IGNORED)

    page = admin_client.get("/admin/stripe-events/").content.decode()

    for words in ("Money was given back", "customer.created", "Not for us"):
        assert words in page


def test_the_list_writes_stripes_name_as_stripe_does(admin_client):
    StripeEventFactory()

    assert "1 Stripe event" in admin_client.get("/admin/stripe-events/").content.decode()
    assert "No Stripe events match." in admin_client.get("/admin/stripe-events/", {"q": "zzzz"}).content.decode()


def test_filters_by_state_and_type(admin_client):
    failed = StripeEventFactory(type="charge.refunded", state=State.FAILED)
    StripeEventFactory()

    for filters in ({"state": "failed"}, {"type": "charge.refunded"}, {"q": failed.event_id}):
        assert list(admin_client.get("/admin/stripe-events/", filters).context["object_list"]) == [failed]


def test_the_page_shows_the_outcome_and_what_stripe_sent(admin_client):
    event = StripeEventFactory(outcome="The join form is now: Member.")

    page = admin_client.get(page_of(event)).content.decode()

    assert "The join form is now: Member." in page
    assert "&quot;checkout.session.completed&quot;" in page


def test_what_stripe_sent_is_only_for_those_who_may_change_events(client, django_user_model):
    user = django_user_model.objects.create_user("treasurer@wits.example")
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "view_stripeevent"]),
    )
    client.force_login(user)
    event = StripeEventFactory(state=State.FAILED, payload={"secret": "alice@uwo.example"})

    page = client.get(page_of(event)).content.decode()

    assert event.outcome in page
    assert "alice@uwo.example" not in page
    assert "Process again" not in page


def test_a_payload_that_was_pruned_is_said_to_be_gone_and_offers_nothing(admin_client):
    event = StripeEventFactory(state=State.FAILED, payload=None)

    page = admin_client.get(page_of(event)).content.decode()

    assert "no longer kept" in page
    assert "Process again" not in page


def test_a_processed_event_offers_no_button(admin_client):
    assert "Process again" not in admin_client.get(page_of(StripeEventFactory())).content.decode()


def test_process_again_calls_the_service_once_and_shows_its_result(admin_client, processed):
    event = StripeEventFactory(state=State.FAILED)

    response = admin_client.post(again(event), follow=True)

    assert processed == [event.pk]
    assert response.redirect_chain == [(page_of(event), 302)]
    assert "Dealt with. The join form is now: Member." in response.content.decode()


def test_a_get_processes_nothing(admin_client, processed):
    event = StripeEventFactory(state=State.FAILED)

    assert admin_client.get(again(event)).status_code == 405
    assert processed == []


def test_what_still_needs_a_person_is_a_warning(admin_client, monkeypatch):
    monkeypatch.setattr(stripe_events, "process_again", lambda pk: Outcome(State.CASE, "It is in usd, not cad."))
    event = StripeEventFactory(state=State.CASE)

    page = admin_client.post(again(event), follow=True).content.decode()

    assert "It still needs a person: It is in usd, not cad." in page


def test_what_fails_again_says_so_in_place_of_a_broken_page(admin_client, monkeypatch, caplog):
    def fails(pk):
        raise KeyError("alice@uwo.example")

    monkeypatch.setattr(stripe_events, "process_again", fails)
    event = StripeEventFactory(state=State.FAILED)

    page = admin_client.post(again(event), follow=True).content.decode()

    assert "could not be dealt with this time either" in page
    assert event.event_id in caplog.text


def test_a_real_event_of_no_use_stays_ignored(admin_client):
    event = StripeEventFactory(type="customer.created", state=State.IGNORED)

    page = admin_client.post(again(event), follow=True).content.decode()

    assert "The site has no use for this kind of event." in page


def test_nothing_else_can_be_changed_here(admin_client):
    event = StripeEventFactory()
    for place in ("new/", f"edit/{event.pk}/", f"delete/{event.pk}/", f"copy/{event.pk}/"):
        assert admin_client.post(f"/admin/stripe-events/{place}").status_code == 404, place

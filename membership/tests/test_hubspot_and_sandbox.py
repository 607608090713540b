"""The gateway to HubSpot against the running sandbox."""

import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from membership import hubspot_gateway
from membership.errors import TransportError
from membership.hubspot_gateway import Pushed
from membership.tests.real_sandbox import fault
from membership.tests.test_hubspot_gateway import ALICE


def test_the_hubspot_account_is_set_up_and_then_left_alone(sandbox):
    with pytest.raises(TransportError) as error:
        hubspot_gateway.push_contact(ALICE)
    assert error.value.pauses
    with pytest.raises(CommandError):
        call_command("setup_hubspot", "--check", stdout=io.StringIO())
    call_command("setup_hubspot", stdout=io.StringIO())
    call_command("setup_hubspot", "--check", stdout=io.StringIO())
    assert hubspot_gateway.push_contact(ALICE).contact_id


@pytest.fixture
def hubspot(sandbox):
    hubspot_gateway.ensure_properties()
    return sandbox.state


def test_a_contact_is_made_once_and_follows_a_new_address(hubspot):
    first = hubspot_gateway.push_contact(ALICE)
    assert hubspot_gateway.push_contact(ALICE) == first
    moved = hubspot_gateway.push_contact(replace(ALICE, email="mary@uwo.ca"), contact_id=first.contact_id)
    assert moved == first
    assert len(hubspot["contact"]) == 1
    kept = hubspot["contact"].need(first.contact_id)["properties"]
    assert kept["email"] == "mary@uwo.ca"
    assert kept["firstname"] == "Mary Anne"
    assert kept["wits_member_until"] == "2027-04-30"
    assert kept["wits_newsletter_consent"] == "true"
    assert kept["wits_newsletter_consent_at"] == "2026-09-21T14:13:20.000Z"


def test_a_contact_with_more_than_we_own_is_not_a_partial_upsert(hubspot):
    first = hubspot_gateway.push_contact(ALICE)
    with hubspot.change():
        row = hubspot["contact"].need(first.contact_id)
        properties = {**row["properties"], "phone": "555-0100"}
        hubspot["contact"].put({**row, "properties": properties, "written": [*row["written"], "phone"]})
    assert hubspot_gateway.push_contact(ALICE) == first
    assert hubspot["contact"].need(first.contact_id)["properties"]["phone"] == "555-0100"


def test_an_unsubscribe_in_hubspot_stays(hubspot):
    first = hubspot_gateway.push_contact(ALICE)
    with hubspot.change():
        row = hubspot["contact"].need(first.contact_id)
        hubspot["contact"].put({**row, "properties": {**row["properties"], "hs_email_optout": "true"}})
    [found] = hubspot_gateway.read_many([first.contact_id, "404"], by="id")
    assert found.opted_out
    assert hubspot_gateway.push_contact(ALICE, contact_id=first.contact_id) == Pushed(first.contact_id, True)
    assert hubspot["contact"].need(first.contact_id)["properties"]["wits_newsletter_consent"] == "false"


def test_two_contacts_become_one_when_an_address_moves_onto_another(hubspot):
    old = hubspot_gateway.push_contact(ALICE)
    stranger = hubspot_gateway.push_contact(replace(ALICE, email="mary@uwo.ca", member_id=""))
    moved = hubspot_gateway.push_contact(replace(ALICE, email="mary@uwo.ca"), contact_id=old.contact_id)
    assert moved.contact_id == stranger.contact_id
    marks = [hubspot["contact"].need(one.contact_id)["properties"].get("wits_member_id") for one in (old, stranger)]
    assert marks == [None, ALICE.member_id]


def test_a_deleted_contact_is_made_again(hubspot):
    first = hubspot_gateway.push_contact(ALICE)
    with hubspot.change():
        hubspot["contact"].remove(first.contact_id)
    assert hubspot_gateway.push_contact(ALICE, contact_id=first.contact_id).contact_id != first.contact_id
    assert len(hubspot["contact"]) == 1


def test_an_answer_lost_after_the_write_makes_no_second_contact(sandbox, hubspot):
    fault(sandbox, "hubspot", "lost", path="*upsert", times=1)
    with pytest.raises(TransportError):
        hubspot_gateway.push_contact(ALICE)
    assert hubspot_gateway.push_contact(ALICE).contact_id
    assert len(hubspot["contact"]) == 1

"""Properties of contacts and their groups, through HubSpot's own client."""

from __future__ import annotations

import pytest
from hubspot.crm.properties import PropertyGroupCreate, PropertyGroupUpdate, PropertyUpdate
from hubspot.crm.properties.exceptions import ApiException

from sandbox.tests.test_contacts import add_property


def status_of(call) -> int:
    with pytest.raises(ApiException) as caught:
        call()
    return caught.value.status


def test_an_account_starts_with_hubspots_own_properties(crm):
    names = {found.name for found in crm.properties.core_api.get_all("contacts").results}
    assert {"email", "firstname", "lastname", "hs_email_optout"} <= names
    assert status_of(lambda: crm.properties.core_api.archive("contacts", "email")) == 400
    assert status_of(lambda: crm.properties.core_api.update("contacts", "email", PropertyUpdate(label="E"))) == 400


def test_a_property_is_made_once_read_changed_and_archived(crm):
    api = crm.properties.core_api
    made = add_property(crm, "wits_member_id", "string", "text")
    assert (made.name, made.hubspot_defined) == ("wits_member_id", False)
    assert status_of(lambda: add_property(crm, "wits_member_id", "string", "text")) == 409
    assert api.update("contacts", "wits_member_id", PropertyUpdate(label="Member")).label == "Member"
    assert api.get_by_name("contacts", "wits_member_id").label == "Member"
    api.archive("contacts", "wits_member_id")
    assert status_of(lambda: api.get_by_name("contacts", "wits_member_id")) == 404
    assert api.get_by_name("contacts", "wits_member_id", archived=True).archived
    assert add_property(crm, "wits_member_id", "string", "text").archived is False


@pytest.mark.parametrize(
    ("name", "kind", "field_type", "more"),
    [
        ("WitsMember", "string", "text", {}),
        ("wits_member", "string", "date", {}),
        ("wits_member", "enumeration", "select", {}),
        ("wits_member", "bool", "booleancheckbox", {}),
        ("wits_member", "string", "text", {"group_name": "nowhere"}),
    ],
)
def test_a_property_that_cannot_be_is_refused(crm, name, kind, field_type, more):
    assert status_of(lambda: add_property(crm, name, kind, field_type, **more)) == 400


def test_groups_are_made_changed_and_archived_when_empty(crm):
    api = crm.properties.groups_api
    api.create("contacts", PropertyGroupCreate(name="wits", label="WITS", display_order=-1))
    assert status_of(lambda: api.create("contacts", PropertyGroupCreate(name="wits", label="WITS"))) == 409
    assert api.update("contacts", "wits", PropertyGroupUpdate(label="WITS+")).label == "WITS+"
    assert "wits" in {group.name for group in api.get_all("contacts").results}
    add_property(crm, "wits_member_id", "string", "text", group_name="wits")
    assert status_of(lambda: api.archive("contacts", "wits")) == 400
    crm.properties.core_api.archive("contacts", "wits_member_id")
    api.archive("contacts", "wits")
    assert status_of(lambda: api.get_by_name("contacts", "wits")) == 404

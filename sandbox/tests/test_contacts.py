"""Contacts through HubSpot's own client."""

from __future__ import annotations

import json

import pytest
import requests
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInputUpsert as Upserts,
)
from hubspot.crm.contacts import (
    BatchReadInputSimplePublicObjectId as Reads,
)
from hubspot.crm.contacts import (
    PublicGdprDeleteInput,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException
from hubspot.crm.properties import OptionInput, PropertyCreate

MARA = {"email": "mara@uwo.ca", "firstname": "Mara", "lastname": "van Dyk"}


def create(crm, **properties: str):
    return crm.contacts.basic_api.create(SimplePublicObjectInputForCreate(properties=properties, associations=[]))


def update(crm, contact_id: str, **properties: str):
    return crm.contacts.basic_api.update(contact_id, SimplePublicObjectInput(properties=properties))


def upsert(crm, *people: dict, id_property: str = "email"):
    inputs = [{"id": person[id_property], "idProperty": id_property, "properties": person} for person in people]
    return crm.contacts.batch_api.upsert(Upserts(inputs=inputs))


def refused(call) -> tuple[int, dict]:
    with pytest.raises(ApiException) as caught:
        call()
    return caught.value.status, json.loads(caught.value.body)


def add_property(crm, name: str, kind: str, field_type: str, **more):
    values = {"name": name, "label": name, "type": kind, "field_type": field_type, "group_name": "contactinformation"}
    return crm.properties.core_api.create("contacts", PropertyCreate(**{**values, **more}))


def test_a_new_contact_can_be_read_by_id_and_by_address(crm):
    made = create(crm, **MARA)
    by_id = crm.contacts.basic_api.get_by_id(made.id, properties=["firstname", "phone", "no_such"])
    assert by_id.properties["firstname"] == "Mara"
    assert by_id.properties["phone"] is None
    assert "no_such" not in by_id.properties
    by_email = crm.contacts.basic_api.get_by_id("MARA@uwo.ca", id_property="email")
    assert by_email.id == made.id


def test_the_address_of_another_contact_is_409_whatever_its_case(crm, sandbox):
    made = create(crm, **MARA)
    status, body = refused(lambda: create(crm, email="Mara@UWO.ca"))
    assert status == 409
    assert body["message"] == f"Contact already exists. Existing ID: {made.id}"
    assert body["category"] == "CONFLICT"
    assert len(sandbox.state["contact"]) == 1


def test_an_unknown_property_is_named_and_nothing_is_written(crm, sandbox):
    status, body = refused(lambda: create(crm, **MARA, wits_colour="mint"))
    assert (status, body["category"]) == (400, "VALIDATION_ERROR")
    assert [(error["code"], error["context"]["propertyName"]) for error in body["errors"]] == [
        ("PROPERTY_DOESNT_EXIST", ["wits_colour"])
    ]
    assert len(sandbox.state["contact"]) == 0


def test_read_only_properties_cannot_be_written(crm):
    _, body = refused(lambda: create(crm, **MARA, hs_email_optout="false"))
    assert body["errors"][0]["code"] == "READ_ONLY_VALUE"


@pytest.mark.parametrize("email", ["mara", "mara@uwo", "mara @uwo.ca", "mara@uwo.ca, ines@uwo.ca"])
def test_what_is_no_address_is_refused(crm, email):
    _, body = refused(lambda: create(crm, email=email))
    assert body["errors"][0]["code"] == "INVALID_EMAIL"


@pytest.mark.parametrize(
    ("kind", "field_type", "good", "kept", "bad", "code"),
    [
        ("date", "date", "2027-04-30", "2027-04-30", "30/04/2027", "INVALID_DATE"),
        ("date", "date", "1809043200000", "2027-04-30", "1809043200001", "INVALID_DATE"),
        ("datetime", "date", "2026-09-10T12:00:00Z", "2026-09-10T12:00:00.000Z", "soon", "INVALID_DATE"),
        ("number", "number", "15.00", "15.00", "fifteen", "INVALID_NUMBER"),
        ("bool", "booleancheckbox", "true", "true", "True", "INVALID_OPTION"),
        ("enumeration", "select", "active", "active", "maybe", "INVALID_OPTION"),
    ],
)
def test_values_are_checked_by_the_type_of_their_property(crm, kind, field_type, good, kept, bad, code):
    values = {"bool": ("true", "false"), "enumeration": ("active", "ended")}.get(kind, ())
    options = [OptionInput(label=value, value=value, hidden=False) for value in values]
    add_property(crm, "wits_value", kind, field_type, **({"options": options} if options else {}))
    made = create(crm, **MARA, wits_value=good)
    assert crm.contacts.basic_api.get_by_id(made.id, properties=["wits_value"]).properties["wits_value"] == kept
    _, body = refused(lambda: update(crm, made.id, wits_value=bad))
    assert body["errors"][0]["code"] == code
    update(crm, made.id, wits_value="")
    assert crm.contacts.basic_api.get_by_id(made.id, properties=["wits_value"]).properties["wits_value"] is None


def test_an_update_by_id_moves_the_contact_to_a_new_address(crm, sandbox):
    made = create(crm, **MARA)
    update(crm, made.id, email="mara.vandyk@uwo.ca")
    assert crm.contacts.basic_api.get_by_id("mara.vandyk@uwo.ca", id_property="email").id == made.id
    assert crm.contacts.basic_api.get_by_id(made.id).properties["firstname"] == "Mara"
    assert refused(lambda: crm.contacts.basic_api.get_by_id("mara@uwo.ca", id_property="email"))[0] == 404
    assert len(sandbox.state["contact"]) == 1


def test_an_update_to_the_address_of_another_contact_is_409(crm):
    create(crm, **MARA)
    other = create(crm, email="ines@uwo.ca")
    status, body = refused(lambda: update(crm, other.id, email="mara@uwo.ca"))
    assert (status, body["category"]) == (409, "CONFLICT")


def test_an_upsert_creates_and_then_updates_one_contact(crm, sandbox):
    first = upsert(crm, MARA).results[0]
    second = upsert(crm, {**MARA, "email": "MARA@uwo.ca", "firstname": "Mara Anne"}).results[0]
    assert (first.new, second.new) == (True, False)
    assert second.id == first.id
    assert second.properties["firstname"] == "Mara Anne"
    assert len(sandbox.state["contact"]) == 1


def test_an_upsert_by_address_must_send_every_property_it_wrote_before(crm):
    contact_id = upsert(crm, MARA).results[0].id
    answer = upsert(crm, {"email": "mara@uwo.ca", "firstname": "Mara Anne"})
    assert answer.num_errors == 1
    assert answer.errors[0].context["propertyName"] == ["lastname"]
    assert crm.contacts.basic_api.get_by_id(contact_id).properties["firstname"] == "Mara"


def test_a_batch_with_bad_values_is_207_and_writes_the_others(crm, sandbox):
    answer = upsert(crm, MARA, {"email": "nonsense"}, {"email": "ines@uwo.ca"})
    assert [result.properties["email"] for result in answer.results] == ["mara@uwo.ca", "ines@uwo.ca"]
    assert (answer.num_errors, answer.errors[0].context["ids"]) == (1, ["nonsense"])
    assert len(sandbox.state["contact"]) == 2


def test_a_batch_with_an_unknown_property_or_one_address_twice_is_400(crm, sandbox):
    assert refused(lambda: upsert(crm, MARA, {"email": "ines@uwo.ca", "wits_colour": "mint"}))[0] == 400
    assert refused(lambda: upsert(crm, MARA, {"email": "MARA@uwo.ca"}))[0] == 400
    assert len(sandbox.state["contact"]) == 0


def test_at_most_100_contacts_go_into_a_batch(crm):
    people = [{"email": f"person{n}@uwo.ca"} for n in range(101)]
    assert len(upsert(crm, *people[:100]).results) == 100
    assert refused(lambda: upsert(crm, *people))[0] == 400


def test_a_unique_property_finds_one_contact_and_takes_partial_upserts(crm):
    add_property(crm, "wits_member_id", "string", "text", has_unique_value=True)
    first = upsert(crm, {**MARA, "wits_member_id": "m-1"}, id_property="wits_member_id").results[0]
    second = upsert(crm, {"wits_member_id": "m-1", "email": "new@uwo.ca"}, id_property="wits_member_id").results[0]
    assert second.id == first.id
    assert second.properties["lastname"] == "van Dyk"
    status, body = refused(lambda: create(crm, email="ines@uwo.ca", wits_member_id="m-1"))
    assert (status, body["category"]) == (409, "CONFLICT")


def test_the_lifecycle_stage_only_moves_forward(crm):
    made = create(crm, **MARA, lifecyclestage="customer")
    update(crm, made.id, lifecyclestage="lead", firstname="M.")
    found = crm.contacts.basic_api.get_by_id(made.id, properties=["lifecyclestage", "firstname"])
    assert (found.properties["lifecyclestage"], found.properties["firstname"]) == ("customer", "M.")


def test_a_batch_read_tells_which_are_missing(crm):
    made = create(crm, **MARA)
    inputs = [{"id": "mara@uwo.ca"}, {"id": "nobody@uwo.ca"}]
    answer = crm.contacts.batch_api.read(
        Reads(inputs=inputs, id_property="email", properties=["hs_email_optout"], properties_with_history=[])
    )
    assert [result.id for result in answer.results] == [made.id]
    assert answer.errors[0].context["ids"] == ["nobody@uwo.ca"]


def test_an_archived_contact_is_gone_and_frees_its_address(crm):
    made = create(crm, **MARA)
    crm.contacts.basic_api.archive(made.id)
    assert refused(lambda: crm.contacts.basic_api.get_by_id(made.id))[0] == 404
    assert refused(lambda: update(crm, made.id, firstname="M."))[0] == 404
    assert crm.contacts.basic_api.get_by_id(made.id, archived=True).archived
    assert create(crm, **MARA).id != made.id


def test_a_gdpr_delete_leaves_nothing(crm, sandbox):
    made = create(crm, **MARA)
    crm.contacts.basic_api.purge(PublicGdprDeleteInput(object_id=made.id))
    assert len(sandbox.state["contact"]) == 0
    assert refused(lambda: crm.contacts.basic_api.get_by_id(made.id))[0] == 404
    assert create(crm, **MARA).id != made.id


def test_a_gdpr_delete_of_an_unknown_address_blocks_it(crm):
    crm.contacts.basic_api.purge(PublicGdprDeleteInput(object_id="mara@uwo.ca", id_property="email"))
    assert refused(lambda: create(crm, **MARA))[0] == 400


def test_contacts_are_listed_in_pages(crm):
    for n in range(3):
        create(crm, email=f"person{n}@uwo.ca")
    first = crm.contacts.basic_api.get_page(limit=2)
    rest = crm.contacts.basic_api.get_page(limit=2, after=first.paging.next.after)
    emails = [contact.properties["email"] for contact in [*first.results, *rest.results]]
    assert emails == ["person0@uwo.ca", "person1@uwo.ca", "person2@uwo.ca"]
    assert rest.paging is None


def test_an_unsubscribe_in_hubspot_can_be_read(crm, sandbox):
    made = create(crm, **MARA)
    requests.post(f"{sandbox.url}/contacts/{made.id}/unsubscribe", timeout=5)
    found = crm.contacts.basic_api.get_by_id(made.id, properties=["hs_email_optout"])
    assert found.properties["hs_email_optout"] == "true"
    assert upsert(crm, MARA).results[0].new is False


@pytest.mark.parametrize("token", ["", "pat-1", "sk_test_sandbox"])
def test_a_wrong_token_is_401(sandbox, token):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(f"{sandbox.hubspot_base}/crm/v3/objects/contacts", headers=headers, timeout=5)
    assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")

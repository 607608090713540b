"""One contact a member, always current, an unsubscribe respected: against answers in HubSpot's form."""

from dataclasses import replace
from datetime import UTC, date, datetime

import jsonschema
import pytest

from membership import hubspot_gateway
from membership.errors import SharedContact, TransportError
from membership.hubspot_gateway import Contact, Pushed
from membership.tests.stand_in import Answer, stand_in
from membership.tests.vendors import check_hubspot_call, hubspot_description

ALICE = Contact(
    email="alice@uwo.ca",
    first_name="Mary Anne",
    last_name="van Dyk",
    member_id="5d0f3c1e-8a47-4f0b-9d52-6c1b7e2a9f10",
    status="active",
    level="wits-member",
    until=date(2027, 4, 30),
    newsletter=True,
    newsletter_at=datetime(2026, 9, 21, 14, 13, 20, 123456, tzinfo=UTC),
)
OWN = {
    "email": "alice@uwo.ca",
    "firstname": "Mary Anne",
    "lastname": "van Dyk",
    "wits_member_id": ALICE.member_id,
    "wits_membership_status": "active",
    "wits_membership_level": "wits-member",
    "wits_member_until": "2027-04-30",
    "wits_newsletter_consent": "true",
    "wits_newsletter_consent_at": "2026-09-21T14:13:20.000Z",
}
CONTACTS = "/hubspot/crm/v3/objects/contacts"
NOTHING_FOUND = Answer(
    {
        "status": "COMPLETE",
        "results": [],
        "numErrors": 1,
        "errors": [
            {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "Could not get some", "context": {}}
        ],
    },
    207,
)
GONE = Answer({"status": "error", "message": "resource not found", "category": "OBJECT_NOT_FOUND"}, 404)


def contact(contact_id="51", **properties):
    times = {"createdAt": "2026-09-21T14:13:20.000Z", "updatedAt": "2026-09-21T14:13:20.000Z"}
    return {"id": contact_id, "properties": properties, "archived": False, **times}


def batch(*contacts, status="COMPLETE"):
    return {"status": status, "results": list(contacts), "startedAt": "x", "completedAt": "x"}


def conflict(contact_id="77"):
    message = f"Contact already exists. Existing ID: {contact_id}"
    return Answer({"status": "error", "message": message, "category": "CONFLICT"}, 409)


@pytest.fixture
def hubspot(settings):
    with stand_in() as here:
        settings.HUBSPOT_API_BASE = f"{here.url}/hubspot"
        yield here


def calls(hubspot):
    return [(asked.method, asked.path.removeprefix(CONTACTS)) for asked in hubspot.asked]


def test_a_new_member_becomes_a_contact_with_every_property_we_own(hubspot):
    hubspot.says(NOTHING_FOUND, batch(contact("51") | {"new": True}))
    assert hubspot_gateway.push_contact(ALICE) == Pushed("51")
    assert calls(hubspot) == [("POST", "/batch/read"), ("POST", "/batch/upsert")]
    assert hubspot.last.json == {"inputs": [{"id": "alice@uwo.ca", "idProperty": "email", "properties": OWN}]}
    assert hubspot.last.headers["Authorization"] == "Bearer pat-na1-tests"


def test_a_contact_hubspot_has_already_is_updated_by_id(hubspot):
    hubspot.says(batch(contact("51", email="alice@uwo.ca", hs_email_optout=None)), contact("51"))
    assert hubspot_gateway.push_contact(ALICE) == Pushed("51")
    assert calls(hubspot) == [("POST", "/batch/read"), ("PATCH", "/51")]
    assert hubspot.last.json == {"properties": OWN}


def test_a_known_contact_is_updated_by_id_and_its_address_moves(hubspot):
    hubspot.says(contact("51", email="old@uwo.ca", wits_member_id=ALICE.member_id), contact("51"))
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("51")
    assert calls(hubspot) == [("GET", "/51"), ("PATCH", "/51")]
    assert hubspot.last.json["properties"]["email"] == "alice@uwo.ca"


def test_an_unsubscribe_in_hubspot_is_stronger_than_our_yes(hubspot):
    hubspot.says(contact("51", email="alice@uwo.ca", hs_email_optout="true"), contact("51"))
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("51", opted_out=True)
    assert hubspot.last.json["properties"]["wits_newsletter_consent"] == "false"
    assert [asked.method for asked in hubspot.asked].count("PATCH") == 1


def test_so_is_that_of_somebody_who_was_in_hubspot_before_joining(hubspot):
    hubspot.says(batch(contact("51", email="alice@uwo.ca", hs_email_optout="true")), contact("51"))
    assert hubspot_gateway.push_contact(ALICE).opted_out
    assert hubspot.last.json["properties"]["wits_newsletter_consent"] == "false"


def test_who_wants_no_newsletter_is_not_said_to_have_unsubscribed(hubspot):
    hubspot.says(contact("51", email="alice@uwo.ca", hs_email_optout="true"), contact("51"))
    pushed = hubspot_gateway.push_contact(replace(ALICE, newsletter=False), contact_id="51")
    assert not pushed.opted_out


def test_a_merged_contact_is_followed(hubspot):
    hubspot.says(contact("90", email="alice@uwo.ca", wits_member_id=ALICE.member_id), contact("90"))
    assert hubspot_gateway.push_contact(ALICE, contact_id="51").contact_id == "90"


def test_a_deleted_contact_is_made_again(hubspot):
    hubspot.says(GONE, NOTHING_FOUND, batch(contact("60")))
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("60")


def test_a_contact_deleted_between_two_calls_is_made_again(hubspot):
    hubspot.says(contact("51", email="alice@uwo.ca"), GONE, batch(contact("60")))
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("60")


def test_an_address_that_another_contact_has_moves_the_member_to_that_one(hubspot):
    hubspot.says(
        contact("51", email="old@uwo.ca", wits_member_id=ALICE.member_id),
        conflict("77"),
        contact("77", email="alice@uwo.ca"),
        contact("77"),
        contact("51"),
    )
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("77")
    assert calls(hubspot)[1:] == [("PATCH", "/51"), ("GET", "/77"), ("PATCH", "/77"), ("PATCH", "/51")]
    released = hubspot.last.json["properties"]
    assert released["wits_member_id"] == ""
    assert released["wits_newsletter_consent"] == "false"
    assert "email" not in released


def test_an_unsubscribe_of_the_adopted_contact_counts(hubspot):
    hubspot.says(
        contact("51", email="old@uwo.ca"),
        conflict("77"),
        contact("77", email="alice@uwo.ca", hs_email_optout="true"),
        contact("77"),
        GONE,
    )
    assert hubspot_gateway.push_contact(ALICE, contact_id="51") == Pushed("77", opted_out=True)
    assert hubspot.asked[3].json["properties"]["wits_newsletter_consent"] == "false"


def test_a_conflict_inside_a_batch_is_adopted(hubspot):
    refused = {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 77", "status": "error"}
    mixed = Answer({**batch(), "numErrors": 1, "errors": [refused]}, 207)
    hubspot.says(NOTHING_FOUND, mixed, contact("77", email="alice@uwo.ca"), contact("77"))
    assert hubspot_gateway.push_contact(ALICE) == Pushed("77")


def test_an_old_mark_on_a_contact_with_our_address_is_no_case(hubspot):
    hubspot.says(batch(contact("51", email="Alice@uwo.ca", wits_member_id="another")), contact("51"))
    assert hubspot_gateway.push_contact(ALICE) == Pushed("51")


def test_what_is_typed_cannot_name_the_contact_to_adopt(hubspot):
    typed = 'Property values were not valid: "Contact already exists. Existing ID: 77" is too long'
    refused = Answer({"status": "error", "message": typed, "category": "VALIDATION_ERROR"}, 400)
    hubspot.says(NOTHING_FOUND, refused)
    with pytest.raises(TransportError):
        hubspot_gateway.push_contact(ALICE)
    assert len(hubspot.asked) == 2


def test_empty_values_empty_the_property(hubspot):
    hubspot.says(contact("51"))
    hubspot_gateway.push_contact(replace(ALICE, until=None, newsletter=False, newsletter_at=None), contact_id="51")
    sent = hubspot.last.json["properties"]
    assert (sent["wits_member_until"], sent["wits_newsletter_consent_at"]) == ("", "")
    assert sent["wits_newsletter_consent"] == "false"
    assert "lifecyclestage" not in sent


@pytest.mark.parametrize("name", ["Søren O’Brien-Núñez", "李小龍", "שרה", "😀 Ada", "x" * 300, "\u0301"])
def test_names_reach_hubspot_exactly(hubspot, name):
    hubspot.says(contact("51"))
    hubspot_gateway.push_contact(replace(ALICE, first_name=name), contact_id="51")
    assert hubspot.last.json["properties"]["firstname"] == name


def test_a_contact_of_another_member_is_refused_unless_that_mark_is_nobodys(hubspot):
    hubspot.says(batch(contact("51", email="bea@uwo.ca", wits_member_id="bea")), contact("51"))
    with pytest.raises(SharedContact) as refused:
        hubspot_gateway.push_contact(ALICE)
    assert (refused.value.contact_id, refused.value.member_id) == ("51", "bea")
    assert "bea@" not in str(refused.value)
    assert calls(hubspot) == [("POST", "/batch/read")], "nothing was written"
    hubspot.says(batch(contact("51", email="bea@uwo.ca", wits_member_id="bea")), contact("51"))
    assert hubspot_gateway.push_contact(ALICE, former_mark="bea") == Pushed("51")


# Every request against HubSpot's own description.


def everything_we_ask(hubspot):
    hubspot.says(NOTHING_FOUND, batch(contact("51")))
    hubspot_gateway.push_contact(ALICE)
    hubspot.says(contact("51", email="alice@uwo.ca"), contact("51"))
    hubspot_gateway.push_contact(ALICE, contact_id="51")
    hubspot.says(batch())
    hubspot_gateway.read_many(["51"], by="id")
    hubspot.says(contact("51"), conflict("77"), contact("77", email="alice@uwo.ca"), contact("77"), contact("51"))
    hubspot_gateway.push_contact(ALICE, contact_id="51")
    hubspot.says(GONE, {"name": "wits"}, {"results": []}, {"name": "made"})
    hubspot_gateway.ensure_properties()
    wrong = [{**wanted, "label": "x"} for wanted in hubspot_gateway.OWN_PROPERTIES]
    hubspot.says({"name": "wits", "label": "x"}, {"name": "wits"}, {"results": wrong}, {"name": "corrected"})
    hubspot_gateway.ensure_properties()


def test_every_request_is_as_hubspot_describes_it(hubspot):
    everything_we_ask(hubspot)
    assert len(hubspot.asked) == 28
    for asked in hubspot.asked:
        body = asked.json if asked.body else None
        check_hubspot_call(asked.method, asked.path.removeprefix("/hubspot"), asked.query, body)


def test_the_check_itself_finds_what_is_wrong():
    path = "/crm/v3/objects/contacts/batch/upsert"
    good = {"inputs": [{"id": "a@uwo.ca", "idProperty": "email", "properties": {"email": "a@uwo.ca"}}]}
    check_hubspot_call("POST", path, {}, good)
    for wrong in (
        {},
        {"inputs": [{"id": "a@uwo.ca"}]},
        {"inputs": [{"id": "a@uwo.ca", "properties": {"a": 1}}]},
        {"inputs": [{"id": "a@uwo.ca", "properties": {}, "idproperty": "email"}]},
        {**good, "idProperty": "email"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            check_hubspot_call("POST", path, {}, wrong)
    with pytest.raises(AssertionError):
        check_hubspot_call("POST", path, {"idProperty": "email"}, good)
    with pytest.raises(AssertionError):
        check_hubspot_call("PUT", path, {}, good)


def test_our_properties_are_of_kinds_that_hubspot_has():
    schema = hubspot_description("properties-v3")["components"]["schemas"]["PropertyCreate"]["properties"]
    for wanted in hubspot_gateway.OWN_PROPERTIES:
        assert wanted["type"] in schema["type"]["enum"]
        assert wanted["fieldType"] in schema["fieldType"]["enum"]

"""What people do in HubSpot by hand, as HubSpot's own client then sees it."""

from __future__ import annotations

import pytest
import requests
from hubspot.crm.contacts import PublicMergeInput

from sandbox.tests.test_contacts import create, refused, update, upsert


@pytest.fixture
def by_hand(sandbox):
    """`by_hand(contact_id, "merge", other=…)`: what a button on the page sends."""

    def send(contact_id, deed, **form):
        return requests.post(f"{sandbox.url}/contacts/{contact_id}/{deed}", data=form, timeout=5)

    return send


def read(crm, contact_id):
    names = ["email", "firstname", "hs_additional_emails", "hs_email_optout", "hs_merged_object_ids"]
    return crm.contacts.basic_api.get_by_id(contact_id, properties=names)


def test_two_merged_contacts_are_one_under_a_new_id_that_all_old_ids_lead_to(crm, by_hand):
    ada, grace, joan = (create(crm, email=f"{name}@uwo.ca", firstname=name) for name in ("ada", "grace", "joan"))
    assert by_hand(grace.id, "unsubscribe").ok
    merged = crm.contacts.basic_api.merge(PublicMergeInput(primary_object_id=ada.id, object_id_to_merge=grace.id))
    assert merged.id not in (ada.id, grace.id)
    assert by_hand(merged.id, "merge", other="joan@uwo.ca").ok
    last = read(crm, ada.id)
    assert {read(crm, one.id).id for one in (grace, joan, merged)} == {last.id}
    assert last.properties["email"] == "ada@uwo.ca"
    assert last.properties["firstname"] == "ada"
    assert last.properties["hs_additional_emails"] == "grace@uwo.ca;joan@uwo.ca"
    assert last.properties["hs_email_optout"] == "true", "an unsubscribe of either counts"
    assert last.properties["hs_merged_object_ids"].split(";") == [ada.id, grace.id, merged.id, joan.id]
    assert upsert(crm, {"email": "joan@uwo.ca", "firstname": "Joan"}).results[0].id == last.id


def test_a_contact_is_not_merged_with_itself_or_with_nobody(crm, by_hand):
    ada = create(crm, email="ada@uwo.ca")
    assert by_hand(ada.id, "merge", other=ada.id).status_code == 400
    assert by_hand(ada.id, "merge", other="nobody@uwo.ca").status_code == 404
    assert read(crm, ada.id).id == ada.id


def test_an_additional_address_finds_its_contact_and_is_nobody_elses(crm, by_hand):
    ada = create(crm, email="ada@uwo.ca")
    assert by_hand(ada.id, "addresses", email="Countess@uwo.ca").ok
    found = crm.contacts.basic_api.get_by_id("countess@uwo.ca", id_property="email")
    assert found.id == ada.id
    status, body = refused(lambda: create(crm, email="countess@uwo.ca"))
    assert status == 409
    assert f"Existing ID: {ada.id}" in body["message"]
    other = create(crm, email="other@uwo.ca")
    assert by_hand(other.id, "addresses", email="ada@uwo.ca").status_code == 409
    assert by_hand(ada.id, "addresses/remove", email="countess@uwo.ca").ok
    assert create(crm, email="countess@uwo.ca").id != ada.id


def test_an_additional_address_that_becomes_the_first_is_no_longer_additional(crm, by_hand):
    ada = create(crm, email="ada@uwo.ca")
    by_hand(ada.id, "addresses", email="countess@uwo.ca")
    update(crm, ada.id, email="countess@uwo.ca")
    assert not read(crm, ada.id).properties["hs_additional_emails"]
    assert create(crm, email="ada@uwo.ca").id != ada.id


@pytest.mark.parametrize("for_good", ["", "on"])
def test_a_deleted_contact_is_gone_and_its_addresses_are_free(crm, by_hand, for_good):
    ada = create(crm, email="ada@uwo.ca")
    by_hand(ada.id, "addresses", email="countess@uwo.ca")
    assert by_hand(ada.id, "delete", for_good=for_good).ok
    assert refused(lambda: read(crm, ada.id))[0] == 404
    assert create(crm, email="countess@uwo.ca").id != ada.id


def test_who_unsubscribed_stays_so_when_the_contact_is_made_anew(crm, by_hand):
    ada = create(crm, email="ada@uwo.ca")
    by_hand(ada.id, "unsubscribe")
    by_hand(ada.id, "delete")
    assert read(crm, create(crm, email="ada@uwo.ca").id).properties["hs_email_optout"] == "true"


def test_a_value_typed_by_hand_is_what_the_api_says(crm, by_hand):
    ada = create(crm, email="ada@uwo.ca", firstname="Ada")
    assert by_hand(ada.id, "values", name="firstname", value="Augusta").ok
    assert read(crm, ada.id).properties["firstname"] == "Augusta"
    assert by_hand(ada.id, "values", name="no_such", value="x").status_code == 400


def test_the_page_shows_everybody_and_says_what_hubspot_refuses(sandbox, crm):
    assert "HubSpot knows nobody yet" in requests.get(f"{sandbox.url}/contacts/", timeout=5).text
    ada = create(crm, email="ada@uwo.ca", firstname="Ada")
    assert "ada@uwo.ca" in requests.get(f"{sandbox.url}/contacts/", timeout=5).text
    browser = {"Accept": "text/html"}
    answer = requests.post(f"{sandbox.url}/contacts/{ada.id}/merge", data={"other": "7"}, headers=browser, timeout=5)
    assert answer.status_code == 404
    assert "There is no contact 7." in answer.text

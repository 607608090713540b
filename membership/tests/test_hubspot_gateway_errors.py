"""Whatever goes wrong at HubSpot or on the way there is one error, and says nothing about a person."""

import logging
import time

import pytest

from membership import hubspot_gateway
from membership.errors import TransportError
from membership.hubspot_gateway import client as gateway_client
from membership.hubspot_gateway import contacts
from membership.tests.stand_in import HANG, HTML, RESET, Answer, stand_in
from membership.tests.test_hubspot_gateway import ALICE, NOTHING_FOUND, batch, contact

CORRELATION = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def hubspot(settings):
    with stand_in() as here:
        settings.HUBSPOT_API_BASE = f"{here.url}/hubspot"
        settings.HUBSPOT_TIMEOUT_SECONDS = 0.3
        yield here


def refusal(status, category="SOME_CATEGORY", message="No.", headers=None, **more):
    body = {"status": "error", "category": category, "message": message, "correlationId": CORRELATION, **more}
    return Answer(body, status, headers or {})


def failed(deed=contacts._upsert) -> TransportError:
    with pytest.raises(TransportError) as error:
        deed(ALICE)
    return error.value


@pytest.mark.parametrize(
    ("status", "permanent", "pauses"),
    [
        (400, True, False),
        (401, False, True),
        (403, False, True),
        (404, True, False),
        (409, False, False),
        (415, True, False),
        (423, False, False),
        (429, False, False),
        (477, False, False),
        (500, False, False),
        (502, False, False),
    ],
)
def test_each_status_says_whether_to_try_again(hubspot, status, permanent, pauses):
    hubspot.says(refusal(status))
    error = failed()
    assert (error.permanent, error.pauses) == (permanent, pauses)
    assert error.message == (
        f"HubSpot did not create or update a contact: HTTP {status}, SOME_CATEGORY, correlation {CORRELATION}."
    )
    assert len(hubspot.asked) == 1


def test_a_missing_property_pauses_and_is_named(hubspot):
    listed = '[{"isValid":false,"message":"Property \\"wits_member_id\\" does not exist",' + (
        '"error":"PROPERTY_DOESNT_EXIST","name":"wits_member_id"}]'
    )
    hubspot.says(refusal(400, "VALIDATION_ERROR", f"Property values were not valid: {listed}"))
    error = failed()
    assert error.pauses
    assert not error.permanent
    assert "wits_member_id" in error.message


def test_a_missing_property_told_in_another_way_pauses_too(hubspot):
    hubspot.says(refusal(400, "VALIDATION_ERROR", errors=[{"message": "x", "code": "PROPERTY_DOESNT_EXIST"}]))
    assert failed().pauses


def test_a_name_cannot_pause_the_channel(hubspot):
    typed = r'"\"error\":\"PROPERTY_DOESNT_EXIST\"" was not valid: PROPERTY_DOESNT_EXIST'
    hubspot.says(refusal(400, "VALIDATION_ERROR", typed))
    error = failed()
    assert error.permanent
    assert not error.pauses


def test_a_record_refused_inside_a_batch_is_an_error(hubspot):
    refused = {"category": "VALIDATION_ERROR", "message": "Email address alice@uwo.ca is invalid", "status": "error"}
    hubspot.says(Answer({**batch(), "errors": [refused]}, 207))
    error = failed()
    assert error.permanent
    assert "alice" not in error.message


def test_an_unknown_trouble_inside_a_batch_is_tried_again(hubspot):
    hubspot.says(Answer({**batch(), "errors": [{"category": "NEW_TO_US", "message": "x"}]}, 207))
    assert not failed().permanent


def test_it_waits_as_long_as_it_is_told_but_not_here(hubspot):
    hubspot.says(refusal(429, "RATE_LIMITS", headers={"Retry-After": "7"}))
    before = time.monotonic()
    for deed in (contacts._upsert, lambda _: hubspot_gateway.read_many(["51"], by="id")):
        assert failed(deed).retry_after == 7
    assert time.monotonic() - before < 2
    assert len(hubspot.asked) == 2


def test_a_limit_without_a_time_waits_for_hubspots_ten_seconds(hubspot):
    hubspot.says(refusal(429, "RATE_LIMITS"))
    assert failed().retry_after == 10
    hubspot.says(refusal(503))
    assert failed().retry_after is None


@pytest.mark.parametrize("answer", [RESET, HANG], ids=["reset", "silent"])
def test_a_network_that_fails_is_tried_again_later(hubspot, answer):
    hubspot.says(answer)
    error = failed()
    assert not error.permanent
    assert not error.pauses
    assert "could not be reached" in error.message
    assert len(hubspot.asked) == 1


def test_nobody_listening_is_tried_again_later(settings):
    settings.HUBSPOT_API_BASE = "http://127.0.0.1:1/hubspot"
    assert not failed().permanent


@pytest.mark.parametrize(
    "answer",
    [
        HTML,
        Answer(b"<html>All is well</html>", 200),
        Answer(b"<html>Not found</html>", 404),
        Answer(b"", 200),
        Answer(b"\xff\xfe", 500),
        Answer([1, 2]),
        Answer(b"null"),
        Answer({"results": []}),
        Answer({"results": [{"id": None}]}),
        Answer({"results": "none"}),
        Answer({"errors": "none"}, 207),
        Answer(b"[" * 100_000),
    ],
    ids=lambda answer: repr(answer.body)[:30],
)
def test_nonsense_is_tried_again(hubspot, answer):
    hubspot.says(answer)
    error = failed()
    assert not error.permanent
    assert not error.pauses


@pytest.mark.parametrize(
    "body", [{"results": [{"id": "51"}]}, {"results": [[]]}, {"results": {}}, {"results": [1, 2]}]
)
def test_nonsense_about_who_is_there_writes_nothing(hubspot, body):
    hubspot.says(body)
    assert not failed(hubspot_gateway.push_contact).permanent
    assert [asked.path for asked in hubspot.asked] == ["/hubspot/crm/v3/objects/contacts/batch/read"]


def test_a_list_that_makes_no_sense_is_not_an_empty_one(hubspot):
    for body in ({"results": None}, {"results": [1]}, {"other": []}):
        hubspot.says({"name": "wits", "label": "WITS membership"}, body)
        with pytest.raises(TransportError):
            hubspot_gateway.ensure_properties()
        hubspot.says(body)
        with pytest.raises(TransportError):
            hubspot_gateway.read_many(["51"], by="id")
    assert not [asked for asked in hubspot.asked if asked.path.endswith("/properties/contacts") and asked.body]


def test_a_conflict_with_a_contact_that_is_gone_is_tried_again(hubspot):
    refused = {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 77", "status": "error"}
    hubspot.says(
        NOTHING_FOUND, Answer({**batch(), "errors": [refused]}, 207), refusal(404, "OBJECT_NOT_FOUND"), contact("1")
    )
    assert not failed(hubspot_gateway.push_contact).permanent
    assert len(hubspot.asked) == 3


def test_nothing_that_hubspot_quotes_is_passed_on(hubspot, caplog):
    caplog.set_level(logging.INFO)
    detail = {"message": "alice@uwo.ca", "code": "alice@uwo.ca", "in": "alice@uwo.ca"}
    hubspot.says(refusal(400, "alice@uwo.ca", "alice@uwo.ca", errors=[detail], subCategory="alice@uwo.ca"))
    error = failed()
    assert "alice" not in error.message
    assert error.__cause__ is None
    assert error.__context__ is None
    assert "alice" not in caplog.text


def test_no_address_stands_in_an_url(hubspot):
    hubspot.says(batch(contact("51", email="alice@uwo.ca")), contact("51"))
    hubspot_gateway.push_contact(ALICE)
    assert not any("alice" in asked.path + str(asked.query) for asked in hubspot.asked)


def test_connections_are_kept(hubspot):
    hubspot.says(contact("51"))
    assert gateway_client.apis() is gateway_client.apis()


def test_settings_are_read_when_it_is_called(hubspot, settings):
    hubspot.says(batch(contact("51")))
    hubspot_gateway.read_many(["51"], by="id")
    settings.HUBSPOT_ACCESS_TOKEN = "pat-na1-other"
    hubspot_gateway.read_many(["51"], by="id")
    assert [asked.headers["Authorization"] for asked in hubspot.asked] == [
        "Bearer pat-na1-tests",
        "Bearer pat-na1-other",
    ]

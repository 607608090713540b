"""Requests of HubSpot's client and the sandbox's answers fit HubSpot's own description of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from flask import Response, request

from sandbox.hubspot_api import body
from sandbox.tests import test_contact_properties as properties_tests
from sandbox.tests import test_contacts as contacts_tests
from sandbox.tests.conftest import Sandbox
from sandbox.tests.vendor_data import read

Traffic = list[tuple[str, str, Any, int, Any]]
DESCRIPTIONS = ("hubspot/contacts-v3.openapi.json", "hubspot/properties-v3.openapi.json")


@pytest.fixture
def traffic(sandbox: Sandbox) -> Iterator[Traffic]:
    """(method, path, request, status, answer) of each call of HubSpot's API."""
    seen: Traffic = []

    def look(response: Response) -> Response:
        if request.path.startswith("/hubspot/"):
            path = request.path.removeprefix("/hubspot")
            seen.append(
                (
                    request.method,
                    path,
                    request.get_json(silent=True),
                    response.status_code,
                    response.get_json(silent=True),
                )
            )
        return response

    functions = sandbox.app.after_request_funcs.setdefault(None, [])
    functions.append(look)
    yield seen
    functions.remove(look)


def test_contacts_and_properties_fit_their_description(sandbox, crm, traffic):
    documents = [read(name) for name in DESCRIPTIONS]
    for walk in (
        contacts_tests.test_a_batch_read_tells_which_are_missing,
        contacts_tests.test_contacts_are_listed_in_pages,
        contacts_tests.test_an_archived_contact_is_gone_and_frees_its_address,
        contacts_tests.test_a_gdpr_delete_of_an_unknown_address_blocks_it,
        contacts_tests.test_an_upsert_by_address_must_send_every_property_it_wrote_before,
        properties_tests.test_a_property_is_made_once_read_changed_and_archived,
        properties_tests.test_groups_are_made_changed_and_archived_when_empty,
    ):
        sandbox.state.reset()
        walk(crm)
    assert len({(method, status) for method, _, _, status, _ in traffic}) > 8
    for method, path, sent, status, answer in traffic:
        document, operation = described(documents, method, path)
        if sent is not None and "requestBody" in operation and status < 300:
            check(document, operation["requestBody"], sent)
        if status >= 400:
            schema = {"$ref": "#/components/schemas/Error"}
            answer.pop("status")  # "error", which HubSpot sends and its description leaves out
            jsonschema.validate(answer, closed({**schema, "components": document["components"]}))
        elif answer is not None:
            check(document, operation["responses"][str(status)], answer)


SHAPES = {
    "SimplePublicObjectInputForCreate": body.CREATE,
    "SimplePublicObjectInput": body.UPDATE,
    "SimplePublicObjectBatchInputUpsert": body.UPSERT_INPUT,
    "BatchReadInputSimplePublicObjectId": body.BATCH_READ,
    "PublicGdprDeleteInput": body.GDPR,
    "PropertyCreate": body.PROPERTY_CREATE,
    "PropertyUpdate": body.PROPERTY_UPDATE,
    "PropertyGroupCreate": body.GROUP_CREATE,
    "PropertyGroupUpdate": body.GROUP_UPDATE,
    "OptionInput": body.OPTION,
}


@pytest.mark.parametrize("name", SHAPES)
def test_no_field_is_taken_that_hubspot_does_not_describe(name):
    schemas: dict = {}
    for document in DESCRIPTIONS:
        schemas |= read(document)["components"]["schemas"]
    assert set(SHAPES[name].fields) <= set(schemas[name]["properties"])


def described(documents: list[dict], method: str, path: str) -> tuple[dict, dict]:
    """The document and operation of a call; fixed paths before those with a placeholder."""
    for document in documents:
        for template in sorted(document["paths"], key=lambda known: known.count("{")):
            if (
                re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)
                and method.lower() in document["paths"][template]
            ):
                return document, document["paths"][template][method.lower()]
    raise AssertionError(f"HubSpot describes no {method} {path}")


def check(document: dict, part: dict, value: Any) -> None:
    (media,) = part["content"].values()
    jsonschema.validate(value, closed({**media["schema"], "components": document["components"]}))


def closed(schema: Any) -> Any:
    """The schema with unknown fields refused. A property without a value is null: it leaves that out."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: closed(value) for name, value in schema.items() if name != "example"}
    if result.get("type") == "object" and result.get("properties"):
        result.setdefault("additionalProperties", False)
    if result.get("additionalProperties") == {"type": "string"}:
        result["additionalProperties"] = {"type": ["string", "null"]}
    return result

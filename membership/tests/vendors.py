"""What Stripe and HubSpot themselves say a request looks like, as checks for the tests."""

import json
import os
import re
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import ForwardRef, NotRequired, get_args, get_origin

import jsonschema
import pytest
import stripe
import stripe._api_requestor
import stripe._request_options
from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import is_typeddict

# (method, address) -> the parameters that Stripe's library documents for it.
STRIPE_CALLS = {
    ("post", r"/v1/checkout/sessions"): "checkout._session_create_params.SessionCreateParams",
    ("get", r"/v1/checkout/sessions"): "checkout._session_list_params.SessionListParams",
    ("get", r"/v1/checkout/sessions/\w+"): "checkout._session_retrieve_params.SessionRetrieveParams",
    ("post", r"/v1/checkout/sessions/\w+/expire"): "checkout._session_expire_params.SessionExpireParams",
    ("post", r"/v1/customers/\w+"): "_customer_update_params.CustomerUpdateParams",
    ("get", r"/v1/payment_intents/\w+"): "_payment_intent_retrieve_params.PaymentIntentRetrieveParams",
    ("get", r"/v1/refunds"): "_refund_list_params.RefundListParams",
    ("post", r"/v1/refunds"): "_refund_create_params.RefundCreateParams",
    ("get", r"/v1/refunds/\w+"): "_refund_retrieve_params.RefundRetrieveParams",
    ("get", r"/v1/disputes"): "_dispute_list_params.DisputeListParams",
    ("get", r"/v1/disputes/\w+"): "_dispute_retrieve_params.DisputeRetrieveParams",
    ("get", r"/v1/radar/early_fraud_warnings"): "radar._early_fraud_warning_list_params.EarlyFraudWarningListParams",
    ("get", r"/v1/products/[\w-]+"): "_product_retrieve_params.ProductRetrieveParams",
    ("post", r"/v1/products"): "_product_create_params.ProductCreateParams",
    ("post", r"/v1/products/[\w-]+"): "_product_update_params.ProductUpdateParams",
    ("get", r"/v1/webhook_endpoints"): "_webhook_endpoint_list_params.WebhookEndpointListParams",
    ("post", r"/v1/webhook_endpoints"): "_webhook_endpoint_create_params.WebhookEndpointCreateParams",
    ("post", r"/v1/webhook_endpoints/\w+"): "_webhook_endpoint_update_params.WebhookEndpointUpdateParams",
}
STRICT = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)
_adapters: dict[str, TypeAdapter] = {}


def check_stripe_call(method: str, path: str, parameters: dict) -> None:
    """Raise if Stripe's library documents no such call, or not with these parameters (names, types and choices)."""
    found = [name for (verb, pattern), name in STRIPE_CALLS.items() if verb == method and re.fullmatch(pattern, path)]
    assert found, f"{method} {path} is no call that these checks know: add it to STRIPE_CALLS"
    try:
        _stripe_adapter(found[0]).validate_python(parameters)
    except ValidationError as error:
        raise AssertionError(f"{method} {path} is not as Stripe describes it: {error}") from error
    if method == "post" and path == "/v1/checkout/sessions":
        # What Stripe refuses although the types allow it.
        assert not {"customer", "customer_creation"} <= set(parameters)
        assert not {"customer", "customer_email"} <= set(parameters)
        for item in parameters["line_items"]:
            assert ("product" in item["price_data"]) != ("product_data" in item["price_data"])


@contextmanager
def every_stripe_call_checked():
    """Check all that goes through Stripe's library meanwhile, before it is turned into strings."""
    as_it_was = stripe._api_requestor._APIRequestor.request_raw

    def checked(self, method, url, params=None, options=None, *args, **kwargs):
        check_stripe_call(method, url, dict(params or {}))
        return as_it_was(self, method, url, params, options, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stripe._api_requestor._APIRequestor, "request_raw", checked)
        yield


def _stripe_adapter(name: str) -> TypeAdapter:
    if name not in _adapters:
        module_name, class_name = f"stripe.params.{name}".rsplit(".", 1)
        __import__(module_name)
        module = sys.modules[module_name]
        for part in (module, stripe._request_options):
            for kind in vars(part).values():
                if is_typeddict(kind):
                    kind.__pydantic_config__ = STRICT
                    kind.__annotations__ = {key: _closed(hint) for key, hint in kind.__annotations__.items()}
        names = {**vars(stripe._request_options), **vars(module), "StripeContext": stripe.StripeContext}
        adapter = TypeAdapter(getattr(module, class_name))
        adapter.rebuild(force=True, _types_namespace=names)
        _adapters[name] = adapter
    return _adapters[name]


def _closed(hint):
    """Stripe's choices are open in its types ("one of these, or any text"): without the "or any text"."""
    if get_origin(hint) is NotRequired:
        return NotRequired[_closed(get_args(hint)[0])]
    if isinstance(hint, ForwardRef):
        # `Literal['']|str` is another matter: a text, where the empty one takes away what was set.
        return ForwardRef(re.sub(r"(Literal\['\w[^\]]*\])\|str\b", r"\1", hint.__forward_arg__))
    return hint


def hubspot_description(name: str) -> dict:
    """HubSpot's own description of `contacts-v3` or `properties-v3`; skips the test where it is not at hand."""
    return _vendors_file(f"hubspot/{name}.openapi.json")


def stripe_example(name: str) -> dict:
    """One of Stripe's own example objects; skips the test where they are not at hand."""
    return _vendors_file("stripe/example-objects.json")["resources"][name]


@cache
def _vendors_file(name: str) -> dict:
    """A file that is no part of the project: looked for in WITS_VENDOR_DATA, and in `shared/data` beside it."""
    places = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    if "WITS_VENDOR_DATA" in os.environ:
        places.insert(0, Path(os.environ["WITS_VENDOR_DATA"]))
    found = next((place / name for place in places if (place / name).is_file()), None)
    if found is None:
        pytest.skip(f"{name} is not at hand (set WITS_VENDOR_DATA to the folder that has it)")
    return json.loads(found.read_text())


def check_hubspot_call(method: str, path: str, query: dict, body: object) -> None:
    """Raise if HubSpot describes no such call, or not with this query and body."""
    description = hubspot_description("properties-v3" if "/properties/" in path else "contacts-v3")
    described = [(known, description["paths"][known]) for known in description["paths"] if _same_path(known, path)]
    # A fixed address goes before one with a variable in it.
    described.sort(key=lambda pair: pair[0].count("{"))
    assert described, f"HubSpot describes no {path}"
    operation = described[0][1].get(method.lower())
    assert operation, f"HubSpot describes no {method} {path}"
    known = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"}
    assert set(query) <= known, f"HubSpot describes no {set(query) - known}"
    wanted = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if wanted is None:
        assert not body
        return
    components = {"schemas": {name: _strict(one) for name, one in description["components"]["schemas"].items()}}
    jsonschema.validate(body, {**wanted, "components": components})


def _same_path(known: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path) is not None


def _strict(schema: dict) -> dict:
    return {"additionalProperties": False, **schema} if "properties" in schema else schema

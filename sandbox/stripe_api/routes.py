"""The calls of Stripe's API: which table reads them, which function answers them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from sandbox.calls import struck_inside
from sandbox.state import State
from sandbox.stripe_api import (
    balance,
    catalogue,
    checkout,
    customers,
    disputes,
    endpoints,
    events,
    payments,
    promotions,
    shapes,
)
from sandbox.stripe_api import (
    parameters as p,
)
from sandbox.stripe_api import (
    promotion_parameters as pp,
)
from sandbox.stripe_api.call import Call
from sandbox.stripe_api.errors import StripeError
from sandbox.stripe_api.expansion import expand
from sandbox.stripe_api.fields import Table
from sandbox.stripe_api.form import decode
from sandbox.stripe_api.idempotency import Keys, fingerprint

Operation = Callable[..., dict[str, Any]]
SESSIONS = "/v1/checkout/sessions"

ROUTES: list[tuple[str, str, Table, Operation]] = [
    ("POST", SESSIONS, p.SESSION_CREATE, checkout.create),
    ("GET", SESSIONS, p.SESSION_LIST, checkout.index),
    ("GET", f"{SESSIONS}/<session_id>", p.ONLY_EXPAND, checkout.retrieve),
    ("GET", f"{SESSIONS}/<session_id>/line_items", p.listing(), checkout.line_items),
    ("POST", f"{SESSIONS}/<session_id>/expire", p.ONLY_EXPAND, checkout.expire),
    ("POST", "/v1/customers", p.CUSTOMER_CREATE, customers.create),
    ("GET", "/v1/customers", p.CUSTOMER_LIST, customers.index),
    ("GET", "/v1/customers/<customer_id>", p.ONLY_EXPAND, customers.retrieve),
    ("POST", "/v1/customers/<customer_id>", p.CUSTOMER_UPDATE, customers.update),
    ("DELETE", "/v1/customers/<customer_id>", p.NOTHING, customers.delete),
    ("GET", "/v1/payment_intents", p.PAYMENT_INTENT_LIST, payments.list_intents),
    ("GET", "/v1/payment_intents/<intent_id>", p.ONLY_EXPAND, payments.retrieve_intent),
    ("GET", "/v1/charges", p.CHARGE_LIST, payments.list_charges),
    ("GET", "/v1/charges/<charge_id>", p.ONLY_EXPAND, payments.retrieve_charge),
    ("POST", "/v1/refunds", p.REFUND_CREATE, payments.create_refund),
    ("GET", "/v1/refunds", p.REFUND_LIST, payments.list_refunds),
    ("GET", "/v1/refunds/<refund_id>", p.ONLY_EXPAND, payments.retrieve_refund),
    ("GET", "/v1/disputes", p.DISPUTE_LIST, disputes.index),
    ("GET", "/v1/disputes/<dispute_id>", p.ONLY_EXPAND, disputes.retrieve),
    ("POST", "/v1/disputes/<dispute_id>/close", p.ONLY_EXPAND, disputes.accept),
    ("GET", "/v1/radar/early_fraud_warnings", p.WARNING_LIST, disputes.list_warnings),
    ("GET", "/v1/radar/early_fraud_warnings/<warning_id>", p.ONLY_EXPAND, disputes.retrieve_warning),
    ("GET", "/v1/balance_transactions", p.BALANCE_LIST, balance.index),
    ("GET", "/v1/balance_transactions/<transaction_id>", p.ONLY_EXPAND, balance.retrieve),
    ("POST", "/v1/products", p.PRODUCT_CREATE, catalogue.create_product),
    ("GET", "/v1/products", p.PRODUCT_LIST, catalogue.list_products),
    ("GET", "/v1/products/<product_id>", p.ONLY_EXPAND, catalogue.retrieve_product),
    ("POST", "/v1/products/<product_id>", p.PRODUCT_UPDATE, catalogue.update_product),
    ("DELETE", "/v1/products/<product_id>", p.NOTHING, catalogue.delete_product),
    ("POST", "/v1/prices", p.PRICE_CREATE, catalogue.create_price),
    ("GET", "/v1/prices", p.PRICE_LIST, catalogue.list_prices),
    ("GET", "/v1/prices/<price_id>", p.ONLY_EXPAND, catalogue.retrieve_price),
    ("POST", "/v1/prices/<price_id>", p.PRICE_UPDATE, catalogue.update_price),
    ("POST", "/v1/coupons", pp.COUPON_CREATE, promotions.create_coupon),
    ("GET", "/v1/coupons", pp.COUPON_LIST, promotions.list_coupons),
    ("GET", "/v1/coupons/<coupon_id>", p.ONLY_EXPAND, promotions.retrieve_coupon),
    ("POST", "/v1/promotion_codes", pp.CODE_CREATE, promotions.create_code),
    ("GET", "/v1/promotion_codes", pp.CODE_LIST, promotions.list_codes),
    ("GET", "/v1/promotion_codes/<code_id>", p.ONLY_EXPAND, promotions.retrieve_code),
    ("POST", "/v1/promotion_codes/<code_id>", pp.CODE_UPDATE, promotions.update_code),
    ("GET", "/v1/events", p.EVENT_LIST, events.index),
    ("GET", "/v1/events/<event_id>", p.ONLY_EXPAND, events.retrieve),
    ("POST", "/v1/webhook_endpoints", p.ENDPOINT_CREATE, endpoints.create),
    ("GET", "/v1/webhook_endpoints", p.ENDPOINT_LIST, endpoints.index),
    ("GET", "/v1/webhook_endpoints/<endpoint_id>", p.ONLY_EXPAND, endpoints.retrieve),
    ("POST", "/v1/webhook_endpoints/<endpoint_id>", p.ENDPOINT_UPDATE, endpoints.update),
    ("DELETE", "/v1/webhook_endpoints/<endpoint_id>", p.NOTHING, endpoints.delete),
]


def blueprint(state: State) -> Blueprint:
    """Stripe's API, to be mounted under /stripe."""
    routes = Blueprint("stripe", __name__)
    api = Api(state)
    for number, (method, path, table, operation) in enumerate(ROUTES):
        routes.add_url_rule(path, f"call{number}", api.view(table, operation), methods=[method])
    routes.add_url_rule("/<path:path>", "unknown", api.unknown, methods=["GET", "POST", "DELETE", "PUT", "PATCH"])
    return routes


class Api:
    """What every call has in common: the key, parameters, idempotency, expansion, errors."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.keys = Keys(state)

    def view(self, table: Table, operation: Operation) -> Callable[..., Response]:
        def answer(**ids: str) -> Response:
            request_id = self.state.new_id("req", 14)
            key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
            try:
                _authenticate()
                if key:
                    return self._once(key, request_id, table, operation, ids)
                status, body = self._run(request_id, None, table, operation, ids)
                return _response(status, body, request_id)
            except StripeError as error:
                return _response(error.status, _dump({"error": error.body}), request_id)

        return answer

    def unknown(self, path: str) -> Response:
        error = StripeError(
            f"Unrecognized request URL ({request.method}: /{path}). The sandbox has only a part of Stripe's API: "
            "see its README.",
            status=404,
        )
        return _response(404, _dump({"error": error.body}), self.state.new_id("req", 14))

    def _once(self, key: str, request_id: str, table: Table, operation: Operation, ids: dict[str, str]) -> Response:
        print_ = fingerprint(request.method, request.path, _pairs())
        replay = self.keys.begin(key, print_)
        if replay:
            response = _response(*replay, request_id)
            response.headers["Idempotent-Replayed"] = "true"
            response.headers["Idempotency-Key"] = key
            return response
        status, body, stored = 500, "", False
        try:
            status, body = self._run(request_id, key, table, operation, ids)
            stored = True
        except StripeError as error:
            status, body, stored = error.status, _dump({"error": error.body}), error.stored
        finally:
            self.keys.end(key, print_, status, body, request_id, stored)
        response = _response(status, body, request_id)
        response.headers["Idempotency-Key"] = key
        return response

    def _run(
        self, request_id: str, key: str | None, table: Table, operation: Operation, ids: dict[str, str]
    ) -> tuple[int, str]:
        struck_inside(_internal_error)
        params = table.parse(decode(_pairs()), "")
        wishes = params.pop("expand", [])
        path = request.path.removeprefix("/stripe")
        with self.state.change():
            answer = operation(Call(self.state, params, path, request_id, key), **ids)
            return 200, _dump(expand(self.state, answer, wishes))


def _authenticate() -> None:
    """Any test key will do; the scheme is Bearer, or Basic as curl -u sends it."""
    key = (
        request.authorization.username if request.authorization and request.authorization.type == "basic" else None
    ) or (request.authorization.token if request.authorization else None)
    if not key:
        raise StripeError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
            stored=False,
        )
    if not key.startswith(("sk_test_", "rk_test_")) or len(key) < 12:
        shown = f"{key[:8]}{'*' * 8}{key[-4:]}"
        raise StripeError(f"Invalid API Key provided: {shown}", status=401, stored=False)


def _internal_error() -> StripeError:
    return StripeError(
        "Something went wrong on Stripe's end. (The sandbox was asked for this.)", status=500, kind="api_error"
    )


def _pairs() -> list[tuple[str, str]]:
    sent = request.args if request.method in ("GET", "DELETE") else request.form
    return list(sent.items(multi=True))


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=2)


def _response(status: int, body: str, request_id: str) -> Response:
    response = Response(body, status, mimetype="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", shapes.API_VERSION)
    return response

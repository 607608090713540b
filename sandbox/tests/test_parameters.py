"""The sandbox takes no parameter, and no choice of one, that Stripe's own library does not know."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest
import stripe
import stripe.params.checkout

from sandbox.stripe_api import parameters as p
from sandbox.stripe_api.fields import Choice, Range, Rows, Table

PARAMS = stripe.params
TABLES: list[tuple[Table, Any]] = [
    (p.SESSION_CREATE, PARAMS.checkout.SessionCreateParams),
    (p.SESSION_LIST, PARAMS.checkout.SessionListParams),
    (p.CUSTOMER_CREATE, PARAMS.CustomerCreateParams),
    (p.CUSTOMER_UPDATE, PARAMS.CustomerUpdateParams),
    (p.CUSTOMER_LIST, PARAMS.CustomerListParams),
    (p.PAYMENT_INTENT_LIST, PARAMS.PaymentIntentListParams),
    (p.CHARGE_LIST, PARAMS.ChargeListParams),
    (p.REFUND_CREATE, PARAMS.RefundCreateParams),
    (p.REFUND_LIST, PARAMS.RefundListParams),
    (p.PRODUCT_CREATE, PARAMS.ProductCreateParams),
    (p.PRODUCT_UPDATE, PARAMS.ProductUpdateParams),
    (p.PRODUCT_LIST, PARAMS.ProductListParams),
    (p.PRICE_CREATE, PARAMS.PriceCreateParams),
    (p.PRICE_UPDATE, PARAMS.PriceUpdateParams),
    (p.PRICE_LIST, PARAMS.PriceListParams),
    (p.EVENT_LIST, PARAMS.EventListParams),
    (p.ENDPOINT_CREATE, PARAMS.WebhookEndpointCreateParams),
    (p.ENDPOINT_UPDATE, PARAMS.WebhookEndpointUpdateParams),
    (p.ENDPOINT_LIST, PARAMS.WebhookEndpointListParams),
]


@pytest.mark.parametrize(("table", "params"), TABLES, ids=[params.__name__ for _, params in TABLES])
def test_every_parameter_is_known_to_stripe(table, params):
    assert list(unknown(table, params, "")) == []


def test_a_parameter_that_stripe_does_not_know_would_be_found():
    wrong = Table(of={"mode": Choice(of=("gift",)), "line_items": Rows(of=Table(of={"colour": Choice()}))})
    assert list(unknown(wrong, PARAMS.checkout.SessionCreateParams, "")) == ["mode=gift", "line_items[colour]"]


def unknown(table: Table, params: Any, where: str) -> Any:
    """Names and choices of the table that the library's type has not, to any depth."""
    names = {name: hint for base in params.__mro__ for name, hint in getattr(base, "__annotations__", {}).items()}
    for name, field in table.of.items():
        path = f"{where}[{name}]" if where else name
        if name not in names:
            yield path
            continue
        hint, inner = text_of(names[name]), field.of if isinstance(field, Rows) else field
        if isinstance(inner, Table) and not isinstance(field, Range):
            nested = [found for found in classes(hint, params) if hasattr(found, "__annotations__")]
            assert nested, f"{path}: the library has no table here"
            yield from unknown(inner, nested[0], path)
        elif isinstance(inner, Choice) and inner.of:
            literals = set(re.findall(r"'([^']+)'", hint))
            yield from (f"{path}={value}" for value in inner.of if value not in literals)


def text_of(hint: Any) -> str:
    return getattr(hint, "__forward_arg__", None) or str(hint)


def classes(hint: str, params: Any) -> list[Any]:
    """The types named in a hint, from the library's module of the params."""
    module = sys.modules[params.__module__]
    return [getattr(module, name) for name in re.findall(r"\b\w*Params\w+", hint) if hasattr(module, name)]

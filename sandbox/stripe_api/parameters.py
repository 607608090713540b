"""Every parameter that the sandbox takes, by call. What is not here is refused as unknown."""

from __future__ import annotations

from sandbox.stripe_api.fields import (
    Choice,
    Currency,
    Email,
    Field,
    Flag,
    Metadata,
    Moment,
    Off,
    Range,
    Rows,
    Table,
    Text,
    Url,
    Whole,
)

# Stripe's own list is longer; these are the kinds of event that the sandbox sends, and those that a live
# endpoint of the site subscribes to although the sandbox never sends them.
EVENT_TYPES = (
    "*",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.failed",
    "charge.pending",
    "charge.refunded",
    "charge.succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "customer.created",
    "customer.deleted",
    "customer.updated",
    "payment_intent.canceled",
    "payment_intent.created",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.succeeded",
    "price.created",
    "price.updated",
    "product.created",
    "product.deleted",
    "product.updated",
    "radar.early_fraud_warning.created",
    "refund.created",
    "refund.failed",
    "refund.updated",
)
LOCALES = ("auto", "en", "en-GB", "fr", "fr-CA")


def table(**of: Field) -> Table:
    return Table(of={**of, "expand": Rows(max=20)})


def listing(**of: Field) -> Table:
    return Table(
        of={
            **of,
            "limit": Whole(min=1, max=100),
            "starting_after": Text(),
            "ending_before": Text(),
            "expand": Rows(max=20),
        },
        one_of=(("starting_after", "ending_before"),),
    )


ONLY_EXPAND = table()
NOTHING = Table()

ADDRESS = Table(
    unset=True,
    of={
        name: Text(unset=True, max=2 if name == "country" else 5000)
        for name in ("city", "country", "line1", "line2", "postal_code", "state")
    },
)
SHIPPING = Table(unset=True, of={"address": ADDRESS, "name": Text(required=True), "phone": Text(unset=True)})

# -- Checkout: https://docs.stripe.com/api/checkout/sessions/create
PRODUCT_DATA = Table(
    of={
        "name": Text(required=True, max=250),
        "description": Text(max=5000),
        "images": Rows(of=Url(), max=8),
        "metadata": Metadata(),
        "unit_label": Text(max=12),
    }
)
PRICE_DATA = Table(
    of={
        "currency": Currency(required=True),
        "unit_amount": Whole(required=True, min=0),
        "product": Text(),
        "product_data": PRODUCT_DATA,
        "tax_behavior": Choice(of=("exclusive", "inclusive", "unspecified")),
    },
    one_of=(("product", "product_data"),),
    need_one=(("product", "product_data"),),
)
LINE_ITEM = Table(
    of={
        "price": Text(),
        "price_data": PRICE_DATA,
        "quantity": Whole(required=True, min=1, max=999_999),
        "metadata": Metadata(),
    },
    one_of=(("price", "price_data"),),
    need_one=(("price", "price_data"),),
)
PAYMENT_INTENT_DATA = Table(
    of={
        "capture_method": Choice(of=("automatic", "automatic_async")),
        "description": Text(max=1000),
        "metadata": Metadata(),
        "receipt_email": Email(),
        "statement_descriptor": Text(max=22),
        "statement_descriptor_suffix": Text(max=22),
        "transfer_group": Text(),
    }
)
CUSTOM_TEXT = Table(
    of={name: Table(unset=True, of={"message": Text(required=True, max=1200)}) for name in ("submit", "after_submit")}
)
DISCOUNT = (("coupon", "promotion_code"),)
SESSION_CREATE = Table(
    of={
        "mode": Choice(required=True, of=("payment",)),
        "ui_mode": Choice(of=("hosted_page",)),
        "line_items": Rows(required=True, of=LINE_ITEM),
        "success_url": Url(required=True),
        "cancel_url": Url(),
        "client_reference_id": Text(max=200),
        "customer": Text(),
        "customer_creation": Choice(of=("always", "if_required")),
        "customer_email": Email(max=800),
        "metadata": Metadata(),
        "payment_intent_data": PAYMENT_INTENT_DATA,
        "expires_at": Moment(),
        "after_expiration": Table(
            of={
                "recovery": Table(
                    of={"enabled": Flag(required=True), "allow_promotion_codes": Off()},
                )
            }
        ),
        "adaptive_pricing": Table(of={"enabled": Off()}),
        "allow_promotion_codes": Flag(),
        "discounts": Rows(of=Table(of={"coupon": Text(), "promotion_code": Text()}, one_of=DISCOUNT), max=1),
        "automatic_tax": Table(of={"enabled": Off(required=True)}),
        "currency": Currency(),
        "custom_text": CUSTOM_TEXT,
        "locale": Choice(of=LOCALES),
        "origin_context": Choice(of=("mobile_app", "web")),
        "integration_identifier": Text(max=200),
        "submit_type": Choice(of=("auto", "book", "donate", "pay")),
        "expand": Rows(max=20),
    },
    one_of=(
        ("customer", "customer_creation"),
        ("customer", "customer_email"),
        ("allow_promotion_codes", "discounts"),
    ),
)
SESSION_LIST = listing(
    created=Range(),
    customer=Text(),
    customer_details=Table(of={"email": Text(required=True)}),
    payment_intent=Text(),
    status=Choice(of=("open", "complete", "expired")),
)

# -- Customers: https://docs.stripe.com/api/customers
CUSTOMER_FIELDS: dict[str, Field] = {
    "address": ADDRESS,
    "description": Text(unset=True),
    "email": Email(unset=True),
    "metadata": Metadata(),
    "name": Text(unset=True, max=256),
    "phone": Text(unset=True, max=20),
    "preferred_locales": Rows(unset=True),
    "shipping": SHIPPING,
}
CUSTOMER_CREATE = table(**CUSTOMER_FIELDS)
CUSTOMER_UPDATE = table(**CUSTOMER_FIELDS)
CUSTOMER_LIST = listing(created=Range(), email=Text(max=512))

# -- Payments
PAYMENT_INTENT_LIST = listing(created=Range(), customer=Text())
CHARGE_LIST = listing(created=Range(), customer=Text(), payment_intent=Text())
REFUND_CREATE = Table(
    of={
        "amount": Whole(min=1),
        "charge": Text(),
        "payment_intent": Text(),
        "reason": Choice(of=("duplicate", "fraudulent", "requested_by_customer")),
        "metadata": Metadata(),
        "expand": Rows(max=20),
    },
    one_of=(("charge", "payment_intent"),),
    need_one=(("charge", "payment_intent"),),
)
REFUND_LIST = listing(created=Range(), charge=Text(), payment_intent=Text())
# https://docs.stripe.com/api/disputes/list and https://docs.stripe.com/api/radar/early_fraud_warnings/list
DISPUTE_LIST = listing(created=Range(), charge=Text(), payment_intent=Text())
WARNING_LIST = listing(created=Range(), charge=Text(), payment_intent=Text())
# https://docs.stripe.com/api/balance_transactions/list
BALANCE_LIST = listing(created=Range(), currency=Currency(), source=Text(), type=Text())

# -- Catalogue: https://docs.stripe.com/api/products, https://docs.stripe.com/api/prices
PRODUCT_FIELDS: dict[str, Field] = {
    "active": Flag(),
    "description": Text(unset=True),
    "images": Rows(unset=True, of=Url(), max=8),
    "metadata": Metadata(),
    "statement_descriptor": Text(max=22),
    "unit_label": Text(unset=True, max=12),
    "url": Url(unset=True),
}
PRODUCT_CREATE = table(name=Text(required=True, max=250), id=Text(max=255), **PRODUCT_FIELDS)
PRODUCT_UPDATE = table(name=Text(max=250), default_price=Text(), **PRODUCT_FIELDS)
PRODUCT_LIST = listing(active=Flag(), created=Range(), ids=Rows())
PRICE_CREATE = Table(
    of={
        "currency": Currency(required=True),
        "unit_amount": Whole(required=True, min=0),
        "product": Text(),
        "product_data": Table(of={"name": Text(required=True, max=250), "id": Text(), "metadata": Metadata()}),
        "active": Flag(),
        "lookup_key": Text(max=200),
        "transfer_lookup_key": Flag(),
        "metadata": Metadata(),
        "nickname": Text(),
        "tax_behavior": Choice(of=("exclusive", "inclusive", "unspecified")),
        "expand": Rows(max=20),
    },
    one_of=(("product", "product_data"),),
    need_one=(("product", "product_data"),),
)
PRICE_UPDATE = table(
    active=Flag(),
    lookup_key=Text(unset=True, max=200),
    transfer_lookup_key=Flag(),
    metadata=Metadata(),
    nickname=Text(unset=True),
    tax_behavior=Choice(of=("exclusive", "inclusive")),
)
PRICE_LIST = listing(
    active=Flag(),
    created=Range(),
    currency=Currency(),
    lookup_keys=Rows(max=10),
    product=Text(),
    type=Choice(of=("one_time", "recurring")),
)

# -- Events and endpoints: https://docs.stripe.com/api/events, https://docs.stripe.com/api/webhook_endpoints
EVENT_LIST = Table(
    of={**listing(created=Range(), type=Text(), types=Rows(max=20)).of, "delivery_success": Flag()},
    one_of=(("starting_after", "ending_before"), ("type", "types")),
)
ENDPOINT_CREATE = table(
    url=Url(required=True),
    enabled_events=Rows(required=True, of=Choice(of=EVENT_TYPES)),
    api_version=Text(),
    description=Text(unset=True),
    metadata=Metadata(),
)
ENDPOINT_UPDATE = table(
    url=Url(),
    enabled_events=Rows(of=Choice(of=EVENT_TYPES)),
    disabled=Flag(),
    description=Text(unset=True),
    metadata=Metadata(),
)
ENDPOINT_LIST = listing()

"""What has to stand in the club's Stripe account: a product for each paid level, and the webhook endpoint."""

from dataclasses import dataclass
from typing import Any, Literal, cast

import stripe
from django.conf import settings

from membership.stripe_gateway.client import as_dict, calling, client, code_of, page_of

EVENT_TYPES = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.payment_failed",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "radar.early_fraud_warning.created",
)
MARK = {"wits": "site"}


@dataclass(frozen=True)
class Thing:
    """One thing in the account. `todo` is a sentence where a person has to act; `secret` comes once, when made."""

    what: str
    id: str
    state: Literal["as it should be", "made", "corrected", "missing", "different"]
    todo: str = ""
    secret: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing was or is to be done about it."""
        return self.state == "as it should be" and not self.todo


def ensure_product(*, slug: str, name: str, look_only: bool = False) -> Thing:
    """The product of a level, under an id that follows from its slug; made, or given its name and put on sale again.

    With `look_only` nothing changes: the state is then "missing" or "different". The price is not kept at Stripe:
    each session names it, so that it is always the one the visitor saw.
    https://docs.stripe.com/api/products/create, https://docs.stripe.com/api/products/update
    """
    product_id = f"wits-level-{slug}"
    what = f"Product of {name}"
    product = _product(product_id)
    wanted: dict[str, Any] = {"name": name, "active": True}
    if product is None:
        if look_only:
            return Thing(what, product_id, "missing")
        with calling("make a product"):
            client().v1.products.create(
                {"id": product_id, "name": name, "active": True, "metadata": {**MARK, "level": slug}}
            )
        return Thing(what, product_id, "made")
    if all(product.get(field) == value for field, value in wanted.items()):
        return Thing(what, product_id, "as it should be")
    if look_only:
        return Thing(what, product_id, "different")
    with calling("correct a product"):
        client().v1.products.update(product_id, {"name": name, "active": True})
    return Thing(what, product_id, "corrected")


def _product(product_id: str) -> dict[str, Any] | None:
    deed = "show a product"
    with calling(deed):
        try:
            answer = client().v1.products.retrieve(product_id)
        except stripe.InvalidRequestError as error:
            if code_of(error) == "resource_missing":
                return None
            raise
    return as_dict(answer, deed)


def ensure_endpoint(*, url: str, look_only: bool = False) -> list[Thing]:
    """The webhook endpoint at `url`, with EVENT_TYPES in our version of the API.

    The version of an endpoint cannot be changed, so one of another version gets a successor beside it; events then
    come twice, which does no harm, until a person has put the successor's secret in place and deleted the old one.
    https://docs.stripe.com/api/webhook_endpoints
    """
    version = settings.STRIPE_API_VERSION
    ours = [endpoint for endpoint in _endpoints() if endpoint.get("url") == url]
    current = next((endpoint for endpoint in ours if endpoint.get("api_version") == version), None)
    things = [_current_endpoint(current, url, look_only)]
    for endpoint in ours:
        if endpoint is not current:
            todo = (
                f"It speaks version {endpoint.get('api_version') or 'of the account'}, not {version}. "
                "Once the new endpoint's secret is in STRIPE_WEBHOOK_SECRET and the site restarted, "
                "delete this one in Stripe's dashboard and take its secret away."
            )
            things.append(Thing("Outdated webhook endpoint", str(endpoint.get("id")), "different", todo))
    return things


def _current_endpoint(endpoint: dict[str, Any] | None, url: str, look_only: bool) -> Thing:
    what = f"Webhook endpoint {url}"
    if endpoint is None:
        return Thing(what, "", "missing") if look_only else _make_endpoint(what, url)
    endpoint_id = str(endpoint.get("id"))
    if set(endpoint.get("enabled_events") or []) == set(EVENT_TYPES) and endpoint.get("status") == "enabled":
        return Thing(what, endpoint_id, "as it should be")
    if look_only:
        return Thing(what, endpoint_id, "different")
    with calling("correct the webhook endpoint"):
        client().v1.webhook_endpoints.update(
            endpoint_id, {"enabled_events": cast("Any", list(EVENT_TYPES)), "disabled": False}
        )
    return Thing(what, endpoint_id, "corrected")


def _make_endpoint(what: str, url: str) -> Thing:
    deed = "make the webhook endpoint"
    with calling(deed):
        answer = client().v1.webhook_endpoints.create(
            {
                "url": url,
                "enabled_events": cast("Any", list(EVENT_TYPES)),
                "api_version": cast("Any", settings.STRIPE_API_VERSION),
                "description": "The club's site: memberships",
                "metadata": MARK,
            }
        )
    made = as_dict(answer, deed)
    return Thing(what, str(made.get("id")), "made", secret=str(made.get("secret") or ""))


def _endpoints() -> list[dict[str, Any]]:
    """All endpoints of the account; Stripe allows sixteen, so one page holds them."""
    deed = "list the webhook endpoints"
    with calling(deed):
        answer = client().v1.webhook_endpoints.list({"limit": 100})
    return page_of(answer, deed)[0]


def drift(*, levels: list[tuple[str, str]], url: str) -> list[str]:
    """A sentence for each thing that is not as `setup_stripe` would leave it; changes nothing.

    `levels` are (slug, name) of the paid ones; `url` is the site's webhook address.
    """
    things = [ensure_product(slug=slug, name=name, look_only=True) for slug, name in levels]
    things += ensure_endpoint(url=url, look_only=True)
    return [f"{thing.what} is {thing.state}. {thing.todo}".strip() for thing in things if not thing.is_well]

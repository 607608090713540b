"""Giving money back, and what Stripe says of a payment afterwards: refunds, disputes, warnings of fraud."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from membership.errors import TransportError
from membership.stripe_gateway.checkout import PAGE_SIZE, id_of
from membership.stripe_gateway.client import ReplayedError, as_dict, calling, client, page_of

MARK = "wits_refund"
DISPUTE_EVENT = "charge.dispute.updated"
WARNING_EVENT = "radar.early_fraud_warning.created"


@dataclass(frozen=True)
class Said:
    """What Stripe says now of a refund, dispute or warning: `object` as its events carry it, and its payment.

    A warning has no `status`.
    """

    id: str
    payment_intent_id: str
    status: str
    object: dict[str, Any]


def make_refund(*, refund_uuid: str, payment_intent_id: str, cents: int, reason: str) -> Said:
    """Give `cents` of a payment back; `reason` is one of Stripe's, or "". Any number of times with the same uuid.

    An idempotency key is forgotten after 24 hours, and a try can come later than that: so the refunds of the payment
    are looked through for ours first. Raises TransportError, a permanent one where Stripe refuses (it was given back
    already, is disputed, or is too much). That it failed before is no refusal: it may have made it all the same, and
    the key is good again after its 24 hours. https://docs.stripe.com/api/refunds/create
    """
    if made := _ours(payment_intent_id, refund_uuid):
        return made
    deed = "give a payment back"
    parameters: dict[str, Any] = {
        "payment_intent": payment_intent_id,
        "amount": cents,
        "metadata": {MARK: refund_uuid},
    }
    if reason:
        parameters["reason"] = reason
    try:
        with calling(deed):
            answer = client().v1.refunds.create(cast("Any", parameters), {"idempotency_key": f"refund:{refund_uuid}"})
    except ReplayedError as error:
        if made := _ours(payment_intent_id, refund_uuid):
            return made
        raise TransportError(error.message, retry_after=error.retry_after) from None
    return _said(as_dict(answer, deed), deed)


def _ours(payment_intent_id: str, refund_uuid: str) -> Said | None:
    """The refund of that payment that carries our mark, if Stripe has made it."""
    listed = _listed("list the refunds of a payment", _refunds, {"payment_intent": payment_intent_id})
    return next((one for one in listed if (one.object.get("metadata") or {}).get(MARK) == refund_uuid), None)


def retrieve_refund(refund_id: str) -> Said:
    """The refund as it is now. https://docs.stripe.com/api/refunds/retrieve"""
    deed = "show a refund"
    with calling(deed):
        answer = client().v1.refunds.retrieve(refund_id)
    return _said(as_dict(answer, deed), deed)


def retrieve_dispute(dispute_id: str) -> Said:
    """The dispute as it is now. https://docs.stripe.com/api/disputes/retrieve"""
    deed = "show a dispute"
    with calling(deed):
        answer = client().v1.disputes.retrieve(dispute_id)
    return _said(as_dict(answer, deed), deed)


def list_refunds(*, created_since: datetime) -> Iterator[Said]:
    """Every refund made since then, newest first; those of other payments in the account too.

    https://docs.stripe.com/api/refunds/list
    """
    return _listed("list refunds", _refunds, {"created": {"gte": int(created_since.timestamp())}})


def list_disputes(*, created_since: datetime) -> Iterator[Said]:
    """Every dispute opened since then, newest first; those of other payments in the account too.

    https://docs.stripe.com/api/disputes/list
    """
    return _listed("list disputes", _disputes, {"created": {"gte": int(created_since.timestamp())}})


def list_fraud_warnings(*, created_since: datetime) -> Iterator[Said]:
    """Every early fraud warning since then, newest first; those of other payments in the account too.

    https://docs.stripe.com/api/radar/early_fraud_warnings/list
    """
    return _listed("list warnings of fraud", _warnings, {"created": {"gte": int(created_since.timestamp())}})


def said_of_payment(payment_intent_id: str) -> list[tuple[str, Said]]:
    """All refunds, disputes and warnings of one payment, each with the type of an event about such a thing."""
    of_it = {"payment_intent": payment_intent_id}
    return [
        *((refund_event(said), said) for said in _listed("list the refunds of a payment", _refunds, of_it)),
        *((DISPUTE_EVENT, said) for said in _listed("list the disputes of a payment", _disputes, of_it)),
        *((WARNING_EVENT, said) for said in _listed("list warnings of fraud", _warnings, of_it)),
    ]


def refund_event(said: Said) -> str:
    """The type of the event that tells of a refund in its state."""
    return "refund.failed" if said.status == "failed" else "refund.updated"


def _refunds(parameters: dict[str, Any]) -> object:
    return client().v1.refunds.list(cast("Any", parameters))


def _disputes(parameters: dict[str, Any]) -> object:
    return client().v1.disputes.list(cast("Any", parameters))


def _warnings(parameters: dict[str, Any]) -> object:
    return client().v1.radar.early_fraud_warnings.list(cast("Any", parameters))


def _listed(deed: str, ask: Any, parameters: dict[str, Any]) -> Iterator[Said]:
    parameters = {**parameters, "limit": PAGE_SIZE}
    more = True
    while more:
        with calling(deed):
            answer = ask(parameters)
        objects, more = page_of(answer, deed)
        yield from (_said(obj, deed) for obj in objects)
        if more:
            if not objects:
                raise TransportError(f"Stripe did not {deed}: it has more, but shows none.")
            parameters = {**parameters, "starting_after": str(objects[-1].get("id"))}


def _said(obj: dict[str, Any], deed: str) -> Said:
    kind = obj.get("object")
    try:
        status = "" if kind == "radar.early_fraud_warning" else str(obj["status"])
        return Said(str(obj["id"]), id_of(obj.get("payment_intent")) or "", status, obj)
    except KeyError:
        raise TransportError(f"Stripe did not {deed}: its answer makes no sense.") from None

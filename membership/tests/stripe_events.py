"""What Stripe sends, for tests: real-shaped objects (from `payloads/`) and really signed webhook requests.

    body, headers = signed(event("checkout.session.completed", session_object(signup)))
    client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers)

Ids follow from the signup, so that the session, intent, charge and refund of one signup belong together.
"""

import copy
import json
import time
import uuid
from pathlib import Path

import stripe

SECRET = "whsec_tests"
PAYLOADS = Path(__file__).parent / "payloads"


def event(type: str, obj: dict | None = None, **changes) -> dict:
    """A new event (own id, made now) around `obj`, or around the sample object of that type."""
    made = json.loads((PAYLOADS / f"{type}.json").read_text())
    made |= {"id": f"evt_{uuid.uuid4().hex}", "created": int(time.time())}
    if obj is not None:
        made["data"] = {"object": obj}
    return made | changes


def signed(event: dict | bytes, secret: str = SECRET, timestamp: int | None = None) -> tuple[bytes, dict[str, str]]:
    """The request that carries `event`: (raw body, headers). `timestamp` is when Stripe signed it (now)."""
    body = event if isinstance(event, bytes) else json.dumps(event, indent=2).encode()
    header = stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp)
    return body, {"Stripe-Signature": header}


def send(client, made, **how):
    body, headers = signed(made, **how)
    return client.post("/webhooks/stripe/", body, content_type="application/json", headers=headers)


def completed(signup, **changes):
    return event("checkout.session.completed", session_object(signup, **changes))


def session_object(signup=None, **changes) -> dict:
    """A completed and paid Checkout session of `signup` (any object with its fields), or of nobody in particular.

    Other states: `payment_status="unpaid"`; `status="expired", payment_status="unpaid", payment_intent=None`.
    """
    session = _sample("checkout.session.completed")
    now = int(time.time())
    made = ids(signup)
    session |= {"id": _id("cs_test_", signup), "created": now, "expires_at": now + 3600}
    session |= {"payment_intent": made["payment_intent"], "customer": made["customer"]}
    session["client_reference_id"] = _uuid(signup)
    session["metadata"] |= _mark(signup)
    if signup is not None:
        session |= {
            "id": signup.stripe_session_id or session["id"],
            "amount_total": signup.amount_cents,
            "amount_subtotal": signup.amount_cents,
            "currency": signup.currency,
            "customer_email": signup.email,
        }
        session["customer_details"] |= {"email": signup.email, "name": f"{signup.first_name} {signup.last_name}"}
        session["metadata"] |= {"first_name": signup.first_name, "last_name": signup.last_name}
    return session | changes


def failed_intent_object(signup=None, **changes) -> dict:
    """A payment intent whose card was declined; for `payment_intent.payment_failed`."""
    intent = _sample("payment_intent.payment_failed")
    made = ids(signup)
    intent |= {"id": made["payment_intent"], "customer": made["customer"], "latest_charge": made["latest_charge"]}
    intent["metadata"] = _mark(signup)
    if signup is not None:
        intent |= {"amount": signup.amount_cents, "currency": signup.currency}
    return intent | changes


def charge_object(signup=None, *, amount_refunded: int | None = None, **changes) -> dict:
    """A charge refunded in full, or by `amount_refunded` cents; for `charge.refunded`."""
    charge = _sample("charge.refunded")
    made = ids(signup)
    amount = charge["amount"] if signup is None else signup.amount_cents
    refunded = amount if amount_refunded is None else amount_refunded
    charge |= {
        "id": made["latest_charge"],
        "payment_intent": made["payment_intent"],
        "customer": made["customer"],
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": refunded,
        "refunded": refunded == amount,
        "metadata": _mark(signup),
    }
    return charge | changes


def refund_object(signup=None, **changes) -> dict:
    """A refund that failed; for `refund.failed`."""
    return _sample("refund.failed") | _belongs(signup) | changes


def dispute_object(signup=None, *, status: str = "needs_response", **changes) -> dict:
    """A dispute; for `charge.dispute.created`, `.updated` and `.closed` (`status` "won" or "lost")."""
    return _sample("charge.dispute.created") | _belongs(signup) | {"status": status} | changes


def fraud_warning_object(signup=None, **changes) -> dict:
    """An early fraud warning; for `radar.early_fraud_warning.created`."""
    return _sample("radar.early_fraud_warning.created") | _belongs(signup) | changes


def ids(signup=None) -> dict[str, str]:
    """The ids of Stripe's objects that belong to `signup`, by the field that names them."""
    return {
        "payment_intent": _id("pi_", signup),
        "latest_charge": _id("ch_", signup),
        "customer": getattr(signup, "stripe_customer_id", "") or _id("cus_", signup),
    }


def _sample(type: str) -> dict:
    return copy.deepcopy(json.loads((PAYLOADS / f"{type}.json").read_text())["data"]["object"])


def _belongs(signup) -> dict[str, str]:
    made = ids(signup)
    return {"charge": made["latest_charge"], "payment_intent": made["payment_intent"]}


def _mark(signup) -> dict[str, str]:
    level = "wits-member" if signup is None else signup.level.slug
    return {"wits": "join", "signup": _uuid(signup), "level": level}


def _uuid(signup) -> str:
    sample = "5d0f3c1e-8a47-4f0b-9d52-6c1b7e2a9f10"
    return sample if signup is None else str(signup.uuid)


def _id(prefix: str, signup) -> str:
    return prefix + _uuid(signup).replace("-", "")

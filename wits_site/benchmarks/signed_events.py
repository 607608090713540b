"""What `webhook` sends: signups, the event that completes each, and the clients that post them, signed."""

import hashlib
import hmac
import http.client
import json
import threading
import time
import uuid
from itertools import count

SECRET = "whsec_tests"  # noqa: S105 - of the throw-away settings


def fill(number: int, alias: str) -> list[bytes]:
    """Empty the tables, make so many signups on Stripe's page, and return the event that completes each."""
    from membership.first_content import WITS_MEMBER  # noqa: PLC0415
    from membership.models import Level, Member, Membership, Payment, Signup, StripeEvent  # noqa: PLC0415
    from outbox.models import Alert, Delivery  # noqa: PLC0415

    for model in (Delivery, Alert, StripeEvent, Payment, Membership, Signup, Member):
        model._default_manager.using(alias).all().delete()
    level = Level.objects.get(slug=WITS_MEMBER)
    level.save(using=alias)
    signups = Signup.objects.using(alias).bulk_create(
        Signup(
            nonce=uuid.uuid4().hex,
            level=level,
            amount_cents=level.price_cents,
            first_name="Maya",
            last_name=f"Okafor {index}",
            email=f"maya{index}@uwo.example",
            email_key=f"maya{index}@uwo.example",
            attempt=1,
            state=Signup.State.OPEN,
            stripe_session_id=f"cs_test_{uuid.uuid4().hex}",
        )
        for index in range(number)
    )
    return [_event(signup.stripe_session_id or "", str(signup.uuid), level.price_cents) for signup in signups]


def _event(session_id: str, signup_uuid: str, cents: int) -> bytes:
    now = int(time.time())
    session = {
        "id": session_id,
        "object": "checkout.session",
        "amount_total": cents,
        "client_reference_id": signup_uuid,
        "created": now,
        "currency": "cad",
        "customer": f"cus_{session_id}",
        "expires_at": now + 3600,
        "livemode": False,
        "metadata": {"wits": "join", "signup": signup_uuid, "level": "wits-member"},
        "payment_intent": f"pi_{session_id}",
        "payment_status": "paid",
        "status": "complete",
        # As long as what Stripe sends.
        "padding": "x" * 2500,
    }
    event = {
        "id": f"evt_{session_id}",
        "object": "event",
        "type": "checkout.session.completed",
        "created": now,
        "livemode": False,
        "data": {"object": session},
    }
    return json.dumps(event, indent=2).encode()


def post(bodies: list[bytes], clients: int, port: int) -> tuple[list[float], list[str], int]:
    """Send every body once, from so many clients. Returns seconds of each, acknowledged ids, and errors."""
    seconds: list[float] = []
    acknowledged: list[str] = []
    errors: list[int] = []
    turn = count()
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                index = next(turn)
            if index >= len(bodies):
                return
            began = time.monotonic()
            status = _send(bodies[index], connection)
            took = time.monotonic() - began
            with lock:
                seconds.append(took)
                if status == 200:
                    acknowledged.append(json.loads(bodies[index])["id"])
                else:
                    errors.append(status)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, acknowledged, len(errors)


def _send(body: bytes, connection: http.client.HTTPConnection) -> int:
    """POST one signed event on a connection that stays open, as a proxy's does; 0 where none was answered."""
    now = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Stripe-Signature": f"t={now},v1={signature}"}
    try:
        connection.request("POST", "/webhooks/stripe/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0

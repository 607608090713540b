"""`make bench-join`: what the join form's POST costs besides Stripe's own time.

The whole request is made inside this process (middleware, form, database, session parameters, answer), each with a
form of its own, on SQLite with the site's settings. Stripe's call is stood in for, and the time it takes is taken
away. Exits 1 when the median is over LIMIT.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any
from unittest import mock

LIMIT = 30.0  # milliseconds
ROUNDS = 200


def main() -> int:
    """Measure in a throw-away database and print the figures."""
    folder = tempfile.mkdtemp(prefix="wits-bench-")
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "wits_site.benchmarks.our_settings",
    }
    import django  # noqa: PLC0415 - the settings name the database

    django.setup()
    try:
        return _measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure() -> int:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from membership import nonces  # noqa: PLC0415
    from membership.models import Level, Signup  # noqa: PLC0415
    from membership.stripe_gateway import CheckoutSession  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)
    level = Level.objects.get(slug="wits-member")
    at_stripe = 0.0

    def open_checkout(parameters: dict[str, Any], *, idempotency_key: str) -> CheckoutSession:
        nonlocal at_stripe
        began = time.perf_counter()
        now = timezone.now()
        session = CheckoutSession(
            id=f"cs_test_{idempotency_key}",
            url="https://checkout.stripe.com/c/pay/bench",
            status="open",
            payment_status="unpaid",
            amount_total=level.price_cents,
            currency=level.currency,
            client_reference_id=parameters["client_reference_id"],
            metadata=parameters["metadata"],
            customer_id=None,
            payment_intent_id=None,
            livemode=False,
            expires_at=now + timedelta(hours=1),
            created=now,
        )
        at_stripe = time.perf_counter() - began
        return session

    own = []
    client = Client()
    with mock.patch("membership.stripe_gateway.open_checkout", open_checkout):
        for number in range(ROUNDS + 20):
            form = {
                "first_name": "Maya",
                "last_name": "Okafor",
                "email": f"maya{number}@uwo.ca",
                "level": level.slug,
                "nonce": nonces.issue(f"bench-{number}"),
                "price_seen": f"{level.slug}={level.price_cents}",
            }
            began = time.perf_counter()
            answer = client.post("/membership/join/", form, headers={"X-Forwarded-For": f"192.0.2.{number}"})
            took = time.perf_counter() - began
            if answer.status_code != 303:
                sys.exit(f"The form was answered {answer.status_code}.")
            own.append((took - at_stripe) * 1000)
    own = own[20:]  # the first few load templates and code
    if Signup.objects.count() != ROUNDS + 20:
        sys.exit("Not every form became a signup.")
    median = statistics.median(own)
    p99 = statistics.quantiles(own, n=100)[98]
    sys.stdout.write(
        f"join form: {ROUNDS} posts, own time median {median:.1f} ms, p99 {p99:.1f} ms (limit {LIMIT:.0f})\n"
    )
    return 0 if median < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

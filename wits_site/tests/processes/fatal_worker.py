"""`run_outbox`, but the process is killed at the first moment that the environment's DIE_AT names.

"claim": a delivery is claimed and nothing done; "stripe.customer", "hubspot.contact", "mail.welcome": its effect has
happened and is not noted yet.
"""

import os
import signal
from dataclasses import replace

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - only once Django is set up

from outbox import registry  # noqa: E402

POINTS = ("claim", "stripe.customer", "hubspot.contact", "mail.welcome")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def fatal(kind, as_it_is):
    def handler(delivery):
        if os.environ["DIE_AT"] == "claim":
            die()
        as_it_is(delivery)
        if os.environ["DIE_AT"] == kind:
            die()

    return handler


if __name__ == "__main__":
    for kind in POINTS[1:]:
        known = registry._registrations[kind]
        registry._registrations[kind] = replace(known, handler=fatal(kind, known.handler))
    call_command("run_outbox")

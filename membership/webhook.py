"""Stripe's webhook: read, verify, hand on, answer."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from membership import inbox, stripe_gateway, stripe_troubles
from membership.errors import EventRefused


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 once all is committed (or nothing is to do), 400 for what Stripe did not sign, 503 without a secret.

    Any other error is a 500, and Stripe tries again for three days.
    """
    try:
        if len(request.body) > stripe_gateway.MAX_EVENT_BYTES:
            raise EventRefused("The body is larger than any event.")
        event = stripe_gateway.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except EventRefused as refusal:
        stripe_troubles.forged()
        return HttpResponse(f"Refused: {refusal}", status=400, content_type="text/plain")
    except ImproperlyConfigured:
        return HttpResponse("No signing secret is configured.", status=503, content_type="text/plain")
    if event.livemode == settings.STRIPE_TEST_MODE:
        stripe_troubles.other_mode(live=event.livemode)
        words = "Refused: It belongs to Stripe's other mode, test or live."
        return HttpResponse(words, status=400, content_type="text/plain")
    outcome = inbox.receive(event)
    return HttpResponse(outcome.state, content_type="text/plain")

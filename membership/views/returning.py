"""Where Stripe's payment page leads back to: paid, turned back, or neither."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from membership import lifecycle, links, stripe_gateway
from membership.errors import LinkRefused, NeedsAPerson, NotOurs, TransportError
from membership.models import Signup
from membership.states import MEMBER_STATES
from membership.views.answers import Extras, answer, keep_private, welcome_answer
from membership.views.visitor import own_signup

# https://docs.stripe.com/api/checkout/sessions/object: nothing else is ever sent on to Stripe.
SESSION_ID = re.compile(r"cs_(test|live)_[A-Za-z0-9_]{1,200}")

# What each state is called on the join page, where no name is said.
WORDS = {
    Signup.State.STARTED: "cancelled",
    Signup.State.OPEN: "cancelled",
    Signup.State.PROCESSING: "processing",
    Signup.State.COMPLETED: "others",
    Signup.State.FAILED: "failed",
    Signup.State.EXPIRED: "expired",
    Signup.State.HELD: "others",
    Signup.State.REFUNDED: "refunded",
    Signup.State.LOST: "refunded",
    Signup.State.CASE: "case",
}
SETTLED = (*MEMBER_STATES, Signup.State.CASE)


@require_safe
def cancelled(request: HttpRequest, token: str) -> HttpResponse:
    """For someone who turned back on Stripe's page. What was typed is shown to the browser that typed it only."""
    try:
        uuid = links.read_cancelled_token(token)
    except LinkRefused:
        return answer(request, "cancelled")
    own = own_signup(request)
    if own is None or str(own.uuid) != uuid:
        return answer(request, "cancelled")
    return _answer_for(request, own, own)


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """You are in, or how things stand: the same whether the webhook or the visitor was here first.

    Names are said only to the browser that began the join: whoever has a session's id may have found it anywhere.
    """
    own = own_signup(request)
    session_id = request.GET.get("session_id", "") or (own.stripe_session_id if own else "") or ""
    if not session_id and own is not None and own.amount_cents == 0:
        return _answer_for(request, own, own)
    if not SESSION_ID.fullmatch(session_id):
        return answer(request, "unknown")
    signup = _signup_of(session_id)
    if signup is None and own is None:
        return answer(request, "unknown")  # a stranger's guess: Stripe is not asked
    if signup is None or signup.state not in SETTLED:
        try:
            signup = lifecycle.complete(stripe_gateway.retrieve_session(session_id))
        except NotOurs:
            return answer(request, "unknown")
        except NeedsAPerson:
            return answer(request, "case")
        except TransportError as error:
            return _answer_without_stripe(request, signup, error)
    return _answer_for(request, signup, own)


def _signup_of(session_id: str) -> Signup | None:
    """The signup that this session belongs to: its present one, or an older one that was paid."""
    signups = Signup.objects.select_related("level")
    return (
        signups.filter(stripe_session_id=session_id).first()
        or signups.filter(payments__session_id=session_id).first()
    )


def _answer_for(request: HttpRequest, signup: Signup, own: Signup | None) -> HttpResponse:
    """How things stand with a signup, as its own browser (`own`) or any other may read it."""
    is_own = own is not None and own.pk == signup.pk
    if signup.state == Signup.State.UNCONFIRMED:
        return keep_private(HttpResponseRedirect(reverse("membership:check-your-mail")))
    if signup.state == Signup.State.COMPLETED and is_own:
        return welcome_answer(request, signup)
    return answer(request, WORDS[Signup.State(signup.state)], Extras(signup=signup if is_own else None))


def _answer_without_stripe(request: HttpRequest, signup: Signup | None, error: TransportError) -> HttpResponse:
    """What the database knows, while Stripe does not answer; nothing for an id that Stripe does not know."""
    if signup is None:
        return answer(request, "unknown" if error.permanent else "checking")
    return answer(request, "processing" if signup.state == Signup.State.PROCESSING else "checking")

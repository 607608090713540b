"""From the filled-in join form to Stripe's page, or to the confirmation mail of a free level."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from membership import (
    confirmations,
    gone,
    lifecycle,
    limits,
    links,
    states,
    stripe_gateway,
    stripe_troubles,
    troubles,
)
from membership.addresses import email_key
from membership.errors import JoiningClosed, JoiningLimited, LevelClosed, PriceChanged, TransportError
from membership.models import Level, Member, MembershipSettings, Signup

# How long a double click waits for the answer that the first click is getting from Stripe, in seconds.
TWIN_WAIT = 0.3
TWIN_LOOKS = 5


@dataclass(frozen=True)
class JoinData:
    """A valid join form. `price_seen` is in cents, `client_address` has IPv6 by /64, `nonce` is the form's."""

    nonce: str
    level: str
    price_seen: int
    first_name: str
    last_name: str
    email: str
    newsletter: bool = False
    newsletter_text: str = ""
    client_address: str = ""
    member: Member | None = None


class Next(StrEnum):
    """What the visitor does next."""

    PAY = "pay"  # go to `url`, Stripe's page
    CONFIRM = "confirm"  # open the mail we sent
    NOTHING = "nothing"  # this form was sent before and has led somewhere: `signup.state` says where


@dataclass(frozen=True)
class Started:
    signup: Signup
    next: Next
    url: str = ""


# States in which another payment of the same form would be one too many.
LED_SOMEWHERE = (*states.MEMBER_STATES, Signup.State.PROCESSING, Signup.State.CASE)


def start(data: JoinData) -> Started:
    """Begin to join, or go on with what this form began: a double click, a retry or a corrected field.

    The signup is committed before Stripe is asked. One nonce has one signup, and at most one session of it is open.
    Raises `JoiningClosed`, `LevelClosed`, `PriceChanged`, `JoiningLimited` (see `membership.limits`), and
    `TransportError` when Stripe is away: sending the same form again then goes on where it stopped.
    """
    for _ in range(3):  # a second round only where somebody else changed the same signup meanwhile
        signup, outdated_session = _prepare_within_limits(data)
        if signup.state in LED_SOMEWHERE:
            return Started(signup, Next.NOTHING)
        if outdated_session:
            _close(signup, outdated_session)
            continue
        if not signup.amount_cents:
            return Started(signup, Next.CONFIRM)
        if signup.stripe_session_id:
            return Started(signup, Next.PAY, signup.checkout_url)
        opened = _open(signup)
        if opened is not None:
            return Started(opened, Next.PAY, opened.checkout_url)
    raise TransportError("This join form is being sent from several windows at once.")


def _prepare_within_limits(data: JoinData) -> tuple[Signup, str]:
    """`_prepare`, and the club is told of whom it refused: in a transaction of its own, since that one is undone."""
    try:
        return _prepare(data)
    except JoiningLimited as error:
        with transaction.atomic():
            troubles.joining_limited(overall=error.overall)
        raise


def _prepare(data: JoinData) -> tuple[Signup, str]:
    """Commit what the form asks for. Returns the signup and a session that has to be closed first, if any.

    Nothing is changed while an older session is open: it may be paid this very moment.
    """
    with transaction.atomic():
        limits.wait_for_turn()
        signup, is_new = _signup_of(data)
        if signup.state in LED_SOMEWHERE:
            return signup, ""
        level = _level_of(data)
        same = not is_new and _wanted(data, level) == {name: getattr(signup, name) for name in _wanted(data, level)}
        if same and signup.attempt and _can_go_on(signup):
            return signup, ""
        outdated = None if signup.session_expired or signup.payment_failed else signup.stripe_session_id
        if not is_new:  # a new one was checked before it was written
            _check_limits(signup, data, level, closing=bool(outdated))
        if outdated:
            Signup.objects.filter(pk=signup.pk).update(stripe_calls=F("stripe_calls") + 1)
            return signup, outdated
        _begin_attempt(signup, data, level)
        return signup, ""


def _signup_of(data: JoinData) -> tuple[Signup, bool]:
    """The signup of this form, locked, and whether it is new. A new one is checked before it is written."""
    found = Signup.objects.select_for_update(of=("self",)).select_related("level").filter(nonce=data.nonce).first()
    if found is not None:
        return found, False
    level = _level_of(data)
    asked = {**_wanted(data, level), "client_address": data.client_address, "member": data.member}
    _check_limits(Signup(nonce=data.nonce), data, level, closing=False)
    signup, is_new = Signup.objects.get_or_create(nonce=data.nonce, defaults=asked)
    return Signup.objects.select_for_update(of=("self",)).select_related("level").get(pk=signup.pk), is_new


def _check_limits(signup: Signup, data: JoinData, level: Level, *, closing: bool) -> None:
    """Raise `JoiningLimited` if what this form now asks for is too much. Changes nothing."""
    asks = Signup(
        nonce=signup.nonce,
        client_address=data.client_address,
        email_key=email_key(data.email),
        attempt=signup.attempt,
        stripe_calls=signup.stripe_calls,
        declines=signup.declines,
    )
    limits.check(asks, calls=closing + bool(level.price_cents), mails=int(level.is_free))


def _level_of(data: JoinData) -> Level:
    """The level asked for, if it can be joined now for what the visitor saw."""
    if not MembershipSettings.load().joining_open:
        raise JoiningClosed
    level = Level.objects.filter(slug=data.level, is_open=True).first()
    if level is None:
        raise LevelClosed
    if level.price_cents != data.price_seen:
        raise PriceChanged(level.price_cents)
    return level


def _wanted(data: JoinData, level: Level) -> dict[str, Any]:
    return {
        "level": level,
        "amount_cents": level.price_cents,
        "currency": level.currency,
        "first_name": data.first_name,
        "last_name": data.last_name,
        "email": data.email,
        "email_key": email_key(data.email),
        "newsletter": data.newsletter,
        "newsletter_text": data.newsletter_text,
    }


def _can_go_on(signup: Signup) -> bool:
    """Whether the attempt there is still leads somewhere."""
    if not signup.amount_cents:
        return True
    if signup.session_expired or signup.payment_failed:
        return False
    now = timezone.now()
    if signup.stripe_session_id:
        return signup.session_expires_at is not None and signup.session_expires_at > now
    # Stripe has perhaps not heard of it yet, and would refuse an hour that has nearly run out.
    expires_at = signup.checkout_parameters.get("expires_at", 0)
    return bool(expires_at > (now + limits.LEAST_TIME_TO_PAY).timestamp())


def _begin_attempt(signup: Signup, data: JoinData, level: Level) -> None:
    """A new attempt: new parameters, a new idempotency key, and no session yet."""
    if not data.newsletter:
        signup.newsletter_at = None
    elif signup.newsletter_at is None or signup.newsletter_text != data.newsletter_text:
        signup.newsletter_at = timezone.now()
    for name, value in _wanted(data, level).items():
        setattr(signup, name, value)
    signup.attempt += 1
    signup.tried_at = timezone.now()
    signup.client_address = data.client_address
    signup.stripe_calls += bool(level.price_cents)
    signup.stripe_session_id = None
    signup.checkout_url = ""
    signup.session_expires_at = None
    signup.checkout_parameters = {}
    signup.session_expired = signup.payment_failed = signup.payment_pending = False
    if signup.amount_cents:
        member = signup.member
        signup.checkout_parameters = stripe_gateway.checkout_parameters(
            signup_uuid=str(signup.uuid),
            level_slug=level.slug,
            level_name=level.name,
            product_id=level.stripe_product_id,
            amount_cents=signup.amount_cents,
            currency=signup.currency,
            first_name=signup.first_name,
            last_name=signup.last_name,
            email=signup.email,
            success_url=links.welcome_url(),
            cancel_url=links.cancelled_url(signup),
            expires_at=timezone.now() + limits.TIME_TO_PAY,
            customer_id=member.stripe_customer_id if member else "",
            promotion_codes=MembershipSettings.load().promotion_codes,
        )
    else:
        confirmations.promise_one(signup)
    signup.state = states.derive_state(signup, [])
    signup.save()


def _close(signup: Signup, session_id: str) -> None:
    """Close a session that no longer fits, so that it cannot be paid; take it in if it was paid already."""
    try:
        stripe_gateway.expire_session(session_id)
    except TransportError as error:
        if not error.permanent:
            raise
        # Stripe refuses to expire what is complete or expired already.
        lifecycle.complete(stripe_gateway.retrieve_session(session_id))
        return
    with transaction.atomic():
        locked = Signup.objects.select_for_update().get(pk=signup.pk)
        if locked.stripe_session_id == session_id:
            locked.session_expired = True
            locked.save(update_fields=["session_expired"])


def _open(signup: Signup) -> Signup | None:
    """Open the attempt's session and write it down; None when the form was changed meanwhile."""
    key = f"{signup.uuid}:{signup.attempt}"
    try:
        session = stripe_gateway.open_checkout(signup.checkout_parameters, idempotency_key=key)
    except TransportError as error:
        twin = _opened_by_twin(signup)
        if twin is not None:
            return twin
        if error.gone == "customer":  # deleted at Stripe: the next attempt makes a new one
            gone.forget_customer(signup.checkout_parameters.get("customer", ""))
            Signup.objects.filter(pk=signup.pk, attempt=signup.attempt).update(checkout_parameters={})
            return None
        if error.permanent:  # the key would only repeat the refusal: next time it is a new attempt
            Signup.objects.filter(pk=signup.pk, attempt=signup.attempt).update(checkout_parameters={})
        if error.permanent or error.pauses:
            stripe_troubles.checkout_refused(error.message)
        raise
    with transaction.atomic():
        locked = Signup.objects.select_for_update(of=("self",)).select_related("level").get(pk=signup.pk)
        if locked.attempt == signup.attempt and locked.stripe_session_id in (None, session.id):
            locked.stripe_session_id = session.id
            locked.checkout_url = session.url or ""
            locked.session_expires_at = session.expires_at
            locked.state = states.derive_state(locked, list(locked.payments.all()))
            locked.save()
            return locked
    stripe_gateway.expire_session(session.id)
    return None


def _opened_by_twin(signup: Signup) -> Signup | None:
    """The signup, if the other half of a double click has its session by now.

    Stripe refuses two calls with one idempotency key at the same moment, and the one that it took is about to answer.
    """
    for look in range(TWIN_LOOKS):
        if look:
            time.sleep(TWIN_WAIT)
        now = Signup.objects.select_related("level").get(pk=signup.pk)
        if now.attempt == signup.attempt and now.stripe_session_id:
            return now
    return None

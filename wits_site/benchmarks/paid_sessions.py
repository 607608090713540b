"""Paid sessions at the sandbox, of which the site has heard of most: what reconciling is measured on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from membership import lifecycle, stripe_gateway
from membership.models import Level, Signup
from wits_site.proof.ground import Ground
from wits_site.proof.people import StripePage, begin_anew


def fill(ground: Ground, sessions: int, *, dropped: int, refunded: int) -> None:
    """Make so many paid sessions. Of each hundred, `dropped` stay unheard of and `refunded` are given back."""
    begin_anew(ground)
    level = Level.objects.get(slug="wits-member")
    began = timezone.now() - timedelta(minutes=1)
    signups = [_signup(level, number) for number in range(sessions)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: _open_and_pay(ground, part), [signups[::2], signups[1::2]]))
    Signup.objects.bulk_create(signups, batch_size=500)
    places = {signup.stripe_session_id: number % 100 for number, signup in enumerate(signups)}
    charges = {row["payment_intent"]: row["id"] for row in ground.state()["charges"]}
    page = StripePage(ground)
    for session in stripe_gateway.list_sessions(created_since=began):
        if places[session.id] >= dropped:
            lifecycle.complete(session)
        if places[session.id] >= 100 - refunded:
            page.refund(charges[str(session.payment_intent_id)])


def _signup(level: Level, number: int) -> Signup:
    return Signup(
        nonce=f"bench-{number}",
        level=level,
        amount_cents=level.price_cents,
        first_name="Maya",
        last_name=f"Okafor {number}",
        email=f"bench{number}@uwo.ca",
        email_key=f"bench{number}@uwo.ca",
        attempt=1,
        state=Signup.State.OPEN,
    )


def _open_and_pay(ground: Ground, signups: list[Signup]) -> None:
    page = StripePage(ground)
    for signup in signups:
        parameters = stripe_gateway.checkout_parameters(
            signup_uuid=str(signup.uuid),
            level_slug=signup.level.slug,
            level_name=signup.level.name,
            product_id="",
            amount_cents=signup.amount_cents,
            currency="cad",
            first_name=signup.first_name,
            last_name=signup.last_name,
            email=signup.email,
            success_url="https://wits.example/welcome/?session_id={CHECKOUT_SESSION_ID}",
            cancel_url="https://wits.example/join/",
            expires_at=timezone.now() + timedelta(hours=1),
        )
        session = stripe_gateway.open_checkout(parameters, idempotency_key=f"{signup.uuid}:1")
        page.pay(session.id)
        signup.stripe_session_id = session.id

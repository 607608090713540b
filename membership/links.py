"""Signed links that leave the site: in the confirmation mail and behind Stripe's back arrow.

Each use has a salt of its own, so that a link made for one thing never opens another. The signature is an
HMAC-SHA-256 over the signup's uuid: nothing has to be stored, and nothing can be guessed.
"""

from django.conf import settings
from django.core import signing

from membership.errors import LinkRefused
from membership.limits import CONFIRM_LINK_LIFE
from membership.models import Signup

CONFIRM_SALT = "membership.confirm"
CANCELLED_SALT = "membership.cancelled"


def confirm_url(signup: Signup) -> str:
    """The address in the confirmation mail. Made at delivery, never stored; good for 24 hours."""
    token = signing.dumps([str(signup.uuid), signup.attempt], salt=CONFIRM_SALT)
    return f"{settings.SITE_URL}/membership/confirm/{token}/"


def read_confirm_token(token: str) -> tuple[str, int]:
    """(uuid of the signup, its attempt) in a confirmation link. Raises `LinkRefused`."""
    try:
        uuid, attempt = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_LINK_LIFE)
    except signing.BadSignature as error:
        raise LinkRefused("This link is too old or not complete.") from error
    return str(uuid), int(attempt)


def cancelled_url(signup: Signup) -> str:
    """Where Stripe's page leads someone who turns back."""
    return f"{settings.SITE_URL}/membership/cancelled/{signing.dumps(str(signup.uuid), salt=CANCELLED_SALT)}/"


def read_cancelled_token(token: str) -> str:
    """The uuid of the signup in a link made by `cancelled_url`. Raises `LinkRefused`."""
    try:
        return str(signing.loads(token, salt=CANCELLED_SALT))
    except signing.BadSignature as error:
        raise LinkRefused("This link is not complete.") from error


def welcome_url() -> str:
    """Where Stripe's page leads someone who has paid. Stripe puts the session's id in place of the braces."""
    return f"{settings.SITE_URL}/welcome/?session_id={{CHECKOUT_SESSION_ID}}"

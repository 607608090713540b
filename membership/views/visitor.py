"""Which join the browser of a request began."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from membership.models import Signup

COOKIE = "wits_join"
COOKIE_SALT = "membership.join-browser"
COOKIE_SECONDS = 14 * 24 * 60 * 60  # longer than the slowest way to pay


def remember(response: HttpResponse, signup: Signup) -> None:
    """Let this browser be known as the one that joins: it alone is greeted by name and finds what it typed."""
    response.set_signed_cookie(
        COOKIE,
        str(signup.uuid),
        salt=COOKIE_SALT,
        max_age=COOKIE_SECONDS,
        secure=settings.SITE_URL.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )


def own_signup(request: HttpRequest) -> Signup | None:
    """The signup that this browser began, if it did."""
    try:
        uuid = str(request.get_signed_cookie(COOKIE, salt=COOKIE_SALT, max_age=COOKIE_SECONDS))
    except (KeyError, signing.BadSignature):
        return None
    return Signup.objects.select_related("level").filter(uuid=uuid).first()

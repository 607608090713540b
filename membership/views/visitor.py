"""What a request tells of the browser it came from: which join it began, from where, and from whose page."""

import ipaddress
from urllib.parse import urlsplit

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


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether a POST was sent by a page of this site, as far as the browser says.

    Browsers say so in Sec-Fetch-Site, older ones in Origin (which is `null` on our pages without a referrer). A
    program says what it likes: this keeps other sites from sending forms in a visitor's name, nothing more. See
    docs/decisions/0002-the-join-form-has-no-csrf-token.md.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin in (None, "null"):
        return True
    return urlsplit(origin).netloc in (request.get_host(), urlsplit(settings.SITE_URL).netloc)


def client_address(request: HttpRequest) -> str:
    """Where the request came from, as limits count it: IPv4 whole, IPv6 by /64; empty where nothing sane is said.

    The last `TRUSTED_PROXIES` entries of X-Forwarded-For were written by our own proxies; what stands before them
    is the visitor's own invention.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    depth = settings.TRUSTED_PROXIES
    told = hops[-depth] if 0 < depth <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)

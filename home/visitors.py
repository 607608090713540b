"""What a request tells of who sends it: from whose page, and from where."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


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

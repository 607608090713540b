"""The three states of a session: nobody's, half signed in (the password was right), and signed in.

Half signed in is no sign-in for Django: the session names no user, so that no view anywhere can take it for one.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from desk.models import User

HALF, WHOLE = "accounts.half", "accounts.whole"
BACKEND = "desk.accounts.backend.StaffBackend"
# To look for a phone, not to go to lunch.
SECONDS_FOR_THE_CODE = 10 * 60
# Keys are changed soon after signing in, so that a computer somebody left open changes none.
SECONDS_TO_CHANGE_KEYS = 30 * 60
HOME = "/admin/"


def begin_half(request: HttpRequest, user: User, then: str) -> None:
    """The password was right. Whatever this browser was before, it is not any more."""
    request.session.flush()
    request.session[HALF] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": time.time(), "then": then}


def half(request: HttpRequest) -> tuple[User, str] | None:
    """Who typed the right password a moment ago, and where they wanted to go."""
    found: dict[str, Any] | None = request.session.get(HALF)
    if not found or not 0 <= time.time() - found["at"] <= SECONDS_FOR_THE_CODE:
        return None
    user = User.objects.filter(pk=found["user"]).first()
    if user is None or not user.has_access or not constant_time_compare(user.get_session_auth_hash(), found["hash"]):
        return None
    return user, found["then"]


def sign_in(request: HttpRequest, user: User, *, second: bool = True) -> None:
    """Both factors are there (`second` is only False for the demonstration). The session gets a new key."""
    request.session.pop(HALF, None)
    login(request, user, backend=BACKEND)
    if second:
        mark_whole(request.session)


def mark_whole(session: Any) -> None:
    """Write down that the second factor was there."""
    session[WHOLE] = time.time()


def is_whole(request: HttpRequest) -> bool:
    """Whether the session was made with both factors."""
    return bool(settings.DEMO_SIGN_INS or WHOLE in request.session)


def may_change_keys(request: HttpRequest) -> bool:
    """Whether this person signed in a short while ago."""
    return bool(settings.DEMO_SIGN_INS or time.time() - request.session.get(WHOLE, 0) <= SECONDS_TO_CHANGE_KEYS)


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Where to go after signing in: an address of the admin on this site, else its first page."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and "//" not in wanted.split("?")[0]
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    inside = wanted.startswith(HOME) and "/." not in wanted.split("?")[0].lower().replace("%2e", ".")
    return wanted if plain and ours and inside else HOME

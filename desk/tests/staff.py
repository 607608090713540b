"""Staff of each position, for tests of the admin."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group

from desk.accounts import factors
from desk.groups import ensure_groups
from desk.models import User


def someone(position: str = "") -> User:
    """A signed-up person of that position (`Editor`, `Treasurer`, `Owner`), or of none."""
    ensure_groups()
    name = position.lower() or "nobody"
    user = User.objects.create_user(f"{name}@wits.example", f"{name}@wits.example", "not-a-real-password")
    if position:
        user.groups.add(Group.objects.get(name=position))
    return user


PASSWORD = "not-a-real-password"


def with_app(user: User) -> str:
    """Give that person an app as second factor and recovery codes; returns the app's secret."""
    secret = factors.new_secret()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    factors.renew_codes(user)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app with that secret shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))

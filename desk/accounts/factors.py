"""Second factors: passkeys, codes of an app, recovery codes. The only module that uses allauth's part for them.

allauth keeps them and does the cryptography; its own pages, mails and limits are not used. What it keeps in the cache
(which code was used) is kept in the row here: several processes have several caches.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from desk.accounts.errors import LastFactor
from desk.models import User

Type = Authenticator.Type
MAIN = (Type.TOTP, Type.WEBAUTHN)
LONGEST_NAME = 60


@dataclass(frozen=True)
class Key:
    """One second factor, as its owner reads it."""

    pk: int
    name: str
    added: datetime
    used: datetime | None


def has_any(user: User) -> bool:
    """Whether this person can sign in with a second factor. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=MAIN).exists())


def has_passkey(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).exists())


def keys(user: User) -> list[Key]:
    """What this person can sign in with, oldest first."""
    rows = Authenticator.objects.filter(user=user, type__in=MAIN).order_by("pk")
    return [Key(row.pk, _name(row), row.created_at, row.last_used_at) for row in rows]


def _name(row: Authenticator) -> str:
    return "Authenticator app" if row.type == Type.TOTP else str(row)


def codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    try:
        return len(row.wrap().get_unused_codes()) if row else 0
    except InvalidToken:
        return 0


# Codes --------------------------------------------------------------------------------------------------------------


def new_secret() -> str:
    """What an app makes its codes from."""
    return str(totp.generate_totp_secret())


def qr_code(user: User, secret: str) -> str:
    """The secret for an app's camera, as an SVG without any style."""
    picture = segno.make(get_adapter().build_totp_url(user, secret), error="m")
    return picture.svg_inline(border=3, omitsize=True, svgclass=None, lineclass=None, title="QR code for your app")


def is_right_for(secret: str, code: str) -> bool:
    """Whether an app that was given this secret shows that code now."""
    return _step(secret, _bare(code)) is not None


@transaction.atomic
def use_code(user: User, code: str) -> bool:
    """Whether this is a code of the app or a recovery code, which is used up by it."""
    code = _bare(code)
    rows = Authenticator.objects.select_for_update().filter(user=user, type__in=[Type.TOTP, Type.RECOVERY_CODES])
    for row in rows.order_by("pk"):
        try:
            right = _use_step(row, code) if row.type == Type.TOTP else row.wrap().validate_code(code)
        except InvalidToken:
            right = False  # SECRET_KEY is another: see the handover
        if right:
            Authenticator.objects.filter(pk=row.pk).update(last_used_at=timezone.now())
            return True
    return False


def _bare(code: str) -> str:
    return "".join(code.split()).replace("-", "")


def _step(secret: str, code: str) -> int | None:
    for step in totp.yield_hotp_counters_from_time():
        if constant_time_compare(code, totp.format_hotp_value(totp.hotp_value(secret, step))):
            return int(step)
    return None


def _use_step(row: Authenticator, code: str) -> bool:
    """Each code opens once, and none from before the last one."""
    step = _step(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get("last_step", 0):
        return False
    row.data["last_step"] = step
    row.save(update_fields=["data"])
    return True


# Passkeys -----------------------------------------------------------------------------------------------------------


def options_to_use(user: User) -> dict[str, Any]:
    """What the browser needs to ask for one of this person's passkeys."""
    return dict(webauthn.begin_authentication(user))


def use_passkey(user: User, credential: str) -> bool:
    """Whether the browser's answer was made by a passkey of this person."""
    try:
        answer = json.loads(credential)
        webauthn.parse_authentication_response(answer)
        row = webauthn.complete_authentication(user, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return False
    row.record_usage()
    return True


def options_to_make(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey."""
    return dict(webauthn.begin_registration(user, False))


def made(credential: str) -> dict[str, Any] | None:
    """The passkey in the browser's answer; None where it is not what was asked for."""
    try:
        answer: dict[str, Any] = json.loads(credential)
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return answer


# Keeping ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_app(user: User, secret: str, code: str) -> None:
    """The app takes the place of the one before; the code that was just typed is used up."""
    Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
    row = totp.TOTP.activate(user, secret).instance
    row.data["last_step"] = _step(secret, _bare(code)) or 0
    row.save(update_fields=["data"])


def keep_passkey(user: User, name: str, credential: dict[str, Any]) -> None:
    webauthn.WebAuthn.add(user, name.strip()[:LONGEST_NAME] or "Passkey", credential)


@transaction.atomic
def renew_codes(user: User) -> None:
    """Make ten recovery codes; those before open nothing any more."""
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)


def codes(user: User) -> list[str]:
    """The recovery codes that were not used yet, in two groups each, as one writes them down."""
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    found = row.wrap().get_unused_codes() if row else []
    return [f"{code[:4]} {code[4:]}" for code in found]


@transaction.atomic
def remove(user: User, pk: int) -> None:
    """Take one away. Raises `LastFactor` for the last one."""
    User.objects.select_for_update().get(pk=user.pk)
    rows = Authenticator.objects.filter(user=user, type__in=MAIN)
    if not rows.exclude(pk=pk).exists():
        raise LastFactor
    rows.filter(pk=pk).delete()
    user.end_sessions()


def remove_all(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()

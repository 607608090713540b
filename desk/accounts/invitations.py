"""Invitations: the one way to a password and a second factor.

The link is signed over the row's uuid and made when it is mailed or printed: the database holds nothing that opens
it. A row is good once, until it expires, and only while it is the newest of its person. Looking at the link uses
nothing up; what does is the last step of the walk, which writes both factors at once.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desk.accounts import access, factors
from desk.accounts.errors import InvitationRefused
from desk.models import Invitation, User
from outbox.alerts import alert
from outbox.promises import promise

SALT = "desk.invitation"
KIND = "mail.invitation"
# Somebody reads it after the weekend. One from the server is used at once.
GOOD_FOR = timedelta(hours=72)
GOOD_FOR_FROM_THE_SERVER = timedelta(hours=24)


@transaction.atomic
def invite(user: User, *, by: User | None, mail: bool = True) -> Invitation:
    """Invite somebody, for the first time or anew: what they signed in with before ends now.

    Without `mail`, the caller shows `link` to somebody.
    """
    had_factor = factors.has_any(user)
    access.take_away_factors(user)
    life = GOOD_FOR if mail else GOOD_FOR_FROM_THE_SERVER
    invitation = Invitation.objects.create(user=user, made_by=by, expires_at=timezone.now() + life)
    if mail:
        promise(KIND, f"{KIND}:{invitation.uuid}", {"invitation": str(invitation.uuid)}, about=f"user:{user.pk}")
    if had_factor:
        alert(
            "accounts.reset",
            key=f"accounts.reset:{invitation.pk}",
            what="Somebody's second factor was taken away, and a new invitation was made.",
            done="They are signed out, and can do nothing until they have set up both factors anew.",
            todo="If none of you did this, open the account and end its access.",
            link=reverse("wagtailusers_users:edit", args=[user.pk]),
        )
    return invitation


def link(invitation: Invitation) -> str:
    """The address that opens the invitation. Never stored."""
    token = signing.dumps(str(invitation.uuid), salt=SALT)
    return f"{settings.SITE_URL}{reverse('invitation', args=[token])}"


def read(token: str) -> Invitation:
    """The invitation of a link. Raises `InvitationRefused`."""
    try:
        uuid = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise InvitationRefused from error
    return open_one(uuid)


def open_one(uuid: str, *, lock: bool = False) -> Invitation:
    """The invitation while it is good. Raises `InvitationRefused`."""
    rows = Invitation.objects.select_related("user").filter(uuid=uuid, used_at=None, expires_at__gt=timezone.now())
    invitation = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if invitation is None or not invitation.user.has_access:
        raise InvitationRefused
    if Invitation.objects.filter(user=invitation.user, pk__gt=invitation.pk).exists():
        raise InvitationRefused
    return invitation


@transaction.atomic
def begin_to_use(uuid: str, password: str) -> User:
    """Use the invitation up and set the password (hashed already); the caller adds the factor in this transaction.

    Raises `InvitationRefused`, also for the second of two who finish at the same moment.
    """
    invitation = open_one(uuid, lock=True)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
    if not used:
        raise InvitationRefused
    user = invitation.user
    factors.remove_all(user)
    user.password = password
    user.save(update_fields=["password"])
    user.end_sessions()
    return user

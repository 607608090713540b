"""The mail with an invitation."""

from desk.accounts import access, invitations
from desk.accounts.errors import InvitationRefused
from outbox.mails import MailKind, register_mail, send_mail
from outbox.models import Delivery
from outbox.registry import register

INVITATION = MailKind(
    key="invitation",
    label="Invitation to the admin",
    purpose="Sent to an executive whom an Owner gives access, or who starts anew after they lost their phone or "
    "password. The button works once, for three days.",
    variables={"first_name": "Maya", "position": "Editor"},
    subject="Your sign-in for the WITS site",
    body=(
        "Hi {first_name},\n\n"
        "You have been given access to the WITS site, as {position}. Press the button to choose a password and to "
        "set up your second step: a passkey, or an app on your phone. It takes about three minutes.\n\n"
        "The button works once, for three days. Please do not forward this mail: whoever presses it first is you.\n\n"
        "If you do not know what this is about, just answer this mail."
    ),
    button="Set up my sign-in",
)


def register_all() -> None:
    """Make the mail and its delivery known."""
    register_mail(INVITATION)
    register(invitations.KIND, send_invitation, channel="mail", label="Invitation to the admin")


def send_invitation(delivery: Delivery) -> None:
    """Mail the link while the invitation is good; one that was used or replaced meanwhile is nobody's any more."""
    try:
        invitation = invitations.open_one(delivery.payload["invitation"])
    except InvitationRefused:
        return
    user = invitation.user
    send_mail(
        INVITATION.key,
        to=user.email,
        variables={
            "first_name": user.first_name or user.email,
            "position": ", ".join(access.positions(user)) or "a member of the team",
        },
        message_key=delivery.key,
        button_url=invitations.link(invitation),
    )

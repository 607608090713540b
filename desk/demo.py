"""Staff accounts of the demonstration, one for each position."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured

from desk.first_steps import standing
from desk.groups import EDITOR, EVENTS, OWNER, TREASURER, ensure_groups
from desk.models import User

# Invented people; the addresses are of a domain that cannot exist.
STAFF = {
    "owner@wits.example": ("Noor", "Okafor-Lind", OWNER),
    "editor@wits.example": ("Mika", "Castellane", EDITOR),
    "events@wits.example": ("Ilse", "Tamakloe", EVENTS),
    "treasurer@wits.example": ("Renske", "Abara", TREASURER),
}


def make_demo(password: str) -> list[str]:
    """Make the demonstration's staff with that password, and say how to sign in: one line for each.

    The user name is the address. Raises ImproperlyConfigured where settings do not allow demonstration sign-ins:
    accounts with a known password must never reach a real site.
    """
    if not settings.DEMO_SIGN_INS:
        raise ImproperlyConfigured("Demonstration sign-ins are only for one's own machine (DEMO_SIGN_INS).")
    ensure_groups()
    standing.put_aside(standing.ALL)  # nobody begins here
    said = []
    for address, (first_name, last_name, position) in STAFF.items():
        user, made = User.objects.get_or_create(
            username=address, defaults={"email": address, "first_name": first_name, "last_name": last_name}
        )
        if made:
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=position))
        said.append(f"{position}: {address}")
    return said

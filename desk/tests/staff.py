"""Staff of each position, for tests of the admin."""

from django.contrib.auth.models import Group

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

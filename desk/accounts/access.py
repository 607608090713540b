"""Giving, changing and ending access. Whoever calls these may do so; here stands what must hold afterwards."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from desk.accounts import factors
from desk.accounts.errors import LastOwner
from desk.groups import OWNER, POSITIONS
from desk.models import User
from outbox.alerts import alert


@dataclass(frozen=True)
class Person:
    """What an Owner says of somebody."""

    first_name: str
    last_name: str
    email: str
    position: str
    access_until: date | None


def positions(user: User) -> list[str]:
    """The positions of a person; other groups are none."""
    return [group.name for group in user.groups.all() if group.name in POSITIONS]


def owners() -> "QuerySet[User]":
    """Who can let others in today: Owners who have access and finished their invitation."""
    today = timezone.localdate()
    return User.objects.filter(
        Q(access_until=None) | Q(access_until__gte=today),
        is_active=True,
        groups__name=OWNER,
        authenticator__type__in=factors.MAIN,
    ).distinct()


def name_of(email: str) -> str:
    """What somebody signs in with: their address, however it is written."""
    return email.strip().lower()


@transaction.atomic
def add(person: Person) -> User:
    """A new account that can do nothing yet. Raises IntegrityError where that address has one."""
    user = User(username=name_of(person.email))
    user.set_unusable_password()
    _write(user, person)
    return user


@transaction.atomic
def change(user: User, person: Person) -> None:
    """Write what an Owner changed; what this person may do now begins with signing in anew. Raises `LastOwner`."""
    before = (positions(user), user.access_until, user.username)
    if person.position != OWNER or person.access_until is not None:
        _another_than(user, also_without_end=person.position == OWNER)
    _write(user, person)
    if before != ([person.position], person.access_until, user.username):
        user.end_sessions()


@transaction.atomic
def end(user: User) -> None:
    """End access now. Raises `LastOwner`."""
    _another_than(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.end_sessions()


@transaction.atomic
def take_away_factors(user: User) -> None:
    """Nothing of what this person signed in with works any more."""
    factors.remove_all(user)
    user.set_unusable_password()
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    user.end_sessions()


def make_owner(email: str) -> User:
    """The account of that address as an Owner without a last day, for the command on the server."""
    user = User.objects.filter(username=name_of(email)).first()
    person = Person(user.first_name if user else "", user.last_name if user else "", email, OWNER, None)
    if user is None:
        return add(person)
    with transaction.atomic():
        _write(user, person)
        user.end_sessions()
    return user


def _write(user: User, person: Person) -> None:
    user.first_name, user.last_name = person.first_name, person.last_name
    user.username = user.email = name_of(person.email)
    user.access_until = person.access_until
    user.save()
    was_owner = user.groups.filter(name=OWNER).exists()
    user.groups.remove(*Group.objects.filter(name__in=set(POSITIONS) - {person.position}))
    user.groups.add(Group.objects.get(name=person.position))
    if person.position == OWNER and not was_owner:
        _tell_of_owner(user)


def _another_than(user: User, *, also_without_end: bool = False) -> None:
    """Raise `LastOwner` where this person is an Owner and nobody else is. Two who end each other take turns."""
    list(Group.objects.select_for_update().filter(name=OWNER).values_list("pk"))
    if not user.groups.filter(name=OWNER).exists():
        return
    others = owners().exclude(pk=user.pk)
    if also_without_end:
        others = others.filter(access_until=None) | others.filter(access_until__gt=timezone.localdate())
    if not others.exists():
        raise LastOwner


def _tell_of_owner(user: User) -> None:
    alert(
        "accounts.owner",
        key=f"accounts.owner:{user.pk}:{timezone.now():%Y%m%d%H%M%S}",
        what="Somebody was made an Owner: they can change everything, and let others in.",
        done="An invitation is needed before they can sign in.",
        todo="If none of you did this, open the account and end its access.",
        link=reverse("wagtailusers_users:edit", args=[user.pk]),
    )

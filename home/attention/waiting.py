"""Answers that nobody has read, photos that somebody wants gone, and what the outbox gave up."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from home.albums.records import TakeDown
from home.attention.lines import Aside, Found, counted, one
from home.attention.places import list_or_home
from home.forms.records import count_unread
from outbox.figures import dead_count
from outbox.models import Delivery


def find_answers(user: Any, aside: Aside) -> Iterator[Found]:
    """One question. Nobody puts people who wait for an answer aside."""
    unread = count_unread(user)
    if unread:
        words = counted(unread, "answer to a form has", "answers to forms have")
        yield one(f"{words} not been read", f"{reverse('answers:index')}?read=no")


def find_photos(user: Any, aside: Aside) -> Iterator[Found]:
    """One question: wishes that nobody has decided about."""
    if user.has_perm("home.change_takedown"):
        waiting = TakeDown.objects.filter(decided_at=None).count()
        if waiting:
            words = counted(waiting, "person in a photo wants", "people in photos want")
            yield one(f"{words} it taken down", reverse("taken-down:index"))


def find_given_up(user: Any, aside: Aside) -> Iterator[Found]:
    """One question."""
    if user.has_perm("outbox.view_delivery"):
        dead = dead_count()
        if dead:
            words = counted(dead, "mail or update was", "mails or updates were")
            yield one(f"{words} given up", list_or_home("deliveries:index", f"state={Delivery.State.DEAD}"))

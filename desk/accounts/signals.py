"""Who gets or loses a group, however that happens, signs in anew: their sessions end with the old rights."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed

from desk.models import User


def connect() -> None:
    """Called once, when the app is ready."""
    m2m_changed.connect(end_sessions, sender=User.groups.through, dispatch_uid="sessions end with rights")


def end_sessions(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: Any) -> None:
    """Receives every change of who is in which group."""
    if action not in ("post_add", "post_remove", "pre_clear") or (pk_set is not None and not pk_set):
        return
    if not reverse:
        instance.end_sessions()
    elif isinstance(instance, Group):
        people = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        for user in people:
            user.end_sessions()

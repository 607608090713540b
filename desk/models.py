"""Staff accounts, and what each of them has put aside. Members are no users: see `membership.models.Member`."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail has no type stubs
    """A person who signs in to the admin. Our own model from the start: it cannot be changed for another later."""


class PutAside(models.Model):
    """A line of the dashboard that somebody does not want to read again before a day. Others still do."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="put_aside")
    key = models.CharField(max_length=80, help_text="Which line: see home.attention.lines.")
    until = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="aside_once")]

    def __str__(self) -> str:
        return self.key

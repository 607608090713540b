"""Staff accounts, and what they put aside or began. Members are no users: see `membership.models.Member`."""

from typing import ClassVar

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


class FirstStep(models.Model):
    """What is remembered of one of the first steps, where the site itself cannot tell that it is done.

    `put_aside`: somebody left it as it was. `found`: what asking brought to light, for people to read; it holds no
    key and no part of one.
    """

    slug = models.SlugField(max_length=30, unique=True)
    is_done = models.BooleanField(default=False)
    put_aside = models.BooleanField(default=False)
    found = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        # Whoever may change these sees the first steps: Owners.
        default_permissions: ClassVar[tuple[str, ...]] = ("change",)

    def __str__(self) -> str:
        return self.slug

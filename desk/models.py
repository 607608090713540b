"""Staff accounts, and what they put aside or began. Members are no users: see `membership.models.Member`."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail has no type stubs
    """A person who signs in to the admin. Our own model from the start: it cannot be changed for another later."""

    access_until = models.DateField(
        "last day of access",
        null=True,
        blank=True,
        help_text="On the day after, this person is signed out and cannot sign in any more. "
        "Most positions end on 30 April. Leave it empty only if somebody will remember to end it.",
    )
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    @property
    def has_access(self) -> bool:
        """Whether this person may sign in today."""
        return self.is_active and (self.access_until is None or self.access_until >= timezone.localdate())

    def end_sessions(self) -> None:
        """Sign this person out everywhere: the next request of each session is refused."""
        User.objects.filter(pk=self.pk).update(session_round=F("session_round") + 1)
        self.refresh_from_db(fields=["session_round"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: Django's own holds the password only."""
        return salted_hmac(
            "desk.User.session", f"{self.password}:{self.session_round}", secret=secret, algorithm="sha256"
        ).hexdigest()


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


class Invitation(models.Model):
    """One walk through setting up both factors. Its link is signed and made when it is needed, never stored."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class SignInAttempt(models.Model):
    """A wrong password or code, counted for a quarter of an hour and deleted after a day."""

    whose = models.CharField(max_length=64, help_text="Digest of what was typed, or of the account.")
    client_address = models.CharField(max_length=64, blank=True, help_text="IPv6 by /64.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["whose", "at"]),
            models.Index(fields=["client_address", "at"]),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.pk}"

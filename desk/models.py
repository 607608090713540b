"""Staff accounts. Members are no users: see `membership.models.Member`."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail has no type stubs
    """A person who signs in to the admin. Our own model from the start: it cannot be changed for another later."""

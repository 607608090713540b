"""Django's own sign-in, for people whose access has not ended."""

from typing import Any

from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    """Asked at each request: a session of somebody whose last day is over is nobody's."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user is not None and user.has_access)

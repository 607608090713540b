"""Who of the staff may read answers: Owners all of them, everybody else those of the forms that name them."""

from typing import Any

from wagtail.permissions import ModelPermissionPolicy

from home.forms.page import FormPage
from home.forms.records import Answer


class ReadersPolicy(ModelPermissionPolicy):
    """To look and to delete, for whoever reads some form's answers. Which answers, `readable_by` says."""

    def __init__(self) -> None:
        super().__init__(Answer)

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action not in {"view", "delete"} or not user.is_active:
            return False
        return bool(super().user_has_permission(user, action)) or FormPage.objects.filter(readers=user.pk).exists()

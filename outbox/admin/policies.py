"""Who may do what with rows that nobody writes by hand."""

from typing import Any

from wagtail.permissions import ModelPermissionPolicy


class OnlyPolicy(ModelPermissionPolicy):
    """The model's own permissions, but no more than `actions`, whoever asks. Whoever may change may also view."""

    def __init__(self, model: Any, *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action not in self.actions:
            return False
        if super().user_has_permission(user, action):
            return True
        return action == "view" and super().user_has_permission(user, "change")

from wagtail.users.apps import WagtailUsersAppConfig


class StaffAppConfig(WagtailUsersAppConfig):
    """Wagtail's own list of users, as Owners read it."""

    user_viewset = "desk.accounts.admin.AccountViewSet"

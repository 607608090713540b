from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What executives use besides pages: staff accounts, the dashboard, the guide, reports."""

    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"

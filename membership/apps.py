from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Levels, the join form, Checkout, the webhook, members, HubSpot."""

    name = "membership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from membership import deliveries, emails  # noqa: PLC0415

        deliveries.register_all()
        emails.register_all()

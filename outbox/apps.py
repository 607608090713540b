from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Promises to the outside world, the worker that keeps them, mail, and alerts to people."""

    name = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from outbox import deliveries  # noqa: PLC0415

        deliveries.register_all()

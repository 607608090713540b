from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutboxConfig(AppConfig):
    """Promises to the outside world, the worker that keeps them, mail, and alerts to people."""

    name = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from outbox import deliveries, mail_texts, upkeep  # noqa: PLC0415

        deliveries.register_all()
        upkeep.schedule_all()
        post_migrate.connect(mail_texts.ensure_mail_texts, sender=self)

from datetime import time, timedelta

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What executives use besides pages: staff accounts, the dashboard, the guide, reports."""

    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from desk.accounts import mails, signals, throttle  # noqa: PLC0415
        from desk.first_steps import standing  # noqa: PLC0415
        from desk.groups import watch_for_events  # noqa: PLC0415
        from outbox.schedule import schedule  # noqa: PLC0415

        mails.register_all()
        signals.connect()
        watch_for_events()
        schedule("desk.first_steps", standing.close_when_done, every=timedelta(hours=1))
        schedule("desk.prune", throttle.prune, daily_at=time(3, 45))

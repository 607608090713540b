from datetime import time

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class HomeConfig(AppConfig):
    """What visitors read: pages, blocks, pictures, settings."""

    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from home import registry, wishes  # noqa: PLC0415
        from home.albums import taking_down  # noqa: PLC0415
        from home.attention import sources  # noqa: PLC0415
        from home.broken_links import listening as links  # noqa: PLC0415
        from home.broken_links import nights
        from home.errors.writing import write_after_saving  # noqa: PLC0415
        from home.forms import keeping, notices  # noqa: PLC0415
        from home.pictures import listening  # noqa: PLC0415
        from home.search.indexing import index_anew  # noqa: PLC0415
        from home.search.sqlite_table import ensure_table  # noqa: PLC0415
        from home.sharing import making as sharing  # noqa: PLC0415
        from home.site_settings import SiteSettings  # noqa: PLC0415
        from home.stories.samples import STORIES  # noqa: PLC0415
        from outbox.schedule import schedule  # noqa: PLC0415

        post_migrate.connect(ensure_table, sender=self, dispatch_uid="table to search in")
        post_save.connect(write_after_saving, sender=SiteSettings, dispatch_uid="broken page")
        schedule("home.search", index_anew, daily_at=time(4, 15))
        registry.register_samples(STORIES)
        sources.register_all()
        nights.register_all()
        links.listen()
        notices.register_all()
        taking_down.register_all()
        keeping.schedule_all()
        listening.listen()
        sharing.listen()
        wishes.register_all()

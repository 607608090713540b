from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WitsSiteConfig(AppConfig):
    """The room that assembles the others: settings, addresses, first content, demo content."""

    name = "wits_site"

    def ready(self) -> None:
        from wits_site import checks  # noqa: F401, PLC0415 - registers itself; models are loaded by now
        from wits_site.first_content import make_first_content  # noqa: PLC0415

        post_migrate.connect(make_first_content, sender=self, dispatch_uid="first content")

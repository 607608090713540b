from django.apps import AppConfig


class WitsSiteConfig(AppConfig):
    """The room that assembles the others: settings, addresses, first content, demo content."""

    name = "wits_site"

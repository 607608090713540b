"""Checks that `manage.py check` runs: what no single room can see."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import Error
from wagtail.models import Site


@register(Tags.database)
def site_record_agrees_with_site_url(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`SITE_URL` is the one truth about the site's address; Wagtail's Site record must say the same.

    Every `migrate` corrects the record, so a difference means that somebody changed it in the admin since.
    """
    if not databases:
        return []
    try:
        site = Site.objects.filter(is_default_site=True).first()
    except Error:
        return []  # not migrated yet: the first migrate makes the record
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if site is None or (site.hostname, site.port) == (address.hostname, port):
        return []
    return [
        Warning(
            f"Wagtail's site record says {site.root_url}, but SITE_URL is {settings.SITE_URL}.",
            hint="Run manage.py migrate: it sets the record from SITE_URL.",
            id="wits_site.W001",
        )
    ]

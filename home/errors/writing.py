"""The page for when everything is broken, written to a file while everything works.

Django sends it when a view fails, nginx when Django does not answer. Neither may need the database then, so whenever
the settings are saved, and after each `migrate`, the whole page is written anew.
"""

import logging
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from home.errors.settings import BROKEN_TEXT, BROKEN_TITLE, HOME_LABEL
from home.site_settings import SiteSettings

logger = logging.getLogger(__name__)

DEFAULTS = {"name": "WITS", "title": BROKEN_TITLE, "text": BROKEN_TEXT, "home_label": HOME_LABEL, "email": ""}


def file_of_broken_page() -> Path:
    """Where it lies: `errors/500.html` among the uploads, which every process and nginx can read."""
    return Path(settings.MEDIA_ROOT) / "errors" / "500.html"


def broken_page(site: SiteSettings | None = None) -> str:
    """The page with the executives' words, or with our own where these are not known."""
    words = DEFAULTS
    if site is not None:
        words = {
            "name": site.name,
            "title": site.broken_title,
            "text": site.broken_text,
            "home_label": site.home_label,
            "email": site.email,
        }
    return render_to_string("500.html", words)


def write_broken_page(site: SiteSettings) -> None:
    """Put the page where it is read from, all of it at once. A disk that refuses it stops nobody's work."""
    target = file_of_broken_page()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as new:
            new.write(broken_page(site))
        Path(new.name).chmod(0o644)  # nginx is another user
        Path(new.name).replace(target)
    except OSError:
        logger.exception("The page for when the site is broken could not be written to %s", target)


def written_broken_page() -> str:
    """What was written; with our own words where there is nothing, or nothing that can be read."""
    with suppress(OSError, UnicodeDecodeError):
        if found := file_of_broken_page().read_text(encoding="utf-8"):
            return found
    return broken_page()


def write_after_saving(instance: SiteSettings, **kwargs: Any) -> None:
    """Write the page once what was saved counts."""
    transaction.on_commit(lambda: write_broken_page(instance))

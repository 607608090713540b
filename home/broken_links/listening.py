"""Once somebody changed what a broken link stands on, its links are read anew: nothing is said of what was mended."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.contrib.settings.registry import registry
from wagtail.signals import page_published, page_unpublished
from wagtail.snippets.models import get_snippet_models

from home.broken_links.collecting import holder_of
from home.broken_links.nights import ANEW
from home.broken_links.records import TROUBLES, LinkPlace
from outbox.models import MailText
from outbox.promises import promise


def listen() -> None:
    """Called once, when the app is ready."""
    page_published.connect(something_changed, dispatch_uid="links of a page")
    page_unpublished.connect(something_changed, dispatch_uid="links of a page that was taken down")
    post_save.connect(something_was_saved, dispatch_uid="links of a setting, snippet or mail")


def something_was_saved(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    """A setting, a snippet or a mail."""
    if not raw and (sender is MailText or sender in registry or sender in get_snippet_models()):
        something_changed(sender, instance)


def something_changed(sender: Any, instance: Any, **_: Any) -> None:
    """One query, and a promise where a link of it is in trouble."""
    holder = holder_of(instance)
    if LinkPlace.objects.filter(holder=holder, link__state__in=TROUBLES).exists():
        with transaction.atomic():
            promise(ANEW, f"{ANEW}:{holder}:{timezone.now().isoformat()}", {"holder": holder})

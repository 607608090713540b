"""Writing down every link of the site, and where each stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from home.broken_links.reading import links_in
from home.broken_links.records import Link, LinkPlace, key_of
from outbox.models import MailText

LONGEST = 2000
BATCH = 500
Rows = Callable[[], "models.QuerySet[Any]"]

_over: dict[type[models.Model], Rows] = {}


@dataclass(frozen=True)
class Place:
    """A link where it stands, before it is a row."""

    address: str
    host: str
    holder: str
    page_id: int | None
    title: str
    where: str
    words: str
    url: str
    right: str


def leave_out(model: type[models.Model], rows: Rows) -> None:
    """Do not look at the links of what `rows()` finds: it is over, and nobody would mend them any more."""
    _over[model] = rows


def collect() -> None:
    """Let the rows be what stands on the site now; what a link was found to be stays with its address."""
    found = list(all_places())
    places = {key_of(place.address): place for place in found}
    with transaction.atomic():
        Link.objects.bulk_create(
            [Link(key=key, address=place.address, host=place.host) for key, place in places.items()],
            ignore_conflicts=True,
            batch_size=BATCH,
        )
        Link.objects.exclude(pk__in=list(_known(places).values())).delete()
        LinkPlace.objects.all().delete()
        _write(found)


def collect_again(holder: str) -> None:
    """The links of one thing, as `holder_of` names it; links that stand nowhere any more are forgotten."""
    instance = _held(holder)
    found = list(places_of(instance)) if instance and _is_shown(instance) else []
    places = {key_of(place.address): place for place in found}
    with transaction.atomic():
        Link.objects.bulk_create(
            [Link(key=key, address=place.address, host=place.host) for key, place in places.items()],
            ignore_conflicts=True,
        )
        LinkPlace.objects.filter(holder=holder).delete()
        _write(found)
        Link.objects.filter(places=None).delete()


def all_places() -> Iterator[Place]:
    """Every link that a visitor or the reader of a mail could follow."""
    for instance in _everything():
        yield from places_of(instance)


def places_of(instance: models.Model) -> Iterator[Place]:
    """The links of one page, setting, snippet or mail."""
    url = AdminURLFinder().get_edit_url(instance) or ""
    page_id = instance.pk if isinstance(instance, Page) else None
    meta = instance._meta
    right = "" if page_id else f"{meta.app_label}.change_{meta.model_name}"
    for found in links_in(instance):
        address = plain(found.address)
        if address:
            yield Place(
                address=address,
                host=host_of(address),
                holder=holder_of(instance),
                page_id=page_id,
                title=_titled(instance)[:255],
                where=found.where[:255],
                words=found.words[:255],
                url=url,
                right=right,
            )


def holder_of(instance: models.Model) -> str:
    """What a row of any kind is called here."""
    label = "page" if isinstance(instance, Page) else instance._meta.label_lower
    return f"{label}:{instance.pk}"


def _held(holder: str) -> models.Model | None:
    label, _, pk = holder.partition(":")
    if label == "page":
        page = Page.objects.filter(pk=pk).first()
        return page.specific if page else None
    return apps.get_model(label)._default_manager.filter(pk=pk).first()


def plain(typed: str) -> str:
    """An address as it is looked at: a path for what is ours. Empty for mails, telephones and variables."""
    address = urldefrag(typed.strip()).url
    if len(address) > LONGEST or "{" in address:
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    if address.startswith(("page:", "document:", "/")):
        return address
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return _path(address) if host_of(address) == host_of(settings.SITE_URL) else address


def host_of(address: str) -> str:
    """Whose address it is, without the www; empty for what is ours, and for what is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")[:255]
    except ValueError:
        return "?"


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _everything() -> Iterator[models.Model]:
    pages = Page.objects.live().filter(depth__gt=1)
    for rows in _over.values():
        over = rows()
        if issubclass(over.model, Page):
            pages = pages.exclude(pk__in=over.order_by().values("pk"))
    # A page of each kind is read whole, a few at a time.
    yield from pages.order_by("pk").specific().iterator(chunk_size=100)
    for model in registry:
        yield from model.objects.all()[:1]
    for model in get_snippet_models():
        left = model._default_manager.all()
        yield from left.exclude(pk__in=_over[model]().order_by().values("pk")) if model in _over else left
    yield from MailText.objects.all()


def _is_shown(instance: models.Model) -> bool:
    if isinstance(instance, Page) and not instance.live:
        return False
    over = _over.get(type(instance))
    return over is None or not over().filter(pk=instance.pk).exists()


def _titled(instance: models.Model) -> str:
    if isinstance(instance, Page):
        return str(instance.get_admin_display_title())
    kind = capfirst(str(instance._meta.verbose_name))
    return kind if type(instance) in registry else f"{kind}: {instance}"


def _known(places: Iterable[str]) -> dict[str, int]:
    keys = list(places)
    known: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        known.update(Link.objects.filter(key__in=keys[start : start + BATCH]).values_list("key", "pk"))
    return known


def _write(found: list[Place]) -> None:
    known = _known({key_of(place.address) for place in found})
    LinkPlace.objects.bulk_create(
        [
            LinkPlace(
                link_id=known[key_of(place.address)],
                holder=place.holder,
                page_id=place.page_id,
                title=place.title,
                where=place.where,
                words=place.words,
                url=place.url,
                right=place.right,
            )
            for place in found
        ],
        batch_size=BATCH,
    )

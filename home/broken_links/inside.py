"""Whether an address of the site leads somewhere. Nobody is asked over the network, nothing is rendered."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home import old_paths

GONE = "The page it leads to was deleted."
HIDDEN = "The page it leads to is not published."
NO_FILE = "The file it leads to is gone."
NOTHING = "There is nothing at this address."


def what_is_wrong(addresses: Iterable[str]) -> dict[str, str]:
    """For each address what is wrong with it, in words; empty where it leads somewhere."""
    wanted = list(addresses)
    pages = dict(Page.objects.filter(pk__in=_ids(wanted, "page")).values_list("pk", "live"))
    files = {row.pk: row.file.name for row in get_document_model().objects.filter(pk__in=_ids(wanted, "document"))}
    return {address: _wrong(address, pages, files) for address in wanted}


def _ids(addresses: Iterable[str], kind: str) -> list[int]:
    found = (address.partition(":") for address in addresses)
    return [int(pk) for name, _, pk in found if name == kind]


def _wrong(address: str, pages: dict[int, bool], files: dict[int, str]) -> str:
    kind, _, pk = address.partition(":")
    if kind == "page":
        return (GONE if int(pk) not in pages else HIDDEN) if not pages.get(int(pk)) else ""
    if kind == "document":
        name = files.get(int(pk))
        return "" if name and default_storage.exists(name) else NO_FILE
    return "" if leads_somewhere(unquote(urlsplit(address).path)) else NOTHING


def leads_somewhere(path: str) -> bool:
    """Whether a path of the site is answered: by a view, a page, a file, a redirect, or as one of the old site's."""
    if path.startswith(settings.STATIC_URL):
        return True
    if path.startswith(settings.MEDIA_URL):
        return default_storage.exists(path.removeprefix(settings.MEDIA_URL))
    with_slash = path if path.endswith("/") else f"{path}/"
    return any(_is_answered(one) for one in dict.fromkeys((path, with_slash))) or _leads_on(with_slash)


def _is_answered(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name == "wagtaildocs_serve":
        return get_document_model().objects.filter(pk=match.args[0]).exists()
    if match.url_name != "wagtail_serve":
        return True
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    try:
        site.root_page.specific.route(_a_visit(path), [part for part in path.split("/") if part])
    except Http404:
        return False
    return True


def _leads_on(path: str) -> bool:
    """Whether a redirect that executives made, or one of an old address, takes it further."""
    known = Redirect.objects.filter(old_path=Redirect.normalise_path(path))
    return known.exists() or bool(old_paths.new_place(_a_visit(path)))


def _a_visit(path: str) -> HttpRequest:
    visit = HttpRequest()
    visit.method, visit.path, visit.path_info = "GET", path, path
    host = urlsplit(settings.SITE_URL)
    visit.META = {
        "SERVER_NAME": host.hostname or "localhost",
        "SERVER_PORT": str(host.port or (443 if host.scheme == "https" else 80)),
    }
    return visit

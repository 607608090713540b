"""Which picture goes with a shared link: the page's own, the one drawn for it, the site's, or the plain one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static

from home.pictures.places import PLACES
from home.pictures.records import Picture
from home.pictures.showing import show
from home.sharing.records import HEIGHT, WIDTH, SharePicture
from home.site_settings import SiteSettings

CHOSEN, DRAWN, THE_SITES, PLAIN = "chosen", "drawn", "site", "plain"


@dataclass(frozen=True)
class Shared:
    """A picture for a shared link: its whole address, size, words, and where it comes from."""

    url: str
    alt: str
    origin: str
    width: int = WIDTH
    height: int = HEIGHT


def shared(page: Any, site: SiteSettings | None = None) -> Shared:
    """What there is; nothing is made. `page` may be none, or a page of any kind."""
    site = site or SiteSettings.load()
    own = getattr(page, "share_picture", None)
    if own:
        return _of(own, CHOSEN)
    made = SharePicture.objects.filter(page_id=page.pk).first() if getattr(page, "pk", None) else None
    if made:
        return Shared(whole(made.file.url), getattr(page, "shared_title", page.title), DRAWN)
    if site.share_picture:
        return _of(site.share_picture, THE_SITES)
    return Shared(whole(static("images/share.png")), site.full_name, PLAIN)


def whole(path: str) -> str:
    """The whole address of a path of this site."""
    return urljoin(settings.SITE_URL + "/", path)


def _of(picture: Picture, origin: str) -> Shared:
    shown = show(picture, PLACES["share"])
    return Shared(whole(shown.src), picture.description, origin, shown.width, shown.height)

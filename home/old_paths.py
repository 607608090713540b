"""The addresses of the site before this one. They stand in old posts, on posters and in search engines for years.

A page that has the same address answers itself. Otherwise the old one leads, for good, to the page that took its
place: found by its kind, so that an executive may call it what they like. Redirects that executives make come first.
"""

from collections.abc import Callable

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

Place = Callable[[HttpRequest], str]
Handler = Callable[[HttpRequest], HttpResponse]

# Browsers keep a permanent redirect for as long as this, in seconds, and ask again then.
KEPT_FOR = 24 * 60 * 60

_places: dict[str, list[Place]] = {}


def register(path: str, *places: Place) -> None:
    """Name where an old path (without slashes) leads: the first place that is there."""
    _places[path] = list(places)


def page_of(kind: str, titled: str = "") -> Place:
    """The first published page of a kind such as `home.TeamPage`, or the one whose title begins with `titled`."""

    def place(request: HttpRequest) -> str:
        try:
            pages = apps.get_model(kind)._default_manager.filter(live=True).order_by("path")
        except LookupError:  # a kind that this site does not have
            return ""
        if titled:
            begins = Q(title__istartswith=titled) | Q(seo_title__istartswith=titled) | Q(slug__istartswith=titled)
            pages = pages.filter(begins)
        page = pages.first()
        return (page.get_url(request) or "") if page else ""

    return place


def new_place(request: HttpRequest) -> str:
    """Where the path of this request leads today; empty if it is no old one, or leads nowhere."""
    urls = (place(request) for place in _places.get(request.path.strip("/").lower(), []))
    return next((url for url in urls if url and url != request.path), "")


def redirect_old_paths(get_response: Handler) -> Handler:
    """Middleware: where there is nothing at an old path, lead to what took its place."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        url = new_place(request)
        if not url:
            return response
        query = request.META.get("QUERY_STRING", "")
        moved = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
        moved["Cache-Control"] = f"max-age={KEPT_FOR}"
        return moved

    return middleware


register("about", page_of("home.StandardPage", titled="about"), page_of("home.TeamPage"))
register("initiatives", page_of("home.InitiativesPage"), page_of("home.StandardPage", titled="ada"))
register(
    "ada",
    page_of("home.ProgramPage", titled="ada"),
    page_of("home.StandardPage", titled="ada"),
    page_of("home.InitiativesPage"),
)
register("blog", page_of("home.StoriesIndexPage"))
register("partners", page_of("home.PartnersPage"))

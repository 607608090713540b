"""The guide in the admin: its list, with a search, and a page for each subject."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem

from desk.guide.contents import CHAPTERS, find
from desk.guide.subjects import for_reader, looked_for

LONGEST_SEARCH = 100


def index(request: HttpRequest) -> HttpResponse:
    """All that the reader may do, or what has the words they look for."""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    found = looked_for(CHAPTERS, typed)
    mine = for_reader(found, request.user)
    context = {
        "typed": typed,
        "chapters": mine or looked_for(for_reader(CHAPTERS, request.user), typed),
        # Who may not do what they looked for learns that it can be done, and whom to ask.
        "others": [] if mine else found,
    }
    return TemplateResponse(request, "desk/guide/index.html", context)


def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One subject; 404 for one that there is not, or whose right the reader lacks."""
    subject = find(slug)
    if subject is None or not subject.is_for(request.user):
        raise Http404
    return TemplateResponse(request, "desk/guide/subject.html", {"subject": subject})


urlpatterns: list[URLPattern] = [path("", index, name="index"), path("<slug:slug>/", show, name="subject")]


def menu_item() -> MenuItem:
    """The last in the menu, where people look for help."""
    return MenuItem("Guide", reverse("guide:index"), name="guide", icon_name="help", order=20_000)

"""Where somebody in a photo asks for it to be taken down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.albums import words
from home.albums.page import AlbumPage
from home.albums.records import AlbumPhoto
from home.albums.taking_down import take_down
from home.forms import stamps
from home.gathering import gather
from home.visibility import visible
from home.visitors import client_address, is_from_our_page

MOST_WORDS = 1000


# It carries a signed stamp in place of Django's token, and uses no session: see
# docs/decisions/0002-the-join-form-has-no-csrf-token.md.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """The photo and one button; then what became of it."""
    album = get_object_or_404(visible(AlbumPage.objects.all()), pk=pk)
    found = get_object_or_404(AlbumPhoto.objects.filter(album=album), pk=photo)
    gather(album, found)
    context = {"page": album, "list": album.get_parent().specific, "photo": found, "words": words}
    status = 200
    if request.method == "POST":
        said = request.POST.get("words", "").replace("\x00", "").strip()[:MOST_WORDS]
        if _is_a_persons(request, album):
            context["hidden"] = take_down(album, found.picture, said, client_address(request))
            context["done"] = True
        else:
            context |= {"problem": words.PRESS_AGAIN, "said": said}
            status = 422
    context["stamp"] = stamps.issue(album.pk)
    response = render(request, "home/take_down.html", context, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_a_persons(request: HttpRequest, album: AlbumPage) -> bool:
    try:
        stamp = stamps.read(album.pk, request.POST.get("form-stamp", ""))
    except stamps.StampRefused:
        return False
    return not (stamp.is_too_old or request.POST.get("form-website")) and is_from_our_page(request)

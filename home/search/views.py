"""The search page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home import words
from home.frame import frame_of, links_of
from home.search.finding import Found, find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` what to look for, `&page=` which page of the results; without words, the field and where to begin."""
    found = find(request.GET.get("q", ""), request, _number(request.GET.get("page", "")))
    context: dict[str, Any] = {"found": found, "words": words, "count": _count(found), **_turns(found)}
    site = frame_of(request).site
    if not found.shown:
        context["pages_to_try"] = links_of(site.search_pages, request)
        context["words_to_try"] = [(item.value, address(item.value)) for item in site.search_words]
        context["meant"] = (found.meant, address(found.meant))
    response = render(request, "home/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def address(typed: str, number: int = 1) -> str:
    """Where the results for these words stand."""
    asked: dict[str, Any] = {"q": typed} | ({"page": number} if number > 1 else {})
    return f"{reverse('home:search')}?{urlencode(asked)}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _count(found: Found) -> str:
    sentence = words.FOUND_ONE if found.count == 1 else words.FOUND_MANY
    return sentence.format(count=found.count, typed=found.typed)


def _turns(found: Found) -> dict[str, str]:
    return {
        "title": words.SEARCH_TITLE.format(typed=found.typed) if found.typed else words.SEARCH,
        "place": words.PAGE_OF.format(number=found.number, pages=found.pages),
        "previous": address(found.typed, found.number - 1) if found.number > 1 else "",
        "next": address(found.typed, found.number + 1) if found.number < found.pages else "",
    }

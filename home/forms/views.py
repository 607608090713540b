"""What a form is sent to, and the page after it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.forms import taking, words
from home.forms.filling import FilledForm
from home.forms.limits import TooManyAnswers
from home.forms.page import FormPage
from home.visitors import client_address, is_from_our_page


# The form carries a signed stamp in place of Django's token, and uses no session: see
# docs/decisions/0002-the-join-form-has-no-csrf-token.md.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer: 303 to the thanks, or the form again with what is to be put right.

    422: something to correct. 410: the form is closed; what was typed comes back. 429: too many from one place.
    """
    page = _form_page(request, pk)
    if request.method != "POST":
        if not page.live:
            raise Http404
        return HttpResponseRedirect(page.url)
    form = page.get_form(request.POST, request.FILES)
    stamp = form.read_stamp()
    if not page.takes(stamp.begun_at if stamp else None):
        return _answer(request, page, 410, state="closed", form=None, typed=_typed(form))
    if not is_from_our_page(request):
        form.add_error(None, words.NOT_FROM_HERE)
    if not form.is_valid() or stamp is None:
        return _again(request, page, form, 422)
    try:
        taking.take(page, form, number=stamp.number, address=client_address(request))
    except TooManyAnswers:
        form.add_error(None, words.TOO_MANY)
        return _again(request, page, form, 429)
    return HttpResponse(status=303, headers={"Location": reverse("home:form-thanks", args=[page.pk])})


@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """After an answer. It says nothing of it, so anybody may look."""
    page = _form_page(request, pk)
    context = page.get_context(request)
    return _private(render(request, "home/form_thanks.html", context))


def _form_page(request: HttpRequest, pk: int) -> FormPage:
    """A page that is or was published, for those who may see it."""
    page = get_object_or_404(FormPage, pk=pk, first_published_at__isnull=False)
    if not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        raise Http404
    return page


def _typed(form: FilledForm) -> list[tuple[str, str]]:
    """Question and what was typed, where anything was."""
    return [(question.label, question.as_typed) for question in form.questions if question.as_typed]


def _again(request: HttpRequest, page: FormPage, form: FilledForm, status: int) -> HttpResponse:
    return _answer(request, page, status, state="open", form=form)


def _answer(request: HttpRequest, page: FormPage, status: int, **shown: Any) -> HttpResponse:
    context = {**page.get_context(request), **shown}
    return _private(render(request, "home/form_page.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """No cache and no search engine may keep what somebody typed."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

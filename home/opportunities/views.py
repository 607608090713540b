"""Asking for the link to apply, while it is for members first. Everybody gets the same answer."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home import registry
from home.forms import stamps
from home.opportunities import words
from home.opportunities.page import OpportunityPage
from home.visibility import visible
from home.visitors import is_from_our_page


# It carries a signed stamp in place of Django's token, and uses no session: see
# docs/decisions/0002-the-join-form-has-no-csrf-token.md.
@csrf_exempt
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise the link to a member; nothing to anybody else. 422 where the address cannot be one."""
    page = get_object_or_404(visible(OpportunityPage.objects.all()), pk=pk)
    if not page.is_for_members:
        return HttpResponseRedirect(page.url)
    email = request.POST.get("email", "").strip()
    problem = _problem(request, page, email)
    if problem:
        context = {**page.get_context(request), "problem": problem, "email": email}
        return _private(render(request, page.get_template(request), context, status=422))
    registry.send_to_member(email, page.pk)
    return HttpResponse(status=303, headers={"Location": reverse("home:opportunity-sent", args=[page.pk])})


@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """After somebody asked. It says nothing of them."""
    page = get_object_or_404(visible(OpportunityPage.objects.all()), pk=pk)
    return _private(render(request, "home/opportunity_sent.html", page.get_context(request)))


def _problem(request: HttpRequest, page: OpportunityPage, email: str) -> str:
    """What keeps the form from being taken, in words; empty where nothing does."""
    try:
        stamp = stamps.read(page.pk, request.POST.get("form-stamp", ""))
    except stamps.StampRefused:
        return words.PRESS_AGAIN
    if stamp.is_too_old or stamp.is_too_young or request.POST.get("form-website") or not is_from_our_page(request):
        return words.PRESS_AGAIN
    try:
        validate_email(email)
    except ValidationError:
        return words.WRONG_EMAIL
    return ""


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

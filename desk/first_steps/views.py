"""The page of the first steps, and its buttons."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from desk.first_steps import standing
from desk.first_steps.asking import ASKED, ask
from desk.first_steps.known import Known
from desk.first_steps.steps import MAIL, STEPS, Step
from outbox.mail_texts import promise_test
from outbox.models import MailText

only_owners = permission_required(standing.RIGHT, raise_exception=True)
WELCOME = "welcome"


@only_owners
def index(request: HttpRequest) -> HttpResponse:
    """All steps. Reads what is known; asks nobody outside."""
    known = Known()
    remaining = {step.slug for step in standing.left(known)}
    context = {
        "steps": [_shown(step, known, step.slug not in remaining) for step in STEPS],
        "left": len(remaining),
        "mailbox": request.user.email,  # type: ignore[union-attr]
    }
    return TemplateResponse(request, "desk/first_steps/index.html", context)


def _shown(step: Step, known: Known, over: bool) -> dict[str, Any]:
    row = known.rows.get(step.slug)
    return {
        "slug": step.slug,
        "title": step.title,
        "why": step.why,
        "url": step.place(),
        "url_words": step.place_words,
        "now": [*step.now(known), *(row.found.splitlines() if row else [])],
        "is_over": over,
        "put_aside": bool(row and row.put_aside and over),
        "asks": step.slug in ASKED,
        "sends": step.slug == MAIL,
        "sent": bool(row and row.found),
    }


@only_owners
@require_POST
def ask_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask Stripe or HubSpot; what they say stands on the page from then on."""
    if slug not in ASKED:
        raise Http404
    answer = ask(slug)
    tell = messages.success if answer.is_well else messages.warning
    tell(request, answer.lines[0])
    return _back(slug)


@only_owners
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The welcome mail, with examples in it, to whoever asks."""
    if not request.user.email:  # type: ignore[union-attr]
        messages.error(request, "Your account has no email address. Add one under Account, then try again.")
        return _back(MAIL)
    promise_test(MailText.objects.get(key=WELCOME), int(request.user.pk))  # type: ignore[arg-type]
    standing.found(MAIL, "A welcome mail is on its way to you. Look into your mailbox: has it come?", done=False)
    messages.success(request, "The mail is on its way to your own address.")
    return _back(MAIL)


@only_owners
@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    """The mail came: nobody but its reader can say so."""
    standing.found(MAIL, "The mail came.", done=True)
    return _onwards(request, MAIL)


@only_owners
@require_POST
def put_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """It may stay as it is; `all`: the whole page may go."""
    _change(standing.put_aside, slug)
    return _onwards(request, slug)


@only_owners
@require_POST
def take_up_again(request: HttpRequest, slug: str) -> HttpResponse:
    """It is to be done after all."""
    _change(standing.take_up_again, slug)
    return _back(slug)


def _change(change: Any, slug: str) -> None:
    try:
        change(slug)
    except KeyError as error:
        raise Http404 from error


def _onwards(request: HttpRequest, slug: str) -> HttpResponse:
    """To the page; to the dashboard, with words, once nothing is left."""
    if standing.are_for(request.user):
        return _back(slug)
    messages.success(request, "That was all. The first steps are gone; the guide stays.")
    return redirect("wagtailadmin_home")


def _back(slug: str) -> HttpResponse:
    return redirect(f"{reverse('first_steps:index')}#{slug}")


urlpatterns: list[URLPattern] = [
    path("", index, name="index"),
    path("mail/send/", send, name="send"),
    path("mail/arrived/", arrived, name="arrived"),
    path("<slug:slug>/ask/", ask_now, name="ask"),
    path("<slug:slug>/aside/", put_aside, name="put_aside"),
    path("<slug:slug>/again/", take_up_again, name="take_up_again"),
]


class FirstStepsItem(MenuItem):
    """An entry of the menu for as long as something is left."""

    def is_shown(self, request: HttpRequest) -> bool:
        return standing.are_for(request.user)


def menu_item() -> MenuItem:
    """The first in the menu."""
    return FirstStepsItem("First steps", reverse("first_steps:index"), name="first-steps", icon_name="pick", order=1)


class FirstStepsPanel(Component):
    """A line on the dashboard, for as long as something is left."""

    name = "first_steps"
    template_name = "desk/first_steps/panel.html"
    order = 5

    def __init__(self, left: int) -> None:
        self.left = left

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"left": self.left, "all": len(STEPS), "url": reverse("first_steps:index")}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(standing.RIGHT):
        remaining = len(standing.left(Known()))
        if remaining:
            panels.append(FirstStepsPanel(remaining))

"""Pages around the join page: its words, the status that belongs to them, and headers that keep links secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from membership import nonces, words
from membership.forms import JoinForm
from membership.models import Signup
from membership.offers import date_words, todays_offers
from membership.pages import JoinPage
from membership.views.visitor import remember
from membership.waypoints import KINDS, MemberCard, context_of


@dataclass
class Extras:
    """What a page shows besides title and text: a signup to go on with, and values for the places in its words."""

    signup: Signup | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


def join_page() -> JoinPage:
    """The join page, found by what it is; a draft or its first words where none is published."""
    return JoinPage.objects.order_by("-live", "pk").first() or JoinPage(title="Join", slug="join", live=False)


def keep_private(response: HttpResponse) -> HttpResponse:
    """No cache, no referrer and no search engine may keep what these addresses show or the addresses themselves."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def filled_form(signup: Signup | None) -> JoinForm:
    """The form with what a signup holds, which goes on with that signup; an empty one without."""
    if signup is None:
        return JoinForm(offers=todays_offers())
    initial = {
        "first_name": signup.first_name,
        "last_name": signup.last_name,
        "email": signup.email,
        "email_asked": signup.email,
        "level": signup.level.slug,
        "newsletter": signup.newsletter,
        "nonce": nonces.issue(signup.nonce),
    }
    return JoinForm(offers=todays_offers(), initial=initial)


def answer(request: HttpRequest, name: str, extras: Extras | None = None) -> HttpResponse:
    """The page with the words `name`_title and `name`_text of the join page."""
    extras = extras or Extras()
    kind = KINDS[name]
    page = join_page()
    context = {
        "page": page,
        **context_of(name),
        "form": filled_form(extras.signup) if kind.offers_form else None,
        "can_continue": name == "cancelled" and extras.signup is not None,
        **page.worded(name, extras.values),
        **extras.context,
    }
    response = keep_private(render(request, "membership/answer.html", context, status=kind.status))
    if kind.status == 503:
        response.headers["Retry-After"] = "60"
    return response


def welcome_answer(request: HttpRequest, signup: Signup) -> HttpResponse:
    """You are in: for the browser that joined."""
    page = join_page()
    values = {"first_name": signup.first_name, "email": signup.email}
    joined_at = signup.paid_at or signup.confirmed_at or signup.created_at
    card = MemberCard(
        name=f"{signup.first_name} {signup.last_name}",
        level=signup.level.name,
        joined=words.JOINED_ON.format(date=date_words(timezone.localdate(joined_at))),
    )
    context = {"page": page, "card": card, **page.worded("welcome", values)}
    response = keep_private(render(request, "membership/welcome.html", context))
    remember(response, signup)
    return response


def form_answer(
    request: HttpRequest, form: JoinForm, *, status: int = 422, trouble: str = "", retry_after: int = 0
) -> HttpResponse:
    """The join page again, around a form that could not be taken as it is. Nothing that was typed is lost.

    `trouble` is what stands above the form where the visitor did nothing wrong: "away" or "limited", with its words
    on the join page. `retry_after` is in seconds.
    """
    page = join_page()
    context = {**page.get_context(request), "form": form}
    if trouble:
        context[trouble] = True
    response = keep_private(render(request, page.template, context, status=status))
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response

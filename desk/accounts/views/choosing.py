"""Choosing a second factor: the same page in the walk of an invitation and later on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.accounts import factors, throttle, words
from desk.accounts.errors import TooManyAttempts
from desk.accounts.forms import CodeForm
from desk.models import User
from home.visitors import client_address

SECRET = "accounts.app"  # noqa: S105 - the name of what the session keeps
CODES_TO_SHOW = "accounts.codes"


@dataclass(frozen=True)
class Chosen:
    """What was chosen: `keep` writes it down, None where nothing (right) was; then `form` and `problem` say why."""

    keep: Callable[[User], None] | None = None
    form: CodeForm | None = None
    problem: str = ""


def read(request: HttpRequest, user: User) -> Chosen:
    """Read what was sent, if anything was."""
    if request.method != "POST":
        return Chosen()
    if request.POST.get("credential"):
        credential = factors.made(request.POST["credential"])
        if credential is None:
            return Chosen(problem=words.WRONG_NEW_PASSKEY)
        name = request.POST.get("name", "")
        return Chosen(lambda person: factors.keep_passkey(person, name, credential))
    form = CodeForm(request.POST)
    secret = request.session.get(SECRET)
    if not form.is_valid() or not secret:
        return Chosen(form=form)
    try:
        attempt = throttle.begin(f"new:{user.pk}", client_address(request))
    except TooManyAttempts:
        return Chosen(form=form, problem=words.TOO_MANY)
    code = form.cleaned_data["code"]
    if not factors.is_right_for(secret, code):
        return Chosen(form=form, problem=words.WRONG_NEW_CODE)
    throttle.was_right(attempt)
    del request.session[SECRET]
    return Chosen(lambda person: factors.keep_app(person, secret, code))


def page(request: HttpRequest, user: User, chosen: Chosen, context: dict[str, Any]) -> HttpResponse:
    """Both ways beside each other. The secret of the app stays the same until it is kept or the session ends."""
    secret = request.session.setdefault(SECRET, factors.new_secret())
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    context = {
        "options": factors.options_to_make(user),
        "qr_code": factors.qr_code(user, secret),
        "secret": " ".join(groups),
        "form": chosen.form or CodeForm(),
        "problem": chosen.problem,
        **context,
    }
    wrong = chosen.problem or (chosen.form and chosen.form.errors)
    return render(request, "desk/accounts/factor.html", context, status=422 if wrong else 200)

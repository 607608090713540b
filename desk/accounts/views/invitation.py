"""The walk behind an invitation: hello, a password, a second factor. Nothing is kept before its last step."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from desk.accounts import access, factors, invitations, sessions
from desk.accounts.errors import InvitationRefused
from desk.accounts.forms import PasswordForm
from desk.accounts.views import choosing
from desk.accounts.views.pages import private
from desk.models import User

# What this browser has done of the walk; the password as it will be stored.
WALK = "accounts.walk"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def hello(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens. Only the button begins; looking does nothing."""
    try:
        invitation = invitations.read(token)
    except InvitationRefused:
        return _refused(request)
    if request.method == "POST":
        request.session.flush()
        request.session[WALK] = {"invitation": str(invitation.uuid)}
        return redirect("invitation-password")
    user = invitation.user
    return render(request, "desk/accounts/hello.html", {"person": user, "positions": access.positions(user)})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The first factor."""
    user = _who(request)
    if user is None:
        return _refused(request)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[WALK] = {**request.session[WALK], "password": form.hashed}
        return redirect("invitation-factor")
    context = {"form": form, "person": user}
    return render(request, "desk/accounts/new_password.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """The second factor, with which everything is kept and the person is signed in."""
    user = _who(request)
    if user is None:
        return _refused(request)
    walk = request.session[WALK]
    if "password" not in walk:
        return redirect("invitation-password")
    chosen = choosing.read(request, user)
    if chosen.keep is None:
        return choosing.page(request, user, chosen, {"walk": True})
    try:
        with transaction.atomic():
            user = invitations.begin_to_use(walk["invitation"], walk["password"])
            chosen.keep(user)
            factors.renew_codes(user)
    except InvitationRefused:
        return _refused(request)
    request.session.flush()
    sessions.sign_in(request, user)
    request.session[choosing.CODES_TO_SHOW] = True
    return redirect(reverse("sign-in-codes"))


def _who(request: HttpRequest) -> User | None:
    walk = request.session.get(WALK)
    try:
        return invitations.open_one(walk["invitation"]).user if walk else None
    except InvitationRefused:
        return None


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/accounts/refused.html", status=410)

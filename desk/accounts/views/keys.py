"""One's own keys: seeing, adding and removing them, and the recovery codes."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.accounts import factors, sessions, words
from desk.accounts.errors import LastFactor
from desk.accounts.views import choosing
from desk.accounts.views.pages import for_staff, private
from desk.models import User


@private
@for_staff
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I can sign in with."""
    return _page(request)


@private
@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more passkey, or another app in place of the one before."""
    if not sessions.may_change_keys(request):
        return _page(request, words.SIGN_IN_AGAIN, 403)
    user = _me(request)
    chosen = choosing.read(request, user)
    if chosen.keep is None:
        return choosing.page(request, user, chosen, {"walk": False})
    first = not factors.has_any(user)
    chosen.keep(user)
    if not first:
        return redirect("sign-in-keys")
    return _show_new_codes(request, user)


@private
@for_staff
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a key away; other browsers of this person are signed out."""
    if not sessions.may_change_keys(request):
        return _page(request, words.SIGN_IN_AGAIN, 403)
    user = _me(request)
    try:
        factors.remove(user, pk)
    except LastFactor:
        return _page(request, words.LAST_KEY, 422)
    update_session_auth_hash(request, user)
    return redirect("sign-in-keys")


@private
@for_staff
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of those before."""
    if not sessions.may_change_keys(request):
        return _page(request, words.SIGN_IN_AGAIN, 403)
    return _show_new_codes(request, _me(request))


@private
@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, from when they were made until somebody says that they are kept. Never again."""
    if not request.session.get(choosing.CODES_TO_SHOW):
        return redirect("sign-in-keys")
    if request.method == "POST":
        del request.session[choosing.CODES_TO_SHOW]
        return redirect(sessions.HOME)
    shown = factors.codes(_me(request))
    if "download" in request.GET:
        text = "Recovery codes for the WITS site. Each works once.\n\n" + "\n".join(shown) + "\n"
        attachment = {"Content-Disposition": 'attachment; filename="wits-recovery-codes.txt"'}
        return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=attachment)
    return render(request, "desk/accounts/codes.html", {"codes": shown})


def _show_new_codes(request: HttpRequest, user: User) -> HttpResponse:
    factors.renew_codes(user)
    request.session[choosing.CODES_TO_SHOW] = True
    return redirect("sign-in-codes")


def _me(request: HttpRequest) -> User:
    return User.objects.get(username=request.user.get_username())


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    user = _me(request)
    context = {"keys": factors.keys(user), "codes_left": factors.codes_left(user), "problem": problem}
    return render(request, "desk/accounts/keys.html", context, status=status)

"""The password, and then the second factor."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth import logout as sign_out_of_django
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk.accounts import factors, sessions, throttle, words
from desk.accounts.errors import TooManyAttempts
from desk.accounts.forms import CodeForm, SignInForm
from desk.accounts.views.pages import private
from desk.models import User
from home.visitors import client_address

LOGIN, CODE = "/admin/login/", "/admin/login/code/"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """The first step. The same answer for a wrong password, an unknown address, and access that has ended."""
    then = sessions.safe_next(request, request.POST.get("next") or request.GET.get("next") or sessions.HOME)
    if request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(then)
    if request.method != "POST":
        return _page(request, SignInForm(), then)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, then, status=422)
    name = form.cleaned_data["username"].strip()
    name = name.lower() if "@" in name else name
    try:
        attempt = throttle.begin(f"password:{name}", client_address(request))
    except TooManyAttempts:
        return _page(request, form, then, problem=words.TOO_MANY, status=429)
    user = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(user, User):
        return _page(request, form, then, problem=words.WRONG_PASSWORD, status=422)
    throttle.was_right(attempt)
    if factors.has_any(user):
        sessions.begin_half(request, user, then)
        return redirect(CODE)
    if settings.DEMO_SIGN_INS:
        sessions.sign_in(request, user, second=False)
        return redirect(then)
    return _page(request, form, then, problem=words.NOT_FINISHED, status=403)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a passkey, a code of an app, or a recovery code."""
    found = sessions.half(request)
    if found is None:
        return redirect(LOGIN)
    user, then = found
    if request.method != "POST":
        return _code_page(request, user, CodeForm())
    form = CodeForm(request.POST)
    credential = request.POST.get("credential", "")
    if not credential and not form.is_valid():
        return _code_page(request, user, form, status=422)
    try:
        attempt = throttle.begin(f"code:{user.pk}", client_address(request))
    except TooManyAttempts:
        return _code_page(request, user, form, problem=words.TOO_MANY, status=429)
    if credential:
        right, problem = factors.use_passkey(user, credential), words.WRONG_PASSKEY
    else:
        right, problem = factors.use_code(user, form.cleaned_data["code"]), words.WRONG_CODE
    if not right:
        return _code_page(request, user, form, problem=problem, status=422)
    throttle.was_right(attempt)
    sessions.sign_in(request, user)
    return redirect(then)


@private
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Also out of half a sign-in."""
    sign_out_of_django(request)
    return redirect(LOGIN)


def _page(request: HttpRequest, form: SignInForm, then: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "next": then, "problem": problem, "demo": settings.DEMO_SIGN_INS}
    return render(request, "desk/accounts/password.html", context, status=status)


def _code_page(
    request: HttpRequest, user: User, form: CodeForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    options = factors.options_to_use(user) if factors.has_passkey(user) else None
    context = {"form": form if problem or form.errors else CodeForm(), "options": options, "problem": problem}
    return render(request, "desk/accounts/code.html", context, status=status)

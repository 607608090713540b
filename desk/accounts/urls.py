"""The addresses of signing in. They stand before Wagtail's, in place of those that know no second factor."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from desk.accounts.views import invitation, keys, sign_in


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Wagtail's way to change many accounts at once asks neither for a last Owner nor for an invitation."""
    raise Http404


urlpatterns = [
    path("login/", sign_in.password, name="sign-in"),
    path("login/code/", sign_in.code, name="sign-in-code"),
    path("logout/", sign_in.sign_out, name="sign-out"),
    path("invitation/password/", invitation.password, name="invitation-password"),
    path("invitation/factor/", invitation.factor, name="invitation-factor"),
    path("invitation/<str:token>/", invitation.hello, name="invitation"),
    path("sign-in/", keys.mine, name="sign-in-keys"),
    path("sign-in/add/", keys.add, name="sign-in-add"),
    path("sign-in/remove/<int:pk>/", keys.remove, name="sign-in-remove"),
    path("sign-in/codes/", keys.codes, name="sign-in-codes"),
    path("sign-in/codes/renew/", keys.renew, name="sign-in-renew"),
    path("bulk/desk/user/<str:action>/", nothing),
    path("password_reset/<path:rest>", nothing),
    path("password_reset/", nothing),
]

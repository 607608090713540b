"""What all pages of signing in share: nothing keeps them, and they run no script but our own."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.auth import require_admin_access

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_staff(view: View[P]) -> View[P]:
    """A page of the admin: for who is signed in and may be there."""
    guarded: View[P] = require_admin_access(view)
    return guarded


def private(view: View[P]) -> View[P]:
    """A page that no cache and no error report keeps, under the policy of public pages."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response: Any = view(request, *args, **kwargs)
        response.is_strict = True
        if "token" in kwargs:
            # The link of an invitation is told to no other site; our own form needs to say where it comes from.
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(sensitive_post_parameters()(wrapped))  # type: ignore[return-value]

"""Nobody is signed in with half a sign-in, whichever view made the session.

This stands behind Django's AuthenticationMiddleware and before everything that asks who is there. It knows no list of
addresses: a session without its second factor is nobody's, for the admin, a preview, a document or a page alike.
"""

from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from desk.accounts.sessions import is_whole
from desk.models import User


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let `request.user` be somebody only where both factors were there. Asks nothing until somebody looks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _whole_user(request))  # type: ignore[assignment]

        async def auser() -> User | AnonymousUser:
            return await sync_to_async(_whole_user)(request)

        request.auser = auser
        return get_response(request)

    return middleware


def _whole_user(request: HttpRequest) -> User | AnonymousUser:
    user = get_user(request)
    if not isinstance(user, User) or not is_whole(request):
        return AnonymousUser()
    return user

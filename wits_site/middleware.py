"""Headers that django-csp and Django's SecurityMiddleware leave to the site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Wagtail's admin has inline scripts and styles and no support for nonces; page previews stand in frames.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'", "https://www.youtube-nocookie.com"],
    "worker-src": ["'self'", "blob:"],
}
# Its address has the hash of what it holds, but Wagtail keeps browsers from keeping it: 65 kB for each page.
SPRITE = "/admin/sprite/"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send a Permissions-Policy everywhere and the looser content policy under `/admin/` only; let browsers keep the
    admin's icons.

    The pages of signing in (`desk.accounts.views`) stand there too, and have the strict one.
    """

    pictures = [*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"], "data:", "blob:"]

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/") and not getattr(response, "is_strict", False):
            response._csp_replace = {**ADMIN_POLICY, "img-src": pictures}  # type: ignore[attr-defined]
        if request.path == SPRITE and "h" in request.GET and response.status_code == 200:
            response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response

    return middleware

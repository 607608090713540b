"""Small files that browsers and robots ask for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.sharing.showing import whole
from home.site_settings import SiteSettings

# What has nothing to find, or nothing for everybody.
CLOSED = ("/admin/", "/answers/", "/search/", "/me/", "/membership/", "/welcome/", "/styleguide/")
GROUND = "#f1efe2"
AN_HOUR, A_DAY = 3600, 24 * 3600
# Whoever reads it should look again now and then whether somebody still answers.
SECURITY_FOR = timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: where the map is, and what to leave alone. A rehearsal is to be left alone as a whole."""
    closed = CLOSED if settings.SEARCH_ENGINES else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if settings.SEARCH_ENGINES:
        lines += ["", f"Sitemap: {whole(reverse('home:sitemap'))}"]
    return _text(lines)


@require_safe
@cache_control(public=True, max_age=A_DAY)
def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116): whom to tell of a hole."""
    site = SiteSettings.load()
    until = (timezone.now() + SECURITY_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = f"mailto:{site.email}" if site.email else whole("/")
    return _text(
        [
            f"Contact: {contact}",
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en",
            f"Canonical: {whole(reverse('home:security'))}",
        ]
    )


@require_safe
@cache_control(public=True, max_age=A_DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest`: the name and icon of the site on somebody's home screen."""
    site = SiteSettings.load()
    icons = [("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable", 512, "maskable")]
    return JsonResponse(
        {
            "id": "/",
            "name": site.full_name,
            "short_name": site.name,
            "description": site.description,
            "lang": "en-CA",
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": GROUND,
            "theme_color": GROUND,
            "icons": [
                {
                    "src": static(f"images/{name}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for name, size, purpose in icons
            ],
        },
        content_type="application/manifest+json",
    )


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

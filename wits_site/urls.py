"""Every address: our own first, Wagtail's pages last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from wits_site.health import healthz
from wits_site.metrics import metrics

handler404 = "home.errors.views.missing"
handler500 = "home.errors.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    # Before Wagtail's: signing in takes two factors, and every way in leads here.
    path("admin/", include("desk.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", healthz),
    path("metrics", metrics),
    path("", include("home.urls")),
    path("", include("membership.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
# Wagtail's second sign-in page takes a bare password: there is one door, and it is the admin's.
urlpatterns += [
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
    path("", include(wagtail_urls)),
]

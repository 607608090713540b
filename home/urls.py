"""Addresses of the public site that are no pages."""

from django.urls import path

from home.albums.views import ask as ask_to_take_down
from home.errors.views import look_at_broken, look_at_missing
from home.forms.views import send, thanks
from home.machines.files import manifest, robots, security
from home.machines.sitemap import sitemap
from home.opportunities.views import ask, sent
from home.posters.views import frieze_file, poster_file, sum_file
from home.search.views import search
from home.styleguide.views import styleguide

app_name = "home"
urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path(".well-known/security.txt", security, name="security"),
    path("posters/<slug:drawn>/<slug:name>.svg", poster_file, name="poster"),
    path("search/", search, name="search"),
    path("answers/<int:pk>/", send, name="form-send"),
    path("answers/<int:pk>/thanks/", thanks, name="form-thanks"),
    path("posters/<slug:drawn>/sums/<slug:name>.svg", sum_file, name="sum"),
    path("posters/<slug:drawn>/friezes/<int:choice>.svg", frieze_file, name="frieze"),
    path("opportunities/<int:pk>/link/", ask, name="opportunity-ask"),
    path("opportunities/<int:pk>/sent/", sent, name="opportunity-sent"),
    path("albums/<int:pk>/<int:photo>/", ask_to_take_down, name="take-down"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/404/", look_at_missing, name="look-at-missing"),
    path("styleguide/500/", look_at_broken, name="look-at-broken"),
]

"""Addresses of the public site that are no pages."""

from django.urls import path

from home.posters.views import poster_file
from home.styleguide.views import styleguide

app_name = "home"
urlpatterns = [
    path("posters/<slug:drawn>/<slug:name>.svg", poster_file, name="poster"),
    path("styleguide/", styleguide, name="styleguide"),
]

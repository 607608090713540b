"""Addresses of the public site that are no pages."""

from django.urls import path

from home.posters.views import poster_file

app_name = "home"
urlpatterns = [path("posters/<slug:drawn>/<slug:name>.svg", poster_file, name="poster")]

"""Addresses of joining."""

from django.urls import URLPattern, URLResolver, path

from membership import views
from membership.webhook import stripe_webhook

app_name = "membership"
urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/stripe/", stripe_webhook, name="stripe-webhook"),
    path("membership/join/", views.join, name="join"),
    path("membership/check-your-mail/", views.check_your_mail, name="check-your-mail"),
    path("membership/confirm/<str:token>/", views.confirm, name="confirm"),
    path("membership/cancelled/<str:token>/", views.cancelled, name="cancelled"),
    path("welcome/", views.welcome, name="welcome"),
]

"""Addresses of joining."""

from django.urls import URLPattern, URLResolver, path

from membership.webhook import stripe_webhook

app_name = "membership"
urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/stripe/", stripe_webhook, name="stripe-webhook"),
]

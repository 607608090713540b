"""What the dashboard says needs attention."""

from django.test import RequestFactory

from desk.attention import NeedsAttention


def shown(user):
    """Its groups, as the template reads them."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return NeedsAttention(request).get_context_data()["groups"]


def lines(user):
    """Every line of every group."""
    return [line for group in shown(user) for line in group.lines]


def said(user):
    """The words of every line."""
    return [line.words for line in lines(user)]

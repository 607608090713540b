"""What the site has to say to one visitor stands under the header, once."""

from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import Context, Template
from django.test import RequestFactory


def header_for(request):
    return Template("{% load site_tags %}{% site_header %}").render(Context({"request": request}))


def test_a_notice_is_shown_as_what_it_is_and_counts_as_read(home):
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    request._messages.add(constants.ERROR, "That <link> is too old.")
    html = header_for(request)
    assert '<p class="notice notice--error">That &lt;link&gt; is too old.</p>' in html
    assert 'role="status"' in html
    assert request._messages.used  # Django then takes it from the visitor


def test_without_a_notice_there_is_no_empty_box(home):
    assert "notices" not in header_for(RequestFactory().get("/"))

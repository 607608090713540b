"""What visitors see when a page is not there, or something broke."""

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import server_error

from home.tests.markup import Markup, breaches


def test_a_missing_page_has_the_sites_frame_and_a_way_on(client, home):
    response = client.get("/no-such-page/")
    markup = Markup(response.content.decode())
    assert response.status_code == 404
    assert len(markup.all("h1")) == 1
    assert markup.links()["Take me home"] == "/"
    assert breaches(response.content.decode()) == []


def test_a_broken_page_needs_neither_database_nor_context():
    response = server_error(RequestFactory().get("/"))  # no database here: pytest-django refuses one
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something broke" in html
    assert "/static/css/site.css" in html
    assert breaches(html) == []
    assert render_to_string("500.html") == html

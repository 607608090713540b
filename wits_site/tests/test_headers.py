"""The headers every answer carries."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def policy(response):
    """The Content-Security-Policy as {directive: set of sources}."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(sources) for name, *sources in parts}


def test_a_public_page_runs_only_what_the_site_itself_serves(client):
    rules = policy(client.get("/healthz"))
    assert rules["default-src"] == {"'none'"}
    assert rules["script-src"] == {"'self'"}
    assert rules["style-src"] == {"'self'"}
    assert rules["frame-ancestors"] == {"'self'"}
    assert rules["form-action"] == {"'self'", "https://checkout.stripe.com"}


def test_the_admin_alone_may_use_inline_scripts(client, admin_user):
    assert policy(client.get("/admin/login/"))["script-src"] == {"'self'"}
    client.force_login(admin_user)
    rules = policy(client.get("/admin/"))
    assert "'unsafe-inline'" in rules["script-src"]
    assert rules["default-src"] == {"'none'"}
    assert not any(source.startswith("'nonce-") for source in rules["script-src"])


@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/there-is-no-such-page/"])
def test_every_answer_has_the_other_headers(client, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Content-Security-Policy" in response


def test_nobody_is_mailed_a_link_that_opens_the_admin(client):
    assert client.get("/admin/password_reset/").status_code == 404


def test_the_icons_of_the_admin_are_fetched_once(client, admin_user):
    client.force_login(admin_user)
    page = client.get("/admin/").content.decode()
    (address,) = set(re.findall(r'data-icon-url="(/admin/sprite/[^"]+)"', page))
    assert "immutable" in client.get(address)["Cache-Control"]
    assert "no-store" in client.get("/admin/sprite/")["Cache-Control"], "without its hash it may change"

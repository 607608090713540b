"""There is one way to sign in."""

import pytest

from desk.tests.staff import someone

pytestmark = pytest.mark.django_db


def test_wagtails_second_sign_in_page_leads_to_the_first(client):
    response = client.get("/_util/login/?next=/admin/members/")

    assert response.status_code == 302
    assert response.url == "/admin/login/?next=/admin/members/"


def test_a_password_posted_there_signs_nobody_in(client):
    user = someone("Owner")

    response = client.post("/_util/login/", {"username": user.username, "password": "not-a-real-password"})

    assert response.status_code == 302
    assert "_auth_user_id" not in client.session

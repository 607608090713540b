import pytest
from django.core.exceptions import ImproperlyConfigured

from desk.demo import make_demo
from desk.groups import POSITIONS
from desk.models import User

pytestmark = pytest.mark.django_db


def test_each_position_has_an_account_that_signs_in(settings, client):
    settings.DEMO_SIGN_INS = True

    said = make_demo("only-for-looking-around")

    positions = ("owner", "editor", "events", "treasurer")
    assert said == [f"{position.title()}: {position}@wits.example" for position in positions]
    assert set(POSITIONS) == {position.title() for position in positions}
    for position in positions:
        assert client.login(username=f"{position}@wits.example", password="only-for-looking-around")
        assert client.get("/admin/").status_code == 200
    assert not User.objects.filter(is_superuser=True).exists()


def test_twice_makes_nobody_twice_and_keeps_a_changed_password(settings, client):
    settings.DEMO_SIGN_INS = True
    make_demo("only-for-looking-around")
    make_demo("another-password-altogether")

    assert User.objects.count() == 4
    assert client.login(username="owner@wits.example", password="only-for-looking-around")


def test_it_is_refused_where_the_settings_do_not_allow_it(settings):
    settings.DEMO_SIGN_INS = False

    with pytest.raises(ImproperlyConfigured):
        make_demo("only-for-looking-around")

    assert not User.objects.exists()

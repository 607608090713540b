"""Invitations, access that ends, and the last Owner."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from desk.accounts import access, factors, invitations, words
from desk.accounts.errors import InvitationRefused, LastFactor, LastOwner
from desk.accounts.mails import send_invitation
from desk.models import Invitation, User
from desk.tests.staff import PASSWORD, code_of, someone, with_app
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "four words nobody guesses"


def person(**changes):
    return access.Person(
        **{
            "first_name": "Ines",
            "last_name": "Vuković",
            "email": "ines@wits.example",
            "position": "Editor",
            "access_until": None,
            **changes,
        }
    )


def invited(**changes):
    user = access.add(person(**changes))
    return invitations.invite(user, by=None)


def path_of(invitation):
    return invitations.link(invitation).removeprefix("http://testserver")


def walk(client, invitation):
    """The whole walk with an app; returns its secret."""
    client.post(path_of(invitation))
    client.post("/admin/invitation/password/", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    client.get("/admin/invitation/factor/")
    secret = client.session["accounts.app"]
    client.post("/admin/invitation/factor/", {"code": code_of(secret)})
    return secret


@pytest.fixture
def owner():
    user = someone("Owner")
    with_app(user)
    return user


def form(**changes):
    return {
        "first_name": "Ines",
        "last_name": "Vuković",
        "email": "Ines@WITS.example",
        "position": "Editor",
        "access_until": timezone.localdate() + timedelta(days=90),
        **changes,
    }


def test_an_owner_invites_and_the_walk_sets_up_both_factors(client, owner):
    client.force_login(owner)
    client.post("/admin/users/new/", form())
    user = User.objects.get(username="ines@wits.example")
    assert (access.positions(user), user.has_usable_password(), factors.has_any(user)) == (["Editor"], False, False)
    assert Delivery.objects.get(kind="mail.invitation").payload == {"invitation": str(user.invitations.get().uuid)}

    theirs = Client()
    secret = walk(theirs, user.invitations.get())

    shown = theirs.get("/admin/sign-in/codes/").content.decode()
    assert all(code in shown for code in factors.codes(user))
    assert theirs.get("/admin/sign-in/codes/?download")["Content-Disposition"].startswith("attachment")
    assert theirs.post("/admin/sign-in/codes/").url == "/admin/"
    assert theirs.get("/admin/sign-in/codes/").url == "/admin/sign-in/"
    assert theirs.get("/admin/").status_code == 200
    again = Client()
    again.post("/admin/login/", {"username": "INES@wits.example", "password": NEW_PASSWORD})
    assert again.post("/admin/login/code/", {"code": code_of(secret, steps=1)}).url == "/admin/"


def test_the_link_is_made_for_the_mail_and_stored_nowhere(monkeypatch):
    sent = []
    monkeypatch.setattr("outbox.mails.send_now", sent.append)
    invitation = invited()
    delivery = Delivery.objects.get(kind="mail.invitation")
    send_invitation(delivery)

    assert sent[0].to == ["ines@wits.example"]
    token = path_of(invitation).split("/")[-2]
    assert "/admin/invitation/" in sent[0].body
    assert token.split(":")[0] in sent[0].body
    for row in (*Invitation.objects.values(), *Delivery.objects.values(), *User.objects.values()):
        assert token.split(":")[-1] not in str(row)
    assert mail.outbox == []


def test_an_invitation_that_is_over_is_not_mailed(monkeypatch):
    sent = []
    monkeypatch.setattr("outbox.mails.send_now", sent.append)
    invitation = invited()
    invitations.invite(invitation.user, by=None)

    send_invitation(Delivery.objects.get(key=f"mail.invitation:{invitation.uuid}"))

    assert sent == []


def test_looking_at_the_link_uses_nothing_up_and_walking_it_does(client):
    invitation = invited()
    for _ in range(3):
        assert client.get(path_of(invitation)).status_code == 200
    assert Client().head(path_of(invitation)).status_code == 200
    assert client.session.get("accounts.walk") is None

    walk(client, invitation)

    assert Client().get(path_of(invitation)).status_code == 410
    assert Client().post(path_of(invitation)).status_code == 410


def test_until_the_walk_is_done_the_account_can_do_nothing(client):
    invitation = invited(position="Owner")
    client.post(path_of(invitation))
    client.post("/admin/invitation/password/", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert client.get("/admin/").url.startswith("/admin/login/")
    again = Client().post("/admin/login/", {"username": "ines@wits.example", "password": NEW_PASSWORD})
    assert again.status_code == 422
    assert not User.objects.get().has_usable_password()


def test_the_second_step_cannot_be_had_without_the_first(client):
    client.post(path_of(invited()))

    assert client.get("/admin/invitation/factor/").url == "/admin/invitation/password/"
    assert Client().get("/admin/invitation/factor/").status_code == 410
    assert Client().get("/admin/invitation/password/").status_code == 410


@pytest.mark.parametrize("password", ["short", "administrator", "123456789012345", "ines@wits.example"])
def test_a_password_that_is_easy_to_guess_is_refused_beside_its_field(client, password):
    client.post(path_of(invited()))

    response = client.post("/admin/invitation/password/", {"password": password, "again": password})

    assert response.status_code == 422
    assert 'id="id_password_error"' in response.content.decode()


@pytest.mark.parametrize("spoil", ["late", "newer", "ended", "cut", "another"])
def test_a_link_that_is_over_says_whom_to_ask(client, spoil):
    invitation = invited()
    path = path_of(invitation)
    moment = timezone.now()
    if spoil == "late":
        moment += invitations.GOOD_FOR + timedelta(seconds=1)
    elif spoil == "newer":
        invitations.invite(invitation.user, by=None)
    elif spoil == "ended":
        access.end(invitation.user)
    elif spoil == "cut":
        path = path[:-4] + "/"
    else:
        path = "/admin/invitation/eyJub3RoaW5nIg:1tABCD:xxxxxxxxxxxxxxxxxxxxxxxx/"
    with time_machine.travel(moment, tick=False):
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 410
            assert "ask an Owner" in response.content.decode()


def test_only_the_first_of_two_who_finish_at_once_gets_in():
    invitation = invited()
    invitations.begin_to_use(str(invitation.uuid), "hash")

    with pytest.raises(InvitationRefused):
        invitations.begin_to_use(str(invitation.uuid), "another")

    assert User.objects.get().password == "hash"


def test_the_command_makes_the_first_owner_and_lets_the_last_one_back_in(client, capsys):
    call_command("create_owner", "First@wits.example")
    link = capsys.readouterr().out.split()[-1]
    path = link.removeprefix("http://testserver")
    user = User.objects.get(username="first@wits.example")
    assert access.positions(user) == ["Owner"]
    assert not Delivery.objects.filter(kind="mail.invitation").exists()
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(path).status_code == 410
    walk(client, user.invitations.get())
    assert client.get("/admin/users/").status_code == 200

    call_command("create_owner", "first@wits.example")

    assert client.get("/admin/").url.startswith("/admin/login/")
    assert not factors.has_any(user)
    assert Client().get(capsys.readouterr().out.split()[-1].removeprefix("http://testserver")).status_code == 200
    assert User.objects.count() == 1


def test_the_command_wants_an_address():
    with pytest.raises(CommandError, match="no address"):
        call_command("create_owner", "the boss")


@pytest.mark.parametrize("change", ["end", "day", "position", "group", "password", "invite", "key"])
def test_what_changes_rights_ends_sessions_with_the_very_next_request(client, owner, change):
    user = someone("Editor")
    with_app(user)
    factors.keep_passkey(user, "Key", {})
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    moment = timezone.now()
    if change == "end":
        access.end(user)
    elif change == "day":
        user.access_until = timezone.localdate()
        user.save()
        assert client.get("/admin/").status_code == 200
        moment += timedelta(days=1)
    elif change == "position":
        access.change(user, person(position="Treasurer", email=user.email))
    elif change == "group":
        owner.groups.get().user_set.add(user)
    elif change == "password":
        User.objects.filter(pk=user.pk).update(password="another")
    elif change == "invite":
        invitations.invite(user, by=owner)
    else:
        factors.remove(user, factors.keys(user)[0].pk)
    with time_machine.travel(moment, tick=False):
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_the_last_owner_can_neither_end_their_access_nor_lose_the_position(client, owner):
    waiting = invited(position="Owner").user
    client.force_login(owner)

    said = client.post(f"/admin/users/end/{owner.pk}/", follow=True).content.decode()
    assert words.LAST_OWNER.split(".")[0] in said
    for changes in ({"position": "Editor"}, {"access_until": timezone.localdate()}):
        with pytest.raises(LastOwner):
            access.change(owner, person(**{"position": "Owner", "email": owner.email, **changes}))
    owner.refresh_from_db()
    assert (owner.has_access, access.positions(owner)) == (True, ["Owner"])

    with_app(waiting)
    access.end(owner)
    assert not User.objects.get(pk=owner.pk).has_access


def test_the_form_says_so_too(client, owner):
    client.force_login(owner)
    fields = form(email=owner.email, position="Editor")

    response = client.post(f"/admin/users/edit/{owner.pk}/", fields)

    assert "This is the last Owner" in response.content.decode()
    assert access.positions(owner) == ["Owner"]


def test_the_pages_of_accounts_have_every_field_and_button(client, owner):
    client.force_login(owner)
    for place in ("new/", f"edit/{owner.pk}/"):
        page = client.get(f"/admin/users/{place}").content.decode()
        for name in ("first_name", "last_name", "email", "position", "access_until"):
            assert f'name="{name}"' in page
        assert "is_superuser" not in page
    assert f'action="/admin/users/invite_again/{owner.pk}/"' in page
    assert f'action="/admin/users/end/{owner.pk}/"' in page


def test_a_new_owner_and_a_reset_are_told_without_a_name(owner):
    invitations.invite(access.add(person(position="Owner")), by=owner)
    invitations.invite(owner, by=None)

    assert sorted(Alert.objects.values_list("kind", flat=True)) == ["accounts.owner", "accounts.reset"]
    for alert in Alert.objects.all():
        assert not any(word in f"{alert.what}{alert.done}{alert.todo}" for word in ("Ines", "ines@", "owner@"))


def test_an_owner_does_not_get_hold_of_a_superuser(client, owner, django_user_model):
    boss = django_user_model.objects.create_superuser("boss", "boss@wits.example", PASSWORD)
    client.force_login(owner)
    for act in ("edit", "invite_again", "end"):
        client.post(f"/admin/users/{act}/{boss.pk}/", form())
    boss.refresh_from_db()

    assert (boss.email, boss.has_access, boss.has_usable_password()) == ("boss@wits.example", True, True)
    assert not Invitation.objects.exists()


def test_nobody_is_made_a_superuser_by_the_form(client, owner):
    client.force_login(owner)
    client.post("/admin/users/new/", form(is_superuser="on", is_staff="on", groups=["1"]))

    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("position", ["", "Editor", "Events", "Treasurer"])
def test_only_an_owner_invites_ends_and_changes(client, owner, position):
    client.force_login(someone(position))
    for place in ("", "new/", f"edit/{owner.pk}/", f"invite_again/{owner.pk}/", f"end/{owner.pk}/"):
        for response in (client.get(f"/admin/users/{place}"), client.post(f"/admin/users/{place}", form())):
            assert response.status_code in (302, 403, 405)
            assert response.headers.get("Location", "/admin/").split("?")[0] in ("/admin/", "/admin/login/")
    owner.refresh_from_db()
    assert owner.has_access
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("place", ["delete/{}/", "copy/{}/"])
def test_accounts_are_neither_deleted_nor_copied(client, owner, place):
    client.force_login(owner)
    assert client.get(f"/admin/users/{place.format(owner.pk)}").status_code == 404
    assert client.post(f"/admin/users/{place.format(owner.pk)}").status_code == 404
    assert User.objects.filter(pk=owner.pk).exists()


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_many_accounts_are_not_changed_at_once(client, owner, action):
    client.force_login(owner)
    assert client.post(f"/admin/bulk/desk/user/{action}/?id={owner.pk}").status_code == 404


def test_the_list_says_in_plain_words_how_each_stands(client, owner):
    invited()
    left = someone("Editor")
    access.end(left)
    client.force_login(owner)

    page = client.get("/admin/users/").content.decode()

    for sentence in ("Signs in with two steps", "Waits for the invitation to be used", "Access ended"):
        assert sentence in page


def test_the_last_key_stays(client, owner):
    client.force_login(owner)
    [only] = factors.keys(owner)

    response = client.post(f"/admin/sign-in/remove/{only.pk}/")

    assert words.LAST_KEY in response.content.decode()
    assert factors.has_any(owner)
    with pytest.raises(LastFactor):
        factors.remove(owner, only.pk)


def test_a_key_is_removed_and_this_browser_stays_signed_in(client, owner):
    factors.keep_passkey(owner, "My laptop", {})
    client.force_login(owner)

    assert client.post(f"/admin/sign-in/remove/{factors.keys(owner)[0].pk}/").status_code == 302

    page = client.get("/admin/sign-in/").content.decode()
    assert "My laptop" in page
    assert "Authenticator app" not in page


def test_nobody_removes_a_key_of_somebody_else(client, owner):
    other = someone("Editor")
    with_app(other)
    client.force_login(owner)

    client.post(f"/admin/sign-in/remove/{factors.keys(other)[0].pk}/")

    assert factors.has_any(other)


def test_keys_are_changed_soon_after_signing_in_only(client, owner):
    client.force_login(owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        for place in ("add/", "codes/renew/", f"remove/{factors.keys(owner)[0].pk}/"):
            response = client.post(f"/admin/sign-in/{place}")
            assert response.status_code == 403
            assert words.SIGN_IN_AGAIN in response.content.decode()


def test_new_recovery_codes_take_the_place_of_all_before(client, owner):
    before = factors.codes(owner)
    client.force_login(owner)

    assert client.post("/admin/sign-in/codes/renew/").url == "/admin/sign-in/codes/"

    assert not set(before) & set(factors.codes(owner))
    assert not factors.use_code(owner, before[0])


def test_a_stolen_database_opens_nothing(owner, settings):
    secret = with_app(owner)
    row = str(list(owner.authenticator_set.values()))
    assert secret not in row
    assert not any(code.replace(" ", "") in row for code in factors.codes(owner))

    settings.SECRET_KEY = "another-key-altogether"

    assert not factors.use_code(owner, code_of(secret))
    assert factors.codes_left(owner) == 0


def test_a_key_that_was_changed_with_its_old_one_kept_still_opens(owner, settings):
    secret = with_app(owner)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-altogether"

    assert factors.use_code(owner, code_of(secret))

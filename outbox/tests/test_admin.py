"""The outbox in the admin: read-only lists, *try again*, and the words of mails."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outbox.alerts import alert
from outbox.mail_texts import ensure_mail_texts
from outbox.models import Alert, Delivery, MailText
from outbox.worker import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    """Sign somebody in with exactly these permissions."""

    def sign_in(*codenames, email="sam@example.com"):
        user = get_user_model().objects.create_user("sam", email=email, password="correct horse battery")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        for codename in codenames:
            user.user_permissions.add(Permission.objects.get(content_type__app_label="outbox", codename=codename))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def row(welcome):
    ensure_mail_texts()
    return MailText.objects.get(key=welcome.key)


def words(response) -> str:
    """What stands on the page, without tags."""
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


def test_the_list_shows_and_filters_deliveries(kind, make_kind, staff):
    mail = make_kind("test.mail", channel="mail")
    kind.promise("first", about="member:abc")
    mail.promise("second")
    Delivery.objects.filter(kind="test.mail").update(state="dead", last_error="No such address (550).")
    client = staff("view_delivery")
    url = reverse("deliveries:index")
    everything = client.get(url)
    assert "test.push" in words(everything)
    assert "No such address (550)." in words(everything)

    def listed(**query):
        return [delivery.key for delivery in client.get(url, query).context["object_list"]]

    assert listed(state="dead") == ["test.mail:second"]
    assert listed(channel="hubspot") == ["test.push:first"]
    assert listed(kind="test.mail") == ["test.mail:second"]
    assert listed(q="member:abc") == ["test.push:first"]
    assert listed(q="second") == ["test.mail:second"]
    assert listed(q="nothing") == []


def test_a_viewer_sees_no_try_again_and_may_not_post_it(kind, staff):
    delivery = kind.promise()
    Delivery.objects.update(state="dead")
    client = staff("view_delivery")
    again = reverse("deliveries:try_again", args=[delivery.pk])
    assert again not in client.get(reverse("deliveries:index")).content.decode()
    assert again not in client.get(reverse("deliveries:inspect", args=[delivery.pk])).content.decode()
    client.post(again)
    delivery.refresh_from_db()
    assert delivery.state == "dead"


def test_someone_without_permission_sees_nothing(kind, staff, row):
    delivery = kind.promise("secret")
    client = staff()
    for url in (
        reverse("deliveries:index"),
        reverse("deliveries:inspect", args=[delivery.pk]),
        reverse("alerts:index"),
        reverse("mail_texts:index"),
        reverse("mail_texts:edit", args=[row.pk]),
        reverse("mail_texts:preview", args=[row.pk]),
    ):
        response = client.get(url)
        assert response.status_code in (302, 403), url
        assert b"test.push" not in response.content


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("deliveries:index"))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_try_again_makes_a_dead_delivery_due_and_it_is_delivered(kind, staff):
    delivery = kind.promise()
    Delivery.objects.update(state="dead", attempts=8, surprises=8)
    client = staff("view_delivery", "change_delivery")
    again = reverse("deliveries:try_again", args=[delivery.pk])
    assert again in client.get(reverse("deliveries:index")).content.decode()
    assert client.get(again).status_code == 405
    delivery.refresh_from_db()
    assert delivery.state == "dead"
    response = client.post(again, follow=True)
    assert "tried again now" in words(response)
    drain()
    delivery.refresh_from_db()
    assert delivery.state == "done"


@pytest.mark.parametrize("state", ["done", "running"])
def test_what_is_done_or_runs_is_not_tried_again(kind, staff, state):
    delivery = kind.promise()
    Delivery.objects.update(state=state)
    response = staff("change_delivery").post(reverse("deliveries:try_again", args=[delivery.pk]), follow=True)
    assert "nothing to try" in words(response)
    delivery.refresh_from_db()
    assert delivery.state == state


def test_the_detail_shows_the_error_and_never_the_payload(kind, staff):
    delivery = kind.promise(payload={"raw": "mary.anne@example.com"})
    Delivery.objects.update(last_error="HubSpot is away.", attempts=3)
    page = words(staff("view_delivery").get(reverse("deliveries:inspect", args=[delivery.pk])))
    assert "HubSpot is away." in page
    assert "mary.anne" not in page


def test_what_is_delivered_has_no_next_try(kind, staff):
    delivery = kind.promise()
    url = reverse("deliveries:inspect", args=[delivery.pk])
    client = staff("view_delivery")
    assert "Next try –" not in " ".join(words(client.get(url)).split())
    Delivery.objects.update(state="done", done_at=timezone.now())
    assert "Next try –" in " ".join(words(client.get(url)).split())


def test_nobody_can_write_or_delete_deliveries_and_alerts_by_hand(kind, client, admin_user):
    delivery = kind.promise()
    client.force_login(admin_user)
    for name in ("deliveries", "alerts"):
        page = client.get(reverse(f"{name}:index"))
        assert page.status_code == 200
        for path in ("new/", f"edit/{delivery.pk}/", f"delete/{delivery.pk}/", f"copy/{delivery.pk}/"):
            assert client.get(reverse(f"{name}:index") + path).status_code == 404
            assert path not in page.content.decode()


def test_alerts_are_listed_with_their_count_and_the_way_to_their_cause(staff):
    for _ in range(3):
        alert("k", key="one", what="A payment failed.", done="Kept.", todo="Look.", link="/admin/members/7/")
    client = staff("view_alert")
    assert "A payment failed." in words(client.get(reverse("alerts:index")))
    page = client.get(reverse("alerts:inspect", args=[Alert.objects.get().pk])).content.decode()
    assert 'href="/admin/members/7/"' in page


def test_an_alert_that_only_takes_note_says_so_in_words(staff):
    alert("k", key="one", what="A card was declined.", done="", todo="")
    page = words(staff("view_alert").get(reverse("alerts:inspect", args=[Alert.objects.get().pk])))
    assert "Nothing, unless it happens often." in page


def test_the_list_of_mails_says_in_words_whose_words_they_are(row, staff):
    client = staff("change_mailtext")
    assert "As first written" in words(client.get(reverse("mail_texts:index")))
    MailText.objects.update(edited=True)
    page = words(client.get(reverse("mail_texts:index")))
    assert "Changed" in page
    assert "As first written" not in page


def test_mail_texts_can_be_changed_but_not_added_or_deleted(row, client, admin_user):
    client.force_login(admin_user)
    index = reverse("mail_texts:index")
    assert "Test welcome" in words(client.get(index))
    for path in ("new/", f"delete/{row.pk}/", f"copy/{row.pk}/"):
        assert client.get(index + path).status_code == 404


def test_a_mail_that_is_not_sent_any_more_is_not_shown(row, staff):
    gone = MailText.objects.create(key="test.gone", label="Gone", subject="s", body="b")
    client = staff("change_mailtext")
    assert "Gone" not in words(client.get(reverse("mail_texts:index")))
    assert client.get(reverse("mail_texts:edit", args=[gone.pk])).status_code == 404


def test_the_edit_page_names_the_variables_with_examples(row, staff):
    page = words(staff("change_mailtext").get(reverse("mail_texts:edit", args=[row.pk])))
    assert "Greets whoever joined." in page
    for part in ("{first_name}", "Robin", "{until}", "30 April 2027"):
        assert part in page


def test_new_words_are_saved_and_used(row, staff):
    client = staff("change_mailtext")
    url = reverse("mail_texts:edit", args=[row.pk])
    response = client.post(url, {"subject": "Hi {first_name}", "body": "Until {until}", "button": "Go"})
    assert (response.status_code, response["Location"]) == (302, url), "a test of the saved words is sent from there"
    row.refresh_from_db()
    assert (row.subject, row.edited) == ("Hi {first_name}", True)
    assert row.changed_at <= timezone.now()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"subject": "Hi {frist_name}"}, "There is no variable {frist_name} in this mail."),
        ({"body": "No date"}, "The variable {until} is missing"),
        ({"button": "{go}"}, "There is no variable {go}"),
        ({"button": ""}, "This field is required"),
        ({"body": "[x](javascript:alert) {until}"}, "must begin with https://"),
    ],
)
def test_words_that_would_break_the_mail_are_refused_by_name(row, staff, changes, says):
    client = staff("change_mailtext")
    data = {"subject": "Hi {first_name}", "body": "Until {until}", "button": "Go", **changes}
    response = client.post(reverse("mail_texts:edit", args=[row.pk]), data)
    assert response.status_code == 200
    assert says in words(response)
    row.refresh_from_db()
    assert not row.edited
    preview = client.post(reverse("mail_texts:preview", args=[row.pk]), data)
    assert says in words(preview)


def test_the_preview_shows_unsaved_words_with_examples_and_saves_nothing(row, staff):
    client = staff("change_mailtext")
    url = reverse("mail_texts:preview", args=[row.pk])
    saved = client.get(url).context["mail"]
    assert saved.subject == "You’re in, Robin"
    data = {"subject": "New {first_name}", "body": "**Until** {until}", "button": "Go"}
    response = client.post(url, data)
    mail = response.context["mail"]
    assert mail.subject == "New Robin"
    assert "Until 30 April 2027" in mail.text
    assert "<strong>Until</strong> 30 April 2027" in mail.html
    assert "srcdoc=" in response.content.decode()
    row.refresh_from_db()
    assert row.subject != "New {first_name}"


def test_restore_gives_the_original_words_back(row, staff):
    client = staff("change_mailtext")
    edit = reverse("mail_texts:edit", args=[row.pk])
    restore = reverse("mail_texts:restore", args=[row.pk])
    assert restore not in client.get(edit).content.decode()
    client.post(edit, {"subject": "Hi", "body": "Until {until}", "button": "Go"})
    assert restore in client.get(edit).content.decode()
    assert client.get(restore).status_code == 405
    client.post(restore)
    row.refresh_from_db()
    assert (row.subject, row.edited) == ("You’re in, {first_name}", False)


def test_a_test_goes_to_whoever_asked(row, staff, mailbox):
    client = staff("change_mailtext")
    client.post(reverse("mail_texts:test", args=[row.pk]))
    drain()
    assert mailbox[0].to == ["sam@example.com"]
    assert mailbox[0].subject == "You’re in, Robin"
    assert "sam@example.com" not in str(list(Delivery.objects.values()))


def test_a_test_for_someone_without_an_address_says_so(row, staff):
    client = staff("change_mailtext", email="")
    response = client.post(reverse("mail_texts:test", args=[row.pk]), follow=True)
    assert "no email address" in words(response)
    assert not Delivery.objects.exists()


def test_mail_settings_are_editable(client, admin_user):
    client.force_login(admin_user)
    response = client.get(reverse("wagtailsettings:edit", args=["outbox", "mailsettings"]), follow=True)
    assert "replies go to" in words(response).lower()


def test_the_list_costs_the_same_with_many_rows(kind, client, admin_user, django_assert_num_queries):
    client.force_login(admin_user)
    kind.promise("first")
    client.get(reverse("deliveries:index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("deliveries:index"))
    for number in range(60):
        kind.promise(str(number))
    with django_assert_num_queries(len(few)):
        client.get(reverse("deliveries:index"))
    assert len(few) <= 14, "two of them are the menu's, which asks on a fresh site what its Owner has yet to do"


def test_the_addresses_that_alerts_name_are_those_of_the_admin(row):
    assert reverse("deliveries:index") == "/admin/deliveries/"
    assert reverse("deliveries:inspect", args=[7]) == "/admin/deliveries/inspect/7/"
    assert reverse("alerts:index") == "/admin/alerts/"
    assert reverse("mail_texts:edit", args=[row.pk]) == f"/admin/mail-texts/edit/{row.pk}/"

"""Telling people: the first at once, the rest in a digest with true counts, never a flood, never a name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from outbox.alerts import alert, note
from outbox.digests import promise_digest
from outbox.models import Alert, Delivery
from outbox.telling import MAILS_A_DAY, tell
from outbox.worker import drain

ELEVEN_AT_NIGHT = datetime(2026, 9, 16, 3, tzinfo=UTC)


def trouble(key="one", kind="payment.failed"):
    alert(
        kind, key=key, what="A payment failed.", done="The form keeps it.", todo="Look at it.", link="/admin/members/"
    )


@pytest.mark.django_db
def test_the_same_trouble_twice_is_one_row_that_counts():
    trouble()
    trouble()
    row = Alert.objects.get()
    assert row.count == 2


@pytest.mark.django_db
def test_an_alert_goes_with_a_rolled_back_transaction():
    with transaction.atomic():
        trouble()
        transaction.set_rollback(True)
    assert not Alert.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_are_all_counted_and_fail_none(at_once):
    at_once(16, trouble)
    assert Alert.objects.get().count == 16


@pytest.mark.django_db(transaction=True)
def test_several_workers_telling_at_once_promise_one_mail(at_once):
    for number in range(5):
        trouble(str(number))
    at_once(8, tell)
    assert Delivery.objects.filter(kind="mail.alert").count() == 1


@pytest.mark.django_db
def test_an_alert_is_mailed_in_plain_words_with_a_link(mailbox):
    trouble()
    drain()
    mail = mailbox[0]
    assert mail.to == ["executives@wits.example"]
    assert mail.subject == "WITS site: A payment failed."
    for part in (mail.body, mail.alternatives[0][0]):
        for words in ("A payment failed.", "The form keeps it.", "Look at it.", "http://testserver/admin/members/"):
            assert words in part


@pytest.mark.django_db
def test_a_kind_is_mailed_once_an_hour_and_the_rest_waits_for_the_digest(clock, mailbox):
    for number in range(12):
        trouble(str(number))
        drain()
        clock.shift(timedelta(minutes=10))
    assert len(mailbox) == 2
    assert Alert.objects.filter(state="held").count() == 10


@pytest.mark.django_db
def test_two_kinds_are_mailed_apart(clock, mailbox):
    trouble("one", "a")
    trouble("two", "b")
    drain()
    assert len(mailbox) == 2


@pytest.mark.django_db
def test_there_are_twenty_mails_a_day_and_the_next_day_twenty_more(clock, mailbox):
    clock.move_to(ELEVEN_AT_NIGHT)
    for number in range(30):
        trouble(str(number), f"kind {number}")
    drain()
    assert len(mailbox) == MAILS_A_DAY
    clock.shift(timedelta(hours=1))
    trouble("tomorrow", "another kind")
    drain()
    assert len(mailbox) == MAILS_A_DAY + 1


@pytest.mark.django_db
@pytest.mark.parametrize("same_key", [True, False])
def test_a_thousand_failures_in_ten_minutes_are_three_mails_at_most_and_counted_truly(clock, mailbox, same_key):
    for number in range(1000):
        trouble("same" if same_key else str(number))
        if number % 50 == 0:
            drain()
        clock.shift(0.6)
    drain()
    for _ in range(24):
        clock.shift(timedelta(hours=1))
        drain()
    promise_digest()
    drain()
    assert len(mailbox) <= 3
    assert "1,000 times: A payment failed." in mailbox[-1].body
    assert "1,000 ×" in mailbox[-1].alternatives[0][0]


@pytest.mark.django_db
def test_what_was_told_at_once_and_did_not_happen_again_needs_no_digest(clock, mailbox):
    trouble()
    drain()
    assert promise_digest() is False
    drain()
    assert len(mailbox) == 1


@pytest.mark.django_db
def test_a_digest_counts_nothing_twice(clock, mailbox):
    for number in range(3):
        trouble(str(number))
    drain()
    promise_digest()
    assert promise_digest() is False
    trouble("0")
    promise_digest()
    drain()
    assert len(mailbox) == 3
    assert "- 3 times" in mailbox[1].body
    assert "- once: A payment failed." in mailbox[2].body


@pytest.mark.django_db
def test_a_note_is_mailed_by_the_digest_only(clock, mailbox):
    note("card.declined", "A card was declined.")
    note("card.declined", "A card was declined.")
    drain()
    assert mailbox == []
    promise_digest()
    drain()
    assert "- 2 times: A card was declined." in mailbox[0].body


@pytest.mark.django_db
def test_a_key_of_any_length_is_one_trouble():
    trouble("x" * 500)
    trouble("x" * 500)
    trouble("x" * 499 + "y")
    assert sorted(Alert.objects.values_list("count", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_the_mail_server_away_for_a_day_loses_no_alert(clock, mailbox, settings):
    working = settings.SMTP
    settings.SMTP = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    trouble()
    for _ in range(24):
        drain()
        clock.shift(timedelta(hours=1))
    settings.SMTP = working
    clock.shift(timedelta(hours=1))
    drain()
    assert [mail.subject for mail in mailbox] == ["WITS site: A payment failed."]


@pytest.mark.django_db
def test_what_a_clock_mailed_that_was_days_fast_holds_nothing_back(clock):
    clock.shift(timedelta(days=3))
    for number in range(MAILS_A_DAY):
        trouble(f"fast:{number}", kind=f"kind-{number}")
    assert tell() == MAILS_A_DAY
    clock.shift(-timedelta(days=3))
    trouble("right", kind="kind-1")
    assert tell() == 1
    assert Alert.objects.get(key="right").state == "mailed"

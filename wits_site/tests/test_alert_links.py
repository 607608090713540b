"""Each alert that leads somewhere leads to a page that opens, for a treasurer too, and shows what it is about."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from desk.tests.staff import someone
from membership import money_troubles, stripe_troubles, troubles
from membership.models import Payment
from membership.tests.factories import CaseFactory, MembershipFactory, StripeEventFactory
from outbox import channels, claims, deliver, mails, upkeep
from outbox.errors import TransportError
from outbox.mail_texts import ensure_mail_texts
from outbox.models import Alert, Delivery, MailText

pytestmark = pytest.mark.django_db
# Whoever looks after payments may not change the words of mails: that alert is the Owner's.
OWNERS = {"mail.words"}
WITHOUT_A_PLACE = {"checkout.refused", "webhook.forged", "webhook.other-mode", "reconcile.repaired"}


def everything_that_can_be_told():
    """Every alert there is, made by the code that makes it in earnest."""
    signup = MembershipFactory().signup
    payment = Payment.objects.get()
    case = CaseFactory(signup=signup, payment=payment)
    troubles.does_not_match(case, payment)
    troubles.paid_twice(CaseFactory(signup=signup, payment=payment))
    stripe_troubles.checkout_refused("HTTP 401.")
    troubles.keeps_failing(signup)
    troubles.payment_failed_later(signup)
    troubles.paid_for_nothing_known(CaseFactory(signup=None, payment=None), "cs_test_1")
    due_by = datetime(2026, 9, 30, tzinfo=UTC)
    money_troubles.disputed(CaseFactory(signup=signup, payment=payment, due_by=due_by), 1500, holds=True)
    money_troubles.dispute_over(signup, "du_1", "lost", "The dispute was lost.", now="Payment lost")
    money_troubles.fraud_warned(CaseFactory(signup=signup, payment=payment))
    money_troubles.refund_failed(CaseFactory(signup=signup, payment=payment), 1500)
    stripe_troubles.event_failed(StripeEventFactory())
    stripe_troubles.forged()
    stripe_troubles.other_mode(live=True)
    stripe_troubles.repaired(1)
    stripe_troubles.gone(CaseFactory(signup=signup, payment=payment), "dispute")
    long_ago = timezone.now() - timedelta(days=1)
    Delivery.objects.create(kind="hubspot.contact", key="dead", channel="hubspot")
    deliver.settle(claims.claim(), TransportError("HTTP 400.", permanent=True))
    Delivery.objects.create(kind="stripe.customer", key="late", channel="stripe", attempts=3, trying_since=long_ago)
    upkeep.watch_channels()
    channels.refuse("hubspot", "HTTP 401.", timezone.now())
    ensure_mail_texts()
    MailText.objects.filter(key="welcome").update(edited=True, body="Hello {nobody}")
    mails.words_in_use(mails.mail_kind("welcome"))


def test_each_link_opens_for_whoever_has_to_act(client):
    everything_that_can_be_told()
    alerts = list(Alert.objects.all())
    assert {alert.kind for alert in alerts if not alert.link} == WITHOUT_A_PLACE
    assert len({alert.kind for alert in alerts}) == 18

    for position in ("Treasurer", "Owner"):
        client.force_login(someone(position))
        for alert in alerts:
            if alert.link and not (position == "Treasurer" and alert.kind in OWNERS):
                assert client.get(alert.link).status_code == 200, (position, alert.kind, alert.link)


def test_a_link_to_a_list_shows_what_waits_and_nothing_else(client):
    everything_that_can_be_told()
    client.force_login(someone("Treasurer"))
    page = client.get(Alert.objects.get(kind="channel.away").link)
    assert [row.key for row in page.context["object_list"]] == ["late"]


def test_no_alert_names_a_person():
    everything_that_can_be_told()
    for alert in Alert.objects.all():
        for secret in ("alice", "van doorn", "@uwo.example"):
            assert secret not in f"{alert.what} {alert.done} {alert.todo} {alert.link} {alert.key}".lower()

"""A link that is for members first reaches members, and mails nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.tests.factories import OpportunityPageFactory
from membership import first_to_know
from membership.models import Membership
from membership.standing import is_member
from membership.tests.factories import MembershipFactory
from outbox.models import Delivery


@pytest.fixture
def page(db):
    return OpportunityPageFactory(title="Try this", apply_link="https://a.example/secret", members_days=3)


@pytest.fixture
def member(db):
    return MembershipFactory().member


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr("outbox.mails.send_now", found.append)
    return found


def ask(page, email):
    first_to_know.send_to_member(email, page.pk)
    for delivery in Delivery.objects.filter(kind=first_to_know.KIND, state=Delivery.State.WAITING):
        first_to_know.send_link(delivery)
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE)


def test_a_member_gets_the_link_in_any_spelling_of_the_address(page, member, sent):
    ask(page, member.email.upper())
    assert sent[0].to == [member.email]
    assert "https://a.example/secret" in sent[0].body
    assert is_member(member.email.upper())


def test_nobody_else_is_mailed_and_nothing_of_them_is_written_down(page, sent):
    ask(page, "stranger@example.com")
    assert sent == []
    assert "stranger" not in str(list(Delivery.objects.values()))
    assert not is_member("stranger@example.com")


def test_who_was_a_member_is_none(page, member, sent):
    Membership.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    ask(page, member.email)
    assert sent == []
    assert not is_member(member.email)


def test_a_mailbox_is_not_filled(page, member, sent):
    for _ in range(3):
        ask(page, member.email)
    assert len(sent) == 1
    for number in range(10):
        ask(OpportunityPageFactory(title=f"Other {number}", members_days=3), member.email)
    assert len(sent) == first_to_know.MAILS_AN_HOUR


def test_nothing_is_sent_of_what_is_over_or_gone(page, member, sent):
    page.last_day = timezone.localdate() - timedelta(days=1)
    page.save()
    ask(page, member.email)
    page.delete()
    ask(OpportunityPageFactory(live=False, members_days=3), member.email)
    assert sent == []

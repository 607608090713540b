"""Who paid on the old site becomes a member, once, with their own dates; what is not clear waits for a person."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from membership import lifecycle, stripe_gateway
from membership.backfill import judging, taking
from membership.deciding import CannotAdopt, accept, leave
from membership.errors import TransportError
from membership.models import Case, Level, Member, Membership, Payment, Signup
from membership.stripe_gateway import OldPayment
from membership.tests.factories import LevelFactory, MemberFactory, MembershipFactory
from outbox.models import Alert, Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn(db):
    with time_machine.travel("2026-10-15T16:00:00Z", tick=False):
        yield LevelFactory()


class OldSite:
    """What the old site left at Stripe."""

    def __init__(self):
        self.payments = []
        self.away = None

    def paid(self, day="2026-09-12", email="maya@uwo.example", name="Mary Anne van Dyk", **changes):
        number = len(self.payments) + 1
        payment = OldPayment(
            session_id=f"cs_test_old{number}",
            payment_intent_id=f"pi_old{number}",
            customer_id=f"cus_old{number}",
            amount_cents=1500,
            currency="cad",
            discount_cents=0,
            paid_at=datetime.fromisoformat(f"{day}T18:00:00+00:00"),
            livemode=False,
            metadata={"name": name, "email": email},
            items=("WITS membership",),
        )
        self.payments.append(replace(payment, **changes))
        return self.payments[-1]

    def listed(self, *, created_since):
        if self.away:
            raise self.away
        return iter([one for one in reversed(self.payments) if one.paid_at >= created_since])


@pytest.fixture
def old_site(monkeypatch, fake_stripe):
    site = OldSite()
    monkeypatch.setattr(stripe_gateway, "list_old_payments", site.listed)
    return site


def run(*options):
    out = io.StringIO()
    call_command("reconcile", "--days", "400", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_who_paid_on_the_old_site_is_a_member_from_that_day_and_gets_no_mail(old_site):
    old_site.paid("2025-11-20", email="Past@uwo.example")
    old_site.paid("2026-09-12")
    said = run()

    assert "a member from 2026-09-12 until 2027-04-30" in said
    assert "2 of the old site's payments: to become a member" in said
    assert "uwo.example" not in said, "names and addresses stay out of the terminal"
    now = Membership.objects.get(member__email="maya@uwo.example")
    assert (now.starts_on, now.ends_on, now.amount_cents) == (date(2026, 9, 12), date(2027, 4, 30), 1500)
    assert (now.member.first_name, now.member.last_name) == ("Mary Anne van Dyk", ""), "a name is not cut"
    assert now.member.created_at == datetime(2026, 9, 12, 18, tzinfo=UTC)
    assert (now.member.stripe_customer_id, now.member.newsletter) == ("cus_old2", False)
    past = Membership.objects.get(member__email="Past@uwo.example")
    assert (past.starts_on, past.ends_on) == (date(2025, 11, 20), date(2026, 4, 30))
    assert not Delivery.objects.filter(kind__startswith="mail.").exists()
    assert not Alert.objects.exists()
    assert Delivery.objects.filter(kind="hubspot.contact").count() == 2
    assert not Case.objects.exists()


def test_a_second_run_changes_nothing(old_site):
    old_site.paid()
    old_site.paid(email="unclear@uwo.example", currency="usd")
    run()
    before = list(Delivery.objects.values_list("key", flat=True))

    assert "Stripe and the members agree." in run()
    assert (Member.objects.count(), Case.objects.count(), Alert.objects.count()) == (1, 1, 1)
    assert list(Delivery.objects.values_list("key", flat=True)) == before


def test_a_dry_run_shows_the_plan_and_changes_nothing(old_site):
    old_site.paid()
    assert "a member from 2026-09-12" in run("--dry-run")
    assert not Signup.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("answer", "members"), [("y", 1), ("", 0), ("no", 0)])
def test_on_a_terminal_nothing_happens_before_a_yes(old_site, monkeypatch, answer, members):
    old_site.paid()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    if members:
        run()
    else:
        with pytest.raises(CommandError, match="Nothing was taken over"):
            run()
    assert Member.objects.count() == members


def test_the_usual_eight_days_leave_the_old_site_alone(old_site):
    old_site.paid("2026-10-14")
    call_command("reconcile", stdout=io.StringIO())
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"currency": "usd"}, "It is in usd, not cad."),
        ({"amount_cents": 2000}, "$20.00 were paid; a membership was $15.00."),
        ({"amount_cents": 1000, "discount_cents": 500}, "A code took $5.00 off."),
        ({"metadata": {"name": "Maya Okafor"}, "payer_email": "maya@home.example"}, "no usable email"),
        ({"metadata": {"name": "Maya", "email": "no address"}}, "no usable email"),
        ({"metadata": {"email": "maya@uwo.example"}}, "no name on it"),
        ({"metadata": {"name": "M", "email": "m@uwo.example", "shirt size": "L"}}, "did not write: shirt size"),
        ({"items": ("Gala ticket",)}, "“Gala ticket”"),
        ({"items": ("WITS membership", "Hoodie"), "quantity": 2}, "More than one thing"),
        ({"quantity": 3}, "More than one thing"),
        ({"refunded_cents": 500}, "$5.00 of it were given back."),
        ({"disputed": True}, "bank disputed it"),
    ],
)
def test_what_is_nearly_a_membership_waits_for_a_person(old_site, changes, why):
    old_site.paid(**changes)
    run()

    assert not Member.objects.exists()
    case = Case.objects.get()
    assert (case.kind, case.is_open) == (Case.Kind.OLD_SITE, True)
    assert why in case.words
    assert "maya" not in case.words.lower()
    assert Signup.objects.get().state == Signup.State.CASE
    assert Alert.objects.get().kind == "payment.old-site"
    assert not Delivery.objects.filter(kind__startswith="mail.").exclude(kind="mail.alert").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": {}},
        {"metadata": {"order": "17"}, "items": ("Hoodie",)},
        {"metadata": {"name": "Maya", "email": "maya@uwo.example"}, "items": ("Hoodie",), "amount_cents": 4000},
        {"metadata": {"name": "M", "email": "m@uwo.example", "event": "gala"}, "items": ("Gala ticket",)},
        {"livemode": True},
        {"refunded_cents": 1500},
    ],
)
def test_other_things_real_money_in_a_test_and_what_was_given_back_stay_out(old_site, changes):
    old_site.paid(**changes)
    run()
    assert not Signup.objects.exists()
    assert not Alert.objects.exists()


def test_of_two_payments_for_one_term_the_second_waits(old_site):
    old_site.paid("2026-09-20", email="MAYA@uwo.example")
    old_site.paid("2026-09-12")
    run()

    assert Membership.objects.get().starts_on == date(2026, 9, 12)
    case = Case.objects.get()
    assert "another time for the same term" in case.words
    assert case.stripe_object_id == "cs_test_old1"


def test_a_renewal_before_the_year_ends_begins_after_it(old_site):
    old_site.paid("2025-09-12")
    old_site.paid("2026-04-10")
    assert "a member from 2026-05-01 until 2027-04-30" in run()
    days = Membership.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(days) == [(date(2025, 9, 12), date(2026, 4, 30)), (date(2026, 5, 1), date(2027, 4, 30))]
    assert Member.objects.count() == 1


def test_who_is_on_the_list_for_that_term_by_an_import_is_left_alone(old_site):
    known = MemberFactory(email="maya@uwo.example")
    MembershipFactory(member=known, signup=None, starts_on=date(2026, 9, 21), ends_on=date(2027, 4, 30))
    old_site.paid()
    assert "on the members list for that term already" in run()
    assert Membership.objects.count() == 1
    assert not Case.objects.exists()


def test_who_joined_here_for_that_term_too_may_have_paid_twice(old_site):
    MembershipFactory(member=MemberFactory(email="maya@uwo.example"), ends_on=date(2027, 4, 30))
    old_site.paid()
    run()
    assert Membership.objects.count() == 1
    assert "another time" in Case.objects.get().words


def test_an_older_term_is_added_beside_a_later_one_from_an_import(old_site):
    known = MemberFactory(email="maya@uwo.example", first_name="Maya")
    MembershipFactory(member=known, signup=None, starts_on=date(2026, 9, 21), ends_on=date(2027, 4, 30))
    old_site.paid("2025-11-20")
    run()
    old = known.memberships.get(signup__from_old_site=True)
    assert (old.starts_on, old.ends_on) == (date(2025, 11, 20), date(2026, 4, 30))
    known.refresh_from_db()
    assert known.first_name == "Maya", "typing an address proves nothing"


def test_a_customer_deleted_at_stripe_is_not_told(old_site):
    old_site.paid(customer_id="")
    run()
    assert Member.objects.get().stripe_customer_id == ""
    assert not Delivery.objects.filter(kind="stripe.customer").exists()


def test_broken_off_halfway_it_goes_on_where_it_stopped(old_site, monkeypatch):
    for number in range(3):
        old_site.paid(email=f"maya{number}@uwo.example")
    whole = taking.settle

    def breaks(signup, payments):
        if signup.email.startswith("maya1"):
            raise ZeroDivisionError("maya1@uwo.example")
        whole(signup, payments)

    with monkeypatch.context() as broken:
        broken.setattr(taking, "settle", breaks)
        with pytest.raises(CommandError, match="1 could not be taken over"):
            run()
    assert Member.objects.count() == 2
    assert Payment.objects.count() == 2

    assert "1 taken over as members" in run()
    assert Member.objects.count() == Membership.objects.count() == 3


def test_who_joins_while_it_runs_is_made_a_member_once(old_site, monkeypatch):
    payment = old_site.paid()
    verdicts = taking.plan(since=payment.paid_at)
    MembershipFactory(member=MemberFactory(email="maya@uwo.example"), ends_on=date(2027, 4, 30))
    assert taking.take_over(verdicts) == taking.Taken(0, 1, [])
    assert Membership.objects.count() == 1


def test_who_joins_at_the_very_moment_is_noticed_too(old_site, monkeypatch):
    payment = old_site.paid()
    whole = taking.settle
    joined = []

    def meanwhile(signup, payments):
        whole(signup, payments)
        if not joined:
            joined.append(True)
            MembershipFactory(member=signup.member, ends_on=date(2027, 4, 30))

    monkeypatch.setattr(taking, "settle", meanwhile)
    taking.take_over(taking.plan(since=payment.paid_at))
    # Here their joining is rolled back too; what counts is that the payment was judged anew.
    assert Membership.objects.count() == 1
    assert Signup.objects.filter(from_old_site=True).count() == 1


def test_a_refund_of_an_old_payment_ends_the_membership_like_any_other(old_site):
    old_site.paid()
    run()
    lifecycle.record_refund({}, payment_intent_id="pi_old1", refunded_cents=1500)
    assert Membership.objects.get().state == Membership.State.REFUNDED


def test_an_unclear_one_is_accepted_or_left(old_site, django_user_model):
    by = django_user_model.objects.create_user("treasurer@wits.example", "treasurer@wits.example", "x")
    old_site.paid(currency="usd")
    old_site.paid(email="other@uwo.example", amount_cents=2000)
    old_site.paid(metadata={"name": "Nobody"}, amount_cents=1500)
    run()
    first, second, nameless = Case.objects.order_by("pk")

    accept(first, by=by)
    leave(second, by=by, note="A ticket.")
    with pytest.raises(CannotAdopt, match="no address"):
        accept(nameless, by=by)

    member = Member.objects.get()
    assert (member.email, member.stripe_customer_id) == ("maya@uwo.example", "cus_old1")
    assert member.memberships.get().starts_on == date(2026, 9, 12)
    assert not Delivery.objects.filter(kind="mail.welcome").exists()
    assert "Stripe and the members agree." in run()


def test_stripe_away_or_no_level_is_said_and_nothing_is_done(old_site):
    old_site.paid()
    old_site.away = TransportError("Stripe did not list Checkout sessions: it could not be reached.")
    with pytest.raises(CommandError, match="could not be reached"):
        run()
    old_site.away = None
    Level.objects.filter(slug="wits-member").update(slug="renamed")
    with pytest.raises(CommandError, match="no level"):
        run()
    assert not Signup.objects.exists()


@pytest.mark.parametrize("name", ["name", "Full Name", "full_name", "preferred-name"])
@pytest.mark.parametrize("email", ["email", "school_email", "Email"])
def test_however_the_old_site_spelled_its_notes(old_site, name, email):
    payment = old_site.paid(metadata={name: "Maya", email: "maya@uwo.example"})
    rules = judging.Rules(livemode=False, last_day=lambda day: date(2027, 4, 30))
    assert judging.judge(payment, rules, []).kind == judging.Kind.MEMBER

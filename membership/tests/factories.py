"""Invented levels, signups, members and events, for tests and for looking at the admin's lists."""

import uuid
from datetime import date, timedelta

import factory
from django.utils import timezone

from membership.addresses import email_key
from membership.models import Case, Level, Member, Membership, Payment, Perk, Signup, StripeEvent


class LevelFactory(factory.django.DjangoModelFactory):
    """A paid level until the membership year ends. `free=True` makes it the free one."""

    class Meta:
        model = Level
        django_get_or_create = ("slug",)

    class Params:
        free = factory.Trait(slug="general", name="General member", price_cents=0, sort_order=10)

    slug = "wits-member"
    name = "WITS member"
    summary = "Every perk."
    price_cents = 1500
    sort_order = 20
    stripe_product_id = factory.LazyAttribute(lambda level: f"prod_{level.slug}" if level.price_cents else "")


class PerkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perk
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Perk {n}")
    sort_order = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        """`PerkFactory(levels=[level])`."""
        if create and extracted:
            self.levels.set(extracted)


class SignupFactory(factory.django.DjangoModelFactory):
    """A signup that stands on Stripe's page. `completed=True` paid; `unconfirmed=True` is free and waits."""

    class Meta:
        model = Signup
        skip_postgeneration_save = True

    class Params:
        started = factory.Trait(
            state=Signup.State.STARTED, attempt=0, stripe_session_id=None, checkout_url="", session_expires_at=None
        )
        unconfirmed = factory.Trait(
            level=factory.SubFactory(LevelFactory, free=True),
            state=Signup.State.UNCONFIRMED,
            attempt=0,
            stripe_session_id=None,
            checkout_url="",
            session_expires_at=None,
        )
        completed = factory.Trait(
            state=Signup.State.COMPLETED,
            paid_at=factory.LazyFunction(timezone.now),
            stripe_customer_id=factory.Sequence(lambda n: f"cus_test_{n:06}"),
            payment=factory.RelatedFactory("membership.tests.factories.PaymentFactory", "signup"),
        )

    nonce = factory.LazyFunction(lambda: uuid.uuid4().hex)
    level = factory.SubFactory(LevelFactory)
    amount_cents = factory.SelfAttribute("level.price_cents")
    first_name = "Alice"
    last_name = "van Doorn"
    email = factory.Sequence(lambda n: f"alice{n}@uwo.example")
    email_key = factory.LazyAttribute(lambda signup: email_key(signup.email))
    attempt = 1
    state = Signup.State.OPEN
    stripe_session_id = factory.Sequence(lambda n: f"cs_test_{n:06}")
    checkout_url = factory.LazyAttribute(lambda signup: f"https://checkout.stripe.example/{signup.stripe_session_id}")
    session_expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class PaymentFactory(factory.django.DjangoModelFactory):
    """What was paid in a signup's session."""

    class Meta:
        model = Payment

    signup = factory.SubFactory(SignupFactory)
    session_id = factory.SelfAttribute("signup.stripe_session_id")
    payment_intent_id = factory.Sequence(lambda n: f"pi_test_{n:06}")
    amount_cents = factory.SelfAttribute("signup.amount_cents")
    paid_at = factory.LazyFunction(timezone.now)


class CaseFactory(factory.django.DjangoModelFactory):
    """A payment that does not match its join form, and waits. `settled=True`: somebody left it as it is."""

    class Meta:
        model = Case

    class Params:
        settled = factory.Trait(settled_at=factory.LazyFunction(timezone.now), settlement=Case.Settlement.KEPT)

    kind = Case.Kind.MISMATCH
    key = factory.Sequence(lambda n: f"mismatch:cs_test_{n:06}")
    words = "It is in usd, not cad."
    payment = factory.SubFactory(
        PaymentFactory,
        problem="It is in usd, not cad.",
        signup__state=Signup.State.CASE,
        signup__case_reason="It is in usd, not cad.",
    )
    signup = factory.SelfAttribute("payment.signup")


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    first_name = "Alice"
    last_name = factory.Sequence(lambda n: f"van Doorn {n}")
    email = factory.Sequence(lambda n: f"member{n}@uwo.example")
    email_key = factory.LazyAttribute(lambda member: email_key(member.email))
    stripe_customer_id = factory.Sequence(lambda n: f"cus_member_{n:06}")
    hubspot_contact_id = factory.Sequence(lambda n: f"{900_000 + n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A running membership with the completed signup it came from."""

    class Meta:
        model = Membership

    member = factory.SubFactory(MemberFactory)
    level = factory.SubFactory(LevelFactory)
    signup = factory.SubFactory(
        SignupFactory,
        completed=True,
        level=factory.SelfAttribute("..level"),
        member=factory.SelfAttribute("..member"),
        first_name=factory.SelfAttribute("..member.first_name"),
        last_name=factory.SelfAttribute("..member.last_name"),
        email=factory.SelfAttribute("..member.email"),
    )
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    ends_on = factory.LazyAttribute(lambda membership: date(membership.starts_on.year + 1, 4, 30))
    amount_cents = factory.SelfAttribute("level.price_cents")


class StripeEventFactory(factory.django.DjangoModelFactory):
    """A `checkout.session.completed` that was dealt with."""

    class Meta:
        model = StripeEvent

    event_id = factory.Sequence(lambda n: f"evt_test_{n:06}")
    type = "checkout.session.completed"
    livemode = False
    object_id = factory.Sequence(lambda n: f"cs_test_{n:06}")
    created = factory.LazyFunction(timezone.now)
    processed_at = factory.LazyFunction(timezone.now)
    state = StripeEvent.State.PROCESSED
    outcome = "Paid: the membership was written."
    payload = factory.LazyAttribute(
        lambda event: {"id": event.event_id, "type": event.type, "data": {"object": {"id": event.object_id}}}
    )

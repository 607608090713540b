"""The Hypothesis machine: any sequence of deeds and deliveries, and at its end the same history told otherwise."""

import random

from django.db.models import F, Q, Sum
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from membership.models import Membership, Payment, Refund
from outbox.models import Alert, Delivery
from wits_site.tests.weather.afterwards import Afterwards
from wits_site.tests.weather.agreement import check, come_to_rest, end_of
from wits_site.tests.weather.deeds import FAULTS, FEW, PICK
from wits_site.tests.weather.ground import fresh_world
from wits_site.tests.weather.world import World

PARTNERS = st.sampled_from(["stripe", "hubspot", "mail"])


class Weather(Afterwards):
    """One world: to its deeds comes what the post and the site do, which must make no difference."""

    # The post

    @precondition(lambda self: self.post.on_the_way())
    @rule(pick=PICK, way=st.sampled_from(["once", "twice", "in vain", "with all others"]))
    def tell(self, pick, way):
        event = self.some(self.post.on_the_way(), pick)
        if way == "in vain":
            self.post.tell_in_vain(event)
        elif way == "with all others":
            self.post.tell_all(self.chance)
        else:
            for _ in range(2 if way == "twice" else 1):
                self.post.tell(event)

    @precondition(lambda self: self.post.heard)
    @rule(pick=PICK)
    def tell_again(self, pick):
        heard = [event for event in self.post.events() if event["id"] in self.post.heard]
        self.post.tell(self.some(heard, pick))

    @precondition(lambda self: self.post.may_be_lost())
    @rule(pick=PICK)
    def drop(self, pick):
        self.post.drop(self.some(self.post.may_be_lost(), pick))

    # The site

    @rule(what=st.sampled_from(["work", "work", "keep_schedule", "reconcile", "night"]))
    def site(self, what):
        getattr(self.post, what)()

    @precondition(lambda self: len(self.post.faults) < FEW)
    @rule(
        vendor=st.sampled_from(["stripe", "hubspot", "mail"]), kind=st.sampled_from(FAULTS), times=st.integers(1, 5)
    )
    def trouble(self, vendor, kind, times):
        self.post.faults.append({"vendor": vendor, "kind": kind, "times": times})

    @precondition(lambda self: self.post.faults)
    @rule()
    def trouble_is_over(self):
        self.post.faults = []

    # What holds at any time

    @invariant()
    def nobody_is_a_member_for_nothing(self):
        numbers = {form.uuid: number for number, form in enumerate(self.world.forms)}
        for membership in Membership.objects.exclude(signup=None).select_related("signup"):
            number = numbers[str(membership.signup.uuid)]
            paid = any(visit["payment_status"] != "unpaid" for visit in self.world.visits(number))
            assert paid or self.world.forms[number].confirmed

    @invariant()
    def no_more_is_given_back_than_was_paid(self):
        asked = Q(refunds__state__in=[*Refund.AT_STRIPE, Refund.State.ASKED])
        payments = Payment.objects.exclude(paid_at=None).annotate(back=Sum("refunds__amount_cents", filter=asked))
        assert not payments.filter(Q(back__gt=F("amount_cents")) | Q(refunded_cents__gt=F("amount_cents"))).exists()

    @invariant()
    def what_is_given_up_is_told(self):
        for pk in Delivery.objects.filter(state=Delivery.State.DEAD).values_list("pk", flat=True):
            assert Alert.objects.filter(kind="delivery.dead", key__startswith=f"delivery.dead:{pk}:").exists()

    def teardown(self):
        """The end of this world, and then of another with the same history and another post."""
        if not hasattr(self, "stack"):
            return
        with self.stack:
            if not self.ended_well:
                return
            come_to_rest(self.world)
            check(self.world)
            end = end_of(self.world)
        assert tell_otherwise(self.world.history, self.seed, self.beginning) == end, (
            "the end depends on the order of arrival"
        )


def tell_otherwise(history, seed: int, beginning: str):
    """Live through the same history, with events that arrive in another order, more than once, or not at all."""
    chance = random.Random(f"otherwise {seed}")
    with fresh_world(random.Random(seed), beginning) as world:
        for deed, how in history:
            _let_some_arrive(world, chance)
            world.do(deed, **how)
        come_to_rest(world)
        check(world)
        return end_of(world)


def _let_some_arrive(world: World, chance: random.Random) -> None:
    post = world.post
    for event in chance.sample(post.on_the_way(), k=min(len(post.on_the_way()), chance.choice((0, 0, 1, 2)))):
        if chance.random() < 0.1 and event in post.may_be_lost():
            post.drop(event)
            continue
        if chance.random() < 0.1:
            post.tell_in_vain(event)
        for _ in range(chance.choice((1, 1, 2))):
            post.tell(event)
    if post.events() and chance.random() < 0.1:
        post.tell(chance.choice(post.events()))
    if chance.random() < 0.15:
        post.work()
    if chance.random() < 0.05:
        post.reconcile()

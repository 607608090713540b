"""The Hypothesis machine: any sequence of deeds and deliveries, and at its end the same history told otherwise."""

import random

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from membership.models import Membership
from outbox.models import Alert, Delivery
from wits_site.tests.weather.agreement import check, come_to_rest, end_of
from wits_site.tests.weather.deeds import FAULTS, PICK, Deeds
from wits_site.tests.weather.ground import fresh_world
from wits_site.tests.weather.world import World


class Weather(Deeds):
    """One world: to its deeds comes what the post and the site do, which must make no difference."""

    # The post

    @precondition(lambda self: self.post.on_the_way())
    @rule(pick=PICK, copies=st.integers(1, 2))
    def tell(self, pick, copies):
        event = self.some(self.post.on_the_way(), pick)
        for _ in range(copies):
            self.post.tell(event)

    @precondition(lambda self: self.post.events())
    @rule(pick=PICK)
    def tell_again(self, pick):
        self.post.tell(self.some(self.post.events(), pick))

    @precondition(lambda self: self.post.on_the_way())
    @rule()
    def tell_all(self):
        self.post.tell_all(self.chance)

    @precondition(lambda self: self.post.may_be_lost())
    @rule(pick=PICK)
    def drop(self, pick):
        self.post.drop(self.some(self.post.may_be_lost(), pick))

    # The site

    @rule()
    def work(self):
        self.post.work()

    @rule()
    def keep_schedule(self):
        self.post.keep_schedule()

    @rule()
    def reconcile(self):
        self.post.reconcile()

    @rule()
    def night(self):
        self.post.night()

    @rule(vendor=st.sampled_from(["stripe", "hubspot"]), kind=st.sampled_from(FAULTS), times=st.integers(1, 5))
    def trouble(self, vendor, kind, times):
        self.post.faults.append({"vendor": vendor, "kind": kind, "times": times})

    @precondition(lambda self: self.post.faults)
    @rule()
    def trouble_is_over(self):
        self.post.faults = []

    # What holds at any time

    @invariant()
    def nobody_is_a_member_for_nothing(self):
        for membership in Membership.objects.select_related("signup"):
            uuid = str(membership.signup.uuid)
            form = next(form for form in self.world.forms if form.uuid == uuid)
            number = self.world.forms.index(form)
            paid = any(visit["payment_status"] != "unpaid" for visit in self.world.visits(number))
            assert paid or form.confirmed

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
        assert tell_otherwise(self.world.history, self.seed) == end, "the end depends on the order of arrival"


def tell_otherwise(history, seed: int):
    """Live through the same history, with events that arrive in another order, more than once, or not at all."""
    chance = random.Random(f"otherwise {seed}")
    with fresh_world(random.Random(seed)) as world:
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
        for _ in range(chance.choice((1, 1, 2))):
            post.tell(event)
    if post.events() and chance.random() < 0.1:
        post.tell(chance.choice(post.events()))
    if chance.random() < 0.15:
        post.work()
    if chance.random() < 0.05:
        post.reconcile()

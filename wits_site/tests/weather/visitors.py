"""What people do: fill in the form, follow its mail, pay on Stripe's page, or not."""

from datetime import timedelta

from django.utils import timezone

from membership import joining, lifecycle, stripe_gateway
from membership.errors import JoiningClosed, TransportError
from membership.joining import JoinData, Next, Started
from membership.models import Signup
from sandbox.stripe_api import paying, promotions
from sandbox.stripe_api.checkout import open_session
from wits_site.tests.weather.people import LEVELS, PEOPLE, STRANGER, Form
from wits_site.tests.weather.surroundings import Surroundings

GOOD, BAD = "4242424242424242", "4000000000000002"
HALF_A_DAY = timedelta(hours=12)
# Ways in which a payment is not what the form asked for.
ODD = {
    "sum": {"amount_total": 1300, "amount_subtotal": 1300},
    "currency": {"currency": "usd"},
    "form": {"client_reference_id": "00000000-0000-4000-8000-000000000000"},
    "mode": {"livemode": True},
}


class Visitors(Surroundings):
    # Joining

    def join(self, person: int, level: str, spelling: int = 0, fault: str = "", times: int = 1) -> None:
        """Fill in a new form and send it. Stripe may fail (`fault`) so many times while it is."""
        form = Form(
            person=PEOPLE[person],
            level=level,
            nonce=f"nonce-{len(self.forms)}",
            uuid="",
            sent_at=timezone.now(),
            price=int(LEVELS[level]["price_cents"]),
            in_trouble=bool(fault),
        )
        self._send(form, spelling, fault, times)
        signup = Signup.objects.filter(nonce=form.nonce).first()
        assert (signup is None) == (not self.joining_open)
        if signup is not None:
            form.uuid = str(signup.uuid)
            self.forms.append(form)

    def again(self, form: int, spelling: int = 0) -> None:
        """Send the same form once more: a double click, the back button, another try after something failed."""
        self.post.tell_all_of(self.forms[form].uuid)
        before = self.visits(form)
        paid = any(session["status"] == "complete" for session in before)
        failed = not self.is_waiting(form) and not any(s["payment_status"] != "unpaid" for s in before)
        started = self._send(self.forms[form], spelling)
        if paid and not failed:
            assert started is None or started.next == Next.NOTHING
            assert len(self.visits(form)) == len(before), "who paid was sent to pay once more"

    def is_young(self, form: int) -> bool:
        """Whether its page may still be open, and the link that was mailed still works: both for half a day."""
        return timezone.now() - self.forms[form].sent_at < HALF_A_DAY and not self.forms[form].adopted

    def is_waiting(self, form: int) -> bool:
        return any(paying.is_waiting(self.state, session) for session in self.visits(form))

    def confirm(self, form: int) -> None:
        """Press the button that the mail leads to."""
        signup = Signup.objects.get(uuid=self.forms[form].uuid)
        lifecycle.confirm_free(str(signup.uuid), signup.attempt)
        self.forms[form].confirmed = True

    def _send(self, form: Form, spelling: int, fault: str = "", times: int = 1) -> Started | None:
        who = form.person
        data = JoinData(
            nonce=form.nonce,
            level=form.level,
            price_seen=form.price,
            first_name=who.first_name,
            last_name=who.last_name,
            email=who.addresses[spelling % len(who.addresses)].strip(),
            newsletter=who.newsletter,
            newsletter_text="Send me the newsletter." if who.newsletter else "",
        )
        if fault:
            self.state.faults.add({"vendor": "stripe", "kind": fault, "times": times})
        try:
            return joining.start(data)
        except JoiningClosed:
            assert not self.joining_open
        except TransportError:
            assert fault, "nothing is wrong at Stripe, but one cannot join"
        finally:
            self.state.faults.clear()
        return None

    # On Stripe's page

    def pay(self, form: int, visit: int, card: str = GOOD) -> None:
        answer = self.wire.post(f"/pay/{self.visits(form)[visit]['id']}", data={"quick": card})
        assert answer.status_code == (402 if card == BAD else 303)

    def use_code(self, form: int, visit: int, code: str) -> None:
        """A promotion code takes something off the price, or all of it."""
        with self.state.change():
            promotions.discount(self.state, self.visits(form)[visit], code, None)

    def pay_oddly(self, form: int, visit: int, odd: str) -> None:
        """Pay what is not what the form asked for: another sum, currency or form, or in Stripe's other mode."""
        with self.state.change():
            self.state["checkout.session"].put({**self.visits(form)[visit], **ODD[odd]})
        self.pay(form, visit)

    def pay_slowly(self, form: int, visit: int) -> None:
        self.act(f"/pay/{self.visits(form)[visit]['id']}/slow", 303)

    def settle_slow(self, form: int, visit: int, arrives: bool) -> None:
        """Days later: the slow money arrives, or does not."""
        outcome = "succeeded" if arrives else "failed"
        self.act(f"/pay/{self.visits(form)[visit]['id']}/settle", 200, outcome=outcome)

    def run_out(self, form: int, visit: int) -> None:
        self.act(f"/pay/{self.visits(form)[visit]['id']}/expire", 200)

    def recover(self, form: int, visit: int) -> None:
        """Follow the link in Stripe's own mail: another visit, which the site never asked for."""
        answer = self.wire.get(f"/recover/{self.visits(form)[visit]['id']}")
        assert answer.status_code == 303

    def come_back(self, form: int, visit: int) -> None:
        """The person returns to the site from Stripe's page. No deed of its own: it may happen, or not."""
        session = stripe_gateway.retrieve_session(self.visits(form)[visit]["id"])
        lifecycle.complete(session)

    # From elsewhere

    def stranger_pays(self, marked: bool) -> None:
        """Somebody pays who came from another copy of the site, or (not `marked`) from the club's shop."""
        signup = f"00000000-0000-4000-8000-{len(self.state['checkout.session']):012}"
        marks = {"wits": "join", "signup": signup, "level": "wits-member"} if marked else {}
        marks |= {"first_name": STRANGER.first_name, "last_name": STRANGER.last_name} if marked else {}
        made_of = {
            "client_reference_id": signup,
            "customer_creation": "always",
            "metadata": marks,
            "payment_intent_data": {"metadata": marks},
        }
        item = {"id": "li", "amount_total": 4000, "amount_subtotal": 4000, "currency": "cad"}
        with self.state.change():
            session = open_session(self.state, made_of, None, [item], "cad")
            paying.pay(self.state, session, paying.Payer(STRANGER.key, "S. Novak", GOOD))
        if marked:
            self.strange.append(session["id"])

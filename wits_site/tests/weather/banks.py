"""What banks do, and what somebody does in Stripe's dashboard, after a payment."""

from wits_site.tests.weather.surroundings import Surroundings


class Banks(Surroundings):
    def refund(self, form: int, visit: int, dollars: str = "") -> None:
        """Somebody gives back so much, or all that is left, in Stripe's dashboard."""
        charge = self.charge_of(form, visit)
        self.act(f"/charges/{charge['id']}/refund", 200, **({"amount": dollars} if dollars else {}))

    def bounce(self, form: int, visit: int, refund: int) -> None:
        """The person's bank sends a refund back."""
        self.act(f"/refunds/{self.refunds(form, visit)[refund]['id']}/fail", 200)

    def dispute(self, form: int, visit: int) -> None:
        self.act(f"/charges/{self.charge_of(form, visit)['id']}/dispute", 200)

    def answer_dispute(self, form: int, visit: int) -> None:
        self.act(f"/disputes/{self.dispute_of(form, visit)['id']}/answer", 200)

    def close_dispute(self, form: int, visit: int, won: bool) -> None:
        dispute = self.dispute_of(form, visit)
        self.act(f"/disputes/{dispute['id']}/close", 200, outcome="won" if won else "lost")

    def warn(self, form: int, visit: int) -> None:
        """The card's network warns that the card may have been stolen."""
        self.act(f"/charges/{self.charge_of(form, visit)['id']}/warn", 200)

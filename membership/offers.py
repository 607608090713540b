"""What the join page offers: the open levels with today's prices and dates, and what each brings."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from home import registry
from membership import words
from membership.models import Level, MembershipSettings, Perk
from membership.terms import last_day

CURRENCY_SIGNS = {"cad": "$"}


@dataclass(frozen=True)
class Offer:
    """One level as a visitor sees it today. `price` and `until` are words; `price_cents` is in cents."""

    slug: str
    name: str
    price: str
    price_cents: int
    summary: str
    eligibility: str
    until: str
    pk: int

    @property
    def is_free(self) -> bool:
        return self.price_cents == 0


@dataclass(frozen=True)
class PerkRow:
    """One perk, and for each level of the table whether it brings it."""

    title: str
    note: str
    marks: list[tuple[Offer, bool]]


@dataclass(frozen=True)
class PerkGroup:
    """Perks under common words; without words they are for everyone at the level."""

    title: str
    rows: list[PerkRow]


@dataclass(frozen=True)
class Offers:
    """Everything open for joining; empty when joining is closed. `until` is the end of the membership year."""

    levels: list[Offer] = field(default_factory=list)
    perks: list[PerkGroup] = field(default_factory=list)
    until: str = ""

    @property
    def columns(self) -> list[Offer]:
        """The levels as columns of the perks table."""
        return _by_price(self.levels)

    @property
    def width(self) -> int:
        """How many columns the perks table has: the perk's own, and one for each level."""
        return len(self.levels) + 1

    @property
    def some_free(self) -> bool:
        return any(offer.is_free for offer in self.levels)

    @property
    def some_paid(self) -> bool:
        return any(not offer.is_free for offer in self.levels)

    @property
    def seen_prices(self) -> str:
        """What the form carries to tell which prices this visitor was shown: `general=0,wits-member=1500`."""
        return ",".join(f"{offer.slug}={offer.price_cents}" for offer in self.levels)

    def find(self, slug: str) -> Offer | None:
        """The open level of that slug."""
        return next((offer for offer in self.levels if offer.slug == slug), None)


def price_words(cents: int, currency: str = "cad") -> str:
    """1500 becomes `$15`, 1250 `$12.50`, 0 `Free`."""
    if cents == 0:
        return words.FREE
    amount = f"{cents // 100:,}" if cents % 100 == 0 else f"{cents / 100:,.2f}"
    sign = CURRENCY_SIGNS.get(currency)
    return f"{sign}{amount}" if sign else f"{amount} {currency.upper()}"


def date_words(day: date) -> str:
    """30 April 2027."""
    return date_format(day, "j F Y")


def read_seen_prices(seen: str) -> dict[str, int]:
    """The prices a form says its visitor was shown, in cents; what is not readable was not seen."""
    prices = {}
    for part in seen.split(","):
        slug, _, cents = part.partition("=")
        if cents.isascii() and cents.isdigit() and len(cents) < 10:
            prices[slug] = int(cents)
    return prices


def todays_offers() -> Offers:
    """Today's offers, from the levels and settings as they are now; no levels when joining is closed."""
    plan = MembershipSettings.load()
    today = timezone.localdate()
    until = date_words(plan.year_end_after(today))
    if not plan.joining_open:
        return Offers(until=until)
    levels = [_offer(level, last_day(level, today, plan)) for level in Level.objects.filter(is_open=True)]
    return Offers(levels, _perks(levels), until)


def on_the_home_page() -> list[registry.Offer]:
    """The open levels for the home page's last band, the paid one first; none when joining is closed."""
    if not MembershipSettings.load().joining_open:
        return []
    levels = Level.objects.filter(is_open=True).order_by("-price_cents", "sort_order")
    return [
        registry.Offer(price_words(level.price_cents, level.currency), level.name, level.eligibility)
        for level in levels
    ]


def _by_price(levels: list[Offer]) -> list[Offer]:
    """The columns of the perks table: what costs more, and brings more, stands further right."""
    return sorted(levels, key=lambda offer: offer.price_cents)


def _offer(level: Level, until: date | None) -> Offer:
    return Offer(
        slug=level.slug,
        name=level.name,
        price=price_words(level.price_cents, level.currency),
        price_cents=level.price_cents,
        summary=level.summary,
        eligibility=level.eligibility,
        until=words.UNTIL.format(date=date_words(until)) if until else words.NO_END,
        pk=level.pk,
    )


def _perks(levels: list[Offer]) -> list[PerkGroup]:
    """The rows of the table: perks of some open level, those for everyone first, then group by group."""
    open_pks = {offer.pk for offer in levels}
    columns = _by_price(levels)
    groups: dict[str, list[PerkRow]] = {"": []}
    for perk in Perk.objects.prefetch_related("levels"):
        theirs = {level.pk for level in perk.levels.all()}
        if theirs & open_pks:
            row = PerkRow(perk.title, perk.note, [(offer, offer.pk in theirs) for offer in columns])
            groups.setdefault(perk.group, []).append(row)
    return [PerkGroup(title, rows) for title, rows in groups.items() if rows]

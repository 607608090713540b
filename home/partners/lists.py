"""Who stands in public lists today. The queries do not depend on how many there are."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from home.gathering import gather
from home.partners.records import Partner, PartnerTier, PastSpeaker


@dataclass(frozen=True)
class Tier:
    """A tier with its partners of today."""

    tier: PartnerTier
    partners: list[Partner]


@dataclass(frozen=True)
class Year:
    """Who came to speak in a year."""

    year: int
    speakers: list[PastSpeaker]


def partners_today() -> QuerySet[Partner]:
    """Whose agreement has begun and not ended: its last day is over at midnight in Toronto. Highest tier first."""
    today = timezone.localdate()
    running = Partner.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
    return running.select_related("tier", "logo").prefetch_related("logo__renditions")


def tiers_and_years() -> tuple[list[Tier], list[Year]]:
    """Today's partners by tier, and everybody who came to speak, the latest year first; none of them empty.

    Their pictures are read together.
    """
    partners = list(partners_today().select_related(None).prefetch_related(None).select_related("tier"))
    speakers = list(PastSpeaker.objects.all())
    gather(*partners, *speakers)
    by_tier = groupby(partners, key=lambda partner: partner.tier)
    by_year = groupby(speakers, key=lambda speaker: speaker.year)
    return (
        [Tier(tier, list(of_tier)) for tier, of_tier in by_tier],
        [Year(year, list(of_year)) for year, of_year in by_year],
    )

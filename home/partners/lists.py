"""Who stands in public lists today. The queries do not depend on how many there are."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

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


def tiers_today() -> list[Tier]:
    """Today's partners by tier; a tier without any is left out."""
    grouped = groupby(partners_today(), key=lambda partner: partner.tier)
    return [Tier(tier, list(partners)) for tier, partners in grouped]


def speakers_by_year() -> list[Year]:
    """Everybody who came to speak, the latest year first."""
    speakers = PastSpeaker.objects.select_related("picture").prefetch_related("picture__renditions")
    return [Year(year, list(of_year)) for year, of_year in groupby(speakers, key=lambda speaker: speaker.year)]

"""What the site knows of itself, for all of the first steps together."""

from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

from desk.models import FirstStep, User
from home.first_small_print import is_untouched, small_print
from home.people.page import TeamPage
from home.people.records import Role
from home.site_settings import SiteSettings
from home.standard_page import StandardPage
from membership.models import Level
from membership.money import dollars
from outbox.models import MailSettings

# What somebody has to have looked at once.
TO_BE_SAVED: tuple[type[Model], ...] = (SiteSettings, Level)


class Known:
    """Each question to the database is asked once, and only where a step needs it."""

    @cached_property
    def rows(self) -> dict[str, FirstStep]:
        return {row.slug: row for row in FirstStep.objects.all()}

    @cached_property
    def saved(self) -> set[type[Model]]:
        """Which of these somebody has saved in the admin."""
        kinds = ContentType.objects.get_for_models(*TO_BE_SAVED)
        entries = ModelLogEntry.objects.filter(content_type__in=kinds.values())
        there = set(entries.order_by().values_list("content_type", flat=True).distinct())
        return {model for model, kind in kinds.items() if kind.pk in there}

    @cached_property
    def club(self) -> SiteSettings:
        return SiteSettings.load()

    @cached_property
    def prices(self) -> list[str]:
        return [
            f"{level.name}: {'free' if level.is_free else dollars(level.price_cents)}"
            for level in Level.objects.all()
        ]

    @cached_property
    def small_print(self) -> list[str]:
        words = {True: "as it came with the site", False: "yours"}
        return [f"{page.title}: {words[is_untouched(page)]}" for page in self._small_print]

    @property
    def has_own_small_print(self) -> bool:
        """Whether somebody has saved each of its pages; those that were taken away ask for nothing."""
        return not any(is_untouched(page) for page in self._small_print)

    @cached_property
    def _small_print(self) -> list[StandardPage]:
        return list(small_print())

    @cached_property
    def accounts(self) -> int:
        """Of people who can sign in."""
        return User.objects.filter(is_active=True).count()

    @cached_property
    def has_page(self) -> bool:
        return TeamPage.objects.live().exists()

    @cached_property
    def has_team(self) -> bool:
        return self.has_page and Role.objects.filter(person__isnull=False).exists()

    @property
    def team(self) -> str:
        if not self.has_page:
            return "There is no page for the team yet."
        return "The page is there." if self.has_team else "The page is there, and nobody on it yet."

    @property
    def stripe_keys(self) -> list[str]:
        """Whether they are there, and what kind they are; never the keys."""
        kind = "for a rehearsal: no money moves" if settings.STRIPE_TEST_MODE else "real"
        return [
            f"Key: {f'set, {kind}' if settings.STRIPE_SECRET_KEY else 'not set'}",
            f"Signing secret, with which Stripe’s messages are signed: {_set(settings.STRIPE_WEBHOOK_SECRETS)}",
        ]

    @property
    def hubspot_keys(self) -> list[str]:
        return [f"Key: {_set(settings.HUBSPOT_ACCESS_TOKEN)}"]

    @property
    def sender(self) -> list[str]:
        return [
            f"Mails come from {settings.DEFAULT_FROM_EMAIL}; a maintainer can change that on the server.",
            f"Replies go to {MailSettings.load().reply_to}.",
        ]


def _set(key: object) -> str:
    return "set" if key else "not set"

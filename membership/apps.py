from datetime import time, timedelta

from django.apps import AppConfig
from django.urls import reverse


class MembershipConfig(AppConfig):
    """Levels, the join form, Checkout, the webhook, members, HubSpot."""

    name = "membership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only once the apps are loaded.
        from home import old_paths, registry, wishes  # noqa: PLC0415
        from home.attention import lines  # noqa: PLC0415
        from membership import (  # noqa: PLC0415
            attention,
            contact_batches,
            corrections,
            deliveries,
            emails,
            erasing,
            first_to_know,
            housekeeping,
            inbox,
            offers,
            reconciliation,
            standing,
            unsettled,
        )
        from membership.imports import running  # noqa: PLC0415
        from outbox.figures import register_trouble  # noqa: PLC0415
        from outbox.schedule import schedule  # noqa: PLC0415

        old_paths.register("membership", old_paths.page_of("membership.JoinPage"))
        old_paths.register("success", lambda request: reverse("membership:welcome"))
        old_paths.register("cancel", old_paths.page_of("membership.JoinPage"))
        lines.register(lines.PAYMENTS, attention.find_payments)
        contact_batches.register_all()
        deliveries.register_all()
        emails.register_all()
        first_to_know.register_all()
        wishes.register("erase", erasing.erased_since, erasing.erase_again)
        wishes.register("no-newsletter", corrections.no_newsletter_since, corrections.no_newsletter)
        registry.register_member_post(first_to_know.send_to_member)
        running.register_all()
        registry.register_offers(offers.on_the_home_page)
        registry.register_perks(offers.todays_offers)
        registry.register_members(standing.is_member)
        schedule("membership.reconcile", reconciliation.reconcile_by_schedule, every=timedelta(hours=1))
        schedule("membership.waited", inbox.take_in_what_waited, every=timedelta(hours=1))
        schedule("membership.prune", housekeeping.prune_by_schedule, daily_at=time(3, 30))
        schedule("membership.hubspot", contact_batches.begin_check, daily_at=time(4, 30))
        schedule("membership.ended", housekeeping.tell_of_ended, daily_at=time(4, 0))
        register_trouble("cases that wait for a person", unsettled.count_cases)
        register_trouble("messages from Stripe that failed", unsettled.count_failed_events)

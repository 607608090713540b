from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events; the home page shows the next ones through the registry."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from events import attention, listing, samples  # noqa: PLC0415 - models are ready only now
        from events.pages import EventPage  # noqa: PLC0415
        from home import old_paths, registry  # noqa: PLC0415
        from home.attention import lines  # noqa: PLC0415
        from home.broken_links.collecting import leave_out  # noqa: PLC0415

        old_paths.register("events", old_paths.page_of("events.EventsIndexPage"))
        lines.register(lines.DATES, attention.find_empty_calendar)
        leave_out(EventPage, EventPage.objects.over)
        registry.register_upcoming(listing.next_events)
        registry.register_samples(samples.TICKETS)

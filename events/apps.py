from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events; the home page shows the next ones through the registry."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from events import attention, listing, samples  # noqa: PLC0415 - models are ready only now
        from home import old_paths, registry  # noqa: PLC0415
        from home.attention import lines  # noqa: PLC0415

        old_paths.register("events", old_paths.page_of("events.EventsIndexPage"))
        lines.register(lines.DATES, attention.find_empty_calendar)
        registry.register_upcoming(listing.next_events)
        registry.register_samples(samples.TICKETS)

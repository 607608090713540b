"""`/metrics`: figures for Prometheus, where METRICS_TOKEN is set.

All of them are read from the database when they are asked for, so it does not matter which process answers.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from membership import unsettled
from membership.models import StripeEvent
from outbox.figures import queue_age
from outbox.models import ChannelPause, Delivery, TaskRun


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for who sends `Authorization: Bearer METRICS_TOKEN`; 401 without, 404 where no token is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse("Send the token.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """Counts and moments; seven queries, no names and no addresses."""

    def describe(self) -> list[Metric]:
        """Nothing: to register must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "wits_queue_age_seconds",
            "For how long the oldest delivery that is due has waited",
            value=queue_age().total_seconds(),
        )
        deliveries = GaugeMetricFamily("wits_deliveries", "Deliveries that are not done", labels=["channel", "state"])
        left = Delivery.objects.exclude(state=Delivery.State.DONE).order_by()
        for channel, state, count in left.values_list("channel", "state").annotate(count=Count("pk")):
            deliveries.add_metric([channel, state], count)
        yield deliveries
        refused = GaugeMetricFamily("wits_service_refuses", "1 for a service that refuses us", labels=["channel"])
        for channel in ChannelPause.objects.filter(refused_since__isnull=False).values_list("channel", flat=True):
            refused.add_metric([channel], 1)
        yield refused
        runs = GaugeMetricFamily("wits_task_done_timestamp_seconds", "When a regular job last ended", labels=["task"])
        done = TaskRun.objects.filter(state=TaskRun.State.DONE).order_by().values_list("name")
        for task, last in done.annotate(last=Max("finished_at")):
            runs.add_metric([task], last.timestamp())
        yield runs
        last_event = StripeEvent.objects.aggregate(last=Max("received_at"))["last"]
        if last_event is not None:
            yield GaugeMetricFamily(
                "wits_stripe_event_timestamp_seconds", "When Stripe last told us something", last_event.timestamp()
            )
        yield GaugeMetricFamily(
            "wits_cases_open", "Cases about payments that wait for a person", unsettled.count_cases()
        )
        yield GaugeMetricFamily(
            "wits_stripe_events_failed", "Messages from Stripe that failed", unsettled.count_failed_events()
        )

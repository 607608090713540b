"""`/healthz`: what a deploy, a load balancer and a watchman ask."""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from outbox.figures import LONGEST_WAIT, dead_count, queue_age


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the site can do its work, 503 when it cannot; the body says why.

    `database`: ok or away. `queue_age_seconds`: how long the oldest delivery that is due has waited, but for
    those whose partner refuses us. `dead`: how many
    deliveries were given up; those need a person, but the site itself is well, so they do not make a 503.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        age = queue_age()
        dead = dead_count()
    except Error:
        return JsonResponse({"status": "down", "database": "away"}, status=503)
    well = age < LONGEST_WAIT
    return JsonResponse(
        {
            "status": "ok" if well else "worker is not delivering",
            "database": "ok",
            "queue_age_seconds": round(age.total_seconds()),
            "dead": dead,
        },
        status=200 if well else 503,
    )

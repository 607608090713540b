"""`/healthz`: what a deploy, a load balancer and a watchman ask."""

from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from outbox.figures import LONGEST_WAIT, dead_count, queue_age


@cache
def running_commit() -> str:
    """The commit that this process runs, which a deploy wrote beside the code; empty where none did."""
    file = settings.BASE_DIR / "COMMIT"
    return file.read_text().strip() if file.exists() else ""


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the site can do its work, 503 when it cannot; the body says why.

    `database`: ok or away. `queue_age_seconds`: how long the oldest delivery that is due has waited, but for
    those whose partner refuses us. `dead`: how many
    deliveries were given up; those need a person, but the site itself is well, so they do not make a 503.
    `commit`: what answers, so that a deploy knows whether it is what it has just put there.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        age = queue_age()
        dead = dead_count()
    except Error:
        return JsonResponse({"status": "down", "database": "away", "commit": running_commit()}, status=503)
    well = age < LONGEST_WAIT
    return JsonResponse(
        {
            "status": "ok" if well else "worker is not delivering",
            "database": "ok",
            "queue_age_seconds": round(age.total_seconds()),
            "dead": dead,
            "commit": running_commit(),
        },
        status=200 if well else 503,
    )

"""How the site is doing, for executives: what the maintainer's doctor finds, in the admin."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from desk.condition import Finding, ago, findings

RIGHT = "outbox.view_delivery"
# What the scripts of the server write down: deploy/keeping.sh, `remember`.
KEPT = (
    ("backup", "last-backup", "The backup failed", timedelta(hours=26)),
    ("drill", "last-drill", "The drill failed", timedelta(days=8)),
)
# What each is, for people who do not know the parts of a site.
TITLES = {
    "tables": "Tables of the database",
    "worker": "The worker, which sends mails and updates",
    "deliveries": "Mails and updates under way",
    "given up": "Mails and updates that were given up",
    "partners": "Stripe, HubSpot and the mail service",
    "comparing": "Comparison with Stripe",
    "webhook": "Messages from Stripe",
    "cases": "Cases about payments",
    "backup": "Backup",
    "drill": "Rehearsal of bringing a backup back",
}


@require_safe
@permission_required(RIGHT, raise_exception=True)
def status(request: HttpRequest) -> HttpResponse:
    """Every finding, what is not well first. It asks the database and reads two files; nobody outside is asked."""
    found = [
        replace(finding, name=TITLES.get(finding.name, finding.name))
        for finding in (*findings(), *_kept(settings.STATE_FOLDER))
    ]
    ill = [finding for finding in found if not finding.well]
    context = {"ill": ill, "well": [finding for finding in found if finding.well], "now": timezone.localtime()}
    return TemplateResponse(request, "desk/status.html", context)


def _kept(folder: Path | None) -> Iterator[Finding]:
    """The last backup and the last rehearsal of bringing it back; nothing on a machine that makes none."""
    if folder is None or not folder.is_dir():
        return
    for name, file, section, longest in KEPT:
        last = _last(folder / file)
        if last is None:
            yield Finding(name, False, "there has never been one", section)
        else:
            gone = timezone.now() - last
            yield Finding(name, gone < longest, f"the last one was {ago(gone)}", section)


def _last(file: Path) -> datetime | None:
    """When it last went well; None where the file is not there or holds no moment."""
    try:
        return datetime.fromtimestamp(int(file.read_text().split("\t")[0]), tz=UTC)
    except (OSError, ValueError, OverflowError):
        return None


urlpatterns: list[URLPattern] = [path("", status, name="index")]


class StatusMenuItem(MenuItem):
    """Only for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


def menu_item() -> MenuItem:
    return StatusMenuItem(
        "How the site is doing", reverse("status:index"), name="status", icon_name="circle-check", order=20_000
    )

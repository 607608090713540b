"""The first version of every page, so that its history leads back to how it was made."""

from wagtail.models import Page


def keep_first_versions() -> None:
    """Keep a version of each page that has none: those that no person made.

    Without it, the first edit would take the words that the site came with, for good. The history leads back to what
    is logged as a change.
    """
    for page in Page.objects.filter(depth__gt=1, latest_revision=None).specific():
        version = page.save_revision(clean=False, log_action=True)
        if page.live:
            Page.objects.filter(pk=page.pk).update(live_revision=version, has_unpublished_changes=False)

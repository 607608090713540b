"""The index is kept in step by each save; once a night it is made anew, so that nothing it missed stays missing."""

from io import StringIO

from django.core.management import call_command


def index_anew() -> None:
    """Read every page (and picture and file) into the index again, and forget those that are gone."""
    call_command("update_index", stdout=StringIO())

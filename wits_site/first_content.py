"""What a fresh site needs before anybody has touched it: it is never empty, and it knows its own address."""

from typing import Any

from desk.groups import ensure_groups
from home.errors.writing import write_broken_page
from home.first_content import ensure_first_content
from home.first_versions import keep_first_versions
from home.site_settings import SiteSettings
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page


def make_first_content(**kwargs: Any) -> None:
    """Make what is missing, and leave what is there. Runs after every `migrate`, and in tests without migrations."""
    ensure_first_content()
    ensure_levels()
    ensure_join_page()
    keep_first_versions()
    ensure_groups()
    write_broken_page(SiteSettings.load())

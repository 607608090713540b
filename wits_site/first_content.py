"""What a fresh site needs before anybody has touched it: it is never empty, and it knows its own address."""

from typing import Any

from django.db import transaction

from desk.groups import ensure_groups
from home.errors.writing import write_broken_page
from home.first_content import ensure_first_content
from home.first_small_print import ensure_small_print
from home.first_versions import keep_first_versions
from home.home_page import HomePage
from home.site_settings import SiteSettings
from membership.first_content import ensure_levels
from membership.first_pages import ensure_join_page, name_small_print


def make_first_content(**kwargs: Any) -> None:
    """Make what is missing, and leave what is there. Runs after every `migrate`, and in tests without migrations.

    The small print comes with the home page alone: a page of it that an executive deleted stays away.
    """
    with transaction.atomic():
        is_fresh = not HomePage.objects.exists()
        ensure_first_content()
        ensure_levels()
        ensure_join_page()
        if is_fresh:
            name_small_print(ensure_small_print())
        keep_first_versions()
    ensure_groups()
    write_broken_page(SiteSettings.load())

"""Where each of the first steps is done: the exact place, as an address of the admin."""

from django.urls import reverse

from home import first_small_print
from home.home_page import HomePage
from home.people.page import TeamPage
from membership.models import Level


def name() -> str:
    return f"{_club()}#panel-child-club-name-section"


def picture() -> str:
    return f"{_club()}#panel-child-club-share_picture-section"


def _club() -> str:
    return reverse("wagtailsettings:edit", args=["home", "sitesettings"])


def levels() -> str:
    return reverse("levels:index")


def price() -> str:
    """The form of the level that costs something; the list where none or several do."""
    paid = list(Level.objects.filter(price_cents__gt=0).values_list("pk", flat=True)[:2])
    return f"{reverse('levels:edit', args=paid)}#id_price_cents" if len(paid) == 1 else levels()


def deliveries() -> str:
    return f"{reverse('deliveries:index')}?channel=hubspot"


def mails() -> str:
    return reverse("wagtailsettings:edit", args=["outbox", "mailsettings"])


def small_print() -> str:
    """The first of its pages that is as it was made; the list of pages where none is."""
    page = next(filter(first_small_print.is_untouched, first_small_print.small_print()), None)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("wagtailadmin_explore_root")


def accounts() -> str:
    return reverse("wagtailusers_users:index")


def team() -> str:
    """A new slot on the team; the form of the team's page where there is none yet."""
    home = HomePage.objects.first()
    if TeamPage.objects.exists() or home is None:
        return reverse("wagtailsnippets_home_role:add")
    return reverse("wagtailadmin_pages:add", args=["home", "teampage", home.pk])


def counted(number: int, one: str, many: str) -> str:
    """`1 account`, `3 accounts`."""
    return f"{number} {one if number == 1 else many}"

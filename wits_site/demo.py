"""The demonstration: a whole invented club, so that nobody begins with an empty site."""

from wagtail.models import Page

from membership.models import Member, Signup


def has_own_content() -> bool:
    """Whether somebody has worked here already: pages beyond the first ones, members or signups.

    The first pages (see `wits_site.first_content`) have never been edited by a person, so they have no author.
    """
    edited = Page.objects.filter(revisions__user__isnull=False).exists()
    return edited or Member.objects.exists() or Signup.objects.exists() or Page.objects.filter(depth__gt=3).exists()

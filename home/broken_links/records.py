"""A place that links lead to, what became of it when it was looked at, and where those links stand."""

import hashlib
from typing import ClassVar

from django.db import models


class Link(models.Model):
    """One address, however many links lead to it. Inside: `page:12`, `document:4`, or a path of the site."""

    class State(models.TextChoices):
        NEW = "new", "Not looked at yet"
        FINE = "fine", "Leads somewhere"
        ONCE = "once", "Failed once"
        BROKEN = "broken", "Broken"
        UNCLEAR = "unclear", "Could not be checked"

    key = models.CharField(max_length=64, unique=True, help_text="The address's digest: addresses may be long.")
    address = models.TextField()
    host = models.CharField(max_length=255, blank=True, db_index=True, help_text="Empty for what is ours.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW, db_index=True)
    why = models.CharField("what is wrong", max_length=200, blank=True)
    failing_since = models.DateTimeField("since", null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True, help_text="When it was counted as broken.")
    looked_at = models.DateTimeField("last looked at", null=True, blank=True, db_index=True)
    not_before = models.DateTimeField(null=True, blank=True, help_text="Its site asked not to be asked sooner.")

    class Meta:
        ordering = ["failing_since", "pk"]
        default_permissions = ("view",)
        verbose_name = "link"

    def __str__(self) -> str:
        kind = self.address.partition(":")[0]
        return {"page": "A page of this site", "document": "A document of this site"}.get(kind, self.address)


# Of the states, those that a person may want to know of.
TROUBLES = (Link.State.BROKEN, Link.State.ONCE, Link.State.UNCLEAR)


class LinkPlace(models.Model):
    """Where a link stands: in which field of what, with which words, and where that is changed."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="places")
    holder = models.CharField(max_length=80, db_index=True, help_text="What it stands on: home.partner:3.")
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255, help_text="What it stands on, in words.")
    where = models.CharField(max_length=255, help_text="In which field, as the editor names it.")
    words = models.CharField(max_length=255, blank=True, help_text="What the link says.")
    url = models.CharField(max_length=255, blank=True, help_text="Where in the admin it is changed.")
    right = models.CharField(max_length=120, blank=True, help_text="What somebody needs to change it; not of pages.")

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.title}: {self.where}"


def key_of(address: str) -> str:
    """What tells addresses apart."""
    return hashlib.sha256(address.encode()).hexdigest()

"""Who tells a story: somebody of the team, or a guest by name."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from home.people.records import Person


class StoryAuthor(Orderable):
    """One of the people who tell a story, in the order in which they are named."""

    # Fields
    story = ParentalKey("home.StoryPage", related_name="authors", on_delete=models.CASCADE)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Somebody who is or was on the team. Their photo and what they do come along.",
    )
    name = models.CharField(
        "or a guest’s name", max_length=120, blank=True, help_text="For somebody who is not in that list."
    )
    about = models.CharField(
        "about them", max_length=120, blank=True, help_text="For example: Backend engineer at Kestrel."
    )

    # Panels
    panels: ClassVar[list[Any]] = [FieldPanel("person"), FieldRowPanel([FieldPanel("name"), FieldPanel("about")])]

    class Meta(Orderable.Meta):
        verbose_name = "author"

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name

    # Methods
    def clean(self) -> None:
        super().clean()
        if bool(self.person) == bool(self.name.strip()):
            raise ValidationError({"name": "Choose a person or type a guest’s name: one of the two."})

    @property
    def about_words(self) -> str:
        """What stands under the name: what was written for this story, else what the person says everywhere."""
        return self.about or (self.person.studies if self.person else "")

    @property
    def portrait_seed(self) -> str:
        """The same poster as on the team page, where a person has neither photo nor drawing."""
        return str(self.person_id or "")

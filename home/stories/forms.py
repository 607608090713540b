"""What the editor of a story checks before it is saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from home.stories.tags import TAGS_ON_A_STORY


class StoryForm(WagtailAdminPageForm):
    """A page's form that keeps tags few and days in the past."""

    def clean_tags(self) -> list[str]:
        """At most so many tags; the same word twice is one."""
        tags: dict[str, str] = {}
        for name in self.cleaned_data["tags"]:
            words = " ".join(name.split())
            tags.setdefault(words.casefold(), words)
        if len(tags) > TAGS_ON_A_STORY:
            raise ValidationError(f"These are {len(tags)} tags. Keep the {TAGS_ON_A_STORY} that say most.")
        return list(tags.values())

    def clean_published_at(self) -> Any:
        """Not in the future: what should appear later is scheduled."""
        moment = self.cleaned_data["published_at"]
        if moment and moment > timezone.now():
            raise ValidationError(
                "This is still to come. Leave it empty, and set a schedule for publishing at the side instead."
            )
        return moment

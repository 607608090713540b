"""What stories are about: tags that executives type, and tidy up in one list."""

from typing import Any, ClassVar

from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel

TAGS_ON_A_STORY = 5


class StoryTag(TagBase):
    """A tag of stories only, so that words for pictures and files do not stand among them."""

    free_tagging = True

    # Fields
    name = models.CharField(
        max_length=30, unique=True, help_text="One or two words, as a reader would look for them: First job."
    )

    # Panels
    panels: ClassVar[list[Any]] = [FieldPanel("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = "tag of stories"
        verbose_name_plural = "tags of stories"

    # Methods
    def slugify(self, tag: str, i: int | None = None) -> str:
        """As it stands in its address; a tag that is all signs gets one too."""
        slug = slugify(tag, allow_unicode=True) or "tag"
        return slug if i is None else f"{slug}_{i}"


class TaggedStory(ItemBase):
    """That a story has a tag."""

    content_object = ParentalKey("home.StoryPage", related_name="tagged_items", on_delete=models.CASCADE)
    tag = models.ForeignKey(StoryTag, related_name="items", on_delete=models.CASCADE)

    class Meta:
        ordering = ["pk"]

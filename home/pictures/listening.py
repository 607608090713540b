"""What is done with pictures as soon as something that shows one is published or saved."""

from datetime import time
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from wagtail.models import Page, ReferenceIndex, UploadedFile
from wagtail.signals import page_published

from home.pictures.making import KIND, deliver_sizes, look_after_all, promise_sizes
from home.pictures.records import Picture
from home.pictures.uploads import clean_what_waits
from home.pictures.uses import uses_on
from outbox.registry import register
from outbox.schedule import schedule

# What makes other sizes necessary when it changes.
LOOKS = {"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


def listen() -> None:
    """Called once, when the app is ready."""
    register(KIND, deliver_sizes, channel="pictures", label="Sizes of pictures")
    schedule("home.pictures", look_after_all, daily_at=time(2, 30))
    page_published.connect(page_was_published)
    post_save.connect(picture_was_saved, sender=Picture)
    pre_save.connect(clean_what_waits, sender=UploadedFile)
    for model in apps.get_models():
        if hasattr(model, "picture_places") and not issubclass(model, Page):
            ReferenceIndex.register_model(model)
            post_save.connect(something_was_saved, sender=model)


def page_was_published(instance: Page, **kwargs: Any) -> None:
    """A page with pictures needs their sizes."""
    if uses_on(instance):
        promise_sizes(instance)


def picture_was_saved(instance: Picture, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """A new picture is used nowhere yet; one with another file or focal point is cropped anew wherever it stands."""
    if not created and not kwargs["raw"] and (update_fields is None or LOOKS & set(update_fields)):
        promise_sizes(instance)


def something_was_saved(instance: Model, **kwargs: Any) -> None:
    """A person or a setting with a picture."""
    names: dict[str, tuple[str, ...]] = instance.picture_places  # type: ignore[attr-defined]
    if not kwargs["raw"] and any(getattr(instance, f"{name}_id") for name in names):
        promise_sizes(instance)

"""Making the sizes of pictures that pages use, and promising to.

A page that is published, a person or setting that is saved, and a picture that changes promise a delivery; the worker
makes what is missing. Every night all that is used is looked through, so that nothing stays without its sizes for
long, also when the places themselves have changed.
"""

import uuid
from collections.abc import Iterable

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.images.models import Filter

from home.pictures.places import ALL_OPERATIONS, Place
from home.pictures.records import Picture, is_lost
from home.pictures.showing import focal_key
from home.pictures.uses import all_uses, uses_of, uses_on
from outbox.errors import TransportError
from outbox.models import Delivery
from outbox.promises import Wish, promise, promise_all

KIND = "pictures.sizes"
CHUNK = 200


def promise_sizes(instance: Model) -> None:
    """Promise the sizes that the pictures of this page, person or setting (or this picture) need and lack."""
    label, pk = instance._meta.label_lower, instance.pk
    with transaction.atomic():
        promise(KIND, f"{KIND}:{label}:{pk}:{uuid.uuid4().hex}", {"model": label, "pk": pk})


def deliver_sizes(delivery: Delivery) -> None:
    """Make them. Repeating it makes nothing twice. What can be made is, also beside a picture whose file is gone."""
    instance = apps.get_model(delivery.payload["model"])._default_manager.filter(pk=delivery.payload["pk"]).first()
    if instance is None:
        return
    uses = uses_of([instance.pk]) if isinstance(instance, Picture) else uses_on(instance)
    failed: dict[int, OSError] = {}
    for picture in Picture.objects.filter(pk__in=uses).prefetch_related("renditions"):
        try:
            for spec in missing(picture, uses[picture.pk]):
                picture.create_rendition(Filter(spec=spec))
        except OSError as error:
            failed[picture.pk] = error
    if failed:
        gone = all(map(is_lost, failed.values()))
        names = ", ".join(f"/admin/images/{pk}/" for pk in sorted(failed))
        raise TransportError(f"The file of a picture cannot be read: {names}. Upload it there again.", permanent=gone)


def missing(picture: Picture, places: Iterable[Place]) -> list[str]:
    """The filter specs that are not made yet, for the focal point as it is now."""
    made = {(one.filter_spec, one.focal_point_key) for one in picture.renditions.all()}
    wanted: dict[str, str] = {}
    for place in places:
        key = focal_key(picture, place)
        wanted |= {spec: key for specs in place.specs(picture).values() for spec in specs}
    return sorted(spec for spec, key in wanted.items() if (spec, key) not in made)


def look_after_all() -> None:
    """Promise every size that a used picture lacks, and let go of crops around a focal point that has moved."""
    uses = all_uses()
    week = timezone.localdate().strftime("%G-%V")
    label = Picture._meta.label_lower
    pictures = Picture.objects.filter(pk__in=uses).prefetch_related("renditions")
    for picture in pictures.iterator(chunk_size=CHUNK):
        if missing(picture, uses[picture.pk]):
            # Once a week for each state, so that a file that is gone is not told of every morning.
            state = f"{picture.file_hash[:8]}-{picture.focal_point_x}-{picture.focal_point_y}"
            wish = Wish(KIND, f"{KIND}:{picture.pk}:{state}:{week}", {"model": label, "pk": picture.pk})
            with transaction.atomic():
                promise_all([wish])
        else:
            _let_go(picture, uses[picture.pk])


def _let_go(picture: Picture, places: Iterable[Place]) -> None:
    keys = {place.operation + "-" + box: focal_key(picture, place) for place in places for box in place.boxes}
    for one in picture.renditions.all():
        operation = one.filter_spec.partition("|")[0]
        if operation in ALL_OPERATIONS and keys.get(operation, one.focal_point_key) != one.focal_point_key:
            one.delete()

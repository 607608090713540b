"""Making the pictures of pages, and promising to: when a page is published, and for all of them at night."""

import uuid
from datetime import time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from PIL import Image, ImageOps
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from home.base_page import BasePage, PosterPage
from home.pictures.records import Picture
from home.sharing.drawing import Sheet, jpeg
from home.sharing.records import SharePicture
from home.site_settings import SiteSettings
from home.visibility import visible
from outbox.models import Delivery
from outbox.promises import promise
from outbox.registry import register
from outbox.schedule import schedule

KIND = "pages.share_picture"
CHUNK = 200


def listen() -> None:
    """Called once, when the app is ready."""
    register(KIND, deliver_share_picture, channel="pictures", label="Picture for shared links")
    schedule("home.sharing", look_after_all, daily_at=time(2, 50))
    page_published.connect(page_was_published)
    page_unpublished.connect(page_went_away)
    post_save.connect(page_became_private, sender=PageViewRestriction)
    post_delete.connect(file_goes_with_its_row, sender=SharePicture)


def page_was_published(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        _promise(instance)


def page_went_away(instance: Page, **kwargs: Any) -> None:
    _drop(SharePicture.objects.filter(page_id=instance.pk))


def page_became_private(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A picture with its title must not lie where anybody could ask for it. The night makes it again if need be."""
    _drop(SharePicture.objects.filter(page__path__startswith=instance.page.path))


def file_goes_with_its_row(instance: SharePicture, **kwargs: Any) -> None:
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def deliver_share_picture(delivery: Delivery) -> None:
    """Draw the picture of one page, unless it is drawn already or nobody would see it."""
    page = visible(Page.objects.filter(pk=delivery.payload["page"])).first()
    specific = page.specific if page else None
    made = SharePicture.objects.filter(page_id=delivery.payload["page"])
    sheet = sheet_of(specific) if isinstance(specific, BasePage) else None
    if sheet is None:
        _drop(made)
    elif not made.filter(state=sheet.state).exists():
        _keep(delivery.payload["page"], sheet)


def sheet_of(page: BasePage) -> Sheet | None:
    """What the picture of a page shows; None where somebody chose one."""
    if page.share_picture_id:
        return None
    picture = getattr(page, "picture", None)
    photo = picture if isinstance(picture, Picture) else None
    return Sheet(
        title=page.shared_title,
        line=page.found_as,
        club=SiteSettings.load().full_name,
        tone=str(getattr(page, "tone", "cream")),
        poster=page.poster if isinstance(page, PosterPage) else None,
        drawing=getattr(page, "hero_drawing", None),
        photo=(lambda width, height: _cropped(photo, width, height)) if photo else None,
        photo_state=f"{photo.file_hash}-{photo.get_focal_point()}" if photo else "",
    )


def look_after_all() -> None:
    """Promise every picture that is missing or was drawn from something else, and drop those nobody may see."""
    states = dict(SharePicture.objects.values_list("page_id", "state"))
    for page in visible(Page.objects.filter(depth__gt=1)).specific().iterator(chunk_size=CHUNK):
        sheet = sheet_of(page) if isinstance(page, BasePage) else None
        before = states.pop(page.pk, "") if sheet else ""
        if sheet and before != sheet.state:
            _promise(page)
    _drop(SharePicture.objects.filter(page_id__in=states))


def _promise(page: Page) -> None:
    with transaction.atomic():
        promise(KIND, f"{KIND}:{page.pk}:{uuid.uuid4().hex}", {"page": page.pk})


def _keep(page: int, sheet: Sheet) -> None:
    made = SharePicture(page_id=page, state=sheet.state)
    # Another picture has another address: whoever shows shared links keeps what they fetched once.
    made.file.save(f"{page}-{sheet.state}.jpg", ContentFile(jpeg(sheet)), save=False)
    with transaction.atomic():
        _drop(SharePicture.objects.filter(page_id=page))
        if visible(Page.objects.filter(pk=page)).exists():
            made.save()
            return
    file_goes_with_its_row(made)  # it became private while we drew


def _drop(pictures: Any) -> None:
    """One by one, so that each takes its file with it."""
    for picture in pictures:
        picture.delete()


def _cropped(picture: Picture, width: int, height: int) -> Image.Image:
    focus = picture.get_focal_point()
    centre = (focus.centroid_x / picture.width, focus.centroid_y / picture.height) if focus else (0.5, 0.5)
    with picture.file.open() as file:
        return ImageOps.fit(Image.open(file).convert("RGB"), (width, height), centering=centre)

"""What may be uploaded as a picture, and what is kept of it: the picture, and nothing else.

Every upload is decoded and written anew. That turns photos as the camera was held, brings their colours to the one
space that browsers share, makes JPEGs of an iPhone's HEIC, and leaves behind where they were taken, who took them and
whatever else a file can carry besides a picture.
"""

import io
import re
import threading
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.fields import FileField
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from home.pictures.records import Picture

register_heif_opener()

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
# No place on the site is wider than half of this.
KEPT_PIXELS_A_SIDE = 3200
# A picture of that size takes up to 600 MB (WebP) while it is unpacked: several at once wait for each other.
ONE_AT_A_TIME = threading.Lock()
# By what is in it, not by what its name says. Only these decoders ever see an upload.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
DRAWN = {"PNG", "GIF"}

TOO_LARGE = "This file has {size}. At most 10 MB can be uploaded: save it smaller, then try again."
TOO_LARGE_TO_SEND = "This file has more than 10 MB, and your browser cannot make it smaller. Save it smaller first."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Save it at 4000 by 3000, then try again."
NO_PICTURE = (
    "We cannot read this as a picture. Use a photo or picture as JPEG, PNG, WebP, GIF, AVIF or HEIC. "
    "A drawing as SVG, PDF or from Word: save it as PNG first."
)
HELP = (
    "JPEG, PNG, WebP, GIF, AVIF, or HEIC from an iPhone; at most 10 MB. Where and when a photo was taken is not "
    "kept. Of a moving GIF, the first picture is."
)


class PictureField(WagtailImageField):
    """The file of a picture, as Wagtail's own field, but strict about what is in it and plain about why not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = HELP
        # Where many are uploaded at once, the browser says so before it sends anything.
        self.error_messages["file_too_large_unknown_size"] = TOO_LARGE_TO_SEND

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        return written_anew(file) if file else None


class PictureForm(BaseImageForm):
    """The form of every way to upload a picture in the admin: one, many, or while choosing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field:
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


def clean_what_waits(instance: UploadedFile, **kwargs: Any) -> None:
    """Write anew what waits for its description: of many pictures uploaded at once, Wagtail lays the files aside as
    they came."""
    if instance.for_content_type.model_class() is Picture and not instance.file._committed:
        instance.file = written_anew(instance.file.file)


def written_anew(file: "File[Any]") -> SimpleUploadedFile:
    """The picture in `file` as a JPEG, or as a PNG where it is drawn or see-through.

    Raises ValidationError with words for the person who uploaded it.
    """
    if file.size and file.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE.format(size=filesizeformat(file.size)), code="too_large")
    try:
        with ONE_AT_A_TIME:
            picture, drawn = _decoded(file)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from error
    except Exception as error:  # whatever a decoder stumbles over, the answer is the same
        raise ValidationError(NO_PICTURE, code="no_picture") from error
    written = io.BytesIO()
    if drawn or picture.mode == "RGBA":
        picture.save(written, "PNG", optimize=True)
        return SimpleUploadedFile(f"{_stem(file.name)}.png", written.getvalue(), "image/png")
    picture.save(written, "JPEG", quality=90, progressive=True, optimize=True)
    return SimpleUploadedFile(f"{_stem(file.name)}.jpg", written.getvalue(), "image/jpeg")


def _decoded(file: "File[Any]") -> tuple[Image.Image, bool]:
    """The picture upright, in sRGB, not larger than we keep; and whether it was drawn rather than photographed."""
    with Image.open(file, formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")
        drawn = opened.format in DRAWN
        # Makes a JPEG's decoder leave out what would be thrown away.
        opened.thumbnail((KEPT_PIXELS_A_SIDE, KEPT_PIXELS_A_SIDE))
        picture = _in_srgb(ImageOps.exif_transpose(opened))
    see_through = picture.has_transparency_data and picture.convert("RGBA").getchannel("A").getextrema() != (255, 255)
    picture = picture.convert("RGBA" if see_through else "RGB")
    picture.info = {}  # comments and the like would be written again
    return picture, drawn


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    try:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _stem(name: str | None) -> str:
    """The name without folders and ending, short enough for every file system."""
    stem = PurePath((name or "").replace("\\", "/")).stem
    return re.sub(r"[^\w-]+", "-", stem).strip("-.")[:60] or "picture"

"""Blocks that show something: a picture, pictures, a film."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from home.blocks.words import TEXT_FEATURES, SectionValue
from home.choosers import LinkedTextBlock, PictureChooserBlock
from home.drawings import scene_choices
from home.links import OptionalLinkBlock
from home.tones import BRIGHT_TONES, LIGHT_TONES

# watch?v=…, youtu.be/…, embed/…, shorts/… and live/…; an id is always eleven of these characters.
YOUTUBE = re.compile(
    r"^https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
    r"([\w-]{11})(?![\w-])",
    re.ASCII,
)


class PictureBlock(blocks.StructBlock):
    """An uploaded picture as wide as the text."""

    picture = PictureChooserBlock("photo", help_text="Its description is read aloud to people who do not see it.")
    caption = blocks.CharBlock(required=False, max_length=200, help_text="A line under it, if it needs one.")

    class Meta:
        icon = "image"
        template = "blocks/picture.html"
        preview_template = "blocks/previews/picture.html"
        group = "Pictures"
        description = "A photo as wide as the text, with who took it."


class PictureTextBlock(blocks.StructBlock):
    """A picture beside a few words; without a picture, a poster made from the heading."""

    heading = blocks.CharBlock(max_length=90)
    text = LinkedTextBlock(features=TEXT_FEATURES)
    link = OptionalLinkBlock()
    picture = PictureChooserBlock("scene", required=False, label="photo")
    drawing = blocks.ChoiceBlock(
        choices=scene_choices,
        required=False,
        label="or a drawing",
        help_text="With neither, a poster is made from the heading.",
    )
    side = blocks.ChoiceBlock(choices=[("left", "Left"), ("right", "Right")], default="left", label="picture on the")

    class Meta:
        icon = "image"
        template = "blocks/picture_text.html"
        value_class = SectionValue
        group = "Pictures"
        label = "Picture and text"
        description = "A large picture with a heading and a few words beside it."
        preview_value = {
            "heading": "Ada, a mentor of your own",
            "text": "<p>We pair you with someone two steps ahead. You meet every other week.</p>",
            "drawing": "mentor",
            "side": "left",
        }


class GalleryPictureBlock(blocks.StructBlock):
    """One picture of a gallery."""

    picture = PictureChooserBlock("gallery", "large")
    caption = blocks.CharBlock(required=False, max_length=160)


class GalleryValue(SectionValue):
    """What templates read besides: whether any of the pictures is still there."""

    @property
    def has_pictures(self) -> bool:
        return any(item.get("picture") for item in self.get("pictures") or ())


class GalleryBlock(blocks.StructBlock):
    """Pictures that open large; the browser does it, without a script."""

    heading = blocks.CharBlock(required=False, max_length=90)
    pictures = blocks.ListBlock(
        GalleryPictureBlock(), min_num=2, max_num=24, help_text="Six to nine good ones are better than twenty-four."
    )

    class Meta:
        icon = "image"
        template = "blocks/gallery.html"
        preview_template = "blocks/previews/gallery.html"
        value_class = GalleryValue
        group = "Pictures"
        description = "Two to twenty-four photos in a grid; each opens large."


class VideoValue(blocks.StructValue):
    """What templates read: `video_id`, and where the film is for those without a script."""

    @property
    def video_id(self) -> str:
        found = YOUTUBE.match(self.get("address") or "")
        return found[1] if found else ""

    @property
    def watch_url(self) -> str:
        return f"https://www.youtube.com/watch?v={self.video_id}"

    @property
    def embed_url(self) -> str:
        return f"https://www.youtube-nocookie.com/embed/{self.video_id}?autoplay=1"


class VideoBlock(blocks.StructBlock):
    """A film on YouTube. Nothing is asked of YouTube before somebody presses play."""

    title = blocks.CharBlock(max_length=90, help_text="What it is: it is read aloud, and stands on the poster.")
    address = blocks.URLBlock(
        help_text="The film’s address on YouTube, for example https://www.youtube.com/watch?v=…"
    )
    text = blocks.TextBlock(
        required=False,
        max_length=240,
        help_text="A line under it. Turn on captions on YouTube: some watch without sound.",
    )
    picture = PictureChooserBlock("film", required=False, help_text="To press play on. Leave empty for a poster.")

    class Meta:
        icon = "media"
        template = "blocks/video.html"
        value_class = VideoValue
        group = "Pictures"
        description = "A film on YouTube, which learns of a visitor only when they press play."
        preview_value: dict[str, Any] = {
            "title": "What happens at Cookies & Code",
            "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "text": "Two minutes, with captions.",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.video_id:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "address": ValidationError(
                        "This is no address of a film on YouTube. Copy it from the film’s own page: "
                        "https://www.youtube.com/watch?v=… or https://youtu.be/…"
                    )
                }
            )
        return cleaned


class WaveBlock(blocks.StructBlock):
    """A wave across the page; what follows lies on a band of its colour."""

    tone = blocks.ChoiceBlock(choices=[*LIGHT_TONES, *BRIGHT_TONES, ("navy", "Navy")], default="mint", label="colour")

    class Meta:
        icon = "horizontalrule"
        template = "blocks/wave.html"
        group = "Pictures"
        label = "Wave"
        description = "A wave across the page: what follows lies on a new colour, until the next wave."
        preview_value = {"tone": "mint"}

"""What is uploaded as a picture is a picture, and nothing but the picture is kept."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin

from home.models import Picture
from home.pictures import uploads
from home.pictures.uploads import NO_PICTURE, TOO_LARGE, TOO_MANY_PIXELS, PictureField, written_anew

GPS = 0x8825
ORIENTATION = 0x0112


def upload(name, content):
    return SimpleUploadedFile(name, content)


def encoded(picture, kind, **options):
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def coloured(width=80, height=60, mode="RGB", colour="coral"):
    return Image.new(mode, (width, height), colour)


def kept(name, content):
    """The picture that is kept of an upload, and its file's name."""
    file = PictureField().clean(upload(name, content), None)
    return Image.open(io.BytesIO(file.read())), file.name


def refused(name, content):
    with pytest.raises(ValidationError) as error:
        PictureField().clean(upload(name, content), None)
    return error.value.messages


@pytest.mark.parametrize(
    ("name", "kind", "becomes"),
    [
        ("a.jpg", "JPEG", "a.jpg"),
        ("a.jpeg", "JPEG", "a.jpg"),
        ("a.png", "PNG", "a.png"),
        ("a.webp", "WEBP", "a.jpg"),
        ("a.gif", "GIF", "a.png"),
        ("a.avif", "AVIF", "a.jpg"),
        ("IMG_0042.HEIC", "HEIF", "IMG_0042.jpg"),
        ("b.heif", "HEIF", "b.jpg"),
    ],
)
def test_photos_become_jpegs_and_drawings_stay_png(name, kind, becomes):
    picture, kept_as = kept(name, encoded(coloured(), kind))
    assert kept_as == becomes
    assert picture.size == (80, 60)
    assert picture.format == {"jpg": "JPEG", "png": "PNG"}[becomes[-3:]]


def test_what_is_see_through_stays_so():
    picture, name = kept("logo.webp", encoded(coloured(mode="RGBA", colour=(255, 0, 0, 90)), "WEBP"))
    assert (name, picture.mode, picture.getpixel((5, 5))[3]) == ("logo.png", "RGBA", 90)
    palette = coloured(mode="P", colour=0)
    picture, _ = kept("logo.gif", encoded(palette, "GIF", transparency=0))
    assert picture.mode == "RGBA"


def test_a_photo_stands_upright_and_does_not_say_where_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "a phone of somebody"
    exif.get_ifd(GPS)[2] = (42.0, 59.0, 1.0)
    exif.get_ifd(GPS)[1] = "N"
    content = encoded(coloured(80, 60), "JPEG", exif=exif, comment=b"by Robin")
    assert b"a phone of somebody" in content
    picture, _ = kept("photo.jpg", content)
    assert picture.size == (60, 80)
    assert dict(picture.getexif()) == {}
    assert "comment" not in picture.info
    assert "icc_profile" not in picture.info


def test_colours_come_into_the_space_that_browsers_share():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture, _ = kept("photo.jpg", encoded(coloured(), "JPEG", icc_profile=profile))
    assert "icc_profile" not in picture.info
    picture, _ = kept("photo.jpg", encoded(coloured(), "JPEG", icc_profile=b"no profile at all"))
    assert picture.size == (80, 60)
    picture, _ = kept("print.jpg", encoded(coloured(mode="CMYK", colour=0), "JPEG"))
    assert picture.mode == "RGB"


def test_a_picture_larger_than_any_place_is_kept_smaller():
    picture, _ = kept("large.jpg", encoded(coloured(5000, 2500), "JPEG"))
    assert picture.size == (3200, 1600)


def test_a_file_behind_a_picture_is_left_behind():
    page = b"<script>alert(document.domain)</script>"
    archive = b"PK\x03\x04 and so on"
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("GIF", "a.gif")):
        file = written_anew(upload(name, encoded(coloured(), kind) + page + archive))
        content = file.read()
        assert b"script" not in content
        assert b"PK\x03\x04" not in content
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<?php system($_GET[0]); ?>")
    assert b"php" not in written_anew(upload("a.png", encoded(coloured(), "PNG", pnginfo=notes))).read()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.jpg", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG),
        ("page.png", b"<html><script>alert(1)</script></html>"),
        ("paper.jpg", b"%PDF-1.7 and so on"),
        ("print.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("layers.png", b"8BPS\x00\x01" + bytes(40)),
        ("cut.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("cut.gif", b"GIF89a"),
        ("cut.png", encoded(Image.linear_gradient("L").rotate(30), "PNG")[:900]),
        ("cut.webp", b"RIFF\x04\x00\x00\x00WEBP"),
        ("tiff.png", encoded(coloured(), "TIFF")),
        ("icon.png", encoded(coloured(), "ICO")),
        ("zip.png", b"PK\x03\x04" + bytes(60)),
    ],
)
def test_what_is_no_picture_is_refused_in_words(name, content):
    assert refused(name, content) == [NO_PICTURE]


def test_an_empty_file_is_refused():
    assert "empty" in refused("nothing.png", b"")[0]


def large_png(width, height):
    """A tiny file that says it is huge: each line of nothing compresses to nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress(bytes(100_000))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000), (40_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size):
    assert refused("bomb.png", large_png(*size)) == [TOO_MANY_PIXELS]


def test_a_picture_of_too_many_pixels_is_refused_whatever_its_kind(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 1000)
    for kind, name in (
        ("JPEG", "a.jpg"),
        ("WEBP", "a.webp"),
        ("HEIF", "a.heic"),
        ("AVIF", "a.avif"),
        ("GIF", "a.gif"),
    ):
        assert refused(name, encoded(coloured(), kind)) == [TOO_MANY_PIXELS]


def test_text_that_unpacks_without_end_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * (80 * 1024 * 1024), zip=True)
    assert refused("bomb.png", encoded(coloured(), "PNG", pnginfo=notes)) == [NO_PICTURE]


def test_a_file_of_more_than_ten_megabytes_is_refused_and_told_how_large_it_is():
    content = encoded(coloured(), "JPEG") + bytes(11 * 1024 * 1024)
    (words,) = refused("large.jpg", content)
    assert words == TOO_LARGE.format(size="11.0\xa0MB")


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\windows\\win.jpg", "win.jpg"),
        ("a b/ü & <x>.jpg", "ü-x.jpg"),
        ("...jpg", "picture.jpg"),
        ("😀.jpg", "picture.jpg"),
        ("x" * 200 + ".jpg", "x" * 60 + ".jpg"),
        ("no ending", "no-ending.jpg"),
        ("photo.php.jpg", "photo-php.jpg"),
    ],
)
def test_a_name_is_only_a_name(name, becomes):
    file = upload("x.jpg", encoded(coloured(), "JPEG"))
    file._name = name  # Django's own cleaning aside
    assert written_anew(file).name == becomes


@pytest.fixture
def executive(client, admin_user, home):
    client.force_login(admin_user)
    return client


def with_gps():
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (42.0, 59.0, 1.0)
    return encoded(coloured(), "JPEG", exif=exif)


def nothing_but_the_picture(picture):
    with picture.file.open() as file:
        return dict(Image.open(file).getexif()) == {}


def test_every_way_to_upload_takes_the_same_care(executive):
    words = {"title": "A", "description": "Two students", "collection": 1}
    executive.post(reverse("wagtailimages:add"), {**words, "file": upload("a.jpg", with_gps())})
    executive.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{name}": value for name, value in words.items()}
        | {"image-chooser-upload-file": upload("b.jpg", with_gps())},
    )
    assert Picture.objects.count() == 2
    assert all(nothing_but_the_picture(picture) for picture in Picture.objects.all())
    picture = Picture.objects.first()
    executive.post(reverse("wagtailimages:edit", args=[picture.pk]), {**words, "file": upload("c.jpg", with_gps())})
    assert nothing_but_the_picture(Picture.objects.get(pk=picture.pk))


def test_many_at_once_wait_for_their_words_and_are_cleaned_too(executive):
    answer = executive.post(reverse("wagtailimages:add_multiple"), {"files[]": upload("d.jpg", with_gps())}).json()
    assert answer["success"]
    number = answer["uploaded_file_id"]
    prefix = f"uploaded-{'image' if f'uploaded-image-{number}' in answer['form'] else 'file'}-{number}"
    words = {f"{prefix}-title": "D", f"{prefix}-description": "Two students"}
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    assert executive.post(url, words).json()["success"]
    assert nothing_but_the_picture(Picture.objects.get())


@pytest.mark.parametrize("content", [SVG, large_png(30_000, 30_000)])
def test_an_executive_reads_why_it_was_refused(executive, content):
    data = {"title": "A", "description": "B", "file": upload("bad.png", content)}
    html = executive.post(reverse("wagtailimages:add"), data).content.decode()
    assert (NO_PICTURE if content is SVG else TOO_MANY_PIXELS) in html
    answer = executive.post(reverse("wagtailimages:add_multiple"), {"files[]": upload("bad.png", content)}).json()
    assert not answer["success"]
    assert not Picture.objects.exists()

"""Photos from phones: made smaller before they are sent, or refused before they are sent."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
MORE = 11 * 1024 * 1024
HOLDS = """input => {
    const [file] = input.files, note = input.parentElement.querySelector(".too-large");
    return file ? [file.name, file.size, note ? note.textContent : ""] : ["", 0, note ? note.textContent : ""];
}"""


def sideways():
    """A photo of four by three that lies on its side, in a file of eleven megabytes."""
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (400, 300), "coral").save(written, "JPEG", exif=exif)
    return written.getvalue() + bytes(MORE)


def test_a_form_makes_photos_small_enough_and_refuses_at_once_what_it_cannot_read(watched, live):
    page = watched
    [(path,)] = live.rows(
        "SELECT p.url_path FROM home_formquestion q JOIN wagtailcore_page p ON p.id = q.page_id"
        " WHERE q.field_type = 'file' LIMIT 1"
    )
    page.goto(f"{live.site}/{path.split('/', 2)[2]}")
    field = page.locator("input[type=file]")
    field.set_input_files({"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": bytes(MORE)})
    page.locator(".too-large", has_text="IMG_1.HEIC has 11.0 MB. At most 10 MB").wait_for()
    assert field.evaluate(HOLDS)[:2] == ["", 0]
    field.set_input_files({"name": "IMG_2.JPG", "mimeType": "image/jpeg", "buffer": sideways()})
    page.locator(".too-large", has_text="IMG_1").wait_for(state="detached")
    page.locator(".too-large", has_text="look at").wait_for(state="detached")
    name, size, said = field.evaluate(HOLDS)
    assert (name, said) == ("IMG_2.jpg", "")
    assert 0 < size < 100_000
    measures = field.evaluate("input => createImageBitmap(input.files[0]).then(it => [it.width, it.height])")
    assert measures == [300, 400], "upright"

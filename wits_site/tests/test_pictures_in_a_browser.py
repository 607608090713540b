"""Photos in a real browser: as wide as their places say, of the newest kind, and none before it is needed."""

import pytest
from playwright.sync_api import expect

from wits_site.tests.browser import focused

pytestmark = pytest.mark.browser

MAKE = """
from wagtail.images.models import Filter

from home.models import HomePage, StandardPage
from home.pictures.making import missing
from home.pictures.uses import uses_on
from home.tests.factories import PictureFactory

photo = PictureFactory(file__width=1800, file__height=1350)
link = {"text": "", "page": None, "address": ""}
body = [
    ("picture", {"picture": photo, "caption": ""}),
    ("picture_text", {"heading": "A", "text": "<p>b</p>", "picture": photo, "side": "left", "link": link}),
    ("gallery", {"heading": "", "pictures": [{"picture": photo, "caption": ""}] * 6}),
    ("video", {"title": "A", "address": "https://youtu.be/aaaaaaaaaaa", "picture": photo, "text": ""}),
    ("cards", {"heading": "", "look": "pictures", "cards": [{"title": "A", "picture": photo, "link": link}] * 3}),
    ("people", {"heading": "", "people": [{"name": "A", "picture": photo, "link": link}] * 4}),
    ("quote", {"words": "A", "name": "B", "about": "", "picture": photo, "portrait": ""}),
    ("logos", {"heading": "", "text": "", "logos": [{"name": "A", "logo": photo, "address": ""}] * 3}),
]
page = StandardPage(title="Photos", slug="photos", live=False, picture=photo, body=body)
HomePage.objects.get().add_child(instance=page)
for spec in missing(photo, uses_on(page)[photo.pk]):  # at once: the worker has the demonstration's to make
    photo.create_rendition(Filter(spec=spec))
page.save_revision().publish()
"""

# How wide each picture is, how wide its `sizes` say it is, and what the browser took.
MEASURE = """() => [...document.querySelectorAll("main picture img")]
  .filter(image => !image.closest("[popover]"))
  .map(image => {
    const said = image.previousElementSibling.sizes.replace("auto, ", "").split(", ");
    const parts = said.map(part => part.match(/^(?:(\\(.*\\)) )?(\\S+)$/));
    const fits = parts.find(part => !part[1] || matchMedia(part[1]).matches);
    const width = fits[2].endsWith("vw") ? innerWidth * parseFloat(fits[2]) / 100 : parseFloat(fits[2]) * 16;
    return {place: image.closest("[class]").className, width: image.getBoundingClientRect().width, said: width,
            took: image.currentSrc};
  })"""

# A logo is as wide as the file says: it has to be there.
LOAD = """async () => {
  const pictures = [...document.querySelectorAll("main picture img")].filter(image => !image.closest("[popover]"));
  pictures.forEach(image => { image.loading = "eager"; });
  await Promise.all(pictures.map(image => image.decode()));
}"""


@pytest.fixture(scope="module")
def photos(live):
    """A page with a photo in every place, in all its sizes."""
    live.manage("shell", "-c", MAKE)
    return f"{live.site}/photos/"


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_each_place_is_about_as_wide_as_it_says(watched, photos, width):
    watched.set_viewport_size({"width": width, "height": 900})
    watched.goto(photos)
    lazy = watched.evaluate("[...document.querySelectorAll('main picture img')].map(image => image.loading)")
    watched.evaluate(LOAD)
    pictures = watched.evaluate(MEASURE)
    assert len(pictures) == 21, "one at the top, then those of each block"
    for picture in pictures:
        # Never much smaller than its place, which would blur; not half as large again, which would be waste.
        # A logo is as high as all others, and as wide as it likes up to that.
        most = 10 if picture["place"] == "partner__logo" else 1.5
        assert 0.75 <= picture["said"] / picture["width"] <= most, picture
    assert lazy == ["auto", *["lazy"] * (len(lazy) - 1)], "only the one at the top comes at once"


def test_a_photo_comes_as_avif_in_a_size_for_the_screen(watched, photos):
    watched.set_viewport_size({"width": 390, "height": 844})
    watched.goto(photos)
    watched.wait_for_load_state("networkidle")
    first = watched.evaluate(MEASURE)[0]
    assert first["took"].endswith(".fill-480x360.format-avif.avif")


def test_a_keyboard_opens_a_picture_large_and_closes_it(watched, photos):
    watched.goto(photos)
    first = watched.locator(".gallery__large").first
    expect(first).to_be_hidden()
    for _ in range(60):
        watched.keyboard.press("Tab")
        if watched.evaluate("document.activeElement.matches('.gallery__open')"):
            break
    assert focused(watched)["visible"]
    watched.keyboard.press("Enter")
    expect(first).to_be_visible()
    assert focused(watched)["text"] == "Close"
    watched.keyboard.press("Escape")
    expect(first).to_be_hidden()
    assert watched.evaluate("document.activeElement.matches('.gallery__open')"), "the keyboard is where it was"
    watched.keyboard.press("Space")
    watched.keyboard.press("Enter")
    expect(first).to_be_hidden()

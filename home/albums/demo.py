"""Two albums of the demonstration. Their photos are the site's own drawings on coloured paper: nobody is in them."""

import io
from datetime import timedelta
from typing import Any

import resvg_py
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from home.albums.making import make_album
from home.albums.page import AlbumPage, AlbumsPage
from home.drawings import DRAWINGS
from home.home_page import HomePage
from home.pictures.records import Picture
from home.posters.papers import BLUSH, MINT, YELLOW

PAGE: dict[str, Any] = {
    "title": "You had to be there",
    "seo_title": "Albums",
    "slug": "albums",
    "lede": "And if you were, you may be in here. One click takes down any photo with you in it.",
    "drawing": "welcome",
}
CREDIT = "Photo by Robin Castellane"
SIZE = (720, 540)
PAPERS = (YELLOW, MINT, BLUSH)
# `days` ago; `event` is its page.
ALBUMS: list[dict[str, Any]] = [
    {
        "title": "Cookies & Code, the midterm one",
        "slug": "cookies-and-code-midterms",
        "days": 24,
        "event": "cookies-and-code-midterms",
        "lede": "Forty-one people, three trays, one bug that turned out to be a comma.",
        "photos": [
            ("cookie-night", "The first tray, four minutes in."),
            ("workshop", ""),
            ("whiteboard", "It was a comma."),
            ("together", "Waiting for the second tray."),
        ],
    },
    {
        "title": "The welcome picnic",
        "slug": "welcome-picnic",
        "days": 76,
        "event": "welcome-picnic",
        "lede": "It rained for ten minutes. Nobody left.",
        "photos": [("members", "Everybody who stayed for the photo."), ("books", ""), ("say-hi", "")],
    },
]


def make_demo(home: HomePage) -> AlbumsPage:
    """The page of albums with two of them; what is there already stays as it is."""
    index = AlbumsPage.objects.first() or home.add_child(instance=AlbumsPage(**PAGE))
    number = 0
    for words in ALBUMS:
        if AlbumPage.objects.child_of(index).filter(slug=words["slug"]).exists():
            continue
        photos = []
        for drawing, caption in words["photos"]:
            photos.append((_photo(drawing, PAPERS[number % len(PAPERS)]), caption))
            number += 1
        make_album(
            index,
            photos,
            taken_on=timezone.localdate() - timedelta(days=words["days"]),
            event=Page.objects.filter(slug=words["event"]).exclude(url_path__startswith=index.url_path).first(),
            **{name: words[name] for name in ("title", "slug", "lede")},
        )
    return index


def _photo(name: str, paper: str) -> Picture:
    drawing = DRAWINGS[name]
    svg = settings.BASE_DIR / "static" / drawing.path
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_path=str(svg), width=SIZE[0] - 80))))
    drawn.thumbnail((SIZE[0] - 80, SIZE[1] - 60))
    photo = Image.new("RGB", SIZE, paper)
    photo.paste(drawn, ((SIZE[0] - drawn.width) // 2, SIZE[1] - drawn.height), drawn.convert("RGBA"))
    written = io.BytesIO()
    photo.save(written, "PNG", optimize=True)
    return Picture.objects.create(
        title=drawing.label,
        description=drawing.description,
        credit=CREDIT,
        file=ContentFile(written.getvalue(), f"album-{name}.png"),
    )

"""Making an album in one call, for the demonstration and for tests."""

from collections.abc import Sequence
from typing import Any

from home.albums.page import AlbumPage, AlbumsPage
from home.albums.records import AlbumPhoto
from home.pictures.records import Picture


def make_album(index: AlbumsPage, photos: Sequence[tuple[Picture, str]] = (), **fields: Any) -> AlbumPage:
    """A published album under `index`: pictures, each with its caption."""
    album = AlbumPage(**fields)
    album.photos = [
        AlbumPhoto(picture=picture, caption=caption, sort_order=place)
        for place, (picture, caption) in enumerate(photos)
    ]
    index.add_child(instance=album)
    return album

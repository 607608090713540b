"""Taking a photo down: hidden at once, and told to the club in the same transaction."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from home import wishes
from home.albums.page import AlbumPage
from home.albums.records import TakeDown
from home.forms.limits import KEEP_CLIENT, place
from home.pictures.records import Picture
from outbox.alerts import alert
from outbox.schedule import schedule

# Nobody is in more photos of an evening; who takes down more is asked of a person.
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 20


def take_down(album: AlbumPage, picture: Picture, words: str, address: str) -> bool:
    """Hide the photo, unless an executive decided to show it, or too many went from one place: whether it is hidden.

    Pressed twice is one wish; either way the club is told once.
    """
    known = TakeDown.objects.filter(album=album, picture=picture)
    if known.filter(is_hidden=True).exists():
        return True
    client = place(address)
    lately = TakeDown.objects.filter(client=client, asked_at__gt=timezone.now() - AN_HOUR)
    hide = not known.exists() and not (client and lately.count() >= MOST_AN_HOUR)
    with transaction.atomic():
        wish = TakeDown.objects.create(album=album, picture=picture, words=words, client=client, is_hidden=hide)
        alert(
            "album.take_down",
            key=f"album.take_down:{album.pk}:{picture.pk}:{wish.pk}",
            what=f"Somebody in a photo of the album “{album.title}” wants it taken down.",
            done="The photo is hidden." if hide else "The photo still stands there: this is for a person to decide.",
            todo="Look at it, and delete the picture where they are right; its file goes then, too.",
            link=f"/admin/taken-down/{wish.pk}/",
        )
    return hide


def decide(wish: TakeDown, user: object, *, hide: bool) -> None:
    """An executive hides the photo, or shows it again."""
    wish.is_hidden, wish.decided_at, wish.decided_by = hide, timezone.now(), user  # type: ignore[assignment]
    wish.save(update_fields=["is_hidden", "decided_at", "decided_by"])


def register_all() -> None:
    """Called once, when the app is ready."""
    schedule("home.albums", forget, daily_at=time(3, 50))
    wishes.register("hide", hidden_since, hide_again)


def hidden_since(moment: datetime) -> Iterator[str]:
    """Photos that somebody had hidden after that moment and that still are: album and picture."""
    hidden = TakeDown.objects.filter(asked_at__gt=moment, is_hidden=True).order_by("asked_at")
    for album, picture in hidden.values_list("album", "picture"):
        yield f"{album} {picture}"


def hide_again(ids: str) -> None:
    """Hide it in a database that does not know of the wish; what somebody said with it is not known any more."""
    album, picture = map(int, ids.split())
    there = AlbumPage.objects.filter(pk=album).exists() and Picture.objects.filter(pk=picture).exists()
    if there and not TakeDown.objects.filter(album=album, picture=picture, is_hidden=True).exists():
        TakeDown.objects.create(album_id=album, picture_id=picture)


def forget() -> None:
    """Forget where wishes of other days came from."""
    TakeDown.objects.filter(asked_at__lt=timezone.now() - KEEP_CLIENT).exclude(client="").update(client="")

"""Taking a photo down: hidden at once, and told to the club in the same transaction."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

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


def schedule_all() -> None:
    """Called once, when the app is ready."""
    schedule("home.albums", forget, daily_at=time(3, 50))


def forget() -> None:
    """Forget where wishes of other days came from."""
    TakeDown.objects.filter(asked_at__lt=timezone.now() - KEEP_CLIENT).exclude(client="").update(client="")

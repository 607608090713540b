"""How long answers are kept: until the day that the form named when they were sent."""

from datetime import time

from django.utils import timezone

from home.forms.limits import KEEP_CLIENT
from home.forms.records import Answer
from outbox.schedule import schedule


def schedule_all() -> None:
    """Called once, when the app is ready."""
    schedule("home.forms", forget, daily_at=time(3, 45))


def forget() -> None:
    """Delete the answers whose day has come, with their files; forget where older ones came from."""
    now = timezone.now()
    for answer in Answer.objects.filter(delete_on__lte=timezone.localdate(now)).iterator(chunk_size=100):
        answer.delete()
    Answer.objects.filter(sent_at__lt=now - KEEP_CLIENT).exclude(client="").update(client="")

"""What people answered. Answers are kept until a day that the form named, and then deleted with their files."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from home.forms.uploads import TYPES, kind_of, place_for, private


class Answer(models.Model):
    """One form that somebody sent. `given` keeps the questions as they were asked, so that it can always be read."""

    form = models.ForeignKey("home.FormPage", on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=64, unique=True, editable=False)
    given = models.JSONField(default=list, help_text="A list of name, label, kind and value.")
    name = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=320, blank=True)
    by_member = models.BooleanField(
        null=True, help_text="Whether the address is a member's; empty where the form does not ask, or not yet."
    )
    is_late = models.BooleanField(default=False, help_text="Sent after the deadline, begun before it.")
    client = models.CharField(max_length=32, blank=True, editable=False, help_text="Tells places apart for a day.")
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    delete_on = models.DateField(db_index=True, help_text="The day that the form named.")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["client", "sent_at"], name="home_answer_client")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Question and answer in words, in the form's order."""
        return [(line["label"], said(line["value"])) for line in self.given]


class AnswerFile(models.Model):
    """A file of an answer. It is only ever downloaded, by those who may read the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    question = models.CharField(max_length=255, help_text="The name of the question.")
    name = models.CharField(max_length=150, help_text="As the person called it.")
    size = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private, upload_to=place_for, max_length=120)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"File {self.pk}"

    @property
    def content_type(self) -> str:
        return TYPES.get(kind_of(self.file.name), "application/octet-stream")


def said(value: Any) -> str:
    """An answer as text."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def readable_by(user: Any) -> QuerySet[Answer]:
    """The answers that somebody of the staff may read: all, or those of the forms that name them as a reader."""
    if user.has_perm("home.view_answer"):
        return Answer.objects.all()
    return Answer.objects.filter(Q(form__readers=user.pk))


def count_unread(user: Any) -> int:
    """How many of them nobody has read."""
    return readable_by(user).filter(read_at=None).count()


@receiver(post_delete, sender=AnswerFile, dispatch_uid="file of an answer")
def delete_file(instance: AnswerFile, **_: Any) -> None:
    """The file goes with its row, once that is certain."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))

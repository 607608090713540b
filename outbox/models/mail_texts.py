"""The words of mails, which are the club's to edit."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from outbox import mail_words


class MailText(models.Model):
    """The words of one kind of mail. A row that nobody edited follows the original words in the code."""

    key = models.CharField(max_length=60, unique=True, editable=False)
    label = models.CharField("mail", max_length=120, editable=False)
    subject = models.CharField(max_length=150)
    body = models.TextField(
        "text",
        help_text=(
            "A blank line starts a new paragraph. **Two stars** make words bold, [words](https://example.com) make a "
            "link, and lines that start with a dash make a list."
        ),
    )
    button = models.CharField(
        max_length=60, blank=True, help_text="The words on the button, where this mail has one. Keep them short."
    )
    edited = models.BooleanField("changed by us", default=False, editable=False)
    changed_at = models.DateTimeField("last changed", null=True, editable=False)

    class Meta:
        ordering = ["label"]
        default_permissions = ("change", "view")
        verbose_name = "mail text"

    def __str__(self) -> str:
        return self.label


@register_setting(icon="mail", order=200)
class MailSettings(BaseGenericSetting):
    """What every mail of the site carries."""

    reply_to = models.EmailField(
        "replies go to",
        default="wits.uwo@gmail.com",
        help_text="When someone answers one of our mails, it reaches this address.",
    )
    sign_off = models.TextField(
        "sign-off",
        blank=True,
        default="See you soon,\n**Your WITS team**",
        help_text="The last lines of every mail to members. **Two stars** make words bold.",
    )
    postal_address = models.CharField(
        max_length=200,
        default="WITS, 1151 Richmond St, London, ON N6A 3K7",
        help_text="At the foot of every mail. Canada's anti-spam law asks for it.",
    )

    reason = models.CharField(
        "why they get it",
        max_length=200,
        default="You get this mail because of what you did on [our site]({site}).",
        help_text="At the foot of every mail to members, before the address. [Words]({site}) lead to the site.",
    )

    panels = [FieldPanel("reply_to"), FieldPanel("sign_off"), FieldPanel("reason"), FieldPanel("postal_address")]

    class Meta:
        verbose_name = "mail settings"

    def clean(self) -> None:
        """Refuse a variable that no mail has: its reader would see the braces."""
        super().clean()
        errors = {}
        for name, known in {"sign_off": [], "reason": ["site"]}.items():
            try:
                mail_words.check([getattr(self, name)], known=known, required=[])
            except mail_words.WordsRefused as error:
                errors[name] = str(error)
        if errors:
            raise ValidationError(errors)

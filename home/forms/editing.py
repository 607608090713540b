"""What the editor of a form checks before it is saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from home.forms import notices
from outbox.mail_words import WordsRefused, check

MOST_FILES = 3
LEAST_DAYS, MOST_DAYS = 7, 730


class FormPageForm(WagtailAdminFormPageForm):
    """Times in order, words without unknown places, few files, and an address where one is needed."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "It closes before it opens.")
        kinds = self._kinds()
        if kinds.count("file") > MOST_FILES:
            self.add_error(None, f"A form asks for at most {MOST_FILES} files: these are {kinds.count('file')}.")
        if cleaned.get("for_members") and "email" not in kinds:
            self.add_error("for_members", "Ask for their email address first: it says whether they are a member.")
        for name in ("mail_subject", "mail_body", "stranger_subject", "stranger_body"):
            self._check_words(name, cleaned.get(name) or "")
        return cleaned

    def clean_keep_days(self) -> int:
        """Long enough to be read, and no longer than anybody could need it."""
        days: int = self.cleaned_data["keep_days"]
        if not LEAST_DAYS <= days <= MOST_DAYS:
            raise ValidationError(f"Keep answers for {LEAST_DAYS} to {MOST_DAYS} days.")
        return days

    def clean_told(self) -> str:
        """One address on each line, whatever stands between them."""
        addresses = self.cleaned_data["told"].replace(",", " ").replace(";", " ").split()
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(f"{address} does not look like an email address.") from error
        return "\n".join(addresses)

    def _kinds(self) -> list[str]:
        forms = self.formsets["questions"].forms if "questions" in self.formsets else []
        data = [form.cleaned_data for form in forms if form.is_valid()]
        return [one.get("field_type", "") for one in data if one and not one.get("DELETE")]

    def _check_words(self, name: str, text: str) -> None:
        try:
            check([text], known=notices.OWN.variables, required=())
        except WordsRefused as error:
            self.add_error(name, str(error))

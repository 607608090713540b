"""The questions of a form, as executives define them."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.forms.forms import FormBuilder
from wagtail.contrib.forms.models import AbstractFormField

from home.forms import words
from home.forms.filling import FilledForm
from home.forms.uploads import AnswerFileField

KINDS = [
    ("name", "Their name"),
    ("email", "Their email address"),
    ("singleline", "A line of words"),
    ("multiline", "A longer text"),
    ("radio", "One of a few, all in sight"),
    ("dropdown", "One of many, in a list that opens"),
    ("checkboxes", "Any of several"),
    ("checkbox", "A tick: yes, I agree"),
    ("number", "A number"),
    ("date", "A day"),
    ("url", "An address on the web"),
    ("file", "A file: PDF, Word, Excel or a picture"),
]
OF_CHOICES = {"radio", "dropdown", "checkboxes"}
MOST_CHOICES = 60
SHORT, LONG = 300, 10_000


class FormQuestion(AbstractFormField):
    """One question of a form. Its `clean_name` stays when its words change, so that answers stay together."""

    # Fields
    page = ParentalKey("home.FormPage", related_name="questions", on_delete=models.CASCADE)
    label = models.CharField(
        "question", max_length=200, help_text="As you would ask it out loud: What do you hope to learn?"
    )
    field_type = models.CharField("what they answer with", max_length=16, choices=KINDS, default="singleline")
    field_type.required_on_save = True  # type: ignore[attr-defined]  # Wagtail's own mark, for previews
    required = models.BooleanField(
        "must be answered", default=True, help_text="Ask for little: each question that must be answered loses some."
    )
    choices = models.TextField(
        blank=True, help_text="One on each line. For questions with choices only: leave it empty for all others."
    )
    help_text = models.CharField(
        "hint", max_length=255, blank=True, help_text="Small words under the question. For example: Two sentences."
    )

    # Panels
    panels: ClassVar[list[Any]] = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("field_type"), FieldPanel("required")]),
        FieldPanel("choices"),
        FieldPanel("help_text"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = "question"

    # Methods
    def get_field_clean_name(self) -> str:
        """A question of signs only has a name too."""
        return (super().get_field_clean_name() or "question")[:100]

    @property
    def choice_lines(self) -> list[str]:
        """The choices, each once."""
        return list(dict.fromkeys(line for line in map(str.strip, self.choices.splitlines()) if line))

    def clean(self) -> None:
        super().clean()
        if self.field_type not in OF_CHOICES and self.choices.strip():
            raise ValidationError({"choices": "This kind of answer has no choices. Take them out, or pick another."})
        if self.field_type in OF_CHOICES and not 2 <= len(self.choice_lines) <= MOST_CHOICES:
            raise ValidationError({"choices": f"Write 2 to {MOST_CHOICES} choices, one on each line."})
        if any(len(line) > SHORT for line in self.choice_lines):
            raise ValidationError({"choices": f"A choice is at most {SHORT} letters long."})


class Line(forms.CharField):
    """A text that says how long it is where it is too long; browsers would cut it, and count an emoji as two."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if len(text) > self.most:
            raise ValidationError(words.TOO_LONG.format(count=len(text), most=self.most), code="max_length")
        return text


class QuestionBuilder(FormBuilder):
    """Django's fields for the questions of a form."""

    def get_field_options(self, field: FormQuestion) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        options["initial"] = None
        return options

    def get_formatted_field_choices(self, field: FormQuestion) -> list[tuple[str, str]]:
        return [(line, line) for line in field.choice_lines]

    def create_name_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return Line(most=SHORT, **_missing(options, words.NO_ANSWER))

    def create_singleline_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return Line(most=SHORT, **_missing(options, words.NO_ANSWER))

    def create_multiline_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return Line(most=LONG, widget=forms.Textarea, **_missing(options, words.NO_ANSWER))

    def create_email_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return forms.EmailField(**_missing(options, words.NO_ANSWER, invalid=words.WRONG_EMAIL))

    def create_url_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        options = _missing(options, words.NO_ANSWER, invalid=words.WRONG_LINK)
        return forms.URLField(assume_scheme="https", max_length=2000, **options)

    def create_number_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return forms.DecimalField(max_digits=20, **_missing(options, words.NO_ANSWER, invalid=words.WRONG_NUMBER))

    def create_date_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return forms.DateField(**_missing(options, words.NO_ANSWER, invalid=words.WRONG_DAY))

    def create_checkbox_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return forms.BooleanField(**_missing(options, words.NO_TICK))

    def create_radio_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return self._choice(field, options)

    def create_dropdown_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return self._choice(field, options)

    def create_checkboxes_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        options["choices"] = self.get_formatted_field_choices(field)
        return forms.MultipleChoiceField(**_missing(options, words.NO_CHOICE, invalid_choice=words.NO_CHOICE))

    def create_file_field(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        return AnswerFileField(**_missing(options, words.NO_FILE))

    def _choice(self, field: FormQuestion, options: dict[str, Any]) -> forms.Field:
        options["choices"] = self.get_formatted_field_choices(field)
        return forms.ChoiceField(**_missing(options, words.NO_CHOICE, invalid_choice=words.NO_CHOICE))

    def get_form_class(self) -> type[FilledForm]:
        """The form, whose fields know what kind of answer they are."""
        fields = self.formfields
        for question, name in zip(self.fields, fields, strict=True):
            fields[name].kind = question.field_type
        return type("AnswerForm", (FilledForm,), dict(fields))


def _missing(options: dict[str, Any], required: str, **others: str) -> dict[str, Any]:
    """Options with what is said of an answer that is missing or wrong."""
    said = {"required": required, **others}
    question = options["label"].rstrip(" :")
    messages = {code: message.replace("{question}", question) for code, message in said.items()}
    return {**options, "error_messages": messages}

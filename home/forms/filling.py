"""A form that somebody fills in: what its template shows, and what is checked besides the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from wagtail.contrib.forms.forms import BaseForm

from home.forms import stamps, words

# No question is ever called so: their names have no dash.
STAMP, TRAP = "form-stamp", "form-website"
# What browsers should offer, and which keyboard a phone should show.
AUTOCOMPLETE = {"name": "name", "email": "email"}
KEYBOARD = {"email": "email", "number": "decimal", "url": "url"}
LEFT_TO_RIGHT = {"email", "number", "url"}
ACCEPTED = ".pdf,.docx,.xlsx,image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic"


@dataclass(frozen=True)
class Option:
    """One choice of a question."""

    words: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """A question as its template shows it."""

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    value: Any
    problem: str
    options: Sequence[Option] = ()

    @property
    def id(self) -> str:
        return f"answer-{self.name}"

    @property
    def shape(self) -> str:
        """Which part of the template shows it."""
        if self.kind in {"multiline", "dropdown", "radio", "checkboxes", "checkbox", "file"}:
            return self.kind
        return "line"

    @property
    def optional(self) -> str:
        return "" if self.required else words.OPTIONAL

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader should say with it."""
        parts = [("error", self.problem), ("hint", self.hint), ("kinds", self.kind == "file")]
        return " ".join(f"{self.id}-{part}" for part, there in parts if there)

    @property
    def one_of(self) -> str:
        """The type of its inputs."""
        return {"radio": "radio", "checkboxes": "checkbox", "date": "date"}.get(self.kind, "text")

    @property
    def autocomplete(self) -> str:
        return AUTOCOMPLETE.get(self.kind, "")

    @property
    def keyboard(self) -> str:
        return KEYBOARD.get(self.kind, "")

    @property
    def accepted(self) -> str:
        """Which files a browser offers."""
        return ACCEPTED

    @property
    def direction(self) -> str:
        return "ltr" if self.kind in LEFT_TO_RIGHT else "auto"

    @property
    def as_typed(self) -> str:
        """What was typed, to be given back."""
        if isinstance(self.value, list | tuple):
            return ", ".join(str(one) for one in self.value)
        if self.kind == "file":
            return ""
        return (words.YES if self.value else "") if self.kind == "checkbox" else str(self.value or "")


class FilledForm(BaseForm):
    """The questions, and what a form carries unseen. `page` is the form's page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="answer-%s", **kwargs)

    # What the template shows ---------------------------------------------------------------------------------------

    @property
    def questions(self) -> list[Question]:
        """All of them, in order, with what was typed."""
        return [self._question(bound) for bound in self]

    def _question(self, bound: forms.BoundField) -> Question:
        field, value = bound.field, bound.value()
        chosen = set(map(str, value)) if isinstance(value, list | tuple) else {str(value)}
        problems = self.errors.get(bound.name) if self.is_bound else None
        return Question(
            name=bound.name,
            kind=field.kind,  # type: ignore[attr-defined]  # set by the builder
            label=str(bound.label),
            hint=str(field.help_text),
            required=field.required,
            value=value if value is not None else "",
            problem=str(problems[0]) if problems else "",
            options=[Option(str(label), str(one) in chosen) for one, label in getattr(field, "choices", ())],
        )

    @property
    def has_files(self) -> bool:
        return self.is_multipart()

    @property
    def stamp(self) -> str:
        """The stamp to send along: the same as long as it is good, so that a second try is the same answer."""
        signed = str(self.data.get(STAMP, ""))
        try:
            if not stamps.read(self.page.pk, signed).is_too_old:
                return signed
        except stamps.StampRefused:
            pass
        return stamps.issue(self.page.pk)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the question, words) in the form's order; no id where it concerns the whole form."""
        order = ["__all__", *self.fields]
        found = [
            ("" if name == "__all__" else f"answer-{name}", str(message))
            for name in sorted(self.errors, key=order.index)
            for message in self.errors[name]
        ]
        return found + ([("", words.FILES_AGAIN)] if found and self.files else [])

    @property
    def problems_heading(self) -> str:
        """One thing to fix, or how many."""
        count = len(self.problems)
        return words.ONE_PROBLEM if count == 1 else words.MANY_PROBLEMS.format(count=count)

    # What is checked -----------------------------------------------------------------------------------------------

    def read_stamp(self) -> stamps.Stamp | None:
        """What the form carries; None where that is not ours."""
        try:
            return stamps.read(self.page.pk, str(self.data.get(STAMP, "")))
        except stamps.StampRefused:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stamp = self.read_stamp()
        if stamp is None or stamp.is_too_old:
            self.add_error(None, words.PAGE_TOO_OLD)
        elif stamp.is_too_young:
            self.add_error(None, words.TOO_FAST)
        if self.data.get(TRAP):
            self.add_error(None, words.TRAP_FILLED)
        return cleaned

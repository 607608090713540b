"""Making a form in one call, for the demonstration and for tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.forms.page import FormPage
from home.forms.questions import FormQuestion


@dataclass(frozen=True)
class Asked:
    """A question of a form that is made."""

    label: str
    kind: str = "singleline"
    required: bool = True
    choices: Sequence[str] = ()
    hint: str = ""


def make_form(parent: Page, questions: Sequence[Asked], **fields: Any) -> FormPage:
    """A published form under `parent`."""
    page = FormPage(first_published_at=timezone.now(), **fields)
    page.questions = [
        FormQuestion(
            label=asked.label,
            field_type=asked.kind,
            required=asked.required,
            choices="\n".join(asked.choices),
            help_text=asked.hint,
            sort_order=place,
        )
        for place, asked in enumerate(questions)
    ]
    parent.add_child(instance=page)
    return page

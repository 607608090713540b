"""What is typed on the pages of signing in, and what an Owner says of somebody."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from desk.accounts.access import Person, name_of, positions
from desk.groups import POSITIONS
from desk.models import User

LONGEST_PASSWORD = 256
TWO_YEARS = timedelta(days=731)


class SignInForm(forms.Form):
    username = forms.CharField(
        label="Email",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "inputmode": "email"}),
        error_messages={"required": "Type your email address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )


class CodeForm(forms.Form):
    """A code of an app or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Type the code."},
    )


class PasswordForm(forms.Form):
    """A first password. `hashed` is what is kept of it."""

    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Four words that nobody would guess are easy to remember.",
        error_messages={"required": "Choose a password."},
    )
    again = forms.CharField(
        label="Password, once more",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type it once more."},
    )

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", "The two are not the same. Type it again.")
        return data

    @property
    def hashed(self) -> str:
        return make_password(self.cleaned_data["password"])


def end_of_term() -> date:
    """The coming 30 April: when most positions end."""
    today = timezone.localdate()
    return date(today.year + (today > date(today.year, 4, 30)), 4, 30)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom an Owner gives access, and until when."""

    position = forms.ChoiceField(
        choices=[(name, f"{name}: {what}") for name, what in POSITIONS.items()], widget=forms.RadioSelect
    )
    field_order = ("first_name", "last_name", "email", "position", "access_until")

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "access_until")
        widgets = {"access_until": AdminDateInput}
        help_texts = {"email": "The invitation goes there, and they sign in with it."}

    def __init__(self, *args: Any, for_user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields["first_name"].required = True
        self.fields["email"].required = True
        if self.instance.pk:
            self.initial["position"] = next(iter(positions(self.instance)), None)
        else:
            self.initial.setdefault("access_until", end_of_term())

    def clean_email(self) -> str:
        email = name_of(self.cleaned_data["email"])
        if User.objects.filter(username=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is an account with this address already. Find it in the list.")
        return email

    def clean_access_until(self) -> date | None:
        day: date | None = self.cleaned_data["access_until"]
        if day and day < timezone.localdate():
            raise ValidationError("That day is over. To end access now, press “End access” instead.")
        if day and day - timezone.localdate() > TWO_YEARS:
            raise ValidationError("That is more than two years away. Check the year.")
        return day

    def person(self) -> Person:
        """What is written down, as the service takes it. For a valid form."""
        return Person(**{name: self.cleaned_data[name] for name in Person.__dataclass_fields__})

"""The join form: what is asked of a person, and every way in which it can be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from membership import names, nonces, words
from membership.addresses import clean_email, suggestion
from membership.errors import WrongAddress
from membership.offers import Offer, Offers, price_words, read_seen_prices


@dataclass(frozen=True)
class Card:
    """One level as a radio button on the form."""

    offer: Offer
    checked: bool


class NameField(forms.CharField):
    """A name, kept exactly as typed but for white space around it."""

    def __init__(self, *, missing: str, **kwargs: Any) -> None:
        # Without max_length there is no maxlength attribute: browsers count an emoji as two and would cut it.
        super().__init__(error_messages={"required": missing}, **kwargs)
        self.missing = missing

    def clean(self, value: Any) -> str:
        # Looked at before Django's own cleaning, which would say only that null characters are not allowed.
        name = str(value or "").strip()
        if names.has_refused_characters(name):
            raise forms.ValidationError(words.NAME_HIDDEN_CHARACTERS)
        if len(name) > names.MAX_LENGTH:
            raise forms.ValidationError(words.NAME_TOO_LONG)
        if not names.is_visible(name):
            raise forms.ValidationError(self.missing)
        return name


class JoinForm(forms.Form):
    """Three fields, a level, and what a browser sends along without being asked.

    `price_seen` says which prices this visitor was shown; the price itself is decided on the server. `email_asked` is
    the address that was once asked about ("did you mean …?"): sent again unchanged, it is right. `comment` is a trap
    for programs, hidden from people by the style sheet.
    """

    first_name = NameField(missing=words.NO_FIRST_NAME)
    last_name = NameField(missing=words.NO_LAST_NAME)
    email = forms.CharField(required=False, strip=False)
    level = forms.CharField(required=False)
    newsletter = forms.BooleanField(required=False)
    nonce = forms.CharField(required=False)
    price_seen = forms.CharField(required=False)
    email_asked = forms.CharField(required=False)
    comment = forms.CharField(required=False)

    def __init__(self, data: QueryDict | None = None, *, offers: Offers, initial: Mapping[str, Any] | None = None):
        super().__init__(_with_suggestion_taken(data), initial=dict(initial or {}), auto_id="%s")
        self.offers = offers
        self.suggested_email = ""

    # What the template shows ---------------------------------------------------------------------------------------

    @property
    def cards(self) -> list[Card]:
        """The open levels; the first is chosen until the visitor chooses."""
        chosen = self.offers.find(str(self["level"].value() or ""))
        if chosen is None and not self.is_bound and self.offers.levels:
            chosen = self.offers.levels[0]
        return [Card(offer, offer is chosen) for offer in self.offers.levels]

    @property
    def signed_nonce(self) -> str:
        """The nonce to send along: the same as long as it is good, so that a second try finds the same signup."""
        signed = str(self["nonce"].value() or "")
        try:
            nonces.read(signed)
        except nonces.NonceRefused:
            return nonces.issue()
        return signed

    @property
    def asked_email(self) -> str:
        """The address this form has asked about, to be sent along."""
        if self.suggested_email:
            return str(self["email"].value() or "").strip()
        return str(self["email_asked"].value() or "")

    @property
    def words_for_use(self) -> str:
        """On the button that takes the suggested address."""
        return words.USE_SUGGESTION.format(email=self.suggested_email)

    @property
    def words_for_keep(self) -> str:
        """On the button that keeps the typed one."""
        return words.KEEP_EMAIL.format(email=self.asked_email)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(name of the field, words) in the form's order; no name where it concerns the whole form."""
        order = ["__all__", *self.fields]
        return [
            ("" if name == "__all__" else name, str(message))
            for name in sorted(self.errors, key=order.index)
            for message in self.errors[name]
        ]

    @property
    def problems_heading(self) -> str:
        """One thing to fix, or how many."""
        count = len(self.problems)
        return words.SUMMARY_ONE if count == 1 else words.SUMMARY_MANY.format(count=count)

    # What is checked -----------------------------------------------------------------------------------------------

    def clean_email(self) -> str:
        """The address; asks once where it looks mistyped."""
        typed = self.cleaned_data["email"]
        try:
            email = clean_email(typed)
        except WrongAddress as error:
            raise forms.ValidationError(str(error)) from error
        meant = suggestion(email)
        if meant and self.data.get("email_asked", "").strip() not in (typed.strip(), email):
            self.suggested_email = meant
            raise forms.ValidationError(words.DID_YOU_MEAN.format(email=meant))
        return email

    def clean_level(self) -> str:
        """The slug of an open level whose price is the one the visitor saw."""
        slug: str = self.cleaned_data["level"]
        if not slug:
            raise forms.ValidationError(words.NO_LEVEL)
        offer = self.offers.find(slug)
        if offer is None:
            raise forms.ValidationError(words.LEVEL_CLOSED)
        if read_seen_prices(self.data.get("price_seen", "")).get(slug) != offer.price_cents:
            raise forms.ValidationError(price_changed(offer))
        return slug

    def clean_nonce(self) -> str:
        """The number that becomes the signup's key."""
        try:
            nonce = nonces.read(self.cleaned_data["nonce"])
        except nonces.NonceRefused:
            self.add_error(None, words.PAGE_TOO_OLD)
            return ""
        if nonce.is_too_young:
            self.add_error(None, words.TOO_FAST)
        return nonce.number

    def clean_comment(self) -> str:
        """Programs fill in every field they find. A person whose browser did is told, and nothing is lost."""
        if self.cleaned_data["comment"]:
            self.add_error(None, words.TRAP_FILLED)
        return ""


def price_changed(offer: Offer) -> str:
    """What to say when the price is no longer the one that was seen."""
    return words.PRICE_CHANGED.format(level=offer.name, price=price_words(offer.price_cents))


def _with_suggestion_taken(data: QueryDict | None) -> QueryDict | None:
    """The data with the suggested address in place of the typed one, where that button was pressed."""
    if data is None or not data.get("use_email"):
        return data
    suggested = str(data["use_email"])
    taken = data.copy()
    taken["email"] = taken["email_asked"] = suggested
    return taken

"""Which addresses are taken, which are the same, and which look mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.addresses import KNOWN_DOMAINS, clean_email, email_key, suggestion
from membership.errors import WrongAddress


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" maya@uwo.ca ", "maya@uwo.ca"),
        ("Maya.Okafor@UWO.CA", "Maya.Okafor@uwo.ca"),
        ("maya+wits@gmail.com", "maya+wits@gmail.com"),
        ("maya@münchen.example", "maya@münchen.example"),
        ("françoise@uwo.ca", "françoise@uwo.ca"),
        ("franc\u0327oise@uwo.ca", "françoise@uwo.ca"),
    ],
)
def test_an_address_is_kept_as_it_was_typed_but_for_what_cannot_matter(typed, kept):
    assert clean_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "maya", "maya@", "@uwo.ca", "maya@uwo", "maya ok@uwo.ca", "maya@@uwo.ca", "a" * 400 + "@uwo.ca", "🎉"],
)
def test_what_is_no_address_is_refused_in_plain_words(typed):
    with pytest.raises(WrongAddress) as refused:
        clean_email(typed)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maya@UWO.ca", "maya@uwo.ca"),
        ("maya@MÜNCHEN.example", "maya@xn--mnchen-3ya.example"),
        ("FRANÇOISE@uwo.ca", "franc\u0327oise@uwo.ca"),
    ],
)
def test_two_spellings_of_one_address_have_one_key(one, other):
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("maya@uwo.ca", "maya+wits@uwo.ca"), ("m.aya@uwo.ca", "maya@uwo.ca"), ("a@uwo.ca", "a@uwo.co")]
)
def test_addresses_that_may_be_two_people_have_two_keys(one, other):
    assert email_key(one) != email_key(other)


@given(st.emails())
def test_a_key_is_the_key_of_itself(address):
    assert email_key(email_key(address)) == email_key(address)


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_key_or_the_suggestion(text):
    email_key(text)
    suggestion(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("maya@uwo.con", "maya@uwo.ca"),
        ("maya@uwo.com", "maya@uwo.ca"),
        ("maya@uow.ca", "maya@uwo.ca"),
        ("maya@uwo.c", "maya@uwo.ca"),
        ("maya@uwoo.ca", "maya@uwo.ca"),
        ("maya@gmial.com", "maya@gmail.com"),
        ("maya@gmail.con", "maya@gmail.com"),
        ("maya@gmail.cmo", "maya@gmail.com"),
        ("maya@gamil.com", "maya@gmail.com"),
        ("maya@gmal.co", "maya@gmail.com"),
        ("maya@hotmial.com", "maya@hotmail.com"),
        ("Maya@Outlok.com", "Maya@outlook.com"),
        ("maya@iclould.com", "maya@icloud.com"),
        ("maya@yaho.com", "maya@yahoo.com"),
        ("maya@somewhere.con", "maya@somewhere.com"),
    ],
)
def test_a_likely_mistake_is_answered_with_what_was_meant(typed, meant):
    assert suggestion(typed) == meant


@pytest.mark.parametrize(
    "right",
    [*(f"maya@{domain}" for domain in KNOWN_DOMAINS), "maya@UWO.CA", "maya@gmail.ca", "maya@ualberta.ca"]
    + [
        "maya@wits.example",
        "maya@yahoo.fr",
        "maya@email.com",
        "maya@ufo.ca",
        "maya@hotmail.fr",
        "no address",
        "@",
        "",
    ],
)
def test_nothing_is_suggested_for_an_address_that_is_right(right):
    assert suggestion(right) is None

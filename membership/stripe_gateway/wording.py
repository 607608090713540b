"""Names and addresses as Stripe takes them: cut for Stripe only, never in our database."""

import unicodedata

NAME_LENGTH = 256  # https://docs.stripe.com/api/customers/update#update_customer-name
METADATA_LENGTH = 500  # https://docs.stripe.com/api/metadata
ZERO_WIDTH_JOINER = "\u200d"


def cut(text: str, limit: int) -> str:
    """The first `limit` characters of `text` at most, ending between what a reader sees as two characters.

    An accent, a skin tone or a joined emoji is kept whole or left out whole.
    """
    if len(text) <= limit:
        return text
    end = limit
    while end and (_belongs_to_the_one_before(text[end]) or text[end - 1] == ZERO_WIDTH_JOINER):
        end -= 1
    return text[: end or limit]


def _belongs_to_the_one_before(character: str) -> bool:
    # M*: accents, vowel signs, variation selectors. The last five: skin tones of emoji.
    return (
        character == ZERO_WIDTH_JOINER
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def metadata_of(values: dict[str, str]) -> dict[str, str]:
    """`values` as Stripe's metadata: cut to its length; empty ones left out, since "" means "remove" to Stripe."""
    return {key: cut(value, METADATA_LENGTH) for key, value in values.items() if value}


def ascii_email(email: str) -> str:
    """`email` if it is plain ASCII, with an internationalised domain in its ASCII form; "" where neither can be.

    Stripe documents no other addresses, and a refused one would refuse the whole payment: the payer then types one.
    """
    local, _, domain = email.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}" if local.isascii() and local else ""
    except UnicodeError:
        return ""

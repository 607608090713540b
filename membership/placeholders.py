"""Places in the club's words where the site puts a name, a date or an address: {first_name}, {until}, {email}."""

import re
from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PLACE = re.compile(r"\{([a-z_]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Plain text with the values in their places; a place without a value stays as it is written."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def fill_html(html: str, values: Mapping[str, str]) -> SafeString:
    """The same for HTML that is safe already. Values are escaped, and kept from turning the text around them."""

    def put(found: re.Match[str]) -> str:
        return format_html("<bdi>{}</bdi>", values[found[1]]) if found[1] in values else found[0]

    return mark_safe(PLACE.sub(put, html))


def without_places(title: str) -> str:
    """A title for the browser's tab, where no name belongs: `{first_name}, you're in.` becomes `You're in.`"""
    rest = re.sub(r"\s+([.!?…])", r"\1", re.sub(r"[\s,]*\{[a-z_]*\}[\s,]*", " ", title)).strip()
    return rest[:1].upper() + rest[1:]


def unknown_places(text: str, known: Iterable[str]) -> list[str]:
    """The places in a text that nothing is ever put in, such as {firstname}."""
    known = set(known)
    return sorted({found[0] for found in PLACE.finditer(text) if found[1] not in known})

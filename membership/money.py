"""Money as people write it. Inside the site it is always whole cents."""

import re

MAX_CENTS = 100_000
WRITTEN = re.compile(r"\$?\s?([0-9]{1,6})(?:\.([0-9]{2}))?", re.ASCII)


def dollars(cents: int, currency: str = "cad") -> str:
    """`$15.00` for 1500, `-$3.50` for -350; `15.00 USD` where it is not the club's own currency.

    Thousands are not separated: the club's prices have none.
    """
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    if currency != "cad":
        return f"{sign}{whole}.{rest:02} {currency.upper()}"
    return f"{sign}${whole}.{rest:02}"


def cents_from(written: str) -> int:
    """1500 for `15`, `15.00`, `$15.00` or `$ 15.00`; spaces around it do not matter.

    Raises ValueError with words for the executive for everything else, a comma and a single decimal above all: a
    price that is guessed wrongly is charged wrongly.
    """
    text = written.strip()
    if "," in text:
        raise ValueError("Write the price with a point, not a comma, for example 15.00.")
    match = WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError("Write the price in dollars and cents, for example 15.00. For free, write 0.")
    cents = int(match[1]) * 100 + int(match[2] or 0)
    if cents > MAX_CENTS:
        raise ValueError(f"That is more than {dollars(MAX_CENTS)}. Check the price.")
    return cents

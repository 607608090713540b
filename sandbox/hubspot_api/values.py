"""Values of properties: each is a string, checked by the type of its property."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from sandbox.collection import Row

_EMAIL = re.compile(r"^[^@\s,;:<>()\[\]\"]+@[^@\s,;:<>()\[\]\"]+\.[^@\s.,;:<>()\[\]\"]{2,}$")
_MILLISECONDS = re.compile(r"^-?\d{1,14}$")
LONGEST = 65_536  # characters


class BadValue(ValueError):
    """`code` is HubSpot's name for what is wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def stored(definition: Row, value: str) -> str:
    """The value as HubSpot keeps it; BadValue when it does not fit. An empty value clears the property."""
    if value == "":
        return ""
    if definition["name"] == "email":
        return _email(value)
    return READERS[definition["type"]](definition, value)


def stamp(moment: float) -> str:
    """A moment in seconds since 1970, as HubSpot writes it: UTC with milliseconds."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _email(value: str) -> str:
    if not _EMAIL.match(value) or len(value) > 254:
        raise BadValue("INVALID_EMAIL", f"Email address {value} is invalid")
    return value.lower()


def _string(definition: Row, value: str) -> str:
    if len(value) > LONGEST:
        raise BadValue("TOO_LONG", f"{definition['name']} is longer than {LONGEST} characters")
    return value


def _enumeration(definition: Row, value: str) -> str:
    allowed = [option["value"] for option in definition["options"]]
    chosen = value.split(";") if definition["fieldType"] == "checkbox" else [value]
    for choice in chosen:
        if choice not in allowed:
            raise BadValue("INVALID_OPTION", f"{choice} was not one of the allowed options: {allowed}")
    return value


def _bool(definition: Row, value: str) -> str:
    if value not in ("true", "false"):
        raise BadValue("INVALID_OPTION", f"{value} was not one of the allowed options: ['true', 'false']")
    return value


def _number(definition: Row, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise BadValue("INVALID_NUMBER", f"{value} was not a valid number") from error
    if not number.is_finite():
        raise BadValue("INVALID_NUMBER", f"{value} was not a valid number")
    return value


def _date(definition: Row, value: str) -> str:
    """A day, or its midnight in UTC in milliseconds: any other time of day is refused."""
    try:
        if not _MILLISECONDS.match(value):
            return date.fromisoformat(value).isoformat()
        moment = datetime.fromtimestamp(int(value) / 1000, UTC)
    except (ValueError, OverflowError) as error:
        raise BadValue("INVALID_DATE", f"{value} was not a valid date: use YYYY-MM-DD") from error
    if moment.timetz() != time(tzinfo=UTC):
        raise BadValue("INVALID_DATE", f"{value} is at {moment.time()} UTC, not midnight!")
    return moment.date().isoformat()


def _datetime(definition: Row, value: str) -> str:
    try:
        if _MILLISECONDS.match(value):
            return stamp(int(value) / 1000)
        moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError) as error:
        raise BadValue("INVALID_DATE", f"{value} was not a valid date and time") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return stamp(moment.timestamp())


READERS = {
    "string": _string,
    "phone_number": _string,
    "enumeration": _enumeration,
    "bool": _bool,
    "number": _number,
    "date": _date,
    "datetime": _datetime,
}

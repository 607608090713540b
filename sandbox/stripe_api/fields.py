"""Types of parameters, to declare in tables. Each reads a decoded form value or refuses it as Stripe does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sandbox.stripe_api.errors import invalid, missing

UNSET = ""  # what an emptied parameter becomes: Stripe unsets it
_WHOLE = re.compile(r"^-?\d{1,18}$")
_EMAIL = re.compile(r"^[^@\s,;<>()\[\]]+@[^@\s,;<>()\[\]]+\.[^@\s.,;<>()\[\]]{2,}$")


@dataclass(frozen=True)
class Field:
    """`required`: must be sent. `unset`: an empty value is allowed and unsets what was there."""

    required: bool = False
    unset: bool = False

    def read(self, value: Any, param: str) -> Any:
        if value == "":
            if self.unset:
                return UNSET
            raise invalid(
                f"You passed an empty string for '{param}'. We assume empty values are an attempt to unset a "
                f"parameter; however '{param}' cannot be unset. You should remove '{param}' from your request "
                "or supply a non-empty value.",
                param,
                "parameter_invalid_empty",
            )
        return self.parse(value, param)

    def parse(self, value: Any, param: str) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Field):
    max: int = 5000

    def parse(self, value: Any, param: str) -> str:
        if not isinstance(value, str):
            raise invalid(f"Invalid string: {value}", param)
        if len(value) > self.max:
            raise invalid(
                f"Invalid string: {value[:20]}…; must be at most {self.max} characters",
                param,
                "parameter_invalid_string",
            )
        return value


@dataclass(frozen=True)
class Email(Text):
    max: int = 512

    def parse(self, value: Any, param: str) -> str:
        text = super().parse(value, param)
        if not text.isascii() or not _EMAIL.match(text):
            raise invalid(f"Invalid email address: {text}", param, "email_invalid")
        return text


@dataclass(frozen=True)
class Url(Text):
    def parse(self, value: Any, param: str) -> str:
        text = super().parse(value, param)
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise invalid(
                "Not a valid URL"
                if parts.scheme
                else "Invalid URL: An explicit scheme (such as https) must be provided.",
                param,
                "url_invalid",
            )
        return text


@dataclass(frozen=True)
class Choice(Field):
    of: tuple[str, ...] = ()

    def parse(self, value: Any, param: str) -> str:
        if value not in self.of:
            allowed = self.of[0] if len(self.of) == 1 else f"one of {', '.join(self.of[:-1])} or {self.of[-1]}"
            raise invalid(f"Invalid {param}: must be {allowed}", param)
        return str(value)


@dataclass(frozen=True)
class Currency(Field):
    def parse(self, value: Any, param: str) -> str:
        if not isinstance(value, str) or value.lower() not in ("cad", "usd"):
            raise invalid(f"Invalid currency: {value}. The sandbox knows cad and usd.", param)
        return value.lower()


@dataclass(frozen=True)
class Whole(Field):
    min: int | None = None
    max: int = 99_999_999

    def parse(self, value: Any, param: str) -> int:
        if not isinstance(value, str) or not _WHOLE.match(value):
            raise invalid(f"Invalid integer: {value}", param, "parameter_invalid_integer")
        number = int(value)
        if self.min is not None and number < self.min:
            raise invalid(
                f"This value must be greater than or equal to {self.min}.", param, "parameter_invalid_integer"
            )
        if number > self.max:
            raise invalid(f"This value must be less than or equal to {self.max}.", param, "parameter_invalid_integer")
        return number


@dataclass(frozen=True)
class Moment(Whole):
    """Seconds since 1970."""

    max: int = 99_999_999_999


@dataclass(frozen=True)
class Flag(Field):
    def parse(self, value: Any, param: str) -> bool:
        if value not in ("true", "false"):
            raise invalid(f"Invalid boolean: {value}", param)
        return bool(value == "true")


@dataclass(frozen=True)
class Off(Flag):
    """A switch for what the sandbox does not have: it may be sent, and only as false."""

    def parse(self, value: Any, param: str) -> bool:
        if super().parse(value, param):
            raise invalid(f"The sandbox does not have what {param} switches on: see its README.", param)
        return False


@dataclass(frozen=True)
class Metadata(Field):
    """Up to 50 keys of 40 characters with values of 500 (https://docs.stripe.com/metadata)."""

    unset: bool = True

    def parse(self, value: Any, param: str) -> dict[str, str]:
        if not isinstance(value, dict):
            raise invalid(f"Invalid object: {value}", param)
        if len(value) > 50:
            raise invalid("You can only have up to 50 metadata keys.", param)
        for key, text in value.items():
            if not isinstance(text, str):
                raise invalid("Metadata values must be strings", f"{param}[{key}]")
            if len(key) > 40:
                raise invalid(
                    f"Metadata keys can have up to 40 characters, but you passed in a key that is {len(key)} "
                    f"characters. Invalid key: {key}",
                    param,
                )
            if len(text) > 500:
                raise invalid(
                    f"Metadata values can have up to 500 characters, but you passed in a value that is {len(text)} "
                    f"characters. Invalid value: {text[:40]}…",
                    f"{param}[{key}]",
                )
        return dict(value)


@dataclass(frozen=True)
class Table(Field):
    """Named parameters. `one_of`: groups of which at most one may be sent; `need_one`: at least one."""

    of: dict[str, Field] = field(default_factory=dict)
    one_of: tuple[tuple[str, ...], ...] = ()
    need_one: tuple[tuple[str, ...], ...] = ()

    def parse(self, value: Any, param: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise invalid(f"Invalid object: {value}", param)
        unknown = [_join(param, name) for name in value if name not in self.of]
        if unknown:
            what = "parameter" if len(unknown) == 1 else "parameters"
            raise invalid(f"Received unknown {what}: {', '.join(unknown)}", unknown[0], "parameter_unknown")
        for group in self.one_of:
            sent = [_join(param, name) for name in group if name in value]
            if len(sent) > 1:
                raise invalid(f"You may only specify one of these parameters: {', '.join(sent)}.", sent[0])
        for group in self.need_one:
            if not any(name in value for name in group):
                raise missing(_join(param, group[0]))
        result: dict[str, Any] = {}
        for name, declared in self.of.items():
            if name in value:
                result[name] = declared.read(value[name], _join(param, name))
            elif declared.required:
                raise missing(_join(param, name))
        return result


@dataclass(frozen=True)
class Rows(Field):
    of: Field = field(default_factory=Text)
    max: int = 100

    def parse(self, value: Any, param: str) -> list[Any]:
        if not isinstance(value, dict) or sorted(value) != sorted(str(n) for n in range(len(value))):
            raise invalid("Invalid array", param)
        if len(value) > self.max:
            raise invalid(f"You may send at most {self.max} of {param}.", param)
        return [self.of.read(value[str(n)], f"{param}[{n}]") for n in range(len(value))]


@dataclass(frozen=True)
class Range(Field):
    """A moment, or bounds of it: gt, gte, lt, lte."""

    def parse(self, value: Any, param: str) -> dict[str, int]:
        if isinstance(value, dict):
            bounds = Table(of={name: Moment() for name in ("gt", "gte", "lt", "lte")})
            return bounds.parse(value, param)
        moment = Moment().parse(value, param)
        return {"gte": moment, "lte": moment}


def _join(param: str, name: str) -> str:
    return f"{param}[{name}]" if param else name

"""How HubSpot is reached, and what its answers mean to us."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import hubspot
import urllib3
from django.conf import settings
from hubspot.crm.contacts import ApiException as ContactsError
from hubspot.crm.properties import ApiException as PropertiesError

from membership.errors import TransportError
from membership.hubspot_gateway.pace import Pace

CONNECT_SECONDS = 4.0
LIMIT_SECONDS = 10.0  # HubSpot counts calls over ten seconds: the wait where it names none
# Refusals of one request that another try may heal, besides every 5xx: time-out, conflict, locked, limit, moving.
PASSING = frozenset({408, 409, 423, 429, 477})
# By itself the library would try three times, and sleep as long as a Retry-After says; that is the outbox's work.
RETRY = urllib3.Retry(
    total=1, connect=1, read=0, redirect=0, status=0, other=0, respect_retry_after_header=False, raise_on_status=False
)
# A 207 gives its errors a category instead of a status.
STATUS_OF_CATEGORY = {
    "CONFLICT": 409,
    "INVALID_AUTHENTICATION": 401,
    "MISSING_SCOPES": 403,
    "OBJECT_ALREADY_EXISTS": 409,
    "OBJECT_NOT_FOUND": 404,
    "RATE_LIMITS": 429,
    "VALIDATION_ERROR": 400,
}
CAPITALS = re.compile(r"[A-Z][A-Z0-9_]{1,60}")
EXISTING_ID = re.compile(r"Existing ID:\s*(\d+)")
# A validation message carries JSON of its own; in it, what a person typed has its quotes escaped and cannot match.
INNER_CODE = re.compile(r'"error"\s*:\s*"([A-Z][A-Z_]{1,60})"')
INNER_NAME = re.compile(r'"name"\s*:\s*"(wits_[a-z_]{1,60})"')


@dataclass(frozen=True)
class Apis:
    """The parts of HubSpot's library that we use. Each keeps its connections, so they are made once."""

    basic: Any
    batch: Any
    properties: Any
    groups: Any


def apis() -> Apis:
    """The library for the settings of this moment; threads share it."""
    return _apis(settings.HUBSPOT_ACCESS_TOKEN, settings.HUBSPOT_API_BASE)


@lru_cache(maxsize=8)
def _apis(token: str, base: str) -> Apis:
    client = hubspot.Client.create(access_token=token, retry=RETRY, host=base.rstrip("/") or None)
    return Apis(
        basic=client.crm.contacts.basic_api,
        batch=client.crm.contacts.batch_api,
        properties=client.crm.properties.core_api,
        groups=client.crm.properties.groups_api,
    )


@lru_cache(maxsize=8)
def _pace(calls: int) -> Pace:
    return Pace(calls)


@dataclass(frozen=True)
class Answer:
    """What HubSpot answered. `body` is empty where that was no JSON object."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The refusals in it: none, the whole answer, or those of single records in a 207."""
        if self.status >= 400:
            return [self.body]
        return [error for error in self.body.get("errors") or [] if isinstance(error, dict)]

    @property
    def existing_id(self) -> str:
        """The id of the contact that has the address already, where that is why it was refused; else ""."""
        for error in self.errors:
            found = EXISTING_ID.search(str(error.get("message") or ""))
            if found and _status(error, self.status) == 409:
                return found[1]
        return ""

    @property
    def is_not_found(self) -> bool:
        """Whether all that is wrong is that something does not exist (any more)."""
        return bool(self.body and self.errors) and all(_status(error, self.status) == 404 for error in self.errors)

    def good(self, deed: str) -> dict[str, Any]:
        """The body of a success; TransportError for everything else. `deed` follows "HubSpot did not"."""
        if self.errors:
            raise _transport_error(deed, self, self.errors[0])
        if not self.body:
            raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")
        return self.body


def rows_of(body: dict[str, Any], deed: str) -> list[dict[str, Any]]:
    """The `results` of a list; TransportError if it is none, since what is missing from it would be made again."""
    match body.get("results"):
        case [*rows] if all(isinstance(row, dict) for row in rows):
            return rows
    raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.")


def call(deed: str, method: Callable[..., Any], *args: object) -> Answer:
    """Call one method of the library, at the pace that HubSpot allows; every answer comes back, refusals too.

    Raises TransportError where there is none. The library's error does not stay behind as the cause, since it quotes
    what was sent.
    """
    read_seconds = float(settings.HUBSPOT_TIMEOUT_SECONDS)
    timeout = (min(CONNECT_SECONDS, read_seconds), read_seconds)
    _pace(settings.HUBSPOT_CALLS_IN_TEN_SECONDS).wait()
    try:
        # Read by us: the library's models raise half a dozen kinds of error for an answer that is none.
        response = method(*args, _preload_content=False, _request_timeout=timeout)
        return Answer(response.status, _json(response.data), response.headers)
    except (ContactsError, PropertiesError) as error:
        if not error.status:
            raise TransportError(f"HubSpot did not {deed}: it could not be reached.") from None
        return Answer(error.status, _json(error.body), error.headers or {})
    except (urllib3.exceptions.HTTPError, OSError):
        raise TransportError(f"HubSpot did not {deed}: it could not be reached.") from None
    except UnicodeDecodeError:  # the library decodes what a refusal says, whatever it is
        raise TransportError(f"HubSpot did not {deed}: its answer makes no sense.") from None


def _json(body: bytes | str | None) -> dict[str, Any]:
    try:
        read = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _status(error: dict[str, Any], status: int) -> int:
    return status if status >= 400 else STATUS_OF_CATEGORY.get(str(error.get("category")), 500)


def _transport_error(deed: str, answer: Answer, error: dict[str, Any]) -> TransportError:
    status = _status(error, answer.status)
    codes = _codes(error)
    pauses = status in (401, 403) or "PROPERTY_DOESNT_EXIST" in codes
    facts = [f"HTTP {answer.status}", *codes, *INNER_NAME.findall(str(error.get("message")))]
    correlation = str(error.get("correlationId") or answer.body.get("correlationId") or "")
    if re.fullmatch(r"[0-9a-fA-F-]{8,40}", correlation):
        facts.append(f"correlation {correlation}")
    # A refusal without a body is not HubSpot's own, but that of something on the way.
    refused = 400 <= status < 500 and status not in PASSING and bool(answer.body)
    return TransportError(
        f"HubSpot did not {deed}: {', '.join(dict.fromkeys(facts))}.",
        permanent=refused and not pauses,
        retry_after=_retry_after(answer, status),
        pauses=pauses,
    )


def _codes(error: dict[str, Any]) -> list[str]:
    """HubSpot's short codes for what is wrong; its sentences may quote a name or an address."""
    details = [detail for detail in error.get("errors") or [] if isinstance(detail, dict)]
    said = [error.get("category"), error.get("subCategory"), *(detail.get("code") for detail in details)]
    said += INNER_CODE.findall(str(error.get("message")))
    return [code for code in map(str, said) if CAPITALS.fullmatch(code) and code != "None"]


def _retry_after(answer: Answer, status: int) -> float | None:
    try:
        return max(0.0, float(answer.headers.get("Retry-After", "")))
    except ValueError:
        return LIMIT_SECONDS if status == 429 else None

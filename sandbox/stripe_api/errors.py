"""Errors in Stripe's shape (https://docs.stripe.com/api/errors)."""

from __future__ import annotations

from typing import Any


class StripeError(Exception):
    """What is answered in place of an object."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        stored: bool = True,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        # Errors found while checking parameters are not remembered under an idempotency key.
        self.stored = stored
        self.body: dict[str, Any] = {"message": message, "type": kind}
        if code:
            self.body["code"] = code
            self.body["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        if param:
            self.body["param"] = param
        self.body.update(more)


def invalid(message: str, param: str | None = None, code: str | None = None) -> StripeError:
    """A parameter that is refused before any work."""
    return StripeError(message, param=param, code=code, stored=False)


def missing(param: str) -> StripeError:
    return invalid(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(what: str, row_id: str, param: str | None = None) -> StripeError:
    """404 when the id is in the path; 400 when it is in a parameter."""
    return StripeError(
        f"No such {what}: '{row_id}'",
        status=404 if param in (None, "id") else 400,
        code="resource_missing",
        param=param or "id",
        stored=False,
    )


def only_one_of(*params: str) -> StripeError:
    return invalid(f"You may only specify one of these parameters: {', '.join(params)}.", params[0])

"""Errors in HubSpot's shape (https://developers.hubspot.com/docs/api/error-handling)."""

from __future__ import annotations

import json
import uuid
from typing import Any


class HubSpotError(Exception):
    """What is answered in place of an object."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        category: str = "VALIDATION_ERROR",
        errors: list[dict[str, Any]] | None = None,
        context: dict[str, list[str]] | None = None,
        sub_category: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.category = category
        self.errors = errors or []
        self.context = context or {}
        self.sub_category = sub_category

    def body(self) -> dict[str, Any]:
        """The whole answer."""
        body: dict[str, Any] = {
            "status": "error",
            "message": self.message,
            "correlationId": str(uuid.uuid4()),
            "category": self.category,
        }
        if self.sub_category:
            body["subCategory"] = self.sub_category
        if self.errors:
            body["errors"] = self.errors
        if self.context:
            body["context"] = self.context
        return body

    def in_batch(self, row_id: str) -> dict[str, Any]:
        """One of the `errors` of a 207, with the id of the input that it is about."""
        return {
            "status": "error",
            "category": self.category,
            "message": self.message,
            "context": {**self.context, "ids": [row_id]},
            "errors": self.errors,
            "links": {},
        }


def not_found(what: str = "resource not found") -> HubSpotError:
    return HubSpotError(what, status=404, category="OBJECT_NOT_FOUND")


def bad_values(problems: list[tuple[str, str, str]]) -> HubSpotError:
    """`problems`: (property name, code, message)."""
    listed = [
        {"isValid": False, "message": message, "error": code, "name": name, "localizedErrorMessage": message}
        for name, code, message in problems
    ]
    return HubSpotError(
        f"Property values were not valid: {json.dumps(listed)}",
        errors=[
            {"message": message, "code": code, "context": {"propertyName": [name]}}
            for name, code, message in problems
        ],
    )

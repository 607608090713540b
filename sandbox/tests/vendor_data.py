"""The vendors' own descriptions of their APIs, which are no part of the project: tests without them are skipped.

`stripe/example-objects.json` comes from Stripe's public OpenAPI repository, `hubspot/*.openapi.json` from HubSpot's
public API specifications. They lie in the folder that WITS_VENDOR_DATA names, or in `shared/data` beside the project.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("WITS_VENDOR_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")


def read(name: str) -> Any:
    """That file; the test is skipped, by its name, when it is missing."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is missing: set WITS_VENDOR_DATA to the folder of the vendors' descriptions")
    return json.loads(path.read_text())

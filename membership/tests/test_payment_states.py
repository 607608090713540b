"""The page about states says what the code does."""

import os
from pathlib import Path

import pytest

from membership.tests.payment_states import page

PAGE = Path(__file__).parents[2] / "docs" / "payment-states.md"


@pytest.mark.django_db
@pytest.mark.any_database
def test_the_page_about_states_is_what_really_happens():
    made = page()
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(made)
    assert PAGE.read_text() == made

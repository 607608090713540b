import pytest

from home.first_content import ensure_first_content


@pytest.fixture
def home(db):
    """The home page of a fresh site."""
    return ensure_first_content()

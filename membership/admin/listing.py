"""Looking for people in the lists of the Members menu."""

import operator
from functools import reduce
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def matching(rows: QuerySet[Row], typed: str) -> QuerySet[Row]:
    """Rows in whose names or address every word of `typed` occurs, in any part, upper or lower case."""
    for word in typed.split():
        # SQLite compares letters outside ASCII exactly, so their cases are asked for one by one.
        spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
        anywhere = [
            Q(**{f"{field}__icontains": spelling})
            for field in ("first_name", "last_name", "email")
            for spelling in spellings
        ]
        rows = rows.filter(reduce(operator.or_, anywhere))
    return rows

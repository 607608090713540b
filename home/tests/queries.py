"""What a page asks the database."""

from collections import Counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 15


def queries_of(client: Client, url: str) -> list[str]:
    """The SQL of a visit, which may ask for at most 15 things and for none of them twice.

    A first visit reads what is read once (such as the addresses of the site) and is not counted.
    """
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    twice = [sql for sql, times in Counter(asked).items() if times > 1]
    assert not twice, "\n".join(twice)
    assert len(asked) <= MOST, "\n".join(asked)
    return asked

"""Opening pages and reading each by all the rules of this folder."""

from collections.abc import Iterable

from django.test import Client

from wits_site.tests.reading import naming, nesting, telling
from wits_site.tests.reading.visits import visit


def complaints(client: Client, addresses: Iterable[str]) -> str:
    """What is wrong with these pages, a line each with its address."""
    found = []
    for address in addresses:
        seen = visit(client, address)
        if seen.status not in {200, 302}:
            found.append(f"{address} answers {seen.status}")
        elif seen.is_html:
            found += [
                f"{address}: {it}" for rule in (nesting, naming, telling) for it in rule.complaints(seen.document)
            ]
    return "\n".join(dict.fromkeys(found))

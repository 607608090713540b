"""The report of the proof, as Markdown."""

from collections.abc import Sequence
from typing import Any

from wits_site.proof.row import Row

HEAD = """# Proof of the table of faults

PostgreSQL, gunicorn with deploy/gunicorn.conf.py, the worker and the sandbox, each a real process.

| row | fault | expected | seen | held | share, seed, seconds, when | in small |
|---|---|---|---|---|---|---|
"""


def report(table: Sequence[Row], results: dict[str, Any]) -> str:
    """One line a row; a row that has not been run says so."""
    lines = []
    for row in table:
        result = results.get(row.name)
        if result is None:
            seen, held, how = "", "not yet run", ""
        else:
            seen, held = result["seen"], "held" if result["held"] else f"**not held**: {result['broken']}"
            share = "full figures" if result["share"] == 1 else f"{result['share']:.0%} of the figures"
            how = f"{share}, {result['seed']}, {result['seconds']} s, {result['at']}"
        cells = (row.name, row.fault, row.expected, seen, held, how, row.small)
        lines.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"

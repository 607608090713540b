"""Run the table of faults, remember what is finished, and write the report.

`make proof` runs every row that has not been finished; `make proof ROWS="any-order killed-web"` runs those anew.
"""

import argparse
import json
import random
import sys
import time
import zlib
from pathlib import Path
from typing import Any

from wits_site.proof.ground import Ground, NotInTimeError
from wits_site.proof.report import report
from wits_site.run import ROOT

SEED = 20260914


def main() -> int:
    """0 when every row held."""
    parser = argparse.ArgumentParser(prog="proof", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", nargs="*", help="run only these, also when they are finished already")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "proof", help="results, report and logs")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--share", type=float, default=1.0, help="this share of the full figures, for a quick look")
    parser.add_argument("--port", type=int, default=0, help="the first of four; 0: free ones")
    parser.add_argument("--anew", action="store_true", help="forget what is finished")
    options = parser.parse_args()
    options.data = options.data.resolve()
    options.data.mkdir(parents=True, exist_ok=True)
    memory = options.data / "results.json"
    results: dict[str, Any] = {} if options.anew or not memory.exists() else json.loads(memory.read_text())
    with Ground(options.data, options.port) as ground:
        table = _table()
        unknown = set(options.rows) - {row.name for row in table}
        if unknown:
            parser.error(
                f"No row is called {', '.join(sorted(unknown))}. Rows: {', '.join(row.name for row in table)}"
            )
        for row in table:
            if row.name not in options.rows if options.rows else row.name in results:
                continue
            results[row.name] = _run(row, ground, options.seed, options.share)
            memory.write_text(json.dumps(results, indent=2))
            say(_line(row.name, row.expected, results[row.name]))
    (options.data / "report.md").write_text(report(table, results))
    held = [row.name in results and results[row.name]["held"] for row in table]
    say(f"{sum(held)} of {len(table)} rows held. Report: {options.data / 'report.md'}")
    wanted = [row.name for row in table if not options.rows or row.name in options.rows]
    return 0 if all(name in results and results[name]["held"] for name in wanted) else 1


def _table() -> Any:
    """Django is set up here, since its settings name the database that the ground has made."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from wits_site.proof.table import TABLE  # noqa: PLC0415

    return TABLE


def _run(row: Any, ground: Ground, seed: int, share: float) -> dict[str, Any]:
    """One row from its seed; whatever goes wrong in it is a row that did not hold, and the next one is run."""
    from wits_site.proof.row import Findings, Trial  # noqa: PLC0415

    began = time.monotonic()
    chance = random.Random(seed ^ zlib.crc32(row.name.encode()))
    try:
        found = row.run(Trial(ground, chance, share))
    except (Exception, NotInTimeError) as error:  # noqa: BLE001 - a row that breaks is a finding
        found = Findings([], [f"{type(error).__name__}: {error}"])
        found.figures = list(found.broken)
    finally:
        for name in [name for name in ground.processes if name != "sandbox"]:
            ground.stop(name)
    return {
        "held": not found.broken,
        "seen": "; ".join(found.figures),
        "broken": "; ".join(found.broken),
        "seed": seed,
        "share": share,
        "seconds": round(time.monotonic() - began),
        "at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }


def _line(name: str, expected: str, result: dict[str, Any]) -> str:
    verdict = "held" if result["held"] else f"NOT HELD ({result['broken']})"
    return f"{name} | expected: {expected} | seen: {result['seen']} | {verdict} | {result['seconds']} s"


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

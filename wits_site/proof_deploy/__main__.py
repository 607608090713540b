"""Make a machine, put the site on it, run the rows, and write the report.

`make proof-deploy` runs all of them; `make proof-deploy ROWS="zero-loss keys"` runs those.
"""

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from wits_site.proof.row import Findings
from wits_site.proof_deploy import supplies
from wits_site.proof_deploy.machine import Machine
from wits_site.proof_deploy.row import Row
from wits_site.proof_deploy.site import Site
from wits_site.proof_deploy.table import TABLE
from wits_site.run import ROOT, say

HEAD = """# Proof of the production server

A machine from nothing: {system}, systemd as its first process, a network of its own; real nginx,
PostgreSQL, gunicorn and worker by the units of deploy/; a certificate authority of its own; the sandbox as Stripe,
HubSpot and the mail provider.

| row | done | seen | held | seconds, when |
|---|---|---|---|---|
"""


def main() -> int:
    """0 when every row held."""
    parser = argparse.ArgumentParser(prog="proof_deploy", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", nargs="*", help="run only these")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "proof-deploy", help="report and results")
    parser.add_argument("--keep", action="store_true", help="leave the machine running, to look at it")
    options = parser.parse_args()
    names = [row.name for row in TABLE]
    if unknown := set(options.rows) - set(names):
        parser.error(f"No row is called {', '.join(sorted(unknown))}. Rows: {', '.join(names)}")
    if os.getuid() != 0 or not all(shutil.which(program) for program in ("systemd-nspawn", "debootstrap", "npm")):
        sys.exit("This needs root on Debian or Ubuntu: apt-get install debootstrap systemd-container npm")
    data = options.data.resolve()
    kept = supplies.SUPPLIES
    for folder in (data, kept):
        folder.mkdir(parents=True, exist_ok=True)
    binds = {supplies.requirements(kept) / "tools": supplies.TOOLS, supplies.certificates(kept): "/opt/certificates"}
    supplies.observatory(kept)
    machine = Machine(supplies.new_root(kept, f"proof-{os.getpid()}"), binds)
    site = Site(machine, kept)
    site.lay_ready(kept)
    machine.boot()
    try:
        machine.move_into_its_network()
        began = time.monotonic()
        site.build()
        say(f"The site is live, {time.monotonic() - began:.0f} s after the first command of deploy/README.md")
        system = machine.run(". /etc/os-release; echo $PRETTY_NAME").stdout.strip()
        wanted = [row for row in TABLE if not options.rows or row.name in options.rows]
        results = {row.name: _run(row, site) for row in wanted}
        (data / "report.md").write_text(_report(results, system))
        (data / "results.json").write_text(json.dumps(results, indent=2))
    finally:
        if options.keep:
            say(f"The machine goes on: nsenter -t {machine.leader} -a bash")
        else:
            machine.__exit__()
    held = [result["held"] for result in results.values()]
    say(f"{sum(held)} of {len(held)} rows held. Report: {data / 'report.md'}")
    return 0 if all(held) else 1


def _run(row: Row, site: Site) -> dict[str, Any]:
    found, began = Findings(), time.monotonic()
    try:
        row.run(site, found)
    except Exception as error:  # noqa: BLE001 - a row that breaks is a finding
        found.must(False, f"{type(error).__name__}: {str(error)[-600:]}")
    result = {
        "held": not found.broken,
        "seen": "; ".join(found.figures),
        "broken": "; ".join(found.broken),
        "seconds": round(time.monotonic() - began),
        "at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }
    verdict = "held" if result["held"] else f"NOT HELD ({result['broken']})"
    say(f"{row.name} | {row.done} | {result['seen']} | {verdict} | {result['seconds']} s")
    return result


def _report(results: dict[str, dict[str, Any]], system: str) -> str:
    lines = []
    for row in TABLE:
        if row.name not in results:
            continue
        result = results[row.name]
        held = "held" if result["held"] else f"**not held**: {result['broken']}"
        cells = (row.name, row.done, result["seen"], held, f"{result['seconds']} s, {result['at']}")
        lines.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return HEAD.format(system=system) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

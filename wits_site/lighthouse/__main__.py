"""Install Lighthouse once, run it five times for each page, print the medians. Exits 1 below the goals."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from wits_site.lighthouse.site import running
from wits_site.run import ROOT, say

VERSION = "12.8.2"  # the last that runs on Node 20
FOLDER = ROOT / "data" / "lighthouse"
RUNS = int(os.environ.get("RUNS", "5"))
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass(frozen=True)
class Figures:
    """What one run found: scores of 100, requests, bytes, milliseconds, layout shift, and what it complained of."""

    scores: dict[str, int]
    requests: int
    bytes: int
    lcp: float
    shift: float
    complaints: list[str]


def main() -> int:
    program, chromium = _install(), shutil.which("chromium") or shutil.which("google-chrome") or ""
    with running() as (address, _):
        say(f"Lighthouse {VERSION}, mobile, median of {RUNS}")
        print(f"{'page':<34} perf  a11y  best   seo  requests     kB   LCP ms    CLS")  # noqa: T201
        return max(_measure(program, chromium, address, path) for path in pages(address))


def pages(address: str) -> list[str]:
    """The home page, an event, a story and the join page, as the map of the site names them."""
    with urllib.request.urlopen(f"{address}/sitemap.xml", timeout=30) as answer:  # noqa: S310 - this machine
        urls = [element.text or "" for element in ET.parse(answer).iter(LOCATION)]  # noqa: S314 - our own
    paths = [url.removeprefix(address) for url in urls]
    event = next(path for path in paths if path.startswith("/events/") and path.count("/") == 3)
    lists = ("/stories/article/", "/stories/podcast/", "/stories/elsewhere/")
    story = next(p for p in paths if p.startswith("/stories/") and p.count("/") == 3 and p not in lists)
    return ["/", event, story, "/join/"]


def _install() -> Path:
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    stamp = FOLDER / VERSION
    if not shutil.which("node") or not shutil.which("npm"):
        sys.exit("Lighthouse needs Node and npm: install them with your package manager, then try again.")
    if not stamp.exists():
        say(f"Installing Lighthouse {VERSION} into {FOLDER.relative_to(ROOT)} (once)")
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*command, f"lighthouse@{VERSION}"], check=True, stdout=subprocess.DEVNULL)
        stamp.touch()
    return program


def _measure(program: Path, chromium: str, address: str, path: str) -> int:
    runs = [_run(program, chromium, address + path) for _ in range(RUNS)]
    scores = {name: round(statistics.median(run.scores[name] for run in runs)) for name in GOALS}
    middle = sorted(runs, key=lambda run: run.lcp)[len(runs) // 2]
    columns = "".join(f"{score:>6}" for score in scores.values())
    print(  # noqa: T201
        f"{path:<33}{columns}{middle.requests:>10}{middle.bytes / 1000:>7.0f}{middle.lcp:>9.0f}{middle.shift:>7.3f}",
        flush=True,
    )
    missed = [name for name, goal in GOALS.items() if scores[name] < goal]
    for complaint in sorted({complaint for run in runs for complaint in run.complaints}) if missed else []:
        print(f"    {complaint}")  # noqa: T201
    return 1 if missed else 0


def _run(program: Path, chromium: str, url: str) -> Figures:
    flags = "--headless=new --disable-background-networking" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = ["node", str(program), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    if result.returncode:
        sys.exit(f"Lighthouse could not look at {url}:\n{result.stderr[-2000:]}")
    return _read(json.loads(result.stdout))


def _read(report: dict[str, Any]) -> Figures:
    audits = report["audits"]
    files = audits["network-requests"]["details"]["items"]
    weighed = {ref["id"] for one in report["categories"].values() for ref in one["auditRefs"] if ref["weight"]}
    return Figures(
        scores={name: round(report["categories"][name]["score"] * 100) for name in GOALS},
        requests=len(files),
        bytes=sum(file.get("transferSize", 0) for file in files),
        lcp=audits["largest-contentful-paint"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        complaints=[
            f"{name}: {audit['title']}"
            for name, audit in audits.items()
            if name in weighed and audit.get("score") is not None and audit["score"] < 0.9
        ],
    )


if __name__ == "__main__":
    sys.exit(main())

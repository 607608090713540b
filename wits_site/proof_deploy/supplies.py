"""What a machine is made of, fetched once and kept: Debian, its packages, the locked requirements, certificates."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from wits_site.run import ROOT, say

DOMAIN = "wits.example"
ALSO = ["www.wits.example", "westernuwits.example"]
SUITE = "bookworm"
BASE = Path(os.environ.get("PROOF_BASE", f"/var/lib/wits-proof/base-{SUITE}"))
SUPPLIES = BASE.parent / "supplies"
FIRST = "systemd,systemd-sysv,dbus,ca-certificates,iproute2"
PYTHON = "3.11.2"  # of that Debian
OBSERVATORY = "1.4.8"
TOOLS = "/opt/tools-of-the-proof"


def debian() -> Path:
    """A root folder of Debian that has systemd and next to nothing else, made by debootstrap."""
    if not BASE.exists():
        say("Fetching Debian")
        unfinished = BASE.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={FIRST}", SUITE, unfinished], check=True)
        unfinished.rename(BASE)
    return BASE


def packages(data: Path) -> Path:
    """Every package that provision.sh installs and what these need, as files: the machine has no way out."""
    wanted = re.search(r"^PACKAGES=\((.*?)^\)", (ROOT / "deploy/machine.sh").read_text(), re.DOTALL | re.MULTILINE)
    names = re.sub(r"#.*", "", wanted[1]).split() if wanted else []
    kept, stamp = data / "packages", data / "packages.list"
    if stamp.exists() and stamp.read_text() == " ".join(names):
        return kept
    say("Fetching Debian's packages")
    shutil.rmtree(kept, ignore_errors=True)
    subprocess.run(["cp", "-a", debian(), kept], check=True)
    shutil.copy("/etc/resolv.conf", kept / "etc/resolv.conf")
    script = f"apt-get update -qq && apt-get install -y -qq --no-install-recommends --download-only {' '.join(names)}"
    subprocess.run(["chroot", kept, "sh", "-c", script], check=True)
    stamp.write_text(" ".join(names))
    return kept


def requirements(data: Path) -> Path:
    """The cache of the tool that installs the locked requirements, filled for the machine's Python: `uv`; and the
    tool itself as a file: `tools`."""
    kept, stamp = data / "requirements", data / "requirements.list"
    locks = [ROOT / "requirements-dev.txt", ROOT / "deploy/tools.txt"]
    wanted = "".join(lock.read_text() for lock in locks)
    if stamp.exists() and stamp.read_text() == wanted:
        return kept
    say("Fetching the locked requirements")
    shutil.rmtree(kept, ignore_errors=True)
    binaries = Path(sys.executable).parent
    target = [f"--target={kept / 'unpacked'}", f"--python-version={PYTHON}", "--require-hashes", "--system-certs"]
    environment = {**os.environ, "UV_CACHE_DIR": str(kept / "uv")}
    subprocess.run([binaries / "uv", "pip", "install", "-q", *target, "-r", locks[0]], env=environment, check=True)
    shutil.rmtree(kept / "unpacked")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-d", str(kept / "tools")]
    subprocess.run([*pip, "-r", str(locks[1])], check=True, capture_output=True)
    stamp.write_text(wanted)
    return kept


def certificates(data: Path) -> Path:
    """An authority of our own, and a certificate for the site that it signed: `ca.pem`, `site/fullchain.pem`."""
    folder = data / "certificates"
    if (folder / "site/fullchain.pem").exists():
        return folder
    (folder / "site").mkdir(parents=True, exist_ok=True)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ",".join(f"DNS:{name}" for name in [DOMAIN, *ALSO])
    authority: list[str | Path] = [
        "-keyout",
        folder / "ca.key",
        "-out",
        folder / "ca.pem",
        "-subj",
        "/CN=Proof authority",
    ]
    subprocess.run(["openssl", "req", "-x509", *curve, "-days", "3650", *authority], check=True, capture_output=True)
    request: list[str | Path] = [
        "-keyout",
        folder / "site/privkey.pem",
        "-out",
        folder / "site.csr",
        "-subj",
        f"/CN={DOMAIN}",
    ]
    subprocess.run(["openssl", "req", *curve, *request], check=True, capture_output=True)
    (folder / "names").write_text(f"subjectAltName={names}\n")
    signing: list[str | Path] = [
        "-CA",
        folder / "ca.pem",
        "-CAkey",
        folder / "ca.key",
        "-CAcreateserial",
        "-days",
        "90",
    ]
    signing += ["-extfile", folder / "names", "-in", folder / "site.csr", "-out", folder / "site/cert.pem"]
    subprocess.run(["openssl", "x509", "-req", *signing], check=True, capture_output=True)
    chain = (folder / "site/cert.pem").read_text() + (folder / "ca.pem").read_text()
    (folder / "site/fullchain.pem").write_text(chain)
    return folder


def observatory(data: Path) -> Path:
    """The program of MDN's HTTP Observatory, which gives a site its mark. Raises FileNotFoundError without npm."""
    kept = data / f"observatory-{OBSERVATORY}"
    program = kept / "node_modules/@mdn/mdn-http-observatory"
    preloaded = program / "conf/hsts-preload.json"
    if not preloaded.exists():
        say("Fetching MDN's HTTP Observatory")
        command = ["npm", "install", "--prefix", str(kept), "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*command, f"@mdn/mdn-http-observatory@{OBSERVATORY}"], check=True, capture_output=True)
        preloaded.write_text("{}")  # what its own script would fetch: which domains browsers know beforehand
    return program / "src/scan.js"


def new_root(data: Path, name: str) -> Path:
    """A fresh root folder for a machine. Its packages lie where apt looks for them before it asks anybody."""
    root = BASE.parent / f"machine-{name}"
    if root.exists():
        shutil.rmtree(root)
    with (BASE.parent / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["cp", "-a", debian(), root], check=True)
    supply = packages(data)
    for folder in ("var/cache/apt/archives", "var/lib/apt/lists"):
        shutil.rmtree(root / folder, ignore_errors=True)
        shutil.copytree(supply / folder, root / folder)
    (root / "etc/apt/apt.conf.d/99proof").write_text('Acquire::Retries "0";\nAcquire::http::Timeout "1";\n')
    return root

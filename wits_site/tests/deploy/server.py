"""A throw-away server for the scripts that deploy: their folders, a repository, and stand-ins for what is not theirs.

Git, rsync, flock and the shell are real. Python, systemctl and curl write down what they were asked, in one file.
"""

import hashlib
import os
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"

# `$BASE/says` holds what a test wants: a line `migrate_--check 1` lets that command of manage.py end with 1.
PYTHON = """
if [ "$1" = -m ]; then
  place="${@: -1}"
  mkdir -p "$place/bin" && cp "$0" "$place/bin/python"
  exit
fi
shift
echo "manage $*" >>"$BASE/log"
case "$1" in
  collectstatic) cp assets/* static-root/ ;;
  showmigrations) if [ -e "$BASE/complaint" ]; then cat "$BASE/complaint" >&2; fi ;;
  check) if grep -qx kill "$BASE/says"; then kill -9 0; fi ;;
esac
while read -r words code; do
  case "$*" in "${words//_/ }"*) exit "$code" ;; esac
done <"$BASE/says"
"""
CURL = """
commit="$(cat "$SITE_ROOT/current/COMMIT")"
case "$*" in
  */healthz) echo "{\\"status\\": \\"ok\\", \\"database\\": \\"ok\\", \\"commit\\": \\"$commit\\"}" ;;
  *) if [ -e "$SITE_ROOT/current/bad" ]; then printf 500; else printf 200; fi ;;
esac
echo "asked ${commit:0:7} ${*: -1}" >>"$BASE/log"
"""
# A line `hup` in `$BASE/says` is a connection that is lost just then; `limit`, that nothing may start once more.
SYSTEMCTL = """
if [ "$1" = restart ] && grep -qx limit "$BASE/says"; then tail -n 1 "$BASE/log" | grep -q ^reset-failed || exit 1; fi
if [ "$1" = stop ] && grep -qx hup "$BASE/says"; then kill -HUP "$PPID"; fi
echo "$* $(readlink "$SITE_ROOT/current" | cut -c 10-16)" >>"$BASE/log"
"""
# What a release brings: its own scripts are tried elsewhere.
FILES = {
    "deploy/install.sh": "#!/bin/sh\necho installed\n",
    "deploy/backup.sh": '#!/bin/sh\necho backup >>"$BASE/log"\n',
    "deploy/tools.txt": "",
    "requirements.txt": "",
}


class Server:
    """`folder` is empty; everything that a deploy touches lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.bin = folder, folder / "site", folder / "bin"
        self.says, self.log = folder / "says", folder / "log"
        self.work = folder / "work"
        for place in (self.bin, self.work, self.root / "releases", self.root / "static", self.root / "tools" / "bin"):
            place.mkdir(parents=True)
        programs = {"python3": PYTHON, "curl": CURL, "systemctl": SYSTEMCTL, "id": "echo 0", "chown": ":"}
        for name, words in programs.items():
            self._program(self.bin / name, words)
        self._program(self.root / "tools" / "bin" / "uv", 'echo install >>"$BASE/log"')
        (self.root / "tools" / "locked").write_text(hashlib.sha256(b"").hexdigest())
        (folder / "env").write_text("SECRET_KEY=x\nDATABASE_URL=postgresql:///none\n")
        (folder / "server").write_text("DOMAIN=wits.example\n")
        (folder / "backup.env").write_text("RESTIC_REPOSITORY=/somewhere\n")
        for file in (self.says, self.log):
            file.touch()
        self._git("init", "--quiet", "--initial-branch=main", cwd=self.work)
        self.first = self.commit("first", **{"assets/first.1a2b.css": "a{}"})
        self._git("clone", "--quiet", "--bare", str(self.work), str(self.root / "repository.git"), cwd=folder)

    def _program(self, place: Path, words: str) -> None:
        place.write_text(f"#!/usr/bin/env bash\n{words}\n")
        place.chmod(0o755)

    def _git(self, *words: str, cwd: Path) -> str:
        names = ["-c", "user.name=a", "-c", "user.email=a@wits.example", "-c", "commit.gpgsign=false"]
        ran = subprocess.run(["git", *names, *words], cwd=cwd, check=True, capture_output=True, text=True, timeout=30)
        return ran.stdout.strip()

    def commit(self, subject: str, **files: str) -> str:
        """A commit of those files beside what every release has; its name."""
        self._git("rm", "-rq", "--ignore-unmatch", ".", cwd=self.work)
        for path, words in {**FILES, **files}.items():
            place = self.work / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(words)
            place.chmod(0o755 if path.endswith(".sh") else 0o644)
        self._git("add", "-A", cwd=self.work)
        self._git("commit", "-qm", subject, cwd=self.work)
        return self._git("rev-parse", "HEAD", cwd=self.work)

    def run(self, script: str, *words: str) -> subprocess.CompletedProcess:
        """Run one of the scripts to its end, alone with its own children."""
        self.log.write_text("")
        environment = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "BASE": str(self.folder),
            "SITE_ROOT": str(self.root),
            "SITE_ETC": str(self.folder),
            "SITE_USER": "root",
            "SITE_DUMPS": str(self.folder / "dumps"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
        }
        command = ["bash", str(DEPLOY / script), *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, start_new_session=True, check=False
        )

    @property
    def running(self) -> str:
        """The name of the commit that runs."""
        return (self.root / "current" / "COMMIT").read_text().strip()

    @property
    def done(self) -> list[str]:
        """What the last script asked others to do."""
        return self.log.read_text().splitlines()

    def tree(self) -> dict[str, object]:
        """Every path, and what stands there."""
        return {
            str(path.relative_to(self.folder)): os.readlink(path)
            if path.is_symlink()
            else (path.stat().st_mode, path.read_bytes() if path.is_file() else None)
            for path in sorted(self.folder.rglob("*"))
            if path != self.log
        }

"""provision.sh and install.sh on an empty machine, asked what they would do."""

import os
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
# Whatever changes a machine writes down that it was called, and does nothing.
CHANGERS = ["apt-get", "useradd", "install", "ln", "mv", "chmod", "chown"]
CHANGERS += ["fallocate", "mkswap", "openssl", "certbot", "nginx", "runuser", "psql"]
# What tells of a machine that has nothing yet.
TELLERS = {"dpkg-query": 1, "getent": 2, "systemctl": 1, "ufw": 1, "swapon": 0, "systemd-detect-virt": 1}


@pytest.fixture
def machine(tmp_path):
    programs, called = tmp_path / "bin", tmp_path / "called"
    programs.mkdir()
    for name in CHANGERS:
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >>{called}\n')
    for name, code in TELLERS.items():
        (programs / name).write_text(f"#!/bin/sh\nexit {code}\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    for place in ("etc", "nginx/sites-available", "nginx/sites-enabled", "nginx/snippets", "units", "temporary"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "nginx" / "sites-enabled" / "default").touch()

    def run(script, *words):
        moved = {
            "SITE_ROOT": "site",
            "SITE_ETC": "etc",
            "SITE_DUMPS": "dumps",
            "SITE_ACME": "acme",
            "UNITS_FOLDER": "units",
            "NGINX_FOLDER": "nginx",
            "POSTGRESQL_FOLDER": "postgresql",
            "TMPDIR": "temporary",
        }
        environment = {name: str(tmp_path / place) for name, place in moved.items()}
        environment["PATH"] = f"{programs}:{os.environ['PATH']}"
        before = tree(tmp_path)
        ran = subprocess.run(
            ["bash", str(DEPLOY / script), *words], env=environment, capture_output=True, text=True, timeout=60
        )
        return ran, before == tree(tmp_path)

    return run


def tree(folder):
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_a_dry_run_of_provision_names_all_that_an_empty_machine_needs_and_changes_nothing(machine):
    ran, same = machine(
        "provision.sh", "--domain", "wits.example", "--repository", "https://git.example/wits", "--dry-run"
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert same, "it wrote something, or called what changes a machine"
    for words in (
        "Installing nginx",
        "Making the user wits_site",
        "Making PostgreSQL's settings, the role and the database wits_site",
        "Raising the firewall",
        "Copying the repository from https://git.example/wits",
        "Writing",
        "Switching the nginx site wits_site on",
        "Starting wits_site.socket, now and with the machine",
        "Asking for a certificate for wits.example",
        "things changed",
    ):
        assert words in ran.stdout


def test_a_dry_run_of_install_names_units_and_nginx_and_changes_nothing(machine, tmp_path):
    (tmp_path / "etc" / "server").write_text("DOMAIN=wits.example\nALSO=\nHSTS=300\n")

    ran, same = machine("install.sh", "--dry-run")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert same
    for unit in (DEPLOY / "systemd").iterdir():
        assert f"Writing {tmp_path}/units/{unit.name}" in ran.stdout
    assert f"Writing {tmp_path}/nginx/sites-available/wits_site" in ran.stdout


def test_a_certificate_is_made_anew_for_a_name_that_came(tmp_path):
    script = f"""
    . {DEPLOY}/site.sh; . {DEPLOY}/machine.sh
    DOMAIN=wits.example ALSO= CERTIFICATE=own
    make_first_certificate; echo "$changes"
    make_first_certificate; echo "$changes"
    ALSO=www.wits.example,old.example
    make_first_certificate; echo "$changes"
    for_all_names "$SITE_ETC/tls-own" && echo all
    """
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "SITE_ETC": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    said = [line for line in ran.stdout.splitlines() if not line.startswith("==>")]
    assert said == ["2", "2", "3", "all"], ran.stderr


def test_a_firewall_that_was_raised_for_ssh_alone_lets_visitors_in(tmp_path):
    for rules, asked in {"22/tcp ALLOW Anywhere": ["80/tcp", "443/tcp"], "80/tcp ALLOW\n443/tcp ALLOW": []}.items():
        script = f"""
        . {DEPLOY}/site.sh; . {DEPLOY}/machine.sh
        ufw() {{ if [ "$1" = status ]; then printf 'Status: active\n\n{rules}\n'; else echo "asked $2"; fi; }}
        raise_firewall
        """
        ran = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, timeout=30)
        assert [line[6:] for line in ran.stdout.splitlines() if line.startswith("asked")] == asked, ran.stderr

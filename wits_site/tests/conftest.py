"""The running site, for the tests that need one."""

import os
import shutil

import pytest

from wits_site.tests.live import Live


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """Site, worker and sandbox as `make run` starts them, with the demonstration; one for the whole run."""
    running = Live(tmp_path_factory.mktemp("live"))
    running.prepare()
    running.start_all()
    yield running
    running.stop_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The distribution's Chromium where there is one; Playwright's own elsewhere (`make chromium` sees to one)."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to start as root with it
    options = {**browser_type_launch_args, "args": arguments}
    return {**options, "executable_path": found} if found else options


@pytest.fixture
def watched(page):
    """A page whose policy violations, script errors and failed requests fail the test."""
    troubles = []
    # Chromium reports a transition between two pages that ended early, as when a test turns motion off meanwhile.
    page.on("pageerror", lambda e: "ViewTransition" in str(e) or troubles.append(f"script: {e}"))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text)
            if "Content Security Policy" in message.text
            or message.type == "error"
            and "status of 4" not in message.text
            else None
        ),
    )
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url} {request.failure}"))
    yield page
    assert troubles == []

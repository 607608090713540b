"""The running site, for the tests that need one."""

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

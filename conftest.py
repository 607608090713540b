"""What holds for the tests of every room."""

import ipaddress
import socket

import pytest


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """No test reaches beyond this machine: a stand-in that was forgotten fails at once, and says where it led."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family != socket.AF_UNIX:
            host = address[0]
            try:
                local = ipaddress.ip_address(host).is_loopback
            except ValueError:
                local = host == "localhost"
            if not local:
                raise AssertionError(f"a test tried to reach {host}")
        return real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()

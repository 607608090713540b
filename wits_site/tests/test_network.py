"""The tests' own fence: see the root's conftest.py."""

import socket

import pytest


def test_no_test_can_reach_beyond_this_machine():
    with socket.socket() as outside, pytest.raises(AssertionError, match="192.0.2.1"):
        outside.connect(("192.0.2.1", 80))  # an address that is nobody's: RFC 5737


def test_a_stand_in_on_this_machine_can_be_reached():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()

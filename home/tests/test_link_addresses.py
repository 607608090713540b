"""Where a look at a link may go: never to this machine, nor to the network that it stands in."""

import ipaddress
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.broken_links import addresses
from home.broken_links.addresses import InsideError, NoSuchNameError, is_public, public_address

OURS = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32",
]  # fmt: skip
OURS_TOO = ["::1/128", "::/128", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32", "fec0::/10"]


def anywhere_in(network):
    first, last = int(network.network_address), int(network.broadcast_address)
    return st.integers(first, last).map(type(network.network_address))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([ipaddress.ip_network(one) for one in OURS]).flatmap(anywhere_in))
def test_no_private_address_is_public_however_it_is_written(address):
    number = int(address)
    assert not is_public(str(address))
    for written in (
        ipaddress.IPv6Address((0xFFFF << 32) | number),  # ::ffff:10.0.0.1
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),  # 6to4
        ipaddress.IPv6Address((0x64FF9B << 96) | number),  # NAT64
        ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)),  # Teredo
    ):
        assert not is_public(str(written)), written


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([ipaddress.ip_network(one) for one in OURS_TOO]).flatmap(anywhere_in))
def test_no_private_address_of_the_newer_kind_is_public(address):
    assert not is_public(str(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::6810:84e5"])
def test_what_anybody_reaches_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "10.0.0", "1.2.3.4.5"])
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0", "::1", "::ffff:127.0.0.1"],
)
def test_this_machine_is_found_out_however_it_is_called(host):
    with pytest.raises((InsideError, NoSuchNameError)):
        public_address(host, 80)


def answers(monkeypatch, *found):
    def getaddrinfo(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("found", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["fe80::1%eth0"]])
def test_a_name_with_one_private_address_is_not_asked(monkeypatch, found):
    answers(monkeypatch, *found)
    with pytest.raises(InsideError):
        public_address("rebinding.example", 443)


def test_a_public_name_is_looked_up_once_and_connected_to_by_its_address(monkeypatch):
    answers(monkeypatch, "2606:4700::6810:84e5", "8.8.8.8")
    assert public_address("fine.example", 443) == "8.8.8.8"


def test_a_name_that_nobody_has_is_none(monkeypatch):
    answers(monkeypatch)
    with pytest.raises(NoSuchNameError):
        public_address("nobody.example", 443)

"""Where a request may go: to public addresses, never to this machine or the network that it stands in."""

import ipaddress
import socket

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Ways to write an IPv4 address within an IPv6 one that `ipaddress` does not take apart itself.
TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class InsideError(Exception):
    """The name leads to an address that no visitor reaches, or that is ours alone."""


class NoSuchNameError(Exception):
    """There is no address of that name."""


def public_address(host: str, port: int) -> str:
    """The address to connect to, looked up once: who connects to it is not sent elsewhere by a second answer.

    Raises InsideError if any of the name's addresses is not public, so that no order of answers lets one through.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchNameError(host) from error
    found = {str(answer[4][0]).partition("%")[0] for answer in answers}
    if not found:
        raise NoSuchNameError(host)
    if not all(is_public(address) for address in found):
        raise InsideError(host)
    return min(found, key=lambda address: (":" in address, address))


def is_public(text: str) -> bool:
    """Whether it is an address that anybody on the internet reaches, whichever way it is written."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return all(_is_public(one) for one in (address, *_within(address)))


def _is_public(address: IPAddress) -> bool:
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _within(address: IPAddress) -> list[IPAddress]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[IPAddress] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    found += address.teredo or ()
    if any(address in network for network in TRANSLATED):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found

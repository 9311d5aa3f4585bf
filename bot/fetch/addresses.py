"""Which addresses may be reached. Hides the many ways in which a name can lead back into one's own network.

An address in a feed or a redirect is written by strangers; the bot runs inside somebody's network. The check stands
behind the name lookup, where the connection is made, so that a name cannot be looked up twice with two answers.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

MOST_URL = 2_000  # characters of an address

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Global by their number, but answered by the machine's own cloud.
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")))
# IPv6 that carries an IPv4 address to be judged: translation (NAT64).
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

# What some name lookups take for an IPv4 address: hexadecimal, octal, short and whole-number spellings.
_NUMERIC = re.compile(r"(?:[^.]{1,63}\.){0,3}(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)


class RefusedAddress(OSError):
    """An address that strangers may not send the bot to; the text names the remedy."""


def check_url(url: str, *, loopback: bool) -> SplitResult:
    """The parts of an address that may be asked for. Raises RefusedAddress, or ValueError where it is none."""
    parts = urlsplit(url)
    if len(url) > MOST_URL or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an http or https address of at most 2,000 characters")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress("addresses with a user name or password in them are not fetched")
    if not loopback and parts.port not in (None, 80, 443):
        raise RefusedAddress(f"port {parts.port} is not fetched; give an address on 80 or 443")
    literal = _literal(parts.hostname)
    if literal is not None:
        _check(literal, parts.hostname, loopback=loopback)
    elif _NUMERIC.fullmatch(parts.hostname):
        raise RefusedAddress(f"{parts.hostname[:80]} is a number in disguise; write the host's name")
    return parts


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _check(address: _Address, host: str, *, loopback: bool) -> None:
    if not _is_public(address, loopback=loopback):
        raise RefusedAddress(f"{host[:80]} leads to {address}, inside a private network; the bot fetches public ones")


def _is_public(address: _Address, *, loopback: bool) -> bool:
    """Whether an address, and the one that it carries, is reachable for everybody. `loopback` lets this machine in."""
    carried = _carried(address)
    if carried is not None:
        return _is_public(carried, loopback=loopback)
    if address.is_loopback:
        return loopback
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _METADATA)


def _carried(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, compatible, 6to4, Teredo or translated."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (int(address) >> 32 == 0 and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class GuardedResolver(AbstractResolver):
    """A resolver that answers with addresses that may be reached and raises RefusedAddress where there are none."""

    def __init__(self, inner: AbstractResolver | None, *, loopback: bool) -> None:
        """`inner` looks names up, by default as the machine does."""
        self._inner = inner or ThreadedResolver()
        self._loopback = loopback

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The inner answer without the addresses that are refused."""
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if self._may(result["host"])]
        if found and not allowed:
            address = _literal(found[0]["host"])
            raise RefusedAddress(
                f"{host[:80]} leads to {address}, inside a private network; the bot fetches public ones"
            )
        return allowed

    def _may(self, host: str) -> bool:
        address = _literal(host)
        return address is not None and _is_public(address, loopback=self._loopback)

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()

"""How the page is served: to whom, under which names."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from crosscheck.review.states import ReviewError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """``token`` lets its first bearer in as ``owner``, an editor, once (empty: people sign in).
    ``header`` names the header in which a proxy at one of ``proxies`` says who somebody is.
    ``hosts`` are the names under which the page may be asked for; ``secure`` marks cookies for
    HTTPS only."""

    token: str = ""
    owner: str = ""
    header: str = ""
    proxies: frozenset[str] = frozenset()
    hosts: frozenset[str] = LOOPBACK
    secure: bool = False

    @property
    def signs_in(self) -> bool:
        """Whether people sign in with a password."""
        return not self.token and not self.header

    def trusts(self, address: str) -> bool:
        """Whether the header of a request from this address is believed."""
        return bool(self.header) and address in self.proxies


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK


def checked(settings: Settings, host: str, has_people: bool) -> Settings:
    """The settings, if it is safe to serve with them at ``host``.

    Raises:
        ReviewError: the page would be open to a network without knowing who is who.
    """
    if settings.signs_in and not has_people:
        raise ReviewError(
            "nobody can sign in yet: add people with "
            "'crosscheck review user add NAME --role editor'"
        )
    if settings.token and not is_loopback(host):
        raise ReviewError(
            f"{host} is open to a network: add people who sign in with 'crosscheck review user "
            "add NAME', or name a proxy's header with --trust-header"
        )
    if settings.header and not settings.proxies:
        raise ReviewError("--trust-header needs the proxy's address: --proxy ADDRESS")
    return settings

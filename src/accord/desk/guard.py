"""Who may talk to the desk: hosts, origins, rates and codes.

The desk listens on this machine only, unless it is asked to serve a room. Even then a page of
another site must not reach it: every request has to name a host that is this server, and every
socket has to come from a page of this server.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters of a join code: none that is mistaken for another."""
CODE_LENGTH = 8
"""32^8 codes: at one guess a second and lockout, out of reach of a class or a night."""
TRIES, LOCKED = 5, 60.0
"""Wrong codes from one address before it has to wait, and how long in seconds (doubling)."""
ADDRESSES_KEPT = 10_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Hosts:
    """The names by which this server may be called.

    Parameters
    ----------
    served
        Address that the server listens on.
    """

    def __init__(self, served: str = "127.0.0.1") -> None:
        self.open = served not in LOOPBACK
        own = {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
        self.names = LOOPBACK | ({served.lower(), *own} if self.open else frozenset())

    def knows(self, host: str) -> bool:
        """Tell whether a Host header names this server.

        In a room, any plain address will do: a name that somebody points at this machine is the
        danger, and an address cannot be pointed anywhere.
        """
        name = _name_of(host)
        if name in self.names:
            return True
        if not self.open or name is None:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _name_of(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


class Guard:
    """Middleware: refuses strange hosts and origins, and adds the headers of a closed page.

    Parameters
    ----------
    app
        What it guards.
    hosts
        The names of this server.
    """

    def __init__(self, app: App, hosts: Hosts) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = [(k.lower(), v.decode("latin-1")) for k, v in scope["headers"]]
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]
        good = len(hosts) == 1 and self.hosts.knows(hosts[0])
        if origins or scope["type"] == "websocket":
            good = good and len(origins) == 1 and _same(origins[0], hosts[0])
        if not good:
            await _refuse(scope, send)
            return
        await self.app(scope, receive, _adding(send, scope))


def _same(origin: str, host: str) -> bool:
    """Tell whether a page's origin is this very server: same name, same port."""
    try:
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()
    except ValueError:
        return False


def _adding(send: Send, scope: Scope) -> Send:
    async def add(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and scope["type"] == "http":
            there = {name.lower() for name, _ in message.get("headers", [])}
            message["headers"] = [
                *message.get("headers", []),
                *((name, value) for name, value in HEADERS if name not in there),
            ]
        await send(message)

    return add


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "not from this page"})
        return
    text = b"This desk answers only under its own address.\n"
    head = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": head})
    await send({"type": "http.response.body", "body": text})


class Pace:
    """How fast messages may come: so many a second, with some to spare.

    Parameters
    ----------
    per_second, spare
        Steady rate, and how many may come at once.
    """

    def __init__(self, per_second: float = 60.0, spare: float = 120.0) -> None:
        self.per_second, self.spare = per_second, spare
        self._left, self._seen = spare, time.monotonic()

    def allows(self) -> bool:
        """Count a message and tell whether it came in time."""
        now = time.monotonic()
        self._left = min(self.spare, self._left + (now - self._seen) * self.per_second)
        self._seen = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True


def new_code() -> str:
    """Return a join code such as ``KQ7M-2XWD``, drawn from the system's randomness."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def same_code(given: str, code: str) -> bool:
    """Compare codes in constant time; case, spaces and hyphens do not count."""

    def plain(text: str) -> bytes:
        return "".join(c for c in text.upper() if c.isalnum()).encode("utf-8")

    return secrets.compare_digest(plain(given[:64]), plain(code))


class Lock:
    """Keeps who guesses codes waiting, by address; longer each time."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def waits(self, address: str) -> float:
        """Return the seconds that an address still has to wait."""
        count, since = self._wrong.get(address, (0, 0.0))
        if count < TRIES:
            return 0.0
        pause = LOCKED * 2.0 ** min(count - TRIES, 8)
        return max(0.0, since + pause - time.monotonic())

    def wrong(self, address: str) -> None:
        """Note a wrong code."""
        count, _ = self._wrong.pop(address, (0, 0.0))
        self._wrong[address] = (count + 1, time.monotonic())
        while len(self._wrong) > ADDRESSES_KEPT:
            self._wrong.popitem(last=False)

    def right(self, address: str) -> None:
        """Forget the wrong codes of an address."""
        self._wrong.pop(address, None)

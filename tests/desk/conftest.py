"""A desk on the bundled case, at the sizes that a test needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from accord.desk.app import create_app
from accord.desk.ground import Grounds
from accord.ledger import Case, load_case

HOST = "127.0.0.1:8642"
HEADERS = {"host": HOST, "origin": f"http://{HOST}"}


class Page:
    """What a page does: says things, and reads until an answer comes."""

    def __init__(self, socket: Any) -> None:
        self.socket, self.seq = socket, 0
        self.read: list[dict[str, Any]] = []

    def say(self, kind: str, **fields: Any) -> int:
        self.seq += 1
        self.socket.send_text(json.dumps({"type": kind, "seq": self.seq, **fields}))
        return self.seq

    def until(self, kind: str, **wanted: Any) -> dict[str, Any]:
        while True:
            found = json.loads(self.socket.receive_text())
            self.read.append(found)
            if found["type"] == kind and all(found.get(k) == v for k, v in wanted.items()):
                return found

    def frame(self, seq: int | None = None) -> dict[str, Any]:
        """Read until the frame in which change ``seq`` is shown."""
        wanted = self.seq if seq is None else seq
        while True:
            found = self.until("frame")
            if found["seq"] >= wanted:
                return found

    def ask(self, what: str, **fields: Any) -> dict[str, Any]:
        self.seq += 1
        name = self.seq
        self.socket.send_text(json.dumps({"type": "ask", "id": name, "what": what, **fields}))
        return self.until("answer", id=name)

    def hello(self, **fields: Any) -> dict[str, Any]:
        self.socket.send_text(json.dumps({"type": "hello", "protocol": 1, **fields}))
        return self.until("welcome")


@pytest.fixture(scope="session")
def us_china() -> Case:
    return load_case("us-china")


@pytest.fixture(scope="session")
def grounds(us_china: Case) -> Grounds:
    return Grounds(us_china, members=400, draws=8)


@pytest.fixture(scope="session")
def client(us_china: Case) -> Iterator[TestClient]:
    app = create_app(us_china, members=400, draws=8)
    with TestClient(app, base_url=f"http://{HOST}") as found:
        yield found


@contextmanager
def page_of(client: TestClient, **hello: Any) -> Iterator[Page]:
    """Open a page and wait for its first picture."""
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = Page(socket)
        page.welcome = page.hello(**hello)  # type: ignore[attr-defined]
        page.first = page.frame(0)  # type: ignore[attr-defined]
        yield page


@pytest.fixture
def page(client: TestClient) -> Iterator[Any]:
    with page_of(client) as found:
        yield found

"""A mock conference: seats behind a code, rounds, proposals, votes, the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.desk.conftest import HEADERS, HOST, Page

from accord.desk.app import create_app
from accord.desk.conference import Conference
from accord.desk.guard import TRIES, Hosts, Lock, new_code, same_code
from accord.errors import InputError


@pytest.fixture
def room(us_china: Any) -> Iterator[tuple[TestClient, Conference]]:
    conference = Conference(roles=("USA", "CHN"), rounds=2)
    app = create_app(us_china, members=400, draws=4, conference=conference)
    with TestClient(app, base_url=f"http://{HOST}") as client:
        yield client, conference


def enter(socket: Any, room: Conference, role: str, code: str | None = None) -> Page:
    page = Page(socket)
    page.welcome = page.hello()  # type: ignore[attr-defined]
    right = room.chair_code if role == "chair" else room.code
    page.say("join", role=role, code=right if code is None else code, name="Ana")
    return page


def test_a_class_plays_a_round_to_an_agreement(room: Any) -> None:
    client, conference = room
    connect = lambda: client.websocket_connect("/ws", headers=HEADERS)  # noqa: E731
    with connect() as a, connect() as b, connect() as c:
        chair, usa, china = (enter(s, conference, r) for s, r in
                             ((a, "chair"), (b, "USA"), (c, "CHN")))  # fmt: skip
        for one in (chair, usa, china):
            one.until("joined")
        assert "frozen" in chair.until("room")["edition"]
        chair.say("chair", do="start", minutes=5)
        usa.until("room", state="open")
        china.frame(0)
        china.say("set", row="CN-NZ60", value=2050)
        china.frame()
        china.say("table_it", note="faster for finance")
        while True:
            found = usa.until("room")
            if found["proposals"]:
                break
        proposal = found["proposals"][0]
        assert proposal["role"] == "CHN" and "2050" in proposal["changes"][0]
        assert all(line["cost"] is not None for line in found["yours"]["lines"])
        chair.say("chair", do="call_vote")
        usa.until("room", state="voting")
        usa.say("vote", proposal=proposal["id"], choice="yes")
        china.say("vote", proposal=proposal["id"], choice="yes")
        while not all(role["voted"] for role in chair.until("room")["roles"]):
            pass
        chair.say("chair", do="end_round")
        end = chair.until("room", state="waiting")
        assert end["log"][0]["words"].startswith("agreed")
        assert "2050" in end["tabled"]["changes"][0]
        got = client.get(f"/export/outcome.md?session={chair.welcome['session']}")  # type: ignore[attr-defined]
        assert "frozen" in got.text and "2050" in got.text


def test_costs_of_others_are_not_told(room: Any) -> None:
    client, conference = room
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = enter(socket, conference, "USA")
        standoff = page.until("standoff")
        costs = {line["party"]: line["cost"] for line in standoff["lines"]}
        assert costs["USA"] is not None
        assert costs["CHN"] is None
        assert all(way["cost"] is None for way in standoff["ways"])


def test_without_a_seat_nothing_can_be_done(room: Any) -> None:
    client, _ = room
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = Page(socket)
        welcome = page.hello()
        assert welcome["room"]["roles"] == ["USA", "CHN", "press"]
        page.say("set", row="CN-PEAK", value=2040)
        assert "seat" in page.until("error")["message"]
        assert "seat" in page.ask("grid")["failed"]
        assert client.get(f"/export/deal.json?session={welcome['session']}").status_code == 403


def test_wrong_codes_are_locked_out(room: Any) -> None:
    client, conference = room
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = enter(socket, conference, "USA", code="AAAA-AAAA")
        page.until("error")
        for _ in range(TRIES - 1):
            page.say("join", role="USA", code="BBBB-BBBB", name="x")
            assert "not the one" in page.until("error")["message"]
        page.say("join", role="USA", code=conference.code, name="x")
        assert "try again" in page.until("error")["message"]


def test_only_the_chair_runs_the_clock(room: Any) -> None:
    client, conference = room
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = enter(socket, conference, "USA")
        page.until("joined")
        page.say("chair", do="start")
        assert "chair" in page.until("error")["message"]
        page.say("vote", proposal="p1-1", choice="yes")
        assert "no such proposal" in page.until("error")["message"]


def test_the_seat_code_does_not_open_the_chair(room: Any) -> None:
    client, conference = room
    with client.websocket_connect("/ws", headers=HEADERS) as socket:
        page = enter(socket, conference, "chair", code=conference.code)
        assert "join code" in page.until("error")["message"]


def test_codes_are_long_random_and_easily_typed() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    code = codes.pop()
    assert same_code(code.lower().replace("-", " "), code)
    assert not same_code(code[:-1], code)
    with pytest.raises(InputError, match="8"):
        Conference(code="1234")


def test_a_lock_opens_again_after_a_while(monkeypatch: Any) -> None:
    from accord.desk import guard

    now = [0.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: now[0])
    lock = Lock()
    for _ in range(TRIES):
        assert lock.waits("a") == 0
        lock.wrong("a")
    assert lock.waits("a") == guard.LOCKED
    assert lock.waits("b") == 0
    now[0] = guard.LOCKED
    assert lock.waits("a") == 0
    lock.wrong("a")
    assert lock.waits("a") == 2 * guard.LOCKED


def test_on_this_machine_only_its_own_names_are_known() -> None:
    own = Hosts()
    assert all(own.knows(h) for h in ("localhost:8642", "127.0.0.1", "[::1]:80"))
    assert not any(
        own.knows(h) for h in ("192.168.1.5:8642", "evil.example", "", "localhost.evil.example")
    )
    room = Hosts("0.0.0.0")
    assert room.knows("192.168.1.5:8642")
    assert not room.knows("evil.example:8642")

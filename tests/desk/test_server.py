"""The server as a page sees it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.desk.conftest import HEADERS, HOST, Page, page_of


def test_a_page_gets_everything_unasked(page: Any) -> None:
    kinds = [one["type"] for one in page.read]
    assert kinds.index("welcome") < kinds.index("scene") < kinds.index("table")
    assert page.first["warming"]["at_2100"]["50"] > 1.5
    standoff = page.until("standoff")
    assert standoff["rev"] == page.first["rev"]
    assert standoff["quarrels"] and standoff["ways"]


def test_the_newest_of_many_changes_is_shown_and_none_lags(page: Any) -> None:
    for year in range(2031, 2051):
        page.say("set", row="CN-PEAK", value=year, drag=year < 2050)
    last = page.frame()
    assert last["rows"][0]["says"] == "China: peak CO2 emissions before 2050"
    assert last["undo"] == "China: peak CO2 emissions before 2050"
    seqs = [one["seq"] for one in page.read if one["type"] == "frame"]
    assert seqs == sorted(seqs)
    page.say("undo")
    assert page.frame()["changed"] == 0


def test_slider_and_phrase_are_one_value(page: Any) -> None:
    page.say("set", row="CN-NZ60", says="China: carbon neutrality by 2055")
    row = page.frame()["rows"][0]
    assert (row["slider"]["value"], row["changed"]) == (2055, True)
    page.say("set", row="CN-NZ60", value=2058)
    assert page.frame()["rows"][0]["says"] == "China: reach carbon neutrality by 2058"


def test_a_phrase_that_cannot_be_read_marks_the_word_and_changes_nothing(page: Any) -> None:
    page.say("set", row="CN-PEAK", says="China: peak CO2 befor 2030")
    error = page.until("error")
    text, (start, end) = error["phrase"]["text"], (error["phrase"]["start"], error["phrase"]["end"])
    assert text[start:end] == "befor"
    assert error["where"] == {"row": "CN-PEAK"}
    assert "before" in error["phrase"]["accepted"]
    assert page.frame()["changed"] == 0


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "set", "row": "CN-PEAK", "says": "cut CO2 by 200% below 2005 by 2030"}, "200"),
        ({"type": "set", "row": "NOBODY", "value": 3}, "NOBODY"),
        ({"type": "set", "row": "CN-PEAK", "value": 1e300}, "outside"),
        ({"type": "term", "key": "no_such_term", "value": True}, "term"),
        ({"type": "term", "key": "binding(CHN)", "value": 7}, "yes or no"),
        ({"type": "convention", "switch": "extension", "value": "hold-rat"}, "hold-rate"),
        ({"type": "as_of", "value": "copenhagen"}, "copenhagen-2009"),
        ({"type": "as_of", "value": "2099-01-01"}, "edition"),
        ({"type": "open", "token": "rubbish"}, "link"),
        ({"type": "add", "says": "Germany: cut CO2 by 30% below 2005 by 2035"}, "EU27"),
        ({"type": "apply", "give_up": ["NO-LINE"]}, "red line"),
        ({"type": "dance"}, "cannot read"),
        ({"type": "set"}, "row"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_words(page: Any, message: dict, words: str) -> None:
    page.say(**{"kind": message.pop("type")}, **message)
    assert words in page.until("error")["message"]


def test_a_page_that_comes_back_finds_its_deal(client: TestClient) -> None:
    with page_of(client) as page:
        page.say("set", row="CN-PEAK", value=2044)
        session, token = page.welcome["session"], page.frame()["token"]
    with page_of(client, session=session) as page:
        assert page.welcome["restored"]
        table = next(one for one in page.read if one["type"] == "table")
        row = next(one for one in table["rows"] if one["id"] == "CN-PEAK")
        assert row["slider"]["value"] == 2044
        assert page.first["undo"]
    with page_of(client, session="long-forgotten", token=token) as page:
        assert not page.welcome["restored"]
        assert page.first["token"] == token


def test_two_tabs_have_two_deals(client: TestClient) -> None:
    with page_of(client) as one, page_of(client) as other:
        one.say("set", row="CN-PEAK", value=2044)
        assert one.frame()["changed"] == 1
        other.say("term", key="treaty", value=True)
        assert other.frame()["changed"] == 1
        assert one.welcome["session"] != other.welcome["session"]


def test_rounds_switches_rows_and_terms_can_be_changed_and_undone(page: Any) -> None:
    page.say("as_of", value="paris-2015")
    assert page.until("scene")["round"] == "paris-2015"
    page.frame()
    page.say("convention", switch="extension", value="hold-level")
    assert page.until("scene")["convention"]["extension"] == "hold-level"
    page.frame()
    page.say("add", says="China: cut greenhouse gases by 30% below 2005 by 2035")
    table = page.until("table")
    assert any(row["id"] == "new-1" for row in table["rows"])
    page.frame()
    for _ in range(3):
        page.say("undo")
        page.frame()
    assert page.until("standoff")["round"] is None


def test_fifty_desks_at_once_get_their_own_pictures(client: TestClient) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        pages = [stack.enter_context(page_of(client)) for _ in range(50)]
        for n, one in enumerate(pages):
            one.say("set", row="CN-PEAK", value=2027 + n)
        for n, one in enumerate(pages):
            assert one.frame()["rows"][0]["slider"]["value"] == 2027 + n


@pytest.mark.parametrize("what", ["grid", "record", "promises"])
def test_every_view_has_an_answer(page: Any, what: str) -> None:
    answer = page.ask(what)
    assert "failed" not in answer
    assert answer.get("rows") or answer.get("timeline") or answer.get("promises")


def test_two_deals_stand_side_by_side(page: Any) -> None:
    page.say("set", row="CN-PEAK", value=2044)
    token = page.frame()["token"]
    page.say("set", row="CN-PEAK", value=2027)
    page.frame()
    answer = page.ask("compare", token=token)
    differs = next(one for one in answer["differences"] if one["row"] == "CN-PEAK")
    assert [text[-4:] for text in differs["values"]] == ["2030", "2044", "2027"]
    assert len(answer["rows"][0]["values"]) == 3


def test_a_saved_deal_is_a_case_that_says_the_same(client: TestClient, tmp_path: Any,
                                                   monkeypatch: Any) -> None:  # fmt: skip
    from accord.ledger import load_case

    monkeypatch.chdir(tmp_path)
    with page_of(client) as page:
        page.say("set", row="CN-PEAK", value=2035)
        page.frame()
        assert page.ask("save", name="my-deal")["path"] == "my-deal"
        case = load_case(tmp_path / "my-deal")
        assert any(c.id == "CN-PEAK" and "2035" in c.says for c in case.commitments)
        assert "there already" in page.ask("save", name="my-deal")["failed"]
        for name in ("../out", "/tmp/x", "a/b", "", "A B", "x" * 99):
            assert "small letters" in page.ask("save", name=name)["failed"]


def test_downloads_need_the_session(client: TestClient) -> None:
    with page_of(client) as page:
        name = page.welcome["session"]
        for kind in ("deal.json", "deal.md", "grid.csv", "grid.json", "promises.csv"):
            got = client.get(f"/export/{kind}?session={name}")
            assert got.status_code == 200, kind
            assert "attachment" in got.headers["content-disposition"]
        assert (
            json.loads(client.get(f"/export/deal.json?session={name}").text)["case"] == "us-china"
        )
        assert client.get(f"/export/nonsense?session={name}").status_code == 404
    assert client.get("/export/deal.json").status_code == 403
    assert client.get("/export/deal.json?session=guess").status_code == 403


# Who may talk


def test_pages_of_other_sites_are_refused(client: TestClient) -> None:
    for headers in (
        {"host": HOST, "origin": "https://evil.example"},
        {"host": HOST, "origin": "null"},
        {"host": HOST, "origin": "http://127.0.0.1:9999"},
        {"host": "evil.example", "origin": "http://evil.example"},
        {"host": HOST},
    ):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/ws", headers=headers):
            pass
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 403
    assert client.get("/", headers={"origin": "https://evil.example"}).status_code == 403


def test_the_page_allows_nothing_from_elsewhere(client: TestClient) -> None:
    got = client.get("/")
    assert got.status_code == 200
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../app.py", "//etc/passwd"],
)
def test_no_path_reaches_a_file(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


def test_a_page_that_floods_is_let_go_and_others_are_not(client: TestClient) -> None:
    with page_of(client) as calm, page_of(client) as wild:
        with pytest.raises(WebSocketDisconnect):
            for _ in range(2000):
                wild.say("ping")
            while True:
                wild.socket.receive_text()
        calm.say("set", row="CN-PEAK", value=2040)
        assert calm.frame()["changed"] == 1


def test_long_messages_and_phrases_are_refused(page: Any) -> None:
    page.say("set", row="CN-PEAK", says="China: " + "x" * 5000)
    assert "at most" in page.until("error")["message"]
    page.socket.send_text('{"type": "add", "says": "' + "x" * 70_000 + '"}')
    assert "at most" in page.until("error")["message"]


def test_hostile_words_come_back_as_words(page: Any) -> None:
    page.say("add", says="China: policy: <script>alert(1)</script> \"'&")
    page.until("table")
    page.say("set", row="CN-PEAK", says="<img src=x onerror=alert(1)>")
    error = page.until("error")
    assert "<img" in error["phrase"]["text"]


def test_who_says_nothing_is_let_go(us_china: Any, monkeypatch: Any) -> None:
    from accord.desk import app as server

    monkeypatch.setattr(server, "OPENING", 0.1)
    app = server.create_app(us_china, members=400, draws=4)
    with (
        TestClient(app, base_url=f"http://{HOST}") as client,
        client.websocket_connect("/ws", headers=HEADERS) as socket,
    ):
        began = time.monotonic()
        assert "hello" in Page(socket).until("closing")["reason"]
        assert time.monotonic() - began < 5

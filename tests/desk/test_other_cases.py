"""Desks on other cases: a beginner's, one with a record, one with words that want to be code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.desk.conftest import HOST, Page, page_of

from accord.desk.app import create_app
from accord.ledger import load_case, new_case

HOSTILE = '<script>alert("x")</script>'
ARTICLE = f"""China rejects calls

Beijing, 20 July 2023. China has rejected calls from the United States to pursue a more ambitious
climate strategy. "The path to the goals should and must be determined by the country itself," Xi
Jinping said. {HOSTILE} John Kerry said China must do more. China will peak carbon
emissions before 2030.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[Path], Any]:
    @contextmanager
    def opened(path: Path) -> Iterator[Page]:
        app = create_app(load_case(path), members=400, draws=4, folder=tmp_path)
        with TestClient(app, base_url=f"http://{HOST}") as client, page_of(client) as page:
            yield page

    return opened


def test_a_beginners_case_has_a_desk_without_red_lines(tmp_path: Path, desk: Any) -> None:
    new_case(tmp_path / "mine", "Ours", ("USA", "CHN"))
    with desk(tmp_path / "mine") as page:
        assert page.welcome["views"] == {"standoff": False, "record": False, "promises": False}
        assert "red_lines.yaml" in page.until("standoff")["none"]
        page.say("add", says="China: peak CO2 before 2028")
        assert page.frame()["world"]["central"]
        assert page.ask("grid")["rows"] == []
        assert "accord read" in page.ask("record")["none"]
        page.say("apply", give_up=["X"])
        assert "red line" in page.until("error")["message"]


def test_documents_are_shown_with_their_entries_at_their_places(tmp_path: Path, desk: Any) -> None:
    from accord.record.document import Document
    from accord.record.reading import read
    from accord.record.store import Store

    new_case(tmp_path / "mine", HOSTILE, ("USA", "CHN"))
    with Store(tmp_path / "mine" / "record" / "record.sqlite") as store:
        store.add(read(Document("kerry", ARTICLE, title=HOSTILE)))
    with desk(tmp_path / "mine") as page:
        assert page.welcome["case"]["title"] == HOSTILE
        answer = page.ask("record")
        assert [one["title"] for one in answer["documents"]] == [HOSTILE]
        assert answer["entries"]
        found = page.ask("document", document="kerry")
        text = found["document"]["text"]
        for one in found["entries"]:
            assert text[one["start"] : one["end"]] == one["words"]
        assert "kerry" not in page.ask("document", document="../../etc/passwd")["failed"]
        assert page.ask("record", query='"unclosed OR (')["what"] == "record"
        only = page.ask("record", query="rejected")["entries"]
        assert 0 < len(only) <= len(answer["entries"])


def test_a_record_outside_the_case_is_not_opened(tmp_path: Path, desk: Any) -> None:
    new_case(tmp_path / "mine", "Ours", ("USA", "CHN"))
    (tmp_path / "secret.sqlite").write_bytes(b"secret")
    (tmp_path / "mine" / "record").mkdir(exist_ok=True)
    (tmp_path / "mine" / "record" / "record.sqlite").symlink_to(tmp_path / "secret.sqlite")
    with desk(tmp_path / "mine") as page:
        assert page.ask("record")["documents"] == []


def test_cells_of_the_grid_are_no_formulas() -> None:
    from accord.desk.grid import COLUMNS, to_csv

    row = dict.fromkeys(COLUMNS, '=HYPERLINK("http://evil")')
    assert "'=HYPERLINK" in to_csv([row])
    assert ",=" not in to_csv([row])

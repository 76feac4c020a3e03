"""The store: whole or not at all, the same twice is the same once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from accord.errors import InputError, UnknownNameError
from accord.record import Store, read, read_paths
from accord.record.document import Document
from accord.record.history import changes, history, issue, timeline

PASSAGES = Path(__file__).parent / "passages"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "record.sqlite"
    assert {v.word for v in read_paths([str(PASSAGES)], path) if v.shown.endswith(".txt")} == {
        "read"
    }
    with Store(path) as kept:
        yield kept


def test_reading_a_folder_twice_changes_nothing(store):
    before = [f.plain() for f in store.entries()]
    words = {v.word for v in read_paths([str(PASSAGES)], store.path) if v.shown.endswith(".txt")}
    assert words == {"known"}
    assert [f.plain() for f in store.entries()] == before


def test_search_finds_words_and_names(store):
    assert any("carry-over" in f.entry.quote for f in store.search("carry-over surplus"))
    assert store.search('"fur coats"')[0].entry.attrs["speaker"] == "Vladimir Putin"
    assert store.search("deplor*", kinds=("statement",))


@pytest.mark.parametrize("query", ['" OR 1=1 --', "NEAR(", "a* OR b", "'; DROP TABLE entry; --"])
def test_a_search_is_words_and_never_a_command(store, query):
    store.search(query + " treaty")
    assert store.documents()


def test_everything_a_party_said_on_an_issue(store):
    found = history(store, "Beijing", area=issue("legal form"))
    assert found
    assert [f.date for f in found] == sorted(f.date for f in found)
    assert all(f.date >= "2009" for f in history(store, "China", since="2009"))


def test_an_actor_or_issue_that_is_not_there_gets_near_names(store):
    with pytest.raises(UnknownNameError, match="Putin"):
        history(store, "Vladmir Putin")
    with pytest.raises(UnknownNameError, match="finance"):
        issue("finanse")


def test_the_timeline_is_in_order_and_a_changed_pledge_is_seen(tmp_path):
    path = tmp_path / "r.sqlite"
    first = Document(
        "a",
        "Oslo, 1 March 2019\n\nNorway will cut greenhouse gas emissions by 40 percent below 1990 by 2030, Prime Minister Erna Solberg said.\n",
    )
    later = Document(
        "b",
        "Oslo, 7 February 2020\n\nNorway will cut greenhouse gas emissions by 50 percent below 1990 by 2030, Prime Minister Erna Solberg said.\n",
    )
    with Store(path) as kept:
        kept.add(read(later))
        kept.add(read(first))
        (change,) = [c for c in changes(kept, "Norway") if c.about == "emissions"]
        assert (change.earlier.entry.attrs["value"], change.later.entry.attrs["value"]) == (40, 50)
        dates = [f.date for f in timeline(kept)]
        assert dates == sorted(dates)


def test_a_repost_is_recognised_and_not_counted_twice(tmp_path):
    original = (PASSAGES / "wire-2003-russia.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(original, encoding="utf-8")
    (tmp_path / "b.txt").write_text(original + "\nShare this story\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(original, encoding="utf-8")
    words = [
        v.word
        for v in read_paths(
            [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")], tmp_path / "r.sqlite"
        )
    ]
    assert words == ["read", "re-post", "known"]


def test_a_kill_at_any_moment_leaves_whole_documents_only(tmp_path):
    source = tmp_path / "many"
    source.mkdir()
    for i in range(60):
        for path in sorted(PASSAGES.glob("*.txt"))[:3]:
            text = path.read_text(encoding="utf-8")
            (source / f"{i:03}-{path.name}").write_text(
                " ".join(f"{w}{i}" if j % 7 == 0 else w for j, w in enumerate(text.split(" "))),
                encoding="utf-8",
            )
    database = tmp_path / "r.sqlite"
    code = f"from accord.record import read_paths\nfor v in read_paths([{str(source)!r}], __import__('pathlib').Path({str(database)!r})): print(v.word, flush=True)"
    for delay in (0.05, 0.2):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(delay)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        raw = sqlite3.connect(database)
        assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        raw.close()
        with Store(database) as kept:
            assert kept.documents()
            for row in kept.documents():
                whole = read(kept.document(row["name"])).entries
                assert sum(row["entries"].values()) == len(whole)


def test_a_file_that_is_no_record_is_named(tmp_path):
    path = tmp_path / "x.sqlite"
    path.write_text("this is no database, only words, and many of them" * 10, encoding="utf-8")
    with pytest.raises(InputError, match="no record"):
        Store(path)
    with pytest.raises(InputError, match="accord read"):
        Store(tmp_path / "missing.sqlite", create=False)


def test_a_text_on_which_the_rules_fail_does_not_end_the_reading(tmp_path, monkeypatch):
    from accord.record import session

    (tmp_path / "a.txt").write_text("The minister of Chad said in the capital that it would rain.")
    (tmp_path / "b.txt").write_text("The minister of Peru said in the capital that it would snow.")
    honest = session.read

    def faulty(document):
        if "Chad" in document.text:
            raise RuntimeError("a rule that fails")
        return honest(document)

    monkeypatch.setattr(session, "read", faulty)
    reading = session.read_paths(
        [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], tmp_path / "r.sqlite"
    )
    words = [verdict.word for verdict in reading]
    assert words == ["unreadable", "read"]

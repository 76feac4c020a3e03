"""Suggestions for a case: seen first, then accepted item by item."""

import shutil
from pathlib import Path

import pytest

from accord.errors import UnknownNameError
from accord.ledger import check_case, load_case, new_case
from accord.ledger import suggestion as suggest
from accord.record import Store, read
from accord.record.document import Document

TEXT = """Delhi, 4 May 2022

India will cut greenhouse gas emissions by 30 percent below 2005 by 2030, Environment Minister Bhupender Yadav said on Tuesday.

The European Union urged India to phase out coal. India rejected binding targets, Yadav told reporters: "We will not accept a cap on our emissions."
"""


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "talks"
    new_case(folder, "EU and India", ("EU27", "IND"))
    return folder


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "record.sqlite") as kept:
        kept.add(read(Document("note", TEXT, "note.txt")))
        yield kept


def test_each_suggestion_shows_the_lines_it_would_add_and_its_words(store, case):
    found = suggest.suggest(store, case)
    pledge = next(s for s in found if s.kind == "commitment")
    assert '+  says: "India: cut' in pledge.diff()
    assert pledge.found.entry.quote in TEXT
    assert {"commitment", "demand"} <= {s.kind for s in found}


def test_nothing_enters_unseen(store, case):
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}
    suggest.suggest(store, case)
    assert before == {p: p.read_bytes() for p in case.rglob("*") if p.is_file()}


def test_what_is_accepted_is_in_the_case_and_not_proposed_again(store, case):
    count = len(load_case(case).commitments)
    pledge = next(s for s in suggest.suggest(store, case) if s.kind == "commitment")
    suggest.accept(store, case, [pledge.id])
    loaded = load_case(case)
    assert len(loaded.commitments) == count + 1
    assert check_case(case) == []
    assert pledge.id not in {s.id for s in suggest.suggest(store, case)}


def test_what_is_rejected_is_not_proposed_again(store, case):
    first = suggest.suggest(store, case)[0]
    suggest.reject(store, case, [first.id])
    assert first.id not in {s.id for s in suggest.suggest(store, case)}


def test_an_id_that_is_not_proposed_is_refused_whole(store, case):
    with pytest.raises(UnknownNameError, match="suggestion"):
        suggest.accept(store, case, ["note-commitment-99"])


def test_a_copy_of_the_bundled_case_takes_a_red_line(store, tmp_path):
    import accord

    source = Path(accord.__file__).parent / "data" / "cases" / "us-china"
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    lines = [s for s in suggest.suggest(store, copy) if s.kind == "red line"]
    assert lines
    suggest.accept(store, copy, [lines[0].id])
    assert check_case(copy) == []
    assert lines[0].id.replace("note", "note") in (copy / "red_lines.yaml").read_text(
        encoding="utf-8"
    )

"""Our annotated passages, and the floor under each kind.

Each passage is ours, in our own words; events and quotations are made up, although some of the
people and figures are real. The floors stand a little below what was measured (docs/record.md).
"""

import json
from pathlib import Path

import pytest
from record_score import Score, score

from accord.record.document import Document
from accord.record.reading import read

PASSAGES = sorted((Path(__file__).parent / "passages").glob("*.txt"))
FLOORS = {
    "doc_date": 0.95, "actor": 0.90, "statement": 0.88, "commitment": 0.88, "demand": 0.88, "refusal": 0.88,
    "event": 0.85, "figure": 0.95, "issue": 0.90, "stance": 0.80, "interaction": 0.72,
}  # fmt: skip


def load(path):
    return Document(path.stem, path.read_bytes().decode("utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    pairs = []
    for path in PASSAGES:
        gold = [
            json.loads(line)
            for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
        ]
        pairs.append((gold, [e.plain() for e in read(load(path)).entries]))
    return score(pairs)


def test_there_are_at_least_twenty_passages():
    assert len(PASSAGES) >= 20


@pytest.mark.parametrize("path", PASSAGES, ids=lambda p: p.stem)
def test_annotations_stand_in_their_text(path):
    text = load(path).text
    for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for span in (item, *item.get("alt", ())):
            assert text[span["start"] : span["end"]] == span["quote"]


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_each_kind_is_found_at_least_this_well(scores, kind, floor):
    assert scores[kind].f1 >= floor, scores[kind]


@pytest.mark.parametrize("path", PASSAGES, ids=lambda p: p.stem)
def test_every_entry_is_verifiable_and_a_second_reading_is_the_same(path):
    document = load(path)
    entries = read(document).entries
    assert all(document.text[e.start : e.end] == e.quote for e in entries)
    assert [e.plain() for e in entries] == [e.plain() for e in read(document).entries]

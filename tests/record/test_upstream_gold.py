"""The source articles with their annotations, where a developer has them."""

import json

import pytest
from record_score import score

from accord.record.document import Document
from accord.record.reading import read

FLOORS = {
    "doc_date": 1.0, "actor": 0.93, "statement": 0.92, "commitment": 0.95, "demand": 0.85, "refusal": 0.85, "event": 0.80,
    "figure": 1.0, "issue": 0.95, "stance": 0.75, "interaction": 0.75,
}  # fmt: skip


@pytest.fixture(scope="module")
def scores(upstream):
    pairs = []
    for path in sorted((upstream / "articles").glob("*.txt")):
        document = Document(path.stem, path.read_bytes().decode("utf-8"))
        lines = (upstream / "gold" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        pairs.append(
            ([json.loads(line) for line in lines], [e.plain() for e in read(document).entries])
        )
    return score(pairs)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_the_source_articles_are_read_as_annotated(scores, kind, floor):
    assert scores[kind].f1 >= floor, scores[kind]

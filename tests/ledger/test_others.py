"""A case of two parties borrows everybody else's commitments from a bundled case."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from accord.errors import CaseError
from accord.ledger import check_case, load_case, new_case


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return new_case(tmp_path / "mine", "Mine", ("IND", "EU27"), dt.date(2026, 11, 21))


def test_all_others_keep_their_commitments_and_the_protagonists_have_their_own(mine: Path) -> None:
    case, bundled = load_case(mine), load_case("us-china")
    spoken = {"IND", "EU27"}
    assert [one.id for one in case.commitments if one.party in spoken] == ["IND-1", "EU27-1"]
    assert {one.id for one in case.commitments if one.party not in spoken} == {
        one.id for one in bundled.commitments if one.party not in spoken
    }


def test_nothing_after_the_edition_is_borrowed(mine: Path) -> None:
    file = mine / "case.yaml"
    text = file.read_text("utf-8").replace("today: 2026-11-21", "today: 2020-01-01")
    file.write_text(text.split("rounds:", maxsplit=1)[0], "utf-8")
    (mine / "commitments.yaml").write_text("[]\n", "utf-8")
    borrowed = load_case(mine).commitments
    assert borrowed
    assert max(one.date for one in borrowed) <= dt.date(2020, 1, 1)


def test_without_the_field_nobody_else_speaks(mine: Path) -> None:
    file = mine / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("others: us-china", "# alone"), "utf-8")
    assert {one.party for one in load_case(mine).commitments} == {"IND", "EU27"}


def test_an_unknown_case_and_a_taken_id_are_named(mine: Path) -> None:
    file = mine / "commitments.yaml"
    file.write_text(file.read_text("utf-8").replace("IND-1", "US-NDC35"), "utf-8")
    (problem,) = check_case(mine)
    assert isinstance(problem, CaseError)
    assert "'US-NDC35' is taken by 'USA:" in str(problem)
    file = mine / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("others: us-china", "others: us-chna"), "utf-8")
    assert "did you mean us-china" in str(check_case(mine)[0])

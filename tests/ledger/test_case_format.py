"""A case is read as its documentation says."""

import datetime as dt
from pathlib import Path

import pytest

from accord.errors import InputError, UnknownNameError
from accord.ledger import (
    Citation,
    Convention,
    check_case,
    describe_case,
    dump_commitments,
    load_case,
)
from accord.ledger.commitments_file import LEGAL_FORMS, STATUS_WORDS, read_commitments


def test_the_documented_example_is_a_valid_case(documented: Path) -> None:
    assert check_case(documented) == []
    case = load_case(documented)
    assert case.parties == ("EU27", "IND")
    assert [one.id for one in case.rounds] == ["paris-2015", "belem-2025"]
    assert case.rounds[0].evidence == (
        Citation(title="Paris Agreement", publisher="United Nations", date=dt.date(2015, 12, 12)),
    )
    first, second = case.commitments
    assert [status.word for status in first.statuses] == ["announced", "in force", "superseded"]
    assert first.statuses[-1].note == "by the updated contribution"
    assert second.supersedes == ("IN-NDC1-CI",)
    assert second.base_values[0].official is False
    assert second.outcomes[0].source == "Third national communication"
    assert second.note.startswith('The words say "emissions intensity')


def test_every_word_of_the_format_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "case-format.md").read_text("utf-8")
    for word in (*LEGAL_FORMS, *STATUS_WORDS):
        assert f"`{word}`" in page


def test_only_what_was_on_the_table_counts(documented: Path) -> None:
    case = load_case(documented)

    def counted(day: str) -> list[str]:
        return [one.id for one in case.counted(dt.date.fromisoformat(day))]

    assert counted("2015-01-01") == []
    assert counted("2016-01-01") == ["IN-NDC1-CI"]
    assert counted("2023-01-01") == ["IN-NDC1U-CI"]


def test_a_superseded_commitment_does_not_count_while_the_later_one_binds(spoil) -> None:
    folder = spoil(
        "commitments.yaml", "    - 2022-08-26 superseded: by the updated contribution\n", ""
    )
    spoil(
        "commitments.yaml",
        "    - 2022-08-26 in force\n",
        "    - 2022-08-26 in force\n    - 2024-01-01 withdrawn\n",
    )
    case = load_case(folder)
    assert [one.id for one in case.counted(dt.date(2023, 1, 1))] == ["IN-NDC1U-CI"]
    assert [one.id for one in case.counted(dt.date(2024, 6, 1))] == ["IN-NDC1-CI"]
    assert [one.id for one in case.counted(dt.date(2024, 6, 1), archived=True)] == ["IN-NDC1U-CI"]


def test_the_case_sets_its_convention_and_a_question_may_override_it(documented: Path) -> None:
    case = load_case(documented)
    assert case.convention() == Convention(as_of=dt.date(2025, 11, 24))
    changed = case.convention(dt.date(2020, 1, 1), extension="reference")
    assert (changed.as_of, changed.extension) == (dt.date(2020, 1, 1), "reference")


def test_a_day_may_be_named_by_a_round(documented: Path) -> None:
    case = load_case(documented)
    assert case.day("2010-03-01") == dt.date(2010, 3, 1)
    assert case.day("paris-2015") == dt.date(2015, 12, 12)
    with pytest.raises(UnknownNameError, match="paris-2015"):
        case.day("pariss-2015")
    with pytest.raises(InputError, match="no day of the calendar"):
        case.day("2010-02-30")
    with pytest.raises(InputError, match="no date"):
        case.day("1.3.2010")


def test_commitments_written_and_read_again_are_the_same(documented: Path, tmp_path: Path) -> None:
    case = load_case(documented)
    for sources in ({}, case.sources):
        file = tmp_path / "commitments.yaml"
        file.write_text(dump_commitments(case.commitments, sources), "utf-8")
        problems: list[InputError] = []
        assert read_commitments([file], sources, problems) == case.commitments
        assert problems == []


def test_a_case_is_described_as_of_a_day(documented: Path) -> None:
    view = describe_case(load_case(documented), dt.date(2016, 1, 1))
    assert [one["id"] for one in view["rounds"]] == ["paris-2015"]
    (party,) = view["parties"]
    (row,) = party["commitments"]
    assert (party["name"], row["status"], row["counted"]) == ("India", "announced", True)
    assert row["canonical"].startswith("India: cut greenhouse gas emissions per unit of GDP")
    assert describe_case(load_case(documented), party="EU27")["parties"] == []

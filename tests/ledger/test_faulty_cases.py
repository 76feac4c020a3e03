"""A mistake in a case is named with file, line, field, what was expected and the nearest value."""

import resource
import time
from pathlib import Path

import pytest

from accord.errors import AccordError, CaseError, UnknownNameError
from accord.ledger import FaultyCaseError, check_case, load_case

FAULTS = [
    # file, words, spoiled words, place, message
    ("commitments.yaml", "legal_form: NDC", "legal_form: NCD", "5: IN-NDC1-CI.legal_form",
     "did you mean NDC"),
    ("commitments.yaml", "instrument:", "instument:", "4: IN-NDC1-CI", "did you mean instrument?"),
    ("commitments.yaml", "date: 2015-10-01", "date: 1 October 2015", "6: IN-NDC1-CI.date",
     "no date; expected one such as 2015-12-12"),
    ("commitments.yaml", "date: 2015-10-01", "date: 2015-02-30", "6: IN-NDC1-CI.date",
     "no day of the calendar"),
    ("commitments.yaml", "2015-10-01 announced", "2015-10-01 anounced",
     "8: IN-NDC1-CI.statuses", "did you mean announced"),
    ("commitments.yaml", "2016-10-02 in force", "2014-10-02 in force",
     "9: IN-NDC1-CI.statuses", "earlier than the commitment's date"),
    ("commitments.yaml", "2016-10-02 in force", "2023-10-02 in force",
     "10: IN-NDC1-CI.statuses", "statuses stand in order of time"),
    ("commitments.yaml", "2016-10-02 in force", "in force", "9: IN-NDC1-CI.statuses", "expected"),
    ("commitments.yaml", "[IND-INDC]", "[IND-NDC]", "11: IN-NDC1-CI.evidence",
     "did you mean IND-INDC?"),
    ("commitments.yaml", "[IND-INDC]", "[]", "11: IN-NDC1-CI.evidence", "is empty"),
    ("commitments.yaml", "[IND-INDC]", "IND-INDC", "11: IN-NDC1-CI.evidence", "expected a list"),
    ("commitments.yaml", "supersedes: [IN-NDC1-CI]", "supersedes: [IN-NDC2-CI]",
     "21: IN-NDC1U-CI.supersedes", "did you mean IN-NDC1-CI"),
    ("commitments.yaml", "supersedes: [IN-NDC1-CI]", "supersedes: [IN-NDC1U-CI]",
     "21: IN-NDC1U-CI.supersedes", "not earlier"),
    ("commitments.yaml", "- id: IN-NDC1U-CI", "- id: IN-NDC1-CI", "14: IN-NDC1-CI.id",
     "given twice; the first is in line 2"),
    ("commitments.yaml", "verified: false", "verified: perhaps", "12: IN-NDC1-CI.verified",
     "neither true nor false"),
    ("commitments.yaml", "India: cut GHG", "India: kut GHG", "3: IN-NDC1-CI.says",
     "did you mean 'cut'?"),
    ("commitments.yaml", "India: cut GHG", "Indai: cut GHG", "3: IN-NDC1-CI.says",
     "did you mean India"),
    ("commitments.yaml", "33-35% below 2005 by 2030", "133% below 2005 by 2030",
     "3: IN-NDC1-CI.says", "100% is the most"),
    ("commitments.yaml", "33-35% below 2005 by 2030", "33-35% by 2030", "3: IN-NDC1-CI.says",
     "base year"),
    ("commitments.yaml", "value: 0.31", "value: a third", "28: IN-NDC1U-CI.base_values[1].value",
     "no number"),
    ("commitments.yaml", "value: 0.31", "value: .nan", "28: IN-NDC1U-CI.base_values[1].value",
     "no number"),
    ("commitments.yaml", "year: 2005, series", "year: 20050, series",
     "28: IN-NDC1U-CI.base_values[1].year", "no year"),
    ("commitments.yaml", "official: true,", "", "31: IN-NDC1U-CI.outcomes[1].official",
     "'official' is missing"),
    ("commitments.yaml", "date: 2015-10-01", "date: 2026-10-01", "6: IN-NDC1-CI.date",
     "after the edition's day"),
    ("commitments.yaml", "url: https://", "url: ftp://", "26: IN-NDC1U-CI.evidence[1].url",
     "no web address"),
    ("commitments.yaml", 'says: "India: cut', "says: India: cut", "3",
     "a text with a colon must stand in quotation marks"),
    ("commitments.yaml", "  instrument: First", "\tinstrument: First", "4", "quotation marks"),
    ("commitments.yaml", "- id: IN-NDC1-CI\n", "- just words\n- id: IN-NDC1-CI\n", "2",
     "expected the fields of a commitment"),
    ("case.yaml", "title: ", "titel: ", "2", "did you mean title?"),
    ("case.yaml", "[EU27, India]", "[EU27, Indai]", "3: parties", "did you mean India"),
    ("case.yaml", "[EU27, India]", "[]", "3: parties", "is empty"),
    ("case.yaml", "today: 2025-11-24", "today: 2020-11-24", "19: rounds[2].start",
     "after the edition's day"),
    ("case.yaml", "id: belem-2025", "id: paris-2015", "16: rounds[2].id", "given twice"),
    ("case.yaml", "end: 2015-12-12", "end: 2015-11-12", "12: rounds[1].end", "before it starts"),
    ("case.yaml", "extension: hold-rate", "extension: hold-rates", "23: convention.extension",
     "did you mean hold-rate"),
    ("case.yaml", "scenario: SSP2", "scenario: SSP9", "25: convention.scenario", "SSP5"),
    ("sources.yaml", "  publisher: United Nations\n", "", "2: PARIS", "'publisher' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "words", "spoiled", "place", "message"), FAULTS)
def test_a_mistake_is_named_with_its_place(file, words, spoiled, place, message, spoil) -> None:
    folder = spoil(file, words, spoiled)
    found = [str(problem) for problem in check_case(folder)]
    assert any(one.startswith(f"{folder / file}:{place}") and message in one for one in found), (
        found
    )
    assert all("\n" not in one for one in found)
    with pytest.raises(FaultyCaseError):
        load_case(folder)


def test_all_mistakes_are_listed_and_the_first_stands_in_the_error(spoil) -> None:
    folder = spoil("commitments.yaml", "legal_form: NDC", "legal_form: X")
    spoil("commitments.yaml", "  verified: false\n\n", "  verified: perhaps\n  more: x\n\n")
    spoil("case.yaml", "title: ", "titel: ")
    problems = check_case(folder)
    assert [problem.place.line for problem in problems if problem.place] == [2, 2, 5, 12, 13]
    with pytest.raises(FaultyCaseError, match="and 4 more") as caught:
        load_case(folder)
    assert len(caught.value.problems) == 5


def test_missing_files_and_folders_are_named(documented: Path, tmp_path: Path) -> None:
    (documented / "commitments.yaml").unlink()
    assert "the file is missing" in str(check_case(documented)[0])
    with pytest.raises(CaseError, match="holds no case"):
        load_case(tmp_path)
    with pytest.raises(UnknownNameError, match="us-china"):
        load_case("us-chna")
    with pytest.raises(CaseError, match="not a file"):
        load_case(documented / "sources.yaml")


def laughs(levels: int = 9) -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for level in range(1, levels):
        aliases = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (laughs(), "the anchor '&a0' is not accepted"),
        ("title: *who", "the alias '*who' is not accepted"),
        ("title: !!python/object/apply:os.system [id]", "the tag"),
        ("<<: {a: 1}\ntitle: x", "unknown field '<<'"),
        ("[" * 100_000, "nested more than 12 levels"),
        ("- " * 100_000, "nested more than 12 levels"),
        ("{a: " * 50_000, "nested more than 12 levels"),
        ("a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 400)), "nested more than 12 levels"),
        ("? [a, b]\n: c", "a field name must be a word"),
        ("title: 'unclosed", "not closed"),
        ("a: b\n---\nc: d", "a second document"),
        ("just words", "expected the fields"),
        ("", "expected the fields"),
        ("title: x\ntitle: y", "given twice; the first is in line 1"),
        ("title: \x07", "not YAML"),
        ("x" * 40_000_000, "larger than 32 MB"),
    ],
)
def test_a_hostile_file_is_refused_fast(text: str, message: str, documented: Path) -> None:
    (documented / "case.yaml").write_text(text, "utf-8")
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = [str(problem) for problem in check_case(documented)]
    assert any(message in one for one in found), found
    assert time.perf_counter() - begun < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB
    with pytest.raises(AccordError):
        load_case(documented)


def test_a_file_that_is_not_utf8_is_named_with_its_line(documented: Path) -> None:
    raw = (documented / "commitments.yaml").read_bytes()
    (documented / "commitments.yaml").write_bytes(raw.replace(b"First", b"F\xedrst"))
    (problem,) = check_case(documented)
    assert "commitments.yaml:4: the file is not UTF-8" in str(problem)


def test_a_folder_in_place_of_a_file_is_named(documented: Path) -> None:
    (documented / "sources.yaml").unlink()
    (documented / "sources.yaml").mkdir()
    assert any("the file cannot be read" in str(problem) for problem in check_case(documented))


def test_files_of_other_parts_and_of_ones_own_are_left_alone(documented: Path) -> None:
    for name in ("positions.csv", "notes.csv", "notes.txt", "draft.yaml"):
        (documented / name).write_text("{{{ not : yaml", "utf-8")
    (documented / "record").mkdir()
    assert check_case(documented) == []

"""Red lines on disk: read strictly, with the place of every fault; the bundled ones are whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from accord.errors import InputError
from accord.ledger import case_path, check_case
from accord.ledger.case import FaultyCaseError
from accord.ledger.red_line import RedLines, load_red_lines, read_red_lines

SOURCES = "DOC:\n  title: A document\n  publisher: Somebody\n  date: 2020-01-01\n"
LINE = """\
- id: A
  party: India
  level: ratifier
  statement: India wants no charge.
  holds: tariff(EU27, IND) <= 0
  since: 2021-01-01
  yield_cost: 5
  evidence: [DOC]
"""


def folder(tmp_path: Path, lines: str = LINE, terms: str | None = None) -> Path:
    (tmp_path / "red_lines.yaml").write_text(lines, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    if terms is not None:
        (tmp_path / "terms.yaml").write_text(terms, encoding="utf-8")
    return tmp_path


def faults(path: Path) -> list[InputError]:
    problems: list[InputError] = []
    read_red_lines(path, problems)
    return problems


@pytest.fixture(scope="module")
def bundled() -> RedLines:
    return load_red_lines(case_path("us-china"))


def test_a_line_is_read_with_its_party_dates_cost_and_document(tmp_path: Path) -> None:
    (line,) = load_red_lines(folder(tmp_path)).lines
    assert (line.party, line.level, line.yield_cost, line.verified) == ("IND", "ratifier", 5, False)
    assert line.evidence[0].title == "A document"
    assert not line.in_force(dt.date(2020, 12, 31))
    assert line.in_force(dt.date(2030, 1, 1))


def test_a_case_without_red_lines_has_none(tmp_path: Path) -> None:
    assert load_red_lines(tmp_path) == RedLines()


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("India\n", "Indai\n"), 2, "did you mean"),
        (("ratifier", "senate"), 3, "unknown level"),
        (("tariff(EU27, IND) <= 0", "tarif(EU27, IND) <= 0"), 5, "did you mean tariff"),
        (("tariff(EU27, IND) <= 0", "tariff(EU27, IND) <= 0 $bn"), 5, "units do not match"),
        (("tariff(EU27, IND) <= 0", "tariff(EU27, INX) <= 0"), 5, "unknown party 'INX'"),
        (("2021-01-01", "2021-13-01"), 6, "no day of the calendar"),
        (("yield_cost: 5", "yield_cost: -5"), 7, "0 to 1000 points"),
        (("[DOC]", "[DOCS]"), 8, "did you mean DOC"),
        (("[DOC]", "[]"), 8, "is empty"),
        (("  level", "  levle"), 3, "unknown field"),
        (("  since: 2021-01-01\n", "  since: 2021-01-01\n  until: 2020-01-01\n"), 7, "ends on"),
    ],
)
def test_every_fault_has_its_place(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    assert change[0] in LINE
    found = faults(folder(tmp_path, LINE.replace(*change)))
    assert any(message in str(one) for one in found), [str(one) for one in found]
    assert any(one.place and one.place.line == line for one in found), [str(one) for one in found]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("terms:\n  - {term: levy, domain: 80..20}\n", "begins above its end"),
        ("terms:\n  - {term: levy, type: int, domain: 0.2..0.8}\n", "no whole number"),
        ("terms:\n  - {term: levy, domain: a|a}\n", "different words"),
        ("terms:\n  - {term: levy, type: bool, domain: 0..1}\n", "no range of figures"),
        ("terms:\n  - {term: levy, unit: '%'}\n", "needs a domain"),
        ("terms:\n  - {term: levy}\n  - {term: levy}\n", "declared twice"),
        ("terms:\n  - {term: 'levy(P'}\n", "declares no term"),
        ("terms:\n  - {term: a, is: not b}\n  - {term: b, is: not a}\n", "circular definition"),
        ("terms:\n  - {term: a, is: bindng(USA)}\n", "did you mean binding"),
        ("terms:\n  - {term: s, domain: 0..9, unit: '%', is: finance(USA)}\n", "do not match"),
        ("facts:\n  - {id: F, holds: levy > 0}\n", "unknown term 'levy'"),
        ("groups:\n  - {id: X, meaning: x, members: [Atlantis]}\n", "unknown party 'Atlantis'"),
        ("term: []\n", "unknown field"),
    ],
)
def test_terms_that_contradict_themselves_are_told(
    tmp_path: Path, terms: str, message: str
) -> None:
    found = faults(folder(tmp_path, terms=terms))
    assert any(message in str(one) for one in found), [str(one) for one in found]
    assert all(one.place and one.place.file.endswith("terms.yaml") for one in found)


def test_a_faulty_file_is_refused_with_its_first_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyCaseError, match=r"red_lines.yaml:5: A.holds"):
        load_red_lines(folder(tmp_path, LINE.replace("tariff(", "tarif(")))


def test_groups_and_own_terms_can_be_used(tmp_path: Path) -> None:
    terms = (
        "groups:\n  - {id: SENATE, meaning: the Senate, members: [USA]}\n"
        "terms:\n  - {term: 'levy(P)', domain: 0..100, unit: $/t}\n"
        "  - {term: 'spared(P)', is: 'levy(P) <= 0 $/t'}\n"
    )
    text = LINE.replace("tariff(EU27, IND) <= 0", "spared(India) and levy(SENATE) >= 3 $/t")
    (line,) = load_red_lines(folder(tmp_path, text, terms)).lines
    assert line.holds.startswith("spared")


def test_the_bundled_case_has_all_its_lines_cited_and_dated(bundled: RedLines) -> None:
    assert len(bundled.lines) == 146
    assert len(bundled.facts) == 7
    assert all(line.evidence for line in bundled.lines)
    assert "illustration" in bundled.costs
    assert check_case("us-china") == []


def test_no_citation_names_a_path_of_ours(bundled: RedLines) -> None:
    folder = case_path("us-china")
    for name in ("red_lines.yaml", "terms.yaml", "sources-red-lines.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        for word in ("shared/", "rufuspollock", "brian14708", ".csv", "article 00"):
            assert word not in text, (name, word)


def test_the_bundled_files_are_what_the_builder_writes(upstream: Path) -> None:
    from tools.build_red_lines import Sources, red_lines, terms

    sources = Sources()
    folder = upstream / "data" / "redlines"
    assert red_lines(folder, sources) == (case_path("us-china") / "red_lines.yaml").read_text(
        encoding="utf-8"
    )
    assert terms(folder, sources) == (case_path("us-china") / "terms.yaml").read_text(
        encoding="utf-8"
    )

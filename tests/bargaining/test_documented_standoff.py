"""docs/standoff.md: every example is read, and a case can be written from it alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accord.assessment.talks import standoff
from accord.language.expression import say
from accord.language.red_line import parse
from accord.language.vocabulary import Vocabulary
from accord.ledger import check_case
from accord.ledger.red_line import load_red_lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "standoff.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"```redline\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
FILES = re.findall(r"```yaml\n# (\w+\.yaml)[^\n]*\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("line", LINES)
def test_every_condition_on_the_page_is_read_and_known(line: str) -> None:
    condition = parse(line)
    assert parse(say(condition)) == condition
    Vocabulary().ground(condition, line)


def test_the_files_on_the_page_make_a_case(tmp_path: Path) -> None:
    assert {name for name, _ in FILES} == {"terms.yaml", "red_lines.yaml"}
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "CBAM:\n  title: Regulation 2023/956\n  publisher: Official Journal\n", encoding="utf-8"
    )
    book = load_red_lines(tmp_path)
    assert [line.id for line in book.lines] == ["EU-LEVEL"]
    assert "SHIPPERS" in book.vocabulary.group_names


def test_another_pair_gets_its_answer_from_a_case_written_by_hand() -> None:
    case = str(ROOT / "examples" / "eu-india")
    assert check_case(case) == []
    found = standoff(case)
    assert [set(one.red_lines) for one in found.quarrels] == [
        {"EU-LEVEL", "IND-NOCHARGE", "IND-OWNPRICE"},
        {"EU-LEVEL", "IND-OWNPRICE", "IND-RETURN", "EU-OWNRESOURCE"},
    ]
    assert found.ways_out[0].give_up == ("IND-OWNPRICE",)
    assert found.idle == ("EU-NOEXEMPT",)
    assert not standoff(case, as_of="2025-06-01", deep=False).quarrels


def test_the_table_of_agreement_is_what_the_case_answers() -> None:
    for asked, number in (("copenhagen-2009", 23), ("mexico-2010", 18), ("paris-2015", 13)):
        assert f"{number}" in PAGE
        assert len(standoff(as_of=asked, deep=False).quarrels) == number

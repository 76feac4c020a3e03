"""Why they are stuck, on the page: the matrix shows that each way out takes a line from all."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from accord.assessment.talks import standoff
from accord.bargaining.standoff import Standoff
from accord.brief.standoff_section import (
    landing_rows,
    matrix_svg,
    section_html,
    standalone,
    standoff_of,
    standoff_section,
)
from accord.ledger import load_case

EXAMPLE = Path(__file__).parents[2] / "examples" / "eu-india"


@pytest.fixture(scope="module")
def copenhagen() -> Standoff:
    return standoff(as_of="copenhagen-2009", deep=False)


def test_the_matrix_has_a_dot_for_each_line_of_each_quarrel(copenhagen: Standoff) -> None:
    svg = str(matrix_svg(copenhagen))
    dots = len(re.findall(r'<circle [^>]*r="5.5"', svg))
    assert dots == sum(len(one.red_lines) for one in copenhagen.quarrels)
    rings = len(re.findall(r'<circle [^>]*r="8"', svg))
    assert rings == sum(len(way.give_up) for way in copenhagen.ways_out[:3])


def test_every_way_out_takes_a_line_from_every_column(copenhagen: Standoff) -> None:
    for way in copenhagen.ways_out:
        assert all(set(way.give_up) & set(one.red_lines) for one in copenhagen.quarrels)


def test_the_three_sentences_come_first_and_cite(copenhagen: Standoff) -> None:
    cited: list[str] = []

    def cite(evidence):
        cited.extend(one.title for one in evidence)
        return ""

    section = standoff_section(copenhagen, cite)
    assert len(section.lead) == 3
    assert "cannot all hold" in section.lead[0]
    assert any("Byrd-Hagel" in title for title in cited)


def test_landing_ranges_say_how_far_apart_they_are(copenhagen: Standoff) -> None:
    rows = {row.term: row for row in landing_rows(copenhagen)}
    money = rows["finance of developed countries together in 2020"]
    assert money.verdict == "200 $bn/yr apart"
    assert not money.common
    assert all(0 <= bar.left <= 100 and bar.left + bar.width <= 101 for bar in money.bars)
    border = rows["tariff of United States on China"]
    assert border.common


def test_words_from_a_case_are_escaped(copenhagen: Standoff) -> None:
    line = next(iter(copenhagen.quarrels)).red_lines[0]
    bad = msgspec.structs.replace(
        copenhagen.red_lines[line], statement="<script>alert(1)</script> wants"
    )
    dirty = msgspec.structs.replace(
        copenhagen, red_lines={**copenhagen.red_lines, line: bad}, lead=("<b>x</b>", "y", "z")
    )
    html = str(standalone(dirty))
    assert "<script>" not in html
    assert "<b>x</b>" not in html


def test_a_day_without_quarrels_says_so() -> None:
    calm = standoff(as_of="2016-01-01", deep=False)
    assert "No quarrel" in section_html(standoff_section(calm))
    assert "no red line on record stands in the way" in calm.lead[0]


def test_a_notebook_shows_the_matrix() -> None:
    html = standoff(str(EXAMPLE), deep=False)._repr_html_()
    assert "<svg" in html
    assert "Any two of these can hold" in html


def test_a_case_without_red_lines_has_no_section(tmp_path: Path) -> None:
    case = load_case(EXAMPLE)
    assert standoff_of(case, case.today) is standoff_of(case, case.today)
    bare = msgspec.structs.replace(case, path=tmp_path)
    assert standoff_of(bare, case.today) is None


def test_a_pair_of_terms_that_a_line_ties_gets_its_map() -> None:
    found = standoff(str(EXAMPLE), deep=False)
    section = standoff_section(found)
    (drawn,) = section.maps
    assert "0 of 576 cells are common" in drawn
    assert "price of India" in drawn

"""Promises kept on the page: outline, two sources, and the relation, whatever the case holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_page import Page

from accord.assessment.chain import assess
from accord.brief import write_brief
from accord.ledger import load_case


@pytest.fixture(scope="module")
def page() -> Page:
    case = load_case("us-china")
    return Page(write_brief(assess(case=case, members=400), case, to=None))


def test_each_promise_has_an_outline_and_its_sources_apart(page: Page) -> None:
    text = page.text()
    assert "Promises kept" in text
    assert "100 $bn promised" in text
    assert "83.3 OECD, 83" in text
    assert "24.5 Oxfam, grant equivalent, 24" in text
    assert "48.4 Official" in text


def test_every_delivered_figure_leads_to_a_note(page: Page) -> None:
    figures = [d for d in page.of("data") if (d.get("data-figure") or "").startswith("kept-")]
    assert len(figures) >= 8
    assert {d["data-how"] for d in figures} <= set(page.ids)


def test_the_relation_is_drawn_and_says_that_rulers_disagree(page: Page) -> None:
    assert "relation" in page.ids
    assert "The rulers disagree on whether climate is kept apart" in page.text()


def test_a_case_without_deliveries_has_no_such_section(tmp_path: Path) -> None:
    from accord.ledger import new_case

    folder = new_case(tmp_path / "mine", "Mine", ["NOR", "CHL"])
    case = load_case(folder)
    text = write_brief(assess(case=case, members=400), case, to=None)
    assert "Promises kept" not in text

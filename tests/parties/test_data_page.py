"""docs/data.md says what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accord.parties import partition
from accord.parties.editions import list_tables, list_upstream
from accord.parties.gwp import GWP
from accord.parties.tables import history

PAGE = (Path(__file__).parents[2] / "docs/data.md").read_text(encoding="utf-8")


def rows(after: str) -> list[list[str]]:
    """Return the cells of the first Markdown table behind a text, without its rule."""
    table = PAGE.split(after, 1)[1].split("\n\n")
    block = next(part for part in table if part.lstrip().startswith(("|", "<!--")))
    lines = [line for line in block.splitlines() if line.startswith("|")]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def test_the_sums_to_world_on_the_page_are_those_of_the_tables() -> None:
    head, *body = rows("keeps these numbers\ntrue.")
    assert len(body) == 8
    for name, *values in body:
        table = history(name)
        off = 100 * (table.total(partition()) / table.of("WLD") - 1)
        for year, value in zip(head[1:], values, strict=True):
            assert off[int(year) - int(table.years[0])] == pytest.approx(float(value), abs=0.006)


def test_the_intensities_on_the_page_are_those_of_the_tables() -> None:
    _, *body = rows("from `co2_fossil` and:")
    co2 = history("co2_fossil")
    for name, value in body[:2]:
        product = history(name.split("`")[0])
        then, now = (co2.at("CHN", year) / product.at("CHN", year) for year in (2005, 2020))
        number = float(re.sub(r"[^\d.-]", "", value.replace("−", "-")))
        assert 100 * (now / then - 1) == pytest.approx(number, abs=0.06)


def test_the_potentials_on_the_page_are_those_of_the_code() -> None:
    _, *body = rows("`accord.parties.tables.GWP`, 100 years:")
    for name, ch4, n2o, sf6, hfc134a, _ in body:
        found = [GWP[name][gas] for gas in ("CH4", "N2O", "SF6", "HFC-134a")]
        assert found == [float(ch4), float(n2o), float(sf6), float(hfc134a)]


def test_every_bundled_table_and_every_upstream_edition_is_on_the_page() -> None:
    tables = [row["name"] for row in list_tables() if not row["name"].startswith("climate_")]
    for name in [*tables, *(row["name"] for row in list_upstream())]:
        assert f"`{name}`" in PAGE


def test_the_years_on_the_page_are_those_of_the_tables() -> None:
    listed = {row["name"]: row["years"] for row in list_tables()}
    _, *body = rows("## Tables")
    for names, years, *_ in body:
        for name in names.replace("`", "").split(", "):
            assert listed[name] == years

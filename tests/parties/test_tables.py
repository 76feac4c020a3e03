"""The bundled figures: what a domain expert would look up first, and what must add up."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from accord.errors import UnknownNameError
from accord.parties import members, partition
from accord.parties.gwp import F_GASES_FROM_AR5
from accord.parties.tables import GWP, VARIABLES, ghg, history, projection


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_table_has_years_in_order_known_parties_and_a_source(variable: str) -> None:
    table = history(variable)
    assert table.values.shape == (len(table.parties), len(table.years))
    assert (np.diff(table.years) == 1).all()
    assert {"WLD", "EU27", "CHN", "USA"} <= set(table.parties)
    assert table.source and table.licence and table.edition and table.unit and table.note
    assert len(set(table.parties)) == len(table.parties)
    assert not np.isinf(table.values).any()


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_series_without_figures_is_missing_and_never_zero_throughout(variable: str) -> None:
    table = history(variable)
    assert not (np.isnan(table.values).all(axis=1)).any()
    if variable in {"population", "gdp_ppp", "gdp_maddison"}:
        assert not (table.values <= 0).any()


def test_the_arrays_cannot_be_written_to() -> None:
    table = history("co2_fossil")
    with pytest.raises(ValueError, match="read-only"):
        table.of("CHN")[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        table.years[0] = 1


# Published figures, each with what may differ: later editions revise by a few percent.
@pytest.mark.parametrize(
    ("variable", "code", "year", "value", "within"),
    [
        ("co2_fossil", "WLD", 2023, 37800, 0.01),  # GCB 2024: 37.8 Gt
        ("co2_fossil", "USA", 2005, 6130, 0.02),  # US inventory: 6.13 Gt
        ("co2_fossil", "CHN", 2023, 11900, 0.04),  # GCB 2024: 11.9 Gt; GCB 2025 is 2.3 % higher
        ("co2_fossil", "EU27", 1990, 3870, 0.02),  # EEA: 3.86 Gt
        ("ch4", "WLD", 2023, 357, 0.01),  # EDGAR 2024: 10.0 GtCO2e / 28
        ("n2o", "WLD", 2023, 9.4, 0.01),  # EDGAR 2024: 2.49 GtCO2e / 265
        ("population", "IND", 2023, 1438, 0.005),  # UN WPP 2024
        # World Bank: 23.7 trillion; the UN counts 2.4 % more people there than the World Bank.
        ("gdp_ppp", "USA", 2021, 23700, 0.03),
        ("gdp_ppp", "WLD", 2023, 169000, 0.01),
    ],
)
def test_a_well_known_figure_is_found(
    variable: str, code: str, year: int, value: float, within: float
) -> None:
    assert history(variable).at(code, year) == pytest.approx(value, rel=within)


# What the parties' sum may differ from the world by, and why, is in docs/data.md.
@pytest.mark.parametrize(
    ("variable", "low", "high"),
    [
        ("co2_fossil", -0.0002, 0.0002),
        ("ch4", -0.0002, 0.0002),
        ("n2o", -0.0002, 0.0002),
        ("f_gases", -0.0002, 0.0002),
        ("population", -0.002, 0.0),
        ("gdp_ppp", -0.004, 0.004),
        ("co2_land", 0.10, 0.25),
        ("co2_consumption", -0.075, -0.05),
    ],
)
def test_the_parts_add_up_to_the_world(variable: str, low: float, high: float) -> None:
    table = history(variable)
    since = table.years >= 1990
    off = (table.total(partition()) / table.of("WLD") - 1)[since]
    assert low <= np.nanmin(off) and np.nanmax(off) <= high


@pytest.mark.parametrize("variable", sorted(set(VARIABLES) - {"f_gases"}))
def test_the_union_is_the_sum_of_its_members(variable: str) -> None:
    table = history(variable)
    union = table.of("EU27")
    known = np.isfinite(union)
    assert known[-1]
    total = table.total(members("EU27"))
    assert total[known] == pytest.approx(union[known], rel=1e-3)


def test_chinas_intensity_depends_on_the_gdp_series() -> None:
    """-44 % by the World Bank, -34 % by Maddison, -48.4 % officially: the series decides."""
    co2 = history("co2_fossil")

    def change(gdp: str) -> float:
        product = history(gdp)
        then, now = (co2.at("CHN", year) / product.at("CHN", year) for year in (2005, 2020))
        return now / then - 1

    assert change("gdp_ppp") == pytest.approx(-0.442, abs=0.002)
    assert change("gdp_maddison") == pytest.approx(-0.340, abs=0.002)


def test_greenhouse_gases_are_the_gases_weighted() -> None:
    total = ghg("AR5", lulucf=False)
    by_hand = (
        history("co2_fossil").at("BRA", 2015)
        + 28 * history("ch4").at("BRA", 2015)
        + 265 * history("n2o").at("BRA", 2015)
        + history("f_gases").at("BRA", 2015)
    )
    assert total.at("BRA", 2015) == pytest.approx(by_hand)
    with_land = ghg("AR5", lulucf=True).at("BRA", 2015)
    assert with_land - by_hand == pytest.approx(history("co2_land").at("BRA", 2015))
    # Brazil's land use is more than a quarter of its total; China's and the EU's is a sink.
    assert with_land > 1.25 * by_hand
    assert ghg("AR5").at("EU27", 2020) < ghg("AR5", lulucf=False).at("EU27", 2020)


@pytest.mark.parametrize("gwp", sorted(GWP))
def test_greenhouse_gases_of_the_parts_add_up_under_every_set(gwp: str) -> None:
    total = ghg(gwp, lulucf=False)
    off = total.total(partition()) / total.of("WLD") - 1
    assert np.abs(off).max() < 0.001
    assert 45_000 < total.at("WLD", 2023) < 55_000
    assert total.years[-1] == 2023


def test_potentials_are_those_of_the_reports() -> None:
    assert [GWP[name]["CH4"] for name in ("SAR", "AR4", "AR5", "AR6")] == [21, 25, 28, 27.9]
    assert [GWP[name]["N2O"] for name in ("SAR", "AR4", "AR5", "AR6")] == [310, 298, 265, 273]
    assert set(F_GASES_FROM_AR5) == set(GWP)


@pytest.mark.parametrize("variable", ["gdp_ppp", "population"])
@pytest.mark.parametrize("scenario", ["SSP1", "SSP2", "SSP3", "SSP4", "SSP5"])
def test_a_projection_begins_where_history_ends_and_its_parts_add_up(
    variable: str, scenario: str
) -> None:
    past, future = history(variable), projection(variable, scenario)  # type: ignore[arg-type]
    assert future.years[0] == past.years[-1] and future.years[-1] == 2100
    for code in ("CHN", "USA", "EU27", "IND", "WLD", "TWN"):
        assert future.of(code)[0] == pytest.approx(past.of(code)[-1], rel=1e-4)
    assert np.isfinite(future.values).all() and (future.values > 0).all()
    assert future.total(members("EU27")) == pytest.approx(future.of("EU27"), rel=1e-4)
    parts = future.total(partition()) / future.of("WLD")
    assert parts == pytest.approx(parts[0])


def test_the_scenarios_tell_their_stories() -> None:
    rich, poor = projection("gdp_ppp", "SSP5"), projection("gdp_ppp", "SSP3")
    many, few = projection("population", "SSP3"), projection("population", "SSP1")
    assert rich.at("WLD", 2100) > 2 * poor.at("WLD", 2100)
    assert many.at("WLD", 2100) > 1.5 * few.at("WLD", 2100)
    middle = projection("population", "SSP2")
    assert middle.at("CHN", 2060) < 0.9 * middle.at("CHN", 2024)
    assert middle.at("NGA", 2060) > 1.4 * middle.at("NGA", 2024)


def test_what_does_not_come_from_the_source_says_so() -> None:
    assert history("gdp_ppp").first_projected == 2024
    assert history("co2_fossil").first_projected is None
    filled = history("gdp_ppp").filled
    assert {"CUB", "ERI", "PRK", "PYF", "SSD", "TWN", "VEN", "YEM"} <= set(filled)
    assert "Maddison" in filled["PRK"] and "SSP 3.1" in filled["TWN"]
    assert filled["SYR"] == "SSP2 growth after 2022"
    assert not set(filled) & {"CHN", "USA", "IND", "EU27", "JPN", "RUS", "BRA"}
    assert "KNA" in projection("population").filled


def test_what_is_not_there_is_asked_for_in_vain_but_politely() -> None:
    with pytest.raises(UnknownNameError, match="did you mean co2_fossil"):
        history("co2_fosil")
    with pytest.raises(UnknownNameError, match="GWP set 'AR7'"):
        ghg("AR7")
    with pytest.raises(UnknownNameError, match="unknown scenario 'SSP9'"):
        projection("gdp_ppp", "SSP9")
    with pytest.raises(UnknownNameError, match="projected variable"):
        projection("co2_fossil")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="party in co2_fossil"):
        history("co2_fossil").of("MCO")
    assert np.isnan(history("co2_fossil").at("CHN", 1700))


def test_a_cold_process_reads_what_an_assessment_needs_in_a_tenth_of_a_second() -> None:
    program = (
        "import time, json, numpy\n"
        "began = time.perf_counter()\n"
        "from accord.parties import tables\n"
        "for name in tables.VARIABLES: tables.history(name)\n"
        "tables.ghg(); tables.projection('gdp_ppp'); tables.projection('population')\n"
        "print(json.dumps(time.perf_counter() - began))\n"
    )
    taken = [
        json.loads(
            subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    # 0.06 s on a quiet 2-core machine; the bound leaves room for a busy one.
    assert min(taken) < 0.3

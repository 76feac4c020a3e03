"""accord assess, from the words on the command line to numbers that a script reads."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

PHRASE = (
    "China: cut CO2 intensity 65% below 2005 by 2030; peak CO2 before 2030; "
    "carbon neutrality before 2060"
)


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    from accord.assessment.chain import assess

    return assess(PHRASE).to_json()


def test_json_has_the_parts_that_scripts_rely_on(accord: Any) -> None:
    run = accord("assess", PHRASE, "--json")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert {"convention", "parties", "world", "warming"} <= set(answer)
    assert {"years", "ghg_mtco2e", "co2_mt"} <= set(answer["parties"]["CHN"])
    assert {"by_year", "2100", "peak", "prob_below", "crossing_year"} <= set(answer["warming"])
    assert set(answer["parties"]["CHN"]["ghg_mtco2e"]) == {"p05", "p17", "p50", "p83", "p95"}


def test_percentiles_are_in_order_and_chances_are_chances(answer: dict[str, Any]) -> None:
    at = answer["warming"]["2100"]
    assert at["p05"] < at["p17"] < at["p50"] < at["p83"] < at["p95"]
    chances = answer["warming"]["prob_below"]
    assert 0 <= chances["1.5"] <= chances["2.0"] <= chances["3.0"] <= 1


def test_every_output_names_its_convention(accord: Any) -> None:
    for form in ("--json", "--csv", "--md", None):
        run = accord("assess", PHRASE, "--extension", "hold-level", *([form] if form else []))
        assert "after the last target: hold the level" in " ".join(run.stdout.split()), form


def test_the_parties_and_bunkers_add_up_to_the_world(answer: dict[str, Any]) -> None:
    parties, world = answer["parties"], answer["world"]
    where = world["years"].index(2035)
    total = sum(party["ghg_mtco2e"]["p50"][where] for party in parties.values())
    # Medians of sums differ from sums of medians, and the world carries what no party reports.
    assert total == pytest.approx(world["ghg_mtco2e"]["p50"][where], rel=0.08)


def test_china_neutral_before_2060_is_near_zero_then(answer: dict[str, Any]) -> None:
    china = answer["parties"]["CHN"]
    where = china["years"].index(2060)
    assert abs(china["ghg_mtco2e"]["p50"][where]) < 0.05 * max(china["ghg_mtco2e"]["p50"])


def test_a_named_party_has_exactly_what_was_given(answer: dict[str, Any]) -> None:
    counted = [c for c in answer["parties"]["CHN"]["commitments"] if c["counted"]]
    assert {c["id"] for c in counted} == {"given-1", "given-2", "given-3"}
    assert all(c["reading"] for c in counted)


def test_csv_is_a_long_table(accord: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(accord("assess", PHRASE, "--csv").stdout)))
    assert set(rows[0]) == {
        "region", "variable", "unit", "year", "percentile", "value", "convention",
    }  # fmt: skip
    assert {"World", "China"} <= {row["region"] for row in rows}


def test_pyam_reads_the_iamc_export(accord: Any, tmp_path: Any) -> None:
    pyam = pytest.importorskip("pyam")
    run = accord("assess", PHRASE, "--iamc", "-o", "out.csv")
    assert run.returncode == 0, run.stderr
    frame = pyam.IamDataFrame(tmp_path / "out.csv")
    assert "Surface Temperature (GSAT)" in frame.variable
    assert {"World", "China"} <= set(frame.region)
    assert frame.filter(variable="Emissions|CO2", region="China").unit == ["Mt CO2/yr"]


def test_two_answers_can_stand_in_one_iamc_frame() -> None:
    import accord
    from accord.assessment.export import scenario_name

    answers = [
        accord.assess(*phrases, members=400, draws=1, **switches)
        for phrases, switches in (
            ((), {}),
            (("China: peak CO2 before 2030",), {}),
            (("China: peak CO2 before 2035",), {}),
            ((), {"conditional": True}),
            ((), {"gwp": "AR5"}),
        )
    ]
    names = [scenario_name(one) for one in answers]
    assert len(set(names)) == len(names)
    assert names[0] == "us-china as of 2026-11-21, hold-rate"
    assert names[1].endswith("; China: peak CO2 emissions before 2030")
    assert names[3].endswith("hold-rate, conditional in")


def test_phrases_come_from_stdin_too(accord: Any) -> None:
    run = accord("assess", "-", "--json", stdin="# a comment\nUSA: net zero GHG by 2050\n")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["named"] == ["USA"]


def test_a_notebook_shows_the_result_and_gets_labelled_arrays() -> None:
    import accord

    result = accord.assess("USA: net zero GHG by 2050", members=400)
    assert "°C in 2100" in result._repr_html_()
    data = result.to_dataset()
    assert data.ghg.sel(party="USA", percentile=50, year=2050).item() == pytest.approx(0, abs=50)
    assert data.warming.attrs["units"] == "°C above 1850-1900"


def test_the_rule_after_the_last_target_changes_the_answer() -> None:
    from accord.assessment.chain import assess

    held = assess(PHRASE, members=400, extension="hold-level").warming.at_2100[50]
    back = assess(PHRASE, members=400, extension="reference").warming.at_2100[50]
    assert back > held

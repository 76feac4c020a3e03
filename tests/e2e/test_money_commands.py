"""The commands of money and bargaining, asked as a user asks them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from accord.cli import cli
from accord.errors import AccordError


def ask(*args: str) -> str:
    result = CliRunner().invoke(cli, list(args), catch_exceptions=False, standalone_mode=False)
    return result.stdout


def data(*args: str) -> dict:
    def refused(name: str) -> None:
        raise AssertionError(f"{name} in the answer")

    return json.loads(ask(*args, "--json"), parse_constant=refused)


@pytest.mark.parametrize("table", ["copenhagen-2009", "paris-2015"])
def test_forecast_answers_with_issues_and_exchanges(table: str) -> None:
    answer = data("forecast", table, "--rounds", "2", "--challenge", "2")
    assert {"compromise", "median", "exchange", "naive", "band"} <= set(answer["issues"][0])
    first = answer["exchanges"][0]
    assert {"actor", "supplies", "from", "to", "partner", "gain"} <= set(first)


def test_who_pays_for_a_side_deal() -> None:
    pays = data("forecast", "paris-2015", "--between", "USA", "China")["who_pays"]
    assert pays["USA"] > 0
    assert pays["China"] > 0
    assert min(pays.values()) < 0
    assert "Who pays" in ask("forecast", "paris-2015", "--between", "USA", "China")


def test_club_answers_with_equilibria() -> None:
    answer = data("club", "--price", "50", "--tariff", "5")
    (only,) = answer["equilibria"]
    assert len(only["members"]) == 9
    assert only["world_gain_bn"] == pytest.approx(198.03, abs=5e-3)
    assert {"Brazil", "China", "Eurasia"} <= set(only["out"])


def test_leakage_shows_the_fuel_supply_first() -> None:
    answer = data("leakage")
    assert next(iter(k for k in answer if k != "price")) == "fuel_supply_sensitivity"
    assert answer["emf29"]["without"] == 0.12
    assert answer["traded_emissions"]["parties"]["CHN"]["net_imports_mt"] < 0
    assert "EMF-29" in ask("leakage")


def test_the_market_answers_in_both_units() -> None:
    (only,) = data("market")["markets"]
    assert only["price"] == pytest.approx(126.84, abs=5e-3)
    assert only["price_per_tco2"] == pytest.approx(126.84 * 12 / 44, abs=5e-3)
    assert len(data("market", "--link", "USA,Japan", "--link", "EEC,FSU")["markets"]) == 2
    assert data("market", "--china")["years"][1]["block_share"] == pytest.approx(0.878, abs=5e-4)


def test_shares_answers_for_a_party_a_group_and_a_goal() -> None:
    answer = data("shares", "China", "Annex I", "--goal", "2", "--since", "1990", "--year", "2040")
    assert set(answer["parties"]) == {"CHN", "ANNEX_I"}
    assert len(answer["parties"]["CHN"]["rules"]) == 6
    assert answer["pledges_on_common_axes"]["parties"]["CHN"]["per_head"] > 0
    only = data("shares", "China", "--rule", "per capita", "--developed", "China")
    assert list(only["parties"]["CHN"]["rules"]) == ["per capita"]
    assert "CHN" in only["who_pays"]["shares"]["annex_ii_mean"]


def test_the_cases_own_deal_is_asked_coalition_by_coalition() -> None:
    answer = data("club", "--case", "us-china", "--players", "China,India")
    assert answer["players"] == ["CHN", "IND"]
    assert set(answer["gain_by_leaving_bn"]) == {"CHN", "IND"}
    assert "transfers" in ask("club", "--case", "us-china", "--players", "China,India")


@pytest.mark.parametrize(
    "args",
    [
        ("leakage",),
        ("market", "--world"),
        ("shares",),
        ("club", "--sweep"),
        ("forecast", "paris-2015"),
    ],
)
def test_every_answer_can_be_drawn(args: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    ask(*args, "--svg", str(file), "--json")
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")
    assert len(list(root.iter())) > 20


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("leakage", "--price", "0"), "above 0"),
        (("leakage", "--price", "inf"), "leaks nothing|finite"),
        (("leakage", "--measure", "import"), "import charge"),
        (("leakage", "--set", "fuel_suply=1"), "fuel_supply"),
        (("leakage", "--set", "home_demand=inf"), "finite"),
        (("market", "--only", "USA,Atlantis"), "Atlantis"),
        (("market", "nowhere.csv"), "cannot read"),
        (("shares", "Atlantis"), "Atlantis"),
        (("shares", "--rule", "fair"), "allocation rule"),
        (("shares", "--since", "1500"), "1850"),
        (("club", "--players", "USA", "--case", "nowhere"), "nowhere"),
        (("club", "--price", "-5"), "outside 0 to 1000"),
        (("club", "--good", "China"), "China=12.5"),
        (("forecast", "--between", "USA", "Chin"), "China"),
        (("forecast", "--outcome", "Extra=200"), "0 to 100"),
        (("assess", "China: carbon neutrality before 2060", "--damage", "DICE"), "DICE-2023"),
    ],
)
def test_a_faulty_question_is_told_what_would_be_right(args: tuple[str, ...], said: str) -> None:
    with pytest.raises(AccordError, match=said):
        ask(*args)

"""Costs, fair shares and coalitions of the bundled case."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import accord
from accord.assessment import coalitions, export, shares
from accord.assessment.costs import cost_in, costs_of, promises_of, renounced
from accord.economy.fair_share import RULES, allocate
from accord.errors import InputError, UnknownNameError
from accord.ledger import load_case


@pytest.fixture(scope="module")
def pathway():
    case = load_case("us-china")
    return shares.pathway_of(case, case.today)


@pytest.fixture(scope="module")
def result():
    return accord.assess("China: carbon neutrality before 2060", members=400, draws=8, costs=True)


def test_costs_are_left_out_unless_asked_for() -> None:
    assert accord.assess(members=400, draws=4).to_json()["costs"] is None


def test_costs_come_with_a_second_opinion(result) -> None:
    answer = result.to_json()["costs"]
    assert set(answer["parties"]) >= {"USA", "CHN"}
    assert answer["beside"]["curves"] != answer["curves"]
    china = answer["parties"]["CHN"]
    assert china["cost"]["p50"]["2050"] > 0
    assert china["avoided_damage"]["p05"]["2100"] < china["avoided_damage"]["p95"]["2100"]
    assert china["present_value"]["given_to_others"] > 0
    json.dumps(answer, allow_nan=False)
    assert "NaN" not in export.json_text(result)


def test_curves_and_functions_can_be_chosen() -> None:
    chosen = accord.assess(
        members=400, draws=4, costs={"curves": "C-DICE 2015", "damage": "RICE-2010", "rate": 0.05}
    )
    assert "C-DICE 2015" in chosen.costs.words()
    with pytest.raises(UnknownNameError, match="cost curves"):
        accord.assess(members=400, draws=4, costs={"curves": "DICE"})


def test_who_ended_its_finance_pays_no_part_of_the_groups() -> None:
    case = load_case("us-china")
    ended = renounced(case.commitments, case.today)
    assert ended == {"USA"}
    goal = promises_of(case.counted(case.today), ended)
    assert goal
    assert all("USA" not in one.payers for one in goal)


@pytest.mark.parametrize("goal", ["1.5", "2"])
def test_every_rule_adds_up_to_the_goal(pathway, goal: str) -> None:
    w = shares.world_of(pathway, goal, 1990)
    for rule in RULES:
        assert allocate(w, rule).sum(axis=0) == pytest.approx(w.goal, abs=1e-3)


def test_a_group_has_what_its_members_have(pathway) -> None:
    found = shares.shares_of(pathway, ["Annex I", "NON_ANNEX_I"], since=1850)
    total = found.allocations["per capita"]
    assert sum(rows[5] for rows in total.values()) == pytest.approx(found.world_goal[5], rel=0.01)


def test_an_earlier_start_asks_more_of_early_emitters(pathway) -> None:
    rule = ["equal cumulative"]
    early, late = (
        shares.shares_of(pathway, ["USA"], since=year, rules=rule) for year in (1850, 2010)
    )
    assert (early.allocations[rule[0]]["USA"][:20].sum()
            < late.allocations[rule[0]]["USA"][:20].sum())  # fmt: skip


def test_bad_questions_about_shares_are_named(pathway) -> None:
    with pytest.raises(UnknownNameError, match="goal"):
        shares.shares_of(pathway, ["USA"], goal="3")
    with pytest.raises(InputError, match="1850"):
        shares.shares_of(pathway, ["USA"], since=1700)
    with pytest.raises(InputError, match="EU27"):
        shares.shares_of(pathway, ["Germany"])
    with pytest.raises(InputError, match="not projected"):
        shares.standings(pathway, ["USA"], 1999)


def test_the_developed_switch_moves_the_bill() -> None:
    plain, with_china = shares.contributions(), shares.contributions(["CHN"])
    assert "CHN" not in plain["annex_ii_mean"]
    assert with_china["annex_ii_mean"]["CHN"] > with_china["annex_ii_mean"]["USA"]
    assert plain["all_product"] == with_china["all_product"]


def test_the_parts_of_a_deal_rank_by_what_they_cut(pathway) -> None:
    players = coalitions.main_players(pathway, ("USA", "CHN"), count=4)
    assert players[0] == "CHN"  # nothing is left of the other's commitments that day
    assert len(players) == 4


def test_everybody_gains_by_leaving_a_deal_that_costs(pathway) -> None:
    found = coalitions.deal_game(pathway, ("CHN", "IND", "EU27"))
    answer = coalitions.to_json(found)
    assert answer["nobody_keeps"]["world_payoff_bn"] == 0
    assert answer["all_keep"]["warming_2100"] < answer["nobody_keeps"]["warming_2100"]
    assert all(value > 0 for value in answer["gain_by_leaving_bn"].values())
    # A good that is worth more than leaving keeps everybody in.
    good = {p: v + 1 for p, v in answer["gain_by_leaving_bn"].items()}
    linked = coalitions.to_json(found, good)
    assert found.game.players == ("CHN", "IND", "EU27")
    assert any(set(one["members"]) == set(good) for one in linked["equilibria"])


def test_players_may_come_in_any_order(pathway) -> None:
    one, other = (coalitions.deal_game(pathway, p) for p in (("CHN", "IND"), ("IND", "CHN")))
    a = one.game.payoff[one.game.number(["CHN"])]
    b = other.game.payoff[other.game.number(["CHN"])]
    assert a == pytest.approx(b[::-1])
    assert np.isfinite(a).all()


def test_too_many_or_unknown_players_are_refused(pathway) -> None:
    with pytest.raises(InputError, match="1 to 8"):
        coalitions.deal_game(pathway, ())
    with pytest.raises(UnknownNameError, match="DEU"):
        coalitions.deal_game(pathway, ("DEU",))


def test_a_budget_by_head_is_used_up_sooner_where_more_is_emitted(pathway) -> None:
    found = shares.shares_of(pathway, ["USA", "IND"])
    assert found.by_head["USA"][1] < found.by_head["IND"][1]
    assert found.by_head["USA"][0] < found.budget


def test_a_later_convergence_favours_who_emits_more(pathway) -> None:
    early, late = (
        shares.shares_of(pathway, ["USA"], rules=["convergence"], converge=year)
        for year in (2040, 2080)
    )
    assert (
        late.allocations["convergence"]["USA"].sum() > early.allocations["convergence"]["USA"].sum()
    )
    with pytest.raises(InputError, match="lies before"):
        shares.shares_of(pathway, ["USA"], converge=2020)
    with pytest.raises(InputError, match="discount"):
        shares.shares_of(pathway, ["USA"], discount=2)


def test_the_page_says_what_it_costs_and_leads_to_the_models(result) -> None:
    from accord.brief.money import money
    from accord.brief.tracing import Figures

    printed = Figures()
    section = money(result, load_case("us-china"), printed)
    assert section is not None
    assert "of GDP in 2050" in section.costs_words
    assert "Counted in dollars alone" in section.hold_words
    assert "Paris" in section.foretold.title
    notes = {how.id for how in section.hows}
    notes |= {chart.how.id for chart in (section.gains, section.foretold, section.leakage)}
    assert printed.led_to <= notes
    charts = (section.gains, section.shares, section.clubs, section.foretold, section.leakage)
    for chart in (*charts, section.market):
        assert not re.search(r"\bnan\b", str(chart.svg), re.IGNORECASE)
        assert all(len(row) == len(chart.head) for row in chart.table)


def test_without_costs_the_page_has_no_section() -> None:
    from accord.brief.money import money
    from accord.brief.tracing import Figures

    plain = accord.assess(members=400, draws=4)
    assert money(plain, load_case("us-china"), Figures()) is None


def test_the_cheap_cost_is_that_of_the_whole_answer(pathway) -> None:
    share, price = cost_in(pathway, "CHN", 2050)
    gain = costs_of(pathway, ["CHN"], ()).gains["CHN"]
    n = int(np.searchsorted(gain.years, 2050))
    assert share == pytest.approx(float(gain.percent(gain.cost[50])[n]))
    assert price == pytest.approx(float(gain.price[n]))
    with pytest.raises(UnknownNameError, match="DEU"):
        cost_in(pathway, "DEU", 2050)
    with pytest.raises(InputError, match="not projected"):
        cost_in(pathway, "CHN", 2000)

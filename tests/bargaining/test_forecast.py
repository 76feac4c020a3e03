"""Forecasts and stability: laws, and what cannot be meant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.bargaining.challenge import challenge
from accord.bargaining.club import best_with_transfers, club_game, equilibria
from accord.bargaining.coalition import Game, describe, read_payoffs
from accord.bargaining.compromise import compromise, naive, weighted_median
from accord.bargaining.condorcet import elect
from accord.bargaining.exchange import exchange_round
from accord.bargaining.forecast import forecast, to_json
from accord.bargaining.positions import Positions, load_positions, positions_of
from accord.errors import InputError, UnknownNameError


def table(seed: int, actors: int = 5, issues: int = 3) -> Positions:
    rng = np.random.default_rng(seed)
    return Positions(
        tuple(f"a{i}" for i in range(actors)),
        tuple(f"d{i}" for i in range(issues)),
        rng.uniform(0, 100, (actors, issues)).round(1),
        rng.uniform(0.1, 1, (actors, issues)),
        rng.uniform(0.1, 1, (actors, 1)) * np.ones((actors, issues)),
    )


def shuffled(p: Positions, order: list[int]) -> Positions:
    return Positions(
        tuple(p.actors[i] for i in order), p.issues, p.x[order], p.s[order], p.c[order]
    )


@given(st.integers(0, 10_000), st.permutations(range(5)))
@settings(max_examples=25)
def test_the_order_of_actors_changes_nothing(seed: int, order: list[int]) -> None:
    p = table(seed)
    q = shuffled(p, order)
    assert compromise(p) == pytest.approx(compromise(q))
    assert weighted_median(p) == pytest.approx(weighted_median(q))
    assert naive(p)["mean"] == pytest.approx(naive(q)["mean"])
    assert elect(p, "d0").chance == pytest.approx(elect(q, "d0").chance)
    assert exchange_round(p).after == pytest.approx(exchange_round(q).after)


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_both_traders_gain_and_no_outcome_leaves_the_scale(seed: int) -> None:
    played = exchange_round(table(seed))
    assert all(one.gain > 0 for one in played.exchanges)
    assert ((played.after >= 0) & (played.after <= 100)).all()
    assert ((played.voting >= -1e-9) & (played.voting <= 100 + 1e-9)).all()


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_chances_sum_to_one(seed: int) -> None:
    election = elect(table(seed), "d1")
    assert election.chance.sum() == pytest.approx(1)
    assert election.pairwise + election.pairwise.T == pytest.approx(np.ones_like(election.pairwise))


def test_all_on_one_point_is_a_forecast_and_no_challenge() -> None:
    p = table(1)
    same = Positions(p.actors, p.issues, np.full_like(p.x, 40.0), p.s, p.c)
    result = forecast(same, challenge_rounds=2, exchange_draws=3)
    assert result.compromise == pytest.approx([40, 40, 40])
    assert not result.rounds[0].exchanges
    assert result.challenge == {}
    with pytest.raises(InputError, match="one point"):
        challenge([1, 1], [1, 1], [1, 1])


def test_the_answer_has_the_keys_that_were_asked_for_and_no_nan() -> None:
    answer = to_json(forecast(load_positions("copenhagen-2009"), challenge_rounds=2))
    for issue in answer["issues"]:
        assert {"compromise", "median", "exchange", "naive", "band"} <= set(issue)
        assert issue["challenge"]
    first = answer["exchanges"][0]
    assert {"actor", "supplies", "from", "to", "partner", "gain"} <= set(first)
    assert "does not converge" in answer["challenge_warning"]
    gains = [pair["gain_each"] for pair in answer["pairs"]]
    assert gains == sorted(gains, reverse=True)
    import json

    json.dumps(answer, allow_nan=False)


def test_the_ranking_of_forecasts_hangs_on_the_coding() -> None:
    from accord.bargaining.forecast import PARIS_READING

    p = load_positions("paris-2015")
    coded = {issue: value for issue, (value, _) in PARIS_READING.items()}
    share = forecast(p, outcome=coded).best_share
    assert sum(share.values()) == pytest.approx(1)
    assert max(share.values()) < 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"position": ""}, "position"),
        ({"position": "120"}, "0 to 100"),
        ({"capability": "0"}, "above 0"),
        ({"salience": "nan"}, "salience"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row: dict[str, str], said: str) -> None:
    good = {"actor": "A", "issue": "i", "position": "1", "salience": "1", "capability": "1"}
    with pytest.raises(InputError, match=said):
        positions_of([{**good, **row}])


@given(st.integers(0, 10_000))
def test_transfers_hold_at_least_what_holds_by_itself(seed: int) -> None:
    payoff = np.random.default_rng(seed).normal(size=(8, 3))
    game = Game(("A", "B", "C"), payoff)
    assert (game.surplus()[game.internally_stable()] >= -1e-12).all()
    answer = describe(game)
    assert answer["with_transfers"]["surplus_bn"] >= 0


def test_what_members_alone_enjoy_brings_them_in() -> None:
    assert "China" not in equilibria(50, 5)[0].members
    assert "China" in equilibria(50, 5, good={"China": 1e6})[0].members
    assert len(best_with_transfers(club_game(50, 5))["members"]) >= 9


def test_a_payoff_table_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "payoffs.csv"
    file.write_text("coalition,A,B\n,0,0\nA,-1,3\nB,3,-1\nA+B,2,2\n")
    answer = describe(read_payoffs(file))
    # The prisoners' dilemma: nobody keeps, and no transfer helps.
    assert [one["members"] for one in answer["equilibria"]] == [[]]
    assert answer["gain_by_leaving_bn"] == {"A": 1.0, "B": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("coalition,A\n,0\n", "1 of 2 coalitions have no payoffs"),
        ("coalition,A\n,0\nA,x\n", ":3: A: 'x'"),
        ("coalition,A\n,0\nB,1\n", "unknown player 'B'"),
        ("members,A\n,0\n", "column 'coalition'"),
        ("coalition,A\n,0\n,1\nA,1\n", "given twice"),
    ],
)
def test_a_faulty_payoff_table_is_placed(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "payoffs.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        read_payoffs(file)


def test_a_club_good_of_nobody_is_named() -> None:
    with pytest.raises(UnknownNameError, match="China"):
        equilibria(50, 5, good={"Chin": 1.0})

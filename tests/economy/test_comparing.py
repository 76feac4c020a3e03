"""Common axes, contributors' shares, thin trade and tables of the user's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.economy.comparability import intensity_to_level, ranks, standing
from accord.economy.contribution import delivered_against, mean_share, product_share
from accord.economy.market import clear, kyoto, linked, read_regions
from accord.economy.thin_trade import TradingYear, china, compliance_share
from accord.errors import InputError, UnknownNameError


def test_one_pledge_looks_different_on_every_base() -> None:
    row = standing("USA", 2030, 5000, 6000, {1990: 6000, 2005: 7000}, {2005: 15_000}, 350, 25_000,
                   30_000, 0.4)  # fmt: skip
    assert row.values["vs_1990"] == pytest.approx(83.33, abs=0.01)
    assert row.values["vs_2005"] == pytest.approx(71.43, abs=0.01)
    assert row.values["per_head"] == pytest.approx(14.29, abs=0.01)
    bare = standing("XXX", 2030, 5, 6, {}, {}, 1, 1, 30, None)
    assert bare.values["vs_1990"] is None
    assert ranks({"USA": row, "XXX": bare}, "vs_1990") == {"USA": 1}
    assert ranks({"USA": row, "XXX": bare}, "per_head") == {"XXX": 1, "USA": 2}


def test_nobody_lives_there() -> None:
    with pytest.raises(InputError, match="above 0"):
        standing("XXX", 2030, 5, 6, {}, {}, 0, 1, 30, None)


@given(st.floats(0.0, 0.99), st.floats(0.5, 5))
def test_intensity_gains_nothing_before_growth_reaches_its_inverse(cut: float, g: float) -> None:
    assert (intensity_to_level(100, cut, g) <= 100 * (1 + 1e-12)) == (g * (1 - cut) <= 1 + 1e-12)


@given(st.lists(st.floats(0.1, 100), min_size=3, max_size=3), st.permutations(range(3)))
def test_contributors_shares_sum_to_one_in_any_order(values: list[float], order: list[int]) -> None:
    metric = np.array(values)
    for share in (mean_share, product_share):
        plain = share([metric, metric[::-1]])
        assert plain.sum() == pytest.approx(1)
        again = share([metric[order], metric[::-1][order]])
        assert again == pytest.approx(plain[order])


def test_delivery_against_a_fair_share() -> None:
    # Carbon Brief 2022: 52 % of a pool of 76.7 bn is 39.9; 7.6 delivered leaves a gap of 32.3.
    assert delivered_against({"USA": 0.52}, 76.7, {"USA": 7.6})["USA"] == pytest.approx(
        -32.3, abs=0.05
    )
    with pytest.raises(UnknownNameError):
        delivered_against({"USA": 0.5}, 1, {"Utopia": 1})
    with pytest.raises(InputError, match="nothing"):
        mean_share([np.zeros(3)])


def test_the_months_before_compliance() -> None:
    assert compliance_share({1: 10.0, 11: 30.0, 12: 60.0}) == pytest.approx(0.9)
    with pytest.raises(InputError, match="no trade"):
        compliance_share({1: 0.0})
    with pytest.raises(InputError, match="month 13"):
        compliance_share({13: 1.0})


def test_negative_trade_is_refused() -> None:
    with pytest.raises(InputError, match="volumes are 0 or more"):
        TradingYear(2021, -1.0, 0.0, 4500)
    assert TradingYear(2021, 0.0, 0.0, 4500).mean_price is None
    assert [one.year for one in china()] == [2021, 2022, 2023, 2024]


def test_regions_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("# mine\nregion,a,b,obligation\nA,0,1,100\nB,0,1,0\n")
    market = clear(read_regions(file))
    assert market.price == pytest.approx(50)
    assert market.gain == pytest.approx(2500)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region,a,b\nA,1,1\n", "'obligation' is missing"),
        ("region,a,b,obligation\nA,x,1,1\n", ":2: a: 'x' is not a number"),
        ("region,a,b,obligation\n,1,1,1\n", ":2: region"),
        ("region,a,b,obligation\nA,-1,1,1\n", ":2: A: a = -1"),
    ],
)
def test_a_faulty_file_of_regions_is_placed(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        read_regions(file)


def test_linking_gains_at_least_what_markets_apart_gain() -> None:
    rows = kyoto(["USA", "Japan", "EEC", "FSU"])
    apart = sum(m.gain for m in linked(rows, [["USA", "Japan"], ["EEC", "FSU"]]))
    assert clear(rows).gain >= apart
    with pytest.raises(InputError, match="two markets"):
        linked(rows, [["USA", "Japan"], ["USA", "FSU"]])
    with pytest.raises(UnknownNameError, match="Japan"):
        linked(rows, [["Japon"]])


@given(st.floats(0.0, 1.0))
def test_limited_participation_never_lowers_the_price(share: float) -> None:
    everybody = [r.name for r in kyoto(["USA", "Japan", "FSU", "China"])]
    free, held = (clear(kyoto(everybody, others_share=s)) for s in (1.0, share))
    assert held.price >= free.price - 1e-9
    assert sum(p.bought for p in held.positions.values()) == pytest.approx(0, abs=1e-6)

"""Published and reference results of the trade and market models."""

from __future__ import annotations

import pytest

from accord.economy.leakage import leakage, sensitivity
from accord.economy.market import ANNEX_B, KYOTO, clear, kyoto


@pytest.mark.parametrize(
    ("measure", "home", "competitiveness", "fuel", "rate", "output"),
    [
        ("none", -1227.996, 32.472, 102.427, 10.99, -3.33),
        ("import charge", -1214.532, -1.176, 101.304, 8.24, -1.73),
        ("full adjustment", -1202.788, -20.184, 100.324, 6.66, -0.33),
    ],
)
def test_leakage_at_50_dollars(
    measure: str, home: float, competitiveness: float, fuel: float, rate: float, output: float
) -> None:
    result = leakage(50, measure)  # type: ignore[arg-type]
    assert result.home == pytest.approx(home, abs=5e-4)
    assert result.competitiveness == pytest.approx(competitiveness, abs=5e-4)
    assert result.fuel_price == pytest.approx(fuel, abs=5e-4)
    assert 100 * result.rate == pytest.approx(rate, abs=5e-3)
    assert 100 * result.output == pytest.approx(output, abs=5e-3)


def test_the_fuel_supply_elasticity_dominates() -> None:
    rates = [100 * r.rate for _, r in sensitivity(50, (0.5, 1, 2.5, 5))]
    assert rates == pytest.approx([33.9, 21.2, 11.0, 7.0], abs=0.05)


def test_easier_substitution_leaks_more_without_and_less_with_adjustment() -> None:
    without = [100 * r.rate for _, r in sensitivity(50, (2, 4, 6), "substitution")]
    full = [100 * r.rate for _, r in sensitivity(50, (2, 4, 6), "substitution", "full adjustment")]
    assert without == pytest.approx([9.39, 10.99, 12.55], abs=5e-3)
    assert full == pytest.approx([7.34, 6.66, 5.98], abs=5e-3)


def test_annex_b_trades_at_127_dollars_a_tonne_of_carbon() -> None:
    market = clear(kyoto())
    assert market.price == pytest.approx(126.84, abs=5e-3)
    cuts = {name: p.cut for name, p in market.positions.items()}
    assert cuts == pytest.approx(
        {"USA": 465.4, "Japan": 49.2, "EEC": 200.7, "OOE": 128.1, "EET": 123.7, "FSU": 233.9},
        abs=0.05,
    )


def test_prices_without_trade() -> None:
    alone = {r.name: r.price_alone() for r in KYOTO if r.name in ANNEX_B}
    assert alone == pytest.approx(
        {"USA": 185.7, "Japan": 582.9, "EEC": 274.0, "OOE": 231.7, "EET": 115.7, "FSU": None},
        abs=0.05,
    )


def test_without_hot_air_annex_b_pays_more() -> None:
    assert clear(kyoto(), hot_air=False).price == pytest.approx(149.6, abs=0.05)


def test_global_trading_makes_china_the_main_seller() -> None:
    market = clear(kyoto([r.name for r in KYOTO]))
    cuts = {name: p.cut for name, p in market.positions.items()}
    assert cuts == pytest.approx(
        {
            "USA": 181.8, "Japan": 11.9, "EEC": 73.0, "OOE": 59.0, "EET": 51.9, "FSU": 100.7,
            "EEX": 51.0, "China": 436.5, "India": 102.3, "DAE": 41.5, "Brazil": 2.4, "ROW": 88.9,
        },
        abs=0.05,
    )  # fmt: skip
    assert min(market.positions.values(), key=lambda p: p.bought).region.name == "China"

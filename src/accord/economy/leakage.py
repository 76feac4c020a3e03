"""Leakage: what a carbon price at home adds abroad, and what a border measure can take back.

Two regions and two channels in closed form. Home (A) prices carbon; its energy-intensive sector
trades with the rest (B) as Armington goods (competitiveness channel), and what it does not burn
makes fossil fuel cheaper for B (fuel-price channel). All changes are linear in the price. A border
measure can only remove the first channel; the second, ruled by how far fuel supply gives way, is
usually the larger, so its elasticity is the first thing to vary.

Default parameters are set so that the results lie at the means of EMF-29 (Böhringer, Balistreri &
Rutherford 2012, Energy Economics 34, S97-S110: leakage 12 % without, 8 % with full adjustment);
they are not the parameters of any of its models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any, Literal, get_args

from accord.errors import InputError, UnknownNameError

Measure = Literal["none", "import charge", "export rebate", "full adjustment"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
MODEL = (
    "two regions, competitiveness and fuel-price channels, linear in the price; parameters set to "
    "the means of EMF-29, not taken from its models"
)


ELASTICITIES = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
"""Of fuel supply, for the sensitivity that is shown first."""
EMF29 = {
    "without": 0.12,
    "with_full_adjustment": 0.08,
    "range_without": [0.05, 0.19],
    "range_with": [0.02, 0.12],
    "source": "Böhringer, Balistreri & Rutherford 2012, Energy Economics 34, S97-S110: means of 12 "
    "models; the ranges are not verified",
}
"""What stands beside our answer."""


@dataclass(frozen=True)
class Economy:
    """Parameters of the two regions.

    Attributes
    ----------
    home_demand, other_demand
        Market for the traded good in A and in B, bn $ a year.
    home_intensity, other_intensity
        tCO2 per $ of output in A and in B.
    home_share
        Share of A's own goods in A's market.
    export_share
        Share of A's goods in B's market.
    substitution
        Armington elasticity between goods of A and B.
    demand_elasticity
        Elasticity of demand for the composite good.
    home_emissions
        A's emissions, Mt a year.
    other_cut
        Share of A's emissions avoided outside the traded sector at ``reference_price``.
    reference_price
        $/tCO2.
    fuel_share, fuel_demand, fuel_supply
        B's share of world fossil fuel, its demand elasticity, and the world's supply elasticity.
    """

    home_demand: float = 2000.0
    other_demand: float = 4000.0
    home_intensity: float = 0.4e-3
    other_intensity: float = 0.8e-3
    home_share: float = 0.85
    export_share: float = 0.10
    substitution: float = 4.0
    demand_elasticity: float = 0.7
    home_emissions: float = 6000.0
    other_cut: float = 0.2
    reference_price: float = 50.0
    fuel_share: float = 0.65
    fuel_demand: float = 0.35
    fuel_supply: float = 2.5

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not isfinite(value):
                raise InputError(f"{one.name} is {value:g}; give a finite number")
            shares = {"home_share", "export_share", "other_cut", "fuel_share"}
            if one.name in shares and not 0 <= value <= 1:
                raise InputError(f"{one.name} is {value:g}; a share lies between 0 and 1")
            if value < 0 or (value == 0 and one.name in {"fuel_supply", "reference_price"}):
                raise InputError(f"{one.name} is {value:g}; it must be above 0")


@dataclass(frozen=True)
class Leakage:
    """What happens at one price under one border measure.

    Attributes
    ----------
    measure, price
        As asked; price in $/tCO2.
    home
        Change of A's emissions, Mt a year (negative: a cut).
    competitiveness, fuel_price
        Change of B's emissions through either channel, Mt a year.
    output
        Change of A's output in the traded sector, as a share.
    """

    measure: Measure
    price: float
    home: float
    competitiveness: float
    fuel_price: float
    output: float

    @property
    def rate(self) -> float:
        """Leakage: B's rise over A's cut."""
        return (self.competitiveness + self.fuel_price) / -self.home

    @property
    def cannot_be_adjusted(self) -> float:
        """The part of the rate that no border measure reaches."""
        return self.fuel_price / -self.home


def leakage(
    price: float,
    measure: Measure = "none",
    economy: Economy | None = None,
    *,
    charge_at: Literal["foreign", "home"] = "foreign",
) -> Leakage:
    """Return leakage at ``price`` ($/tCO2) under ``measure``.

    Parameters
    ----------
    price
        Carbon price in A, above 0.
    measure
        Charge on imports, rebate on exports, both, or none.
    economy
        Parameters.
    charge_at
        Whether imports are charged at their actual carbon content or at A's (default values).

    Notes
    -----
    Price changes ``PA = sH cA + (1 - sH) b``, ``PB = sX (cA - e)``; quantities
    ``q = -sigma (own - P) - eps P``; the fuel channel ``theta eta_B / (eta_S + theta eta_B)``
    of A's cut.

    Raises
    ------
    InputError
        For a price of 0 or less.
    UnknownNameError
        For a measure that does not exist.
    """
    if not (price > 0 and isfinite(price)):
        raise InputError(f"a carbon price of {price:g} $/t leaks nothing; give one above 0")
    if measure not in get_args(Measure):
        raise UnknownNameError("border measure", measure, get_args(Measure))
    e = economy if economy is not None else Economy()
    own = price * e.home_intensity
    content = e.other_intensity if charge_at == "foreign" else e.home_intensity
    charge = price * content if measure in {"import charge", "full adjustment"} else 0.0
    rebate = own if measure in {"export rebate", "full adjustment"} else 0.0
    at_home = e.home_share * own + (1 - e.home_share) * charge
    abroad = e.export_share * (own - rebate)

    def quantity(cost: float, market: float) -> float:
        return -e.substitution * (cost - market) - e.demand_elasticity * market

    home_sales = e.home_share * e.home_demand * quantity(own, at_home)
    exports = e.export_share * e.other_demand * quantity(own - rebate, abroad)
    imports = (1 - e.home_share) * e.home_demand * quantity(charge, at_home)
    other_sales = (1 - e.export_share) * e.other_demand * quantity(0.0, abroad)
    sector = e.home_share * e.home_demand + e.export_share * e.other_demand
    # bn $ times t per $ is Gt: 1000 Mt.
    home = 1000 * e.home_intensity * (home_sales + exports)
    home -= e.home_emissions * e.other_cut * price / e.reference_price
    passed = e.fuel_share * e.fuel_demand / (e.fuel_supply + e.fuel_share * e.fuel_demand)
    return Leakage(
        measure,
        price,
        home,
        1000 * e.other_intensity * (imports + other_sales),
        -home * passed,
        (home_sales + exports) / sector,
    )


def sensitivity(
    price: float,
    values: Sequence[float],
    parameter: str = "fuel_supply",
    measure: Measure = "none",
    economy: Economy | None = None,
) -> list[tuple[float, Leakage]]:
    """Return leakage over ``values`` of one parameter; the fuel-supply elasticity by default."""
    base = economy if economy is not None else Economy()
    known = [one.name for one in fields(Economy)]
    if parameter not in known:
        raise UnknownNameError("parameter", parameter, known)
    return [
        (value, leakage(price, measure, replace(base, **{parameter: value}))) for value in values
    ]


def describe(
    price: float,
    measure: Measure | None = None,
    economy: Economy | None = None,
    *,
    charge_at: Literal["foreign", "home"] = "foreign",
) -> dict[str, Any]:
    """Return plain values: the sensitivity to fuel supply, then one measure or all of them."""
    base = economy if economy is not None else Economy()
    measures = (measure,) if measure is not None else MEASURES
    rows = [leakage(price, one, base, charge_at=charge_at) for one in measures]
    ends: tuple[Measure, ...] = ("none", "full adjustment") if measure is None else (measure,)
    supplies = sorted({*ELASTICITIES, base.fuel_supply})

    def rate(supply: float, one: Measure) -> float:
        found = leakage(price, one, replace(base, fuel_supply=supply), charge_at=charge_at)
        return round(found.rate, 6)

    return {
        "price": price,
        "fuel_supply_sensitivity": [
            {"fuel_supply": supply, **{one: rate(supply, one) for one in ends}}
            for supply in supplies
        ],
        "measures": [
            {
                "measure": one.measure,
                "home_mt": round(one.home, 3),
                "competitiveness_mt": round(one.competitiveness, 3),
                "fuel_price_mt": round(one.fuel_price, 3),
                "leakage": round(one.rate, 6),
                "out_of_reach_of_border_measures": round(one.cannot_be_adjusted, 6),
                "output_of_sector": round(one.output, 6),
            }
            for one in rows
        ],
        "emf29": EMF29,
        "model": MODEL,
    }

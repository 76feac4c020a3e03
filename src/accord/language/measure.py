"""Units of red lines: which of them measure the same thing, and by what they convert."""

from __future__ import annotations

from fractions import Fraction

_UNITS: dict[str, tuple[str, Fraction]] = {
    "%": ("%", Fraction(1)),
    "percent": ("%", Fraction(1)),
    "points": ("%", Fraction(1)),
    "$m": ("$", Fraction(1, 1000)),
    "$bn": ("$", Fraction(1)),
    "$tn": ("$", Fraction(1000)),
    "$m/yr": ("$/yr", Fraction(1, 1000)),
    "$bn/yr": ("$/yr", Fraction(1)),
    "$tn/yr": ("$/yr", Fraction(1000)),
    "Mt": ("t", Fraction(1)),
    "MtCO2": ("t", Fraction(1)),
    "MtCO2e": ("t", Fraction(1)),
    "Gt": ("t", Fraction(1000)),
    "GtCO2": ("t", Fraction(1000)),
    "GtCO2e": ("t", Fraction(1000)),
    "t/person": ("t/person", Fraction(1)),
    "$/t": ("$/t", Fraction(1)),
    "$/tCO2": ("$/t", Fraction(1)),
    "$/tCO2e": ("$/t", Fraction(1)),
    "°C": ("°C", Fraction(1)),
    "degC": ("°C", Fraction(1)),
    "C": ("°C", Fraction(1)),
    "year": ("year", Fraction(1)),
    "years": ("year", Fraction(1)),
    "votes": ("votes", Fraction(1)),
}

STEPS: dict[str, Fraction] = {
    "%": Fraction(1),
    "$": Fraction(1),
    "$/yr": Fraction(1),
    "t": Fraction(10),
    "t/person": Fraction(1, 10),
    "$/t": Fraction(1),
    "°C": Fraction(1, 10),
    "year": Fraction(1),
    "votes": Fraction(1),
}
"""The smallest change that anybody bargains over; "more than 300" starts one step above 300."""


def dimension(unit: str) -> str:
    """Return what a unit measures; a unit of one's own measures itself."""
    return _UNITS.get(unit, (unit, Fraction(1)))[0]


def scale(unit: str) -> Fraction:
    """Return how many of its dimension's standard unit one of ``unit`` is."""
    return _UNITS.get(unit, (unit, Fraction(1)))[1]


def step(unit: str, width: Fraction) -> Fraction:
    """Return the smallest change in ``unit``; a hundredth of the domain for one's own units."""
    known = STEPS.get(dimension(unit))
    return known / scale(unit) if known is not None else width / 100


def known_units() -> tuple[str, ...]:
    """Return the units that need no declaration."""
    return tuple(_UNITS)

"""Whether a target that can be read can also be meant on a given day."""

from __future__ import annotations

import datetime as dt

from accord.errors import TargetError
from accord.language.saying import say
from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    Capacity,
    EnergyShare,
    Finance,
    ForestStock,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Pledge,
    Purchase,
    RelativeCut,
)

FARTHEST_YEAR = 2100
"""The last year of the pathways; a target beyond it has no consequence that could be shown."""


def check_possible(pledge: Pledge, today: dt.date) -> None:
    """Refuse a target that nobody can mean on ``today``.

    A cut of all greenhouse gases or CO2 may exceed 100 % (net negative) only where the words say
    that sinks count: "net" or "including LULUCF".

    Parameters
    ----------
    pledge
        A phrase once read.
    today
        The day on which it is made; for a dated commitment its own date.

    Raises
    ------
    TargetError
        A 200 % cut, a target year that is past or not after its base year, a negative level or
        share, a share over 100 %, a year beyond 2100.
    """
    problem = _problem(pledge, today)
    if problem is not None:
        raise TargetError(f'"{say(pledge)}" is impossible: {problem}')


def _problem(pledge: Pledge, today: dt.date) -> str | None:
    target = pledge.target
    return _timing(target, today) or _size(pledge)


def _timing(target: object, today: dt.date) -> str | None:
    year = getattr(target, "year", None)
    if year is None:
        return None
    last = max(year, getattr(target, "until", None) or year)
    what = "the target year"
    if isinstance(target, PeakYear):
        what = "the peak year"
    elif isinstance(target, Neutrality):
        what = "the year of neutrality"
    before = getattr(target, "when", "") == "before"
    if last < today.year or (before and last <= today.year):
        past = "not after" if before and last == today.year else "before"
        return (
            f"{what} {'before ' if before else ''}{last} is {past} today ({today.isoformat()}); "
            f"name a year from {today.year + (1 if before else 0)} on"
        )
    if last > FARTHEST_YEAR:
        return f"{what} {last} lies beyond {FARTHEST_YEAR}, where every path ends"
    base = getattr(target, "base", None)
    if isinstance(base, int):
        if base >= year:
            return f"{what} {year} is not after the base year {base}"
        if base > today.year:
            return f"the base year {base} is still to come (today is {today.isoformat()})"
    start = getattr(target, "start", None)
    if start is not None and start > year:
        return f"the period {start}-{year} ends before it starts"
    return None


def _size(pledge: Pledge) -> str | None:
    target = pledge.target
    match target:
        case RelativeCut(low=low, high=high) | BelowBaseline(low=low, high=high):
            negative_allowed = pledge.lulucf == "including" and target.gas in {"GHG", "CO2"}
            if high > 100 and not negative_allowed:
                return (
                    f"a cut of {high:g}% is more than all there is; above 100% say that sinks "
                    "count (including LULUCF)"
                )
            if high > 200:
                return f"a cut of {high:g}% takes up more than was ever emitted; 200% is the most"
            if low < -1000:
                return f"a rise by {-low:g}% is more than tenfold"
        case IntensityCut(low=low, high=high):
            if high > 100:
                return f"intensity cannot fall by {high:g}%; 100% is the most"
            if low < -1000:
                return f"a rise by {-low:g}% is more than tenfold"
        case EnergyShare(low=low, high=high):
            if high > 100:
                return f"a share of {high:g}% is more than the whole; 100% is the most"
            if low < 0:
                return f"a share of {low:g}% is less than nothing"
        case AbsoluteLevel(low=low):
            sinks = pledge.lulucf == "including" or target.gas == "CO2 land"
            if low < 0 and not sinks:
                return (
                    f"a level of {low:g} {target.unit} is below zero; say that sinks count "
                    "(including LULUCF)"
                )
        case PerCapitaLevel(low=low):
            if low < 0 and pledge.lulucf != "including":
                return (
                    f"{low:g} t per person is below zero; say that sinks count (including LULUCF)"
                )
        case Capacity(low=low) | Finance(low=low) | Purchase(low=low):
            if low < 0:
                return f"an amount of {low:g} is below zero"
        case ForestStock(amount=amount):
            if amount < 0:
                return f"an amount of {amount:g} is below zero"
        case _:
            pass
    return None

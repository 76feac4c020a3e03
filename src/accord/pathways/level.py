"""The level of emissions that a target's words mean in its year.

==================  ==============================================================================
absolute            the level as stated
relative            (1 - r) × base-year emissions; ``peak``: × the party's own highest level
below BAU           (1 - r) × the baseline the party stated, else × its reference path
intensity           E0 (1 - r) Y / Y0, with the GDP series pinned by the commitment
per capita          level × population
peak                no level of its own: a shape (see ``shape.py``)
neutrality          zero
==================  ==============================================================================

**Whose base value?** Emissions here are one consistent series per party, so that parties add up to
the world. Where a commitment pins the party's own base value, the figure on that base is given
too (``stated``), and carried over to our series: without land use in proportion (the difference
is one of scale); with land use by adding the difference of the two base values (it is the
accounting of the sink, which does not shrink with the target).

**Official progress.** Where a commitment records what the party itself reports to have achieved on
an intensity target ("48.4 % below 2005 by 2020"), the remaining cut is counted from that year:
E_a (1 - r)/(1 - a) Y/Y_a. Otherwise a difference between the official intensity and ours would be
charged to the years ahead. The reading gives the direct figure beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    Bound,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    RelativeCut,
)
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention
from accord.pathways import words
from accord.pathways.economy import END
from accord.pathways.gases import CH4, GASES, LAND, N2O, coverage
from accord.pathways.history import START
from accord.pathways.series import ratio_of_gdp

Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a party stands when a target is read.

    Attributes
    ----------
    code, name
        The party.
    last
        Last observed year; index 0 of the year axes below.
    past
        Observed emissions ``(gas, year)`` from START to ``last``, MtCO2e.
    reference, now
        Reference path, and path with the targets read so far ``(gas, draw, year)``, MtCO2e.
    gdp, people
        GDP and population from START to 2100 ``(draw, year)``.
    q
        Quantile of the words ``(draw,)``.
    weight
        MtCO2e per native unit ``(gas,)``.
    """

    code: str
    last: int
    past: Array
    reference: Array
    now: Array
    gdp: Array
    people: Array
    q: Array
    weight: Array

    def emitted(self, year: int, gases: tuple[int, ...]) -> float:
        """Return observed emissions of ``gases`` in ``year``, MtCO2e."""
        return float(self.past[list(gases), min(year, self.last) - START].sum())

    def base(self, year: int, gases: tuple[int, ...]) -> tuple[Array, str]:
        """Return emissions of a base year by draw and how to name it; ahead: on the reference."""
        name = f"{year}" if year <= self.last else f"{year}, on the reference path"
        return self.ahead(self.reference, year, gases), name

    def ahead(self, path: Array, year: int, gases: tuple[int, ...]) -> Array:
        """Return emissions of ``gases`` in ``year`` by draw, observed ones where it is past."""
        if year <= self.last:
            return np.full(self.q.shape, self.emitted(year, gases))
        out: Array = path[list(gases), :, min(year, END) - self.last].sum(axis=0)
        return out


@dataclass(frozen=True, eq=False)
class Level:
    """What a target means in its year.

    Attributes
    ----------
    gases
        Covered gases, as indices.
    gas
        Coverage in words.
    year, start
        Year of the target, and first year of its averaging period (the same without one).
    values
        Level by draw ``(draw,)``, MtCO2e a year.
    low, central, high
        Range of the words at central GDP and population, MtCO2e a year.
    stated
        The same three on the party's own base value, where one is pinned.
    reading
        How the words became the number.
    """

    gases: tuple[int, ...]
    gas: str
    year: int
    start: int
    values: Array
    low: float
    central: float
    high: float
    stated: tuple[float, float, float] | None
    reading: str


def number(value: float) -> str:
    """Write a number of megatonnes: no false digits."""
    return (
        f"{value:,.0f}"
        if abs(value) >= 100
        else f"{value:,.1f}"
        if abs(value) >= 1
        else f"{value:.2g}"
    )


def between(low: float, high: float) -> str:
    """Write a range, or one number where both ends agree."""
    return number(low) if np.isclose(low, high) else f"{number(low)}-{number(high)}"


def covered(gases: tuple[int, ...]) -> str:
    """Say which gases are covered."""
    if gases in {(0,), (0, 1)}:
        return "fossil CO2" if gases == (0,) else "CO2 with land use"
    if len(gases) >= 4:
        return "GHG with land use" if LAND in gases else "GHG without land use"
    return " and ".join(GASES[g] for g in gases)


def percent(weak: float, strong: float) -> str:
    """Write a percentage or a range of them, without its sign word."""
    return f"{weak:g} %" if weak == strong else f"{weak:g}-{strong:g} %"


BOUND_WORDS: dict[str, str] = {"exactly": "", "at least": "at least ", "over": "over "} | {
    "at most": "at most ",
    "about": "about ",
}


def level(commitment: Commitment, standing: Standing, convention: Convention) -> Level | None:
    """Return what a commitment means in tonnes, or ``None`` where it names none.

    Parameters
    ----------
    commitment
        The commitment to read.
    standing
        Where its party stands.
    convention
        Says what "carbon" neutrality covers.
    """
    target = commitment.pledge.target
    match target:
        case RelativeCut():
            return _relative(commitment, target, standing)
        case AbsoluteLevel():
            return _absolute(commitment, target, standing)
        case BelowBaseline():
            return _below_baseline(commitment, target, standing)
        case IntensityCut():
            return _intensity(commitment, target, standing)
        case PerCapitaLevel():
            return _per_capita(commitment, target, standing)
        case Neutrality():
            return _neutrality(commitment, target, standing, convention)
        case PeakYear() if target.gas != "coal":
            gases = coverage(commitment.pledge, target.gas)
            standing_values = np.full(standing.q.shape, np.nan)
            said = {"before": "before", "by": "by", "around": "around", "in": "in"}[target.when]
            return Level(
                gases,
                covered(gases),
                target.year,
                target.year,
                standing_values,
                np.nan,
                np.nan,
                np.nan,
                None,
                f"{covered(gases)} highest {said} {target.year}",
            )
        case _:
            return None


def _pinned(commitment: Commitment, base: int, gases: tuple[int, ...]) -> tuple[float, str] | None:
    """Return the party's own base value in Mt and its series, if one is pinned for ``base``.

    A value that its series says to be without land use is no base for a target that includes it.
    """
    for value in commitment.base_values:
        if LAND in gases and "without land use" in value.series:
            continue
        unit = value.unit.replace(" ", "").replace("₂", "2")
        scale = {"MtCO2e": 1.0, "MtCO2": 1.0, "MtCO2eq": 1.0, "GtCO2e": 1e3, "GtCO2": 1e3}.get(unit)
        if scale is not None and value.year == base:
            return value.value * scale, value.series
    return None


def _pinned_past(
    commitment: Commitment, last: int, gases: tuple[int, ...]
) -> tuple[float, int, str] | None:
    """Return the first pinned figure in Mt of a year already observed, with year and series."""
    for value in commitment.base_values:
        pinned = _pinned(commitment, value.year, gases) if value.year <= last else None
        if pinned is not None:
            return pinned[0], value.year, pinned[1]
    return None


def _carried_over(stated: Array, own_base: float, base: float, gases: tuple[int, ...]) -> Array:
    """Carry a level on the party's base value over to our series."""
    return stated + (base - own_base) if LAND in gases else stated * (base / own_base)


def _relative(commitment: Commitment, target: RelativeCut, standing: Standing) -> Level:
    gases = coverage(commitment.pledge, target.gas)
    ends = words.ends(target.low, target.high, target.bound)
    cut = words.figure(target.low, target.high, target.bound, standing.q)
    last_year = target.until or target.year
    stated = None
    if target.base == "peak":
        upto = max(1, min(last_year, END) - standing.last + 1)
        observed = standing.past[list(gases)].sum(axis=0)[1990 - START :].max()
        base = np.maximum(observed, standing.now[list(gases), :, :upto].sum(axis=0).max(axis=1))
        values = base * (1 - cut / 100)
        weak, middle, strong = (float(base[0]) * (1 - end / 100) for end in ends)
        of = f"its highest level ({number(float(base[0]))} MtCO2e)"
    else:
        by_draw, named = standing.base(target.base, gases)
        own = float(by_draw[0])
        pinned = _pinned(commitment, target.base, gases)
        of = f"{target.base} ({number(own)} MtCO2e{named[4:]})"
        if pinned is None:
            values = by_draw * (1 - cut / 100)
            weak, middle, strong = (own * (1 - end / 100) for end in ends)
        else:
            value, series = pinned
            on_base = np.array([value * (1 - end / 100) for end in ends])
            weak, middle, strong = _carried_over(on_base, value, own, gases).tolist()
            values = _carried_over(value * (1 - cut / 100), value, own, gases)
            stated = (float(on_base[2]), float(on_base[1]), float(on_base[0]))
            of = (
                f"{target.base} ({number(value)} by {series}: "
                f"{between(stated[0], stated[2])} on that base; {number(own)} in the series here)"
            )
    period = f"{target.year}-{target.until} on average" if target.until else f"{target.year}"
    verb = "below" if target.high >= 0 else "above"
    size = percent(abs(target.low), abs(target.high))
    reading = (
        f"{covered(gases)} {BOUND_WORDS[target.bound]}{size} {verb} {of}: "
        f"{between(strong, weak)} MtCO2e in {period}"
    )
    return Level(
        gases, covered(gases), last_year, target.year, values, strong, middle, weak, stated, reading
    )


def _absolute(commitment: Commitment, target: AbsoluteLevel, standing: Standing) -> Level:
    gases = coverage(commitment.pledge, target.gas)
    scale = {"MtCH4": standing.weight[CH4], "MtN2O": standing.weight[N2O]}.get(target.unit, 1.0)
    weak, middle, strong = (
        float(end * scale) for end in _level_ends(target.low, target.high, target.bound)
    )
    values = words.figure(target.high, target.low, target.bound, standing.q) * scale
    converted = "" if scale == 1.0 else f" ({between(target.low, target.high)} {target.unit})"
    reading = (
        f"{covered(gases)} at {BOUND_WORDS[target.bound]}{between(strong, weak)} MtCO2e{converted} "
        f"in {target.year}, as stated"
    )
    stated = None
    pinned = _pinned_past(commitment, standing.last, gases)
    if pinned is not None:
        value, year, series = pinned
        here = standing.emitted(year, gases)
        stated = (strong, middle, weak)
        strong, middle, weak = _carried_over(np.array(stated), value, here, gases).tolist()
        values = _carried_over(values, value, here, gases)
        reading += (
            f" on a history of {number(value)} in {year} ({series}); "
            f"{between(strong, weak)} on the {number(here)} of the series here"
        )
    return Level(
        gases,
        covered(gases),
        target.year,
        target.year,
        values,
        strong,
        middle,
        weak,
        stated,
        reading,
    )


def _level_ends(low: float, high: float, bound: Bound) -> tuple[float, float, float]:
    """Return the weakest, central and strongest level: for a level the smaller is the stronger."""
    return words.ends(high, low, bound)


def _below_baseline(commitment: Commitment, target: BelowBaseline, standing: Standing) -> Level:
    gases = coverage(commitment.pledge, target.gas)
    ends = words.ends(target.low, target.high, target.bound)
    cut = words.figure(target.low, target.high, target.bound, standing.q)
    if target.bau is not None:
        base = np.full(standing.q.shape, float(target.bau))
        of = f"its stated business as usual of {number(target.bau)} MtCO2e"
    else:
        base = standing.ahead(standing.reference, target.year, gases)
        of = f"the reference path here ({number(float(base[0]))} MtCO2e), none being stated"
    values = base * (1 - cut / 100)
    weak, middle, strong = (float(base[0]) * (1 - end / 100) for end in ends)
    size = f"{BOUND_WORDS[target.bound]}{percent(target.low, target.high)}"
    reading = f"{covered(gases)} {size} below {of}: {between(strong, weak)} MtCO2e in {target.year}"
    return Level(
        gases, covered(gases), target.year, target.year, values, strong, middle, weak, None, reading
    )


def _intensity(commitment: Commitment, target: IntensityCut, standing: Standing) -> Level | None:
    if target.gas == "energy":
        return None
    gases = coverage(commitment.pledge, target.gas)
    ends = words.ends(target.low, target.high, target.bound)
    cut = words.figure(target.low, target.high, target.bound, standing.q)
    base, named = standing.base(target.base, gases)
    output, series = ratio_of_gdp(
        commitment.gdp_series, standing.code, standing.gdp, target.base, target.year
    )
    direct = base * output
    weak, middle, strong = (float(direct[0]) * (1 - end / 100) for end in ends)
    stated = None
    pinned = _pinned(commitment, target.base, gases)
    if pinned is not None:
        on_base = pinned[0] * float(output[0])
        stated = (
            on_base * (1 - ends[2] / 100),
            on_base * (1 - ends[1] / 100),
            on_base * (1 - ends[0] / 100),
        )
    values = direct * (1 - cut / 100)
    said = (
        f"{covered(gases)} per GDP {BOUND_WORDS[target.bound]}{percent(target.low, target.high)} "
        f"below {target.base} by {target.year}"
    )
    how = (
        f"{number(float(base[0]))} MtCO2e{named[4:]} × (1 - r) × GDP {target.year}/{target.base} "
        f"of {float(output[0]):.2f} ({series}) = {between(strong, weak)} MtCO2e"
    )
    progress = _official_progress(commitment, target, standing.last)
    if progress is not None:
        achieved, year = progress
        since, series = ratio_of_gdp(
            commitment.gdp_series, standing.code, standing.gdp, year, target.year
        )
        anchor = standing.emitted(year, gases) * since / (1 - achieved / 100)
        values = anchor * (1 - cut / 100)
        weak, middle, strong = (float(anchor[0]) * (1 - end / 100) for end in ends)
        how = (
            f"counted from the officially reported {achieved:g} % by {year} "
            f"({number(standing.emitted(year, gases))} MtCO2e, GDP {target.year}/{year} of "
            f"{float(since[0]):.2f}, {series}): {between(strong, weak)} MtCO2e; directly {how}"
        )
    return Level(
        gases,
        covered(gases),
        target.year,
        target.year,
        values,
        strong,
        middle,
        weak,
        stated,
        f"{said}: {how}",
    )


def _official_progress(
    commitment: Commitment, target: IntensityCut, last: int
) -> tuple[float, int] | None:
    """Return the cut the party itself reports below the same base, and its year, the latest one."""
    reported = [
        (outcome.year, -outcome.value)
        for outcome in commitment.outcomes
        if outcome.official
        and outcome.unit.strip() == "%"
        and target.base < outcome.year < target.year
        and outcome.year <= last
        and -100 < outcome.value < 0
    ]
    if not reported:
        return None
    year, value = max(reported)
    return value, year


def _per_capita(commitment: Commitment, target: PerCapitaLevel, standing: Standing) -> Level:
    gases = coverage(commitment.pledge, target.gas)
    people = standing.people[:, min(target.year, END) - START]
    weak, middle, strong = (
        end * float(people[0]) for end in _level_ends(target.low, target.high, target.bound)
    )
    values = words.figure(target.high, target.low, target.bound, standing.q) * people
    head = f"{target.low:g}" if target.low == target.high else f"{target.low:g}-{target.high:g}"
    reading = (
        f"{covered(gases)} at {BOUND_WORDS[target.bound]}{head} t a head × "
        f"{float(people[0]):,.0f} million people: {between(strong, weak)} MtCO2e in {target.year}"
    )
    return Level(
        gases, covered(gases), target.year, target.year, values, strong, middle, weak, None, reading
    )


def _neutrality(
    commitment: Commitment, target: Neutrality, standing: Standing, convention: Convention
) -> Level:
    scope = convention.neutrality if target.scope == "carbon" else target.scope
    gases = coverage(commitment.pledge, scope, neutrality=True)
    zero = np.zeros(standing.q.shape)
    how = " (“carbon” read so by convention)" if target.scope == "carbon" else ""
    reading = f"net zero of {covered(gases)}{how} in {target.year}"
    return Level(
        gases, covered(gases), target.year, target.year, zero, 0.0, 0.0, 0.0, None, reading
    )

"""What Accord's own tables say of a promise on emissions, beside what others report.

Every cut, level and intensity can be followed without a row of deliveries: emissions from the
bundled tables, GDP by each series that covers the years. Figures of a year count as known from
1 December of the next, when the Global Carbon Budget appears.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

from accord.errors import UnknownNameError
from accord.language.target import AbsoluteLevel, Gas, IntensityCut, PerCapitaLevel, RelativeCut
from accord.ledger.commitment import Commitment
from accord.parties import members
from accord.parties.tables import Table, ghg, history
from accord.tracking.promise import Promise
from accord.tracking.series import Reading, Series

Array = npt.NDArray[np.float64]

GDP = {"gdp_ppp": "World Bank PPP GDP", "gdp_maddison": "Maddison GDP"}
_GAS: dict[str, tuple[str, ...]] = {
    "CO2": ("co2_fossil",), "CO2 fossil": ("co2_fossil",), "CO2 land": ("co2_land",),
    "CH4": ("ch4",), "N2O": ("n2o",), "F-gases": ("f_gases",),
}  # fmt: skip
_NAME = {"GHG": "GCB and EDGAR", "CH4": "EDGAR", "N2O": "EDGAR", "F-gases": "EDGAR"}


def own_series(promise: Promise, as_of: dt.date) -> tuple[Series, ...]:
    """Return the tables' series on a promise, the one by the deciding GDP first; ``()`` if none.

    Parameters
    ----------
    promise
        Any; only cuts from a base year, levels and levels a head of emissions are answered.
    as_of
        Only figures known on that day.
    """
    commitment = promise.commitment
    target = commitment.pledge.target
    if isinstance(target, RelativeCut) and isinstance(target.base, int):
        years, values = emitted(commitment, target.gas)
        found = [(_tables_name(target.gas, commitment), years, _cut(years, values, target.base))]
    elif isinstance(target, IntensityCut) and target.gas != "energy":
        years, values = emitted(commitment, target.gas)
        wanted = commitment.gdp_series or "gdp_ppp"
        found = []
        for name in sorted(GDP, key=lambda n: n != wanted):
            gdp = _total(history(name), commitment.party, years)
            cut = _cut(years, values / gdp, target.base)
            found.append((f"{_tables_name(target.gas, commitment)}, {GDP[name]}", years, cut))
    elif isinstance(target, AbsoluteLevel) and target.unit != "MtCO2e":
        years, values = emitted(commitment, target.gas)
        found = [(_tables_name(target.gas, commitment), years, values)]
    elif isinstance(target, AbsoluteLevel):
        years, values = emitted(commitment, "GHG")
        found = [(_tables_name("GHG", commitment), years, values)]
    elif isinstance(target, PerCapitaLevel):
        years, values = emitted(commitment, target.gas)
        people = _total(history("population"), commitment.party, years)
        found = [(_tables_name(target.gas, commitment), years, values / people)]
    else:
        return ()
    base = getattr(target, "base", 1990)
    series = [
        Series(name, readings)
        for name, over, amounts in found
        if (readings := _readings(promise, over, amounts, int(base), as_of))
    ]
    return tuple(series)


def emitted(commitment: Commitment, gas: Gas) -> tuple[npt.NDArray[np.int64], Array]:
    """Return years and emissions that a commitment covers, Mt (of CO2e for ``GHG``, AR6)."""
    land = commitment.pledge.lulucf == "including"
    if gas == "GHG":
        table = ghg("AR6", land)
        return table.years, _total(table, commitment.party, table.years)
    names = [*_GAS[gas], *(("co2_land",) if gas == "CO2" and land else ())]
    years = history(names[0]).years
    return years, np.asarray(
        np.sum([_total(history(name), commitment.party, years) for name in names], axis=0)
    )


def _tables_name(gas: str, commitment: Commitment) -> str:
    land = {"including": ", land use in", "excluding": ", land use out"}
    words = land.get(commitment.pledge.lulucf or "", ", land use out" if gas == "GHG" else "")
    return f"Accord tables ({_NAME.get(gas, 'GCB')}{words})"


def _total(table: Table, code: str, years: npt.NDArray[np.int64]) -> Array:
    """Return a party's figures over ``years``, a bloc's as the sum of its members; NaN if none."""
    codes = (code,) if code in table else _members(code)
    found = np.full(len(years), np.nan)
    column = years - int(table.years[0])
    inside = (column >= 0) & (column < len(table.years))
    found[inside] = table.total(codes)[column[inside]]
    return found


def _members(code: str) -> tuple[str, ...]:
    try:
        return members(code)
    except UnknownNameError:
        return ()


def _cut(years: npt.NDArray[np.int64], values: Array, base: int) -> Array:
    inside = np.flatnonzero(years == base)
    start = float(values[inside[0]]) if inside.size else np.nan
    return np.asarray(100 * (1 - values / start))


def _readings(
    promise: Promise, years: npt.NDArray[np.int64], amounts: Array, base: int, as_of: dt.date
) -> tuple[Reading, ...]:
    """Return readings after the base year; a target over several years gets their mean last."""
    known = [
        (int(year), float(amount))
        for year, amount in zip(years, amounts, strict=True)
        if year > base and np.isfinite(amount) and dt.date(int(year) + 1, 12, 1) <= as_of
    ]
    first, last = promise.begins.year, promise.ends.year
    if first != last:
        inside = [amount for year, amount in known if first <= year <= last]
        before = [(year, amount) for year, amount in known if year < first]
        done = [_reading(year, year, amount) for year, amount in before]
        if len(inside) == last - first + 1:
            done.append(_reading(first, last, float(np.mean(inside))))
        return tuple(done)
    return tuple(_reading(year, year, amount) for year, amount in known)


def _reading(first: int, last: int, amount: float) -> Reading:
    return Reading(
        dt.date(first, 1, 1), dt.date(last, 12, 31), amount, dt.date(last + 1, 12, 1),
        "computed from the bundled tables (accord data list)", verified=True,
    )  # fmt: skip

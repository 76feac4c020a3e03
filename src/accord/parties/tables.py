"""Histories of emissions, people and GDP by party, and their SSP projections, as arrays.

Tables are read from the package on first use and kept; their arrays cannot be written to.
``docs/data.md`` tells where each comes from and what was done to it.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from accord.errors import UnknownNameError
from accord.parties.bloc import members, partition
from accord.parties.gwp import F_GASES_FROM_AR5, GWP
from accord.parties.rows import read_bytes, read_rows

__all__ = ["GWP", "VARIABLES", "Table", "ghg", "history", "projection"]

Floats: TypeAlias = npt.NDArray[np.float64]
Scenario: TypeAlias = Literal["SSP1", "SSP2", "SSP3", "SSP4", "SSP5"]

VARIABLES = (
    "co2_fossil",
    "co2_land",
    "co2_consumption",
    "ch4",
    "n2o",
    "f_gases",
    "population",
    "gdp_ppp",
    "gdp_maddison",
)
"""Names that :func:`history` knows."""

SCENARIOS = ("SSP1", "SSP2", "SSP3", "SSP4", "SSP5")
WHOLES = ("EU27", "WLD")


@dataclass(frozen=True, eq=False)
class Table:
    """One variable for every party and year.

    Attributes
    ----------
    variable, unit, source, licence, edition, note
        What it is and where it comes from.
    parties
        Codes, the rows.
    years
        The columns, ``(year,)``.
    values
        ``(party, year)`` in ``unit``; NaN where nothing is known, never zero for it.
    filled
        Party -> where its figures come from, for the few that the source lacks.
    first_projected
        First year that is not observed, if any.
    """

    variable: str
    unit: str
    source: str
    licence: str
    edition: str
    note: str
    parties: tuple[str, ...]
    years: npt.NDArray[np.int64]
    values: Floats
    filled: Mapping[str, str] = field(default_factory=dict)
    first_projected: int | None = None

    def __post_init__(self) -> None:
        self.values.flags.writeable = False
        self.years.flags.writeable = False
        object.__setattr__(self, "_rows", {code: row for row, code in enumerate(self.parties)})

    def __repr__(self) -> str:
        return (
            f"Table({self.variable} [{self.unit}], {len(self.parties)} parties, "
            f"{self.years[0]}-{self.years[-1]}, {self.edition})"
        )

    def __contains__(self, code: object) -> bool:
        return code in self._index

    @property
    def _index(self) -> dict[str, int]:
        rows: dict[str, int] = self.__dict__["_rows"]
        return rows

    def of(self, code: str) -> Floats:
        """Return a party's series ``(year,)``, read-only.

        Raises
        ------
        UnknownNameError
            The table has no such party.
        """
        if code not in self._index:
            raise UnknownNameError(f"party in {self.variable}", code, self.parties)
        row: Floats = self.values[self._index[code]]
        return row

    def at(self, code: str, year: int) -> float:
        """Return a party's value in a year; NaN outside the table's years."""
        series = self.of(code)
        column = year - int(self.years[0])
        return float(series[column]) if 0 <= column < len(series) else float("nan")

    def total(self, codes: Iterable[str]) -> Floats:
        """Return the sum over parties ``(year,)``, leaving out missing values and parties.

        A year in which every one of them is missing stays NaN.
        """
        rows = [self._index[code] for code in codes if code in self._index]
        return _sum(self.values[rows])


def _sum(values: Floats) -> Floats:
    """Sum over the first axis; NaN only where all are."""
    known = ~np.isnan(values)
    total: Floats = np.where(known, values, 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total, np.nan)


@cache
def index() -> Mapping[str, Mapping[str, str]]:
    """Return what ``data/tables.toml`` says of every bundled table, by its name."""
    return MappingProxyType(tomllib.loads(read_bytes("tables.toml").decode()))


@cache
def _filled() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("tables/filled.csv"))


def _numbers(row: str) -> Floats:
    # np.fromstring reads 100 000 numbers in some 10 ms; an empty cell must be spelt out for it.
    spelt = row.replace(",,", ",nan,").replace(",,", ",nan,")
    spelt = f"nan{spelt}" if spelt.startswith(",") else spelt
    return np.fromstring(f"{spelt}nan" if spelt.endswith(",") else spelt, sep=",")


def _read(name: str, prefix: str = "") -> tuple[tuple[str, ...], npt.NDArray[np.int64], Floats]:
    """Read a table's rows that begin with ``prefix``: parties, years, values."""
    head, *lines = gzip.decompress(read_bytes(f"tables/{name}.csv.gz")).decode().splitlines()
    years = np.array([int(cell) for cell in head.split(",") if cell.isdigit()], dtype=np.int64)
    parties, rows = [], []
    for line in lines:
        if line.startswith(prefix):
            code, _, row = line[len(prefix) :].partition(",")
            parties.append(code)
            rows.append(row)
    # Each row is closed by a comma, so that rows can be joined and an empty last cell shows.
    return tuple(parties), years, _numbers(",".join(rows)).reshape(len(rows), len(years))


@cache
def history(variable: str) -> Table:
    """Return a variable's history for every party, the world (WLD) and, where known, bunkers.

    Parameters
    ----------
    variable
        One of :data:`VARIABLES`: ``co2_fossil``, ``co2_land``, ``co2_consumption`` [MtCO2],
        ``ch4`` [MtCH4], ``n2o`` [MtN2O], ``f_gases`` [MtCO2e, AR5], ``population`` [million],
        ``gdp_ppp`` [bn 2021 int-$], ``gdp_maddison`` [bn 2011 int-$].

    Raises
    ------
    UnknownNameError
        There is no such variable.
    """
    if variable not in VARIABLES:
        raise UnknownNameError("variable", variable, VARIABLES)
    about = index()[variable]
    parties, years, values = _read(variable)
    first = about.get("first_projected")
    return Table(
        variable=variable,
        unit=about["unit"],
        source=about["source"],
        licence=about["licence"],
        edition=about["edition"],
        note=about["note"],
        parties=parties,
        years=years,
        values=values,
        filled={row["party"]: row["source"] for row in _filled() if row["table"] == variable},
        first_projected=int(first) if first is not None else None,
    )


@cache
def ghg(gwp: str = "AR6", lulucf: bool = True) -> Table:
    """Return greenhouse gases added up [MtCO2e] for the years that CH4 and N2O are known.

    Parameters
    ----------
    gwp
        Set of 100-year potentials: ``SAR``, ``AR4``, ``AR5``, ``AR6``. F-gases, known in AR5 only,
        are carried over by one factor a set (:data:`~accord.parties.gwp.F_GASES_FROM_AR5`).
    lulucf
        Whether CO2 from land use is in.

    Returns
    -------
    Table
        A party without fossil CO2, CH4 or N2O in a year is NaN there; F-gases and land use that
        nobody estimated for it are left out of its sum.

    Raises
    ------
    UnknownNameError
        There is no such set.
    """
    if gwp not in GWP:
        raise UnknownNameError("GWP set", gwp, GWP)
    parts = [(history("co2_fossil"), 1.0), (history("ch4"), GWP[gwp]["CH4"])]
    parts.append((history("n2o"), GWP[gwp]["N2O"]))
    extra = [(history("f_gases"), F_GASES_FROM_AR5[gwp])]
    if lulucf:
        extra.append((history("co2_land"), 1.0))
    first = max(int(table.years[0]) for table, _ in parts)
    last = min(int(table.years[-1]) for table, _ in parts)
    years = np.arange(first, last + 1)
    parties = tuple(code for code in parts[0][0].parties if all(code in part for part, _ in parts))
    values = np.zeros((len(parties), len(years)))
    for table, factor in parts:
        values += factor * _aligned(table, parties, years)
    for table, factor in extra:
        values += factor * np.nan_to_num(_aligned(table, parties, years), nan=0.0)
    return Table(
        variable="ghg" if lulucf else "ghg_without_land_use",
        unit=f"MtCO2e (GWP100 {gwp})",
        source="; ".join(dict.fromkeys(table.source for table, _ in parts + extra)),
        licence="CC BY 4.0",
        edition=", ".join(dict.fromkeys(table.edition for table, _ in parts + extra)),
        note="Sum of the tables of gases; F-gases carried over from AR5 by one factor a set.",
        parties=parties,
        years=years,
        values=values,
    )


def _aligned(table: Table, parties: Iterable[str], years: npt.NDArray[np.int64]) -> Floats:
    """Return a table's values for these parties and years, NaN where it has none."""
    columns = years - table.years[0]
    inside = (columns >= 0) & (columns < len(table.years))
    codes = tuple(parties)
    found = np.full((len(codes), len(years)), np.nan)
    for row, code in enumerate(codes):
        if code in table:
            found[row, inside] = table.of(code)[columns[inside]]
    return found


@cache
def projection(
    variable: Literal["gdp_ppp", "population"], scenario: Scenario | str = "SSP2"
) -> Table:
    """Return GDP or population a year, from the last year of the history to 2100.

    SSP growth rates, constant between their five-yearly points, are applied to each party's last
    known value. A party that the SSPs lack grows as all others together. EU27 is the sum of its
    members; WLD grows as the sum of its parts.

    Parameters
    ----------
    variable
        ``gdp_ppp`` [bn 2021 int-$] or ``population`` [million].
    scenario
        ``SSP1`` to ``SSP5``.

    Returns
    -------
    Table
        The first column is the history's last year. ``filled`` names the parties whose growth is
        borrowed.

    Raises
    ------
    UnknownNameError
        There is no such variable or scenario.
    """
    if variable not in ("gdp_ppp", "population"):
        raise UnknownNameError("projected variable", variable, ("gdp_ppp", "population"))
    if scenario not in SCENARIOS:
        raise UnknownNameError("scenario", scenario, SCENARIOS)
    past = history(variable)
    codes, points, levels = _read(f"ssp_{variable}", f"{scenario},")
    start = int(past.years[-1])
    years = np.arange(start, 2101)
    path = _yearly(points, levels)
    rows = {code: row for row, code in enumerate(codes)}
    together = np.nansum(levels[np.isfinite(levels).all(axis=1)], axis=0)
    common = _yearly(points, together[None])[0]
    values = np.full((len(past.parties), len(years)), np.nan)
    borrowed = {}
    for row, code in enumerate(past.parties):
        known = np.flatnonzero(np.isfinite(past.values[row]))
        if code in WHOLES or known.size == 0:
            continue
        if code in rows:
            growth = path[rows[code]]
        else:
            growth = common
            borrowed[code] = "growth of all parties together"
        last = int(past.years[known[-1]])
        values[row] = past.values[row, known[-1]] * _since(growth, int(points[0]), last, years)
    union = [past.parties.index(code) for code in members("EU27") if code in past]
    values[past.parties.index("EU27")] = _sum(values[union])
    single = [past.parties.index(code) for code in partition() if code in past]
    sums = _sum(values[single])
    values[past.parties.index("WLD")] = past.of("WLD")[-1] * sums / sums[0]
    about = index()[f"ssp_{variable}"]
    return Table(
        variable=variable,
        unit=past.unit,
        source=f"{past.source}; growth after {start}: {about['source']}",
        licence=f"{past.licence}; {about['licence']}",
        edition=f"{past.edition}, {about['edition']} {scenario}",
        note=f"{scenario} growth applied to the last known value",
        parties=past.parties,
        years=years,
        values=values,
        filled=borrowed,
        first_projected=past.first_projected,
    )


def _yearly(points: npt.NDArray[np.int64], levels: Floats) -> Floats:
    """Interpolate ``(party, point)`` to ``(party, year)`` at constant growth between points."""
    years = np.arange(points[0], points[-1] + 1)
    logs = np.log(levels)
    found: Floats = np.exp(np.stack([np.interp(years, points, row) for row in logs]))
    return found


def _since(growth: Floats, first: int, last: int, years: npt.NDArray[np.int64]) -> Floats:
    """Return the level of ``years`` over that of year ``last``, from a path that begins ``first``.

    Before the path's first known year it is taken to grow as in its first known year.
    """
    known = int(np.flatnonzero(np.isfinite(growth))[0])
    step = growth[known + 1] / growth[known]

    def level(year: npt.NDArray[np.int64]) -> Floats:
        column = year - first
        early = growth[known] * step ** (column - known).astype(np.float64)
        return np.where(column < known, early, growth[np.maximum(column, known)])

    found: Floats = level(years) / level(np.array([last]))
    return found

"""Fair shares on the real tables, and the case's pledges on common axes beside them.

Parties are those that add up to the world, without the two bunkers, whose part of the goal is taken
out first. Emissions are all gases with land use (GWP100 AR6); the baseline is each party's
reference path. What was emitted in the past is counted in CO2 where it begins before 1970, for no
national figures of the other gases reach further back, and in all gases from then on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.assessment.costs import gdp_and_people
from accord.economy import comparability, contribution, fair_share
from accord.economy.abatement import cost_curve
from accord.economy.fair_share import RULES, World, budget_by_head
from accord.economy.region import rows_of
from accord.errors import InputError, UnknownNameError
from accord.parties import PARTIES, members, partition, party, tables

if TYPE_CHECKING:
    from accord.ledger import Case
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]

GOALS = ("1.5", "2")
YEARS = (2030, 2035, 2040, 2050)
BASE = 2019
GASES_SINCE = 1970
NOT_CALLED = (
    "No rule is the fair one by calculation: each rests on a principle that some parties invoke "
    "and others reject. How far they disagree is the message."
)


@dataclass(frozen=True)
class Shares:
    """Allocations of a goal among the parties asked for.

    Attributes
    ----------
    goal
        ``"1.5"`` or ``"2"``.
    since
        First year of responsibility.
    years
        ``(year,)``.
    world_goal
        What the parties together may emit, MtCO2e a year, ``(year,)``.
    names
        Group or party code to its name.
    allocations
        Rule to group to MtCO2e a year, ``(year,)``.
    past
        Group to its emissions of 1990, 2005 and 2019, MtCO2e.
    population
        Group to million, ``(year,)``.
    pledged
        Group to what the case's pledges leave, MtCO2e a year, ``(year,)``.
    budget
        What the goal leaves until 2100, added up, MtCO2e.
    by_head
        Group to its part of the budget by head, and the year in which a straight line from today's
        emissions to zero has used it up; ``None`` where there is nothing to end.
    """

    goal: str
    since: int
    years: npt.NDArray[np.int64]
    world_goal: Array
    names: Mapping[str, str]
    allocations: Mapping[str, Mapping[str, Array]]
    past: Mapping[str, Mapping[int, float]]
    population: Mapping[str, Array]
    pledged: Mapping[str, Array]
    budget: float = 0.0
    by_head: Mapping[str, tuple[float, float | None]] = field(default_factory=dict)


def goal_cut(goal: str, years: npt.NDArray[np.int64]) -> Array:
    """Return the cut of world emissions below 2019 that goes with ``goal``, as shares.

    Raises
    ------
    UnknownNameError
        For another goal than 1.5 or 2.
    """
    if goal not in GOALS:
        raise UnknownNameError("goal", goal, GOALS)
    rows = [row for row in rows_of("goal-paths.csv") if row["goal"] == goal]
    points = [float(row["year"]) for row in rows]
    return np.asarray(np.interp(years, points, [float(row["cut"]) / 100.0 for row in rows]))


@lru_cache(maxsize=8)
def _table(variable: str) -> tables.Table:
    return tables.ghg("AR6", True) if variable == "ghg" else tables.history(variable)


def _rows(variable: str, codes: Sequence[str], years: npt.NDArray[np.int64]) -> Array:
    """Return figures ``(party, year)``; where none are known there are none to count."""
    table = _table(variable)
    columns = years - int(table.years[0])
    known = (columns >= 0) & (columns < len(table.years))
    found = np.zeros((len(codes), len(years)))
    for row, code in enumerate(codes):
        if code in table:
            found[row, known] = np.nan_to_num(table.of(code)[columns[known]])
    return found


def past_emissions(codes: Sequence[str], since: int, last: int) -> Array:
    """Return what was emitted from ``since`` to ``last``, ``(party, year)``: Mt CO2 or CO2e."""
    years = np.arange(since, last + 1)
    if since >= GASES_SINCE:
        return _rows("ghg", codes, years)
    return _rows("co2_fossil", codes, years) + _rows("co2_land", codes, years)


def world_of(pathway: WorldPathway, goal: str, since: int) -> World:
    """Return what the rules need to know.

    Raises
    ------
    InputError
        For a year before 1850 or after the last observed one.
    """
    codes = tuple(c for c in partition() if PARTIES[c].kind != "bunker")
    last = pathway.first_year - 2
    if not 1850 <= since <= last:
        raise InputError(f"since {since} is outside 1850 to {last}, the years with figures")
    gdp, people = gdp_and_people(pathway)
    order = [pathway.basis.economy.codes.index(code) for code in codes]
    at = np.array([BASE])
    states = float(_rows("ghg", codes, at).sum())
    past_years = np.arange(since, last + 1)
    return World(
        codes,
        pathway.years,
        np.stack([pathway.parties[code].reference_ghg("AR6", True)[0] for code in codes]),
        people[order],
        gdp[order],
        states * (1.0 - goal_cut(goal, pathway.years)),
        past_years,
        past_emissions(codes, since, last),
        _rows("population", codes, past_years) + 1e-9,
    )


def group_of(name: str, on: dt.date | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Return code, name and the members (as parties with a path) of a party or a group.

    Raises
    ------
    UnknownNameError
        For a name that is neither.
    InputError
        For a member of the EU, whose figures are in the Union's.
    """
    one = party(name)
    own = partition()
    if one.code in own:
        return one.code, one.name, (one.code,)
    if one.kind != "bloc":
        raise InputError(f"{one.name} has no path of its own here: name EU27 for it")
    union = set(members("EU27"))
    whole = members(one.code, on)
    inside = dict.fromkeys("EU27" if code in union else code for code in whole)
    # A group with some members of the Union takes the Union whole: its path is one.
    partly = "EU27" in inside and not union <= set(whole)
    name = f"{one.name} (with all of the EU)" if partly else one.name
    return one.code, name, tuple(code for code in inside if code in own)


def shares_of(
    pathway: WorldPathway,
    groups: Sequence[str],
    *,
    goal: str = "1.5",
    since: int = 1850,
    rules: Sequence[str] | None = None,
    converge: int = 2050,
    discount: float = 0.0,
) -> Shares:
    """Return what every rule leaves each party or group.

    Parameters
    ----------
    pathway
        The case's pledges as emissions; its reference paths are the baseline.
    groups
        Names or codes of parties or blocs.
    goal
        ``"1.5"`` or ``"2"``.
    since
        First year of responsibility, from 1850.
    rules
        Names of rules; default all.
    converge
        Year by which convergence and the paying back of what is owed end.
    discount
        Yearly rate by which older emissions count less in what is owed, 0.02 for 2 %.

    Raises
    ------
    InputError
        For a year of convergence that is over, or a discount outside 0 to 0.2.
    """
    if not 0.0 <= discount <= 0.2:
        raise InputError(f"a discount of {discount:g} is outside 0 to 0.2; write 0.02 for 2 %")
    w = world_of(pathway, goal, since)
    chosen = {code: (name, inside) for code, name, inside in map(group_of, groups)}
    takes = {
        code: [w.parties.index(one) for one in inside if one in w.parties]
        for code, (_, inside) in chosen.items()
    }
    allocations = {}
    for rule in rules if rules is not None else RULES:
        table = _allocated(w, rule, since, converge=converge, discount=discount)
        allocations[rule] = {code: table[rows].sum(axis=0) for code, rows in takes.items()}
    base = {year: _rows("ghg", w.parties, np.array([year]))[:, 0] for year in (1990, 2005, BASE)}
    pledged = np.stack([pathway.parties[code].ghg("AR6", True)[0] for code in w.parties])
    return Shares(
        goal,
        since,
        w.years,
        w.goal,
        {code: name for code, (name, _) in chosen.items()},
        allocations,
        {
            code: {year: float(values[rows].sum()) for year, values in base.items()}
            for code, rows in takes.items()
        },
        {code: w.population[rows].sum(axis=0) for code, rows in takes.items()},
        {code: pledged[rows].sum(axis=0) for code, rows in takes.items()},
        budget := float(w.goal.sum()),
        _by_head(w, takes, budget),
    )


def _by_head(
    w: World, takes: Mapping[str, Sequence[int]], budget: float
) -> dict[str, tuple[float, float | None]]:
    share, _ = budget_by_head(w, budget)
    found: dict[str, tuple[float, float | None]] = {}
    for code, rows in takes.items():
        part, now = float(share[list(rows)].sum()), float(w.baseline[list(rows), 0].sum())
        found[code] = (part, 2 * part / now + float(w.years[0]) - 1 if now > 0 else None)
    return found


def _allocated(w: World, rule: str, since: int, *, converge: int, discount: float) -> Array:
    """Return an allocation in which the choices count where the rule has them."""
    if rule == "convergence":
        return fair_share.convergence(w, year=converge)
    if rule == "development rights":
        return fair_share.development_rights(w, since=since)
    if rule == "equal cumulative":
        return fair_share.equal_cumulative(w, since=since, discount=discount, year=converge)
    return fair_share.allocate(w, rule)


def standings(
    pathway: WorldPathway, codes: Sequence[str], year: int, curves: str = "RICE-2010"
) -> dict[str, comparability.Standing]:
    """Put the pledges of ``codes`` on all axes in ``year``.

    Raises
    ------
    InputError
        For a year that is not projected.
    """
    (where,) = np.nonzero(pathway.years == year)
    if not where.size:
        raise InputError(f"{year} is not projected; {pathway.first_year} to 2100 are")
    n = int(where[0])
    gdp, people = gdp_and_people(pathway)
    found = {}
    for code in codes:
        row = pathway.basis.economy.codes.index(code)
        path = pathway.parties[code]
        ghg = path.ghg("AR6", True)[0]
        then = {
            y: float(v)
            for y in (1990, 2005)
            if np.isfinite(v := _table("ghg").at(code, y) if code in _table("ghg") else np.nan)
        }
        money = {
            y: float(v)
            for y in (1990, 2005)
            if np.isfinite(
                v := _table("gdp_ppp").at(code, y) if code in _table("gdp_ppp") else np.nan
            )
        }
        fossil, without = path.gases["CO2 fossil"][0, n], path.reference["CO2 fossil"][0, n]
        cost = cost_curve(code, curves).cost(fossil, without, year)
        found[code] = comparability.standing(
            code,
            year,
            float(ghg[n]),
            float(path.reference_ghg("AR6", True)[0, n]),
            then,
            money,
            float(people[row, n]),
            float(gdp[row, n]),
            float(ghg[: n + 1].sum()),
            float(100.0 * cost / gdp[row, n]),
        )
    return found


def contributions(
    developed: Sequence[str] = (), *, since: int = 1990, year: int = 2022
) -> dict[str, dict[str, float]]:
    """Return contributors' shares of a sum by three formulas, largest first.

    ``annex_ii_mean``: mean of the shares in GDP, cumulative CO2 and population among Annex II and
    the parties of ``developed``; ``annex_ii_emissions``: cumulative CO2 alone, among the same;
    ``all_product``: cumulative CO2 times income per head among all states.

    Parameters
    ----------
    developed
        Codes counted as developed beside Annex II: the switch of status.
    since
        First year of cumulative CO2.
    year
        Year of GDP and population, and last year of CO2.
    """
    states = [c for c, one in PARTIES.items() if one.kind == "state"]
    at = np.array([year])
    gdp, people = (_rows(name, states, at)[:, 0] for name in ("gdp_ppp", "population"))
    codes = tuple(c for c, g, p in zip(states, gdp, people, strict=True) if g > 0 and p > 0)
    kept = [states.index(code) for code in codes]
    gdp, people = gdp[kept], people[kept]
    years = np.arange(since, year + 1)
    past = (_rows("co2_fossil", codes, years) + _rows("co2_land", codes, years)).sum(axis=1)
    union = members("EU27") if "EU27" in developed else ()
    payers = {*members("ANNEX_II"), *developed, *union}
    inside = np.array([code in payers for code in codes])
    mean, emitted = np.zeros(len(codes)), np.zeros(len(codes))
    mean[inside] = contribution.mean_share([gdp[inside], past[inside], people[inside]])
    emitted[inside] = contribution.mean_share([past[inside]])
    return {
        "annex_ii_mean": _largest(codes, mean),
        "annex_ii_emissions": _largest(codes, emitted),
        "all_product": _largest(codes, contribution.product_share([past, gdp / people])),
    }


def _largest(codes: Sequence[str], values: Array, most: int = 15) -> dict[str, float]:
    order = np.argsort(-values, kind="stable")[:most]
    return {codes[n]: round(float(values[n]), 5) for n in order if values[n] > 0}


def to_json(found: Shares) -> dict[str, Any]:
    """Return plain values: goal, rules by group and year, and how far the rules disagree."""
    use = [(n, str(year)) for n, year in enumerate(found.years.tolist()) if year in YEARS]
    groups: dict[str, Any] = {}
    for code, name in found.names.items():
        base = found.past[code][BASE]
        rules: dict[str, Any] = {}
        for rule, allocation in found.allocations.items():
            series = allocation[code]
            rules[rule] = {
                year: {
                    "mtco2e": round(float(series[n]), 1),
                    "percent_vs_2019": _change(series[n], base),
                    "percent_vs_1990": _change(series[n], found.past[code][1990]),
                    "t_per_head": round(float(series[n] / found.population[code][n]), 3),
                }
                for n, year in use
            }
        pledged = found.pledged[code]
        groups[code] = {
            "name": name,
            "mtco2e_2019": round(base, 1),
            "rules": rules,
            "pledged": {year: round(float(pledged[n]), 1) for n, year in use},
            "budget_by_head": {
                "mtco2e": round(found.by_head[code][0], 1),
                "net_zero_year": _whole(found.by_head[code][1]),
            },
            "disagreement": {
                year: {
                    "low": min(r[year]["mtco2e"] for r in rules.values()),
                    "high": max(r[year]["mtco2e"] for r in rules.values()),
                }
                for _, year in use
            },
            "rules_met": {
                year: [
                    rule
                    for rule in rules
                    if pledged[n] <= found.allocations[rule][code][n] + 1e-9
                ]
                for n, year in use
            },
        }  # fmt: skip
    return {
        "goal": f"{found.goal} °C",
        "goal_source": "IPCC AR6 Synthesis Report, Table SPM.1 (median cuts below 2019), on our "
        "2019 emissions without bunkers; after 2050 ours",
        "world_goal_mtco2e": {year: round(float(found.world_goal[n]), 1) for n, year in use},
        "budget_mtco2e": round(found.budget, 1),
        "since": found.since,
        "gases": "all gases with land use, GWP100 AR6; responsibility before 1970: CO2 alone",
        "parties": groups,
        "message": NOT_CALLED,
    }


def _whole(year: float | None) -> int | None:
    return None if year is None else round(year)


def _change(value: float, base: float) -> float | None:
    return round(100.0 * (float(value) / base - 1.0), 1) if base > 0 else None


def pathway_of(case: Case, day: dt.date, **switches: Any) -> WorldPathway:
    """Return the central pathway of a case on a day."""
    from accord.assessment.chain import convention_of
    from accord.pathways import project

    convention = convention_of(case, day, switches)
    counted = case.counted(day, archived=convention.archived)
    return project(counted, convention, draws=1)

"""Fair shares of what the world may still emit, by the principles that parties invoke.

Families of van den Berg et al. 2020 (Climatic Change 162, 1805-1822): sovereignty
(grandfathering), equality (per capita, convergence, budget), capability (ability to pay),
responsibility and need (greenhouse development rights, equal cumulative per capita). They disagree,
and the disagreement is the message: nobody's principle is the fair one by calculation.

Arrays have the axes ``(party, year)``; the parties are all there are, so that every allocation adds
up to the goal in every year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.errors import InputError, UnknownNameError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """What the rules need to know.

    Attributes
    ----------
    parties
        Codes, in the order of the rows.
    years
        Years ahead; the first is the starting year.
    baseline
        Emissions without further commitments, Mt a year, ``(party, year)``.
    population, gdp
        Million and bn international $, ``(party, year)``.
    goal
        What the world may emit, Mt a year, ``(year,)``.
    past_years
        Years behind, the last one just before the first year ahead.
    past, past_population
        Historical emissions and population, ``(party, past year)``.
    """

    parties: tuple[str, ...]
    years: npt.NDArray[np.int64]
    baseline: Array
    population: Array
    gdp: Array
    goal: Array
    past_years: npt.NDArray[np.int64]
    past: Array
    past_population: Array

    def __post_init__(self) -> None:
        n, t, before = len(self.parties), len(self.years), len(self.past_years)
        wanted = {
            "baseline": (n, t), "population": (n, t), "gdp": (n, t), "goal": (t,),
            "past": (n, before), "past_population": (n, before),
        }  # fmt: skip
        for name, shape in wanted.items():
            array = getattr(self, name)
            if array.shape != shape:
                raise InputError(f"{name} has shape {array.shape}; {n} parties need {shape}")
            if not np.isfinite(array).all():
                raise InputError(f"{name} has gaps; fill or leave out the party first")


def grandfathering(w: World) -> Array:
    """Keep today's shares: ``G(t) E_i(t0) / E_W(t0)``."""
    return np.outer(_share(w.baseline[:, 0]), w.goal)


def per_capita(w: World) -> Array:
    """Give every person alive at the start the same: ``G(t) P_i(t0) / P_W(t0)``."""
    return np.outer(_share(w.population[:, 0]), w.goal)


def convergence(w: World, *, year: int = 2050) -> Array:
    """Move in a straight line from today's shares to equal ones per head by ``year``."""
    left = _left(w, year)
    return np.asarray(grandfathering(w) * left + per_capita(w) * (1 - left))


def ability_to_pay(w: World) -> Array:
    """Let the burden grow with income per head, to the power of one third.

    ``rb_i = (y_i / y_W)^(1/3) E_i (E_W - G) / E_W``, scaled so that the burdens add up.
    """
    income = w.gdp / w.population
    mean = w.gdp.sum(axis=0) / w.population.sum(axis=0)
    total = w.baseline.sum(axis=0)
    burden = (income / mean) ** (1 / 3) * w.baseline * (total - w.goal) / total
    whole = burden.sum(axis=0)
    correction = np.where(whole != 0, (total - w.goal) / np.where(whole != 0, whole, 1.0), 1.0)
    return np.asarray(w.baseline - burden * correction)


def responsibility_capability(
    w: World, *, since: int = 1990, threshold: float = 7500.0, weight: float = 0.5
) -> Array:
    """Return each party's share in responsibility and capability, ``(party,)``.

    Responsibility: emissions since ``since``. Capability: income above ``threshold`` $ a head (of
    the mean income: the spread within a country is not known here). ``weight`` goes to
    responsibility.
    """
    used = _past_from(w, since).clip(min=0.0)
    income = 1000.0 * w.gdp[:, 0] / w.population[:, 0]
    above = np.clip(income - threshold, 0.0, None) * w.population[:, 0]
    return np.asarray(weight * _share(used.sum(axis=1)) + (1 - weight) * _share(above))


def development_rights(w: World, *, since: int = 1990, threshold: float = 7500.0) -> Array:
    """Share the world's gap by responsibility and capability to 2030, then drift to ability to pay.

    ``E_i - (E_W - G) RCI_i`` (greenhouse development rights, Baer et al. 2008).
    """
    burden = responsibility_capability(w, since=since, threshold=threshold)
    own = w.baseline - np.outer(burden, w.baseline.sum(axis=0) - w.goal)
    left = np.clip(1 - (w.years - 2030) / (2100 - 2030), 0.0, 1.0)
    return np.asarray(own * left + ability_to_pay(w) * (1 - left))


def equal_cumulative(
    w: World, *, since: int = 1850, discount: float = 0.0, year: int = 2050
) -> Array:
    """Pay back what was used beyond an equal share per head since ``since``, by ``year``.

    Credit ``L_i = sum_t [P_i/P_W H_W - H_i] (1 - d)^(t0 - t)``, paid out as
    ``3 sin(pi k/n) L_remaining/(n - k)`` on top of the convergence path.
    """
    past = _past_from(w, since)
    heads = w.past_population[:, w.past_years >= since]
    age = w.years[0] - w.past_years[w.past_years >= since]
    equal = heads / heads.sum(axis=0) * past.sum(axis=0)
    credit = ((equal - past) * (1 - discount) ** age).sum(axis=1)
    result = convergence(w, year=year)
    n = int(np.clip(year - w.years[0], 1, len(w.years)))
    for k in range(n):
        paid = np.clip(3 * np.sin(np.pi * k / n) / (n - k), 0.0, 1.0) * credit
        result[:, k] += paid
        credit = credit - paid
    return result


RULES: Mapping[str, Callable[[World], Array]] = {
    "grandfathering": grandfathering,
    "per capita": per_capita,
    "convergence": convergence,
    "ability to pay": ability_to_pay,
    "development rights": development_rights,
    "equal cumulative": equal_cumulative,
}


def allocate(w: World, rule: str) -> Array:
    """Return the allocation by ``rule``, ``(party, year)``; it adds up to the goal."""
    if rule not in RULES:
        raise UnknownNameError("allocation rule", rule, RULES)
    return RULES[rule](w)


def budget_by_head(w: World, budget: float) -> tuple[Array, Array]:
    """Share a budget (Mt, from the first year on) by head; return it and the year of net zero.

    Straight line to zero: ``nz = 2 B_i / E_i(t0) + t0 - 1``.
    """
    share = budget * _share(w.population[:, 0])
    start = w.baseline[:, 0]
    safe = np.where(start > 0, start, np.nan)
    return share, np.asarray(2 * share / safe + w.years[0] - 1)


def _share(values: Array) -> Array:
    total = float(values.sum())
    if total <= 0:
        raise InputError("shares of a total of zero or less mean nothing; check the inputs")
    return np.asarray(values / total)


def _left(w: World, year: int) -> Array:
    if year <= w.years[0]:
        raise InputError(f"convergence in {year} lies before the start in {w.years[0]}")
    return np.asarray(np.clip(1 - (w.years - w.years[0]) / (year - w.years[0]), 0.0, 1.0))


def _past_from(w: World, since: int) -> Array:
    if since > w.past_years[-1]:
        raise InputError(f"no history from {since} on; it ends in {w.past_years[-1]}")
    return w.past[:, w.past_years >= since]

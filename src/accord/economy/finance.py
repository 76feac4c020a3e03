"""Finance that changes hands: who pays a promise of a group, and to whom it goes.

A promise says how much a year, and by when; seldom who of a group pays which part, and never who
gets it. The stated convention here: a flow rises in a straight line from nothing in the year of the
promise to its amount in the year named and is held; a group shares it by GDP of the year; it goes
to developing parties whose income per head is below the world's mean, by population. Loans count at
face value, as the promises do; dollars of the day are taken as 2021 dollars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.errors import InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Promise:
    """A flow of finance that was promised.

    Attributes
    ----------
    payers
        Codes of those who pay it together.
    amount
        bn $ a year, or in all over ``start`` to ``year`` where ``start`` is given.
    made
        Year of the promise.
    year
        Year by which it flows, or the last of the period.
    start
        First year of a period; ``None`` for a yearly flow.
    """

    payers: tuple[str, ...]
    amount: float
    made: int
    year: int
    start: int | None = None

    def __post_init__(self) -> None:
        if not (np.isfinite(self.amount) and self.amount >= 0):
            raise InputError(f"a promise of {self.amount:g} bn $ is none; give 0 or more")
        if self.start is not None and self.start > self.year:
            raise InputError(f"a promise over {self.start}-{self.year} ends before it begins")

    def flow(self, years: npt.NDArray[np.int64]) -> Array:
        """Return the flow in ``years``, bn $ a year."""
        if self.start is not None:
            inside = (years >= self.start) & (years <= self.year)
            return np.asarray(np.where(inside, self.amount / (self.year - self.start + 1), 0.0))
        ramp = np.clip((years - self.made) / max(self.year - self.made, 1), 0.0, 1.0)
        return np.asarray(self.amount * ramp)


def paid(
    promises: Sequence[Promise],
    parties: Sequence[str],
    gdp: Array,
    years: npt.NDArray[np.int64],
) -> Array:
    """Return what every party pays, bn $ a year, ``(party, year)``.

    A part of a larger promise is not counted again: of several, each payer's largest of the year
    counts.
    """
    row = {code: n for n, code in enumerate(parties)}
    total = np.zeros((len(parties), len(years)))
    for promise in promises:
        rows = [row[code] for code in dict.fromkeys(promise.payers) if code in row]
        if not rows:
            continue
        share = gdp[rows] / gdp[rows].sum(axis=0)
        total[rows] = np.maximum(total[rows], share * promise.flow(years))
    return total


def received(
    flow: Array, parties: Sequence[str], developing: Sequence[str], gdp: Array, population: Array
) -> Array:
    """Return what every party receives of ``flow`` ``(year,)``, ``(party, year)``.

    Raises
    ------
    InputError
        If nobody is there to receive it.
    """
    income = gdp / population
    mean = gdp.sum(axis=0) / population.sum(axis=0)
    chosen = np.array([code in set(developing) for code in parties])
    heads = np.where(chosen[:, None] & (income < mean), population, 0.0)
    whole = heads.sum(axis=0)
    if (whole <= 0).any():
        raise InputError("no developing party below the world's mean income is left to receive")
    return np.asarray(flow * heads / whole)


def net(
    promises: Sequence[Promise],
    parties: Sequence[str],
    developing: Sequence[str],
    gdp: Array,
    population: Array,
    *,
    years: npt.NDArray[np.int64],
) -> Mapping[str, Array]:
    """Return code to what it receives net of what it pays, bn $ a year; the sum is nothing."""
    out = paid(promises, parties, gdp, years)
    into = received(out.sum(axis=0), parties, developing, gdp, population)
    return dict(zip(parties, into - out, strict=True))

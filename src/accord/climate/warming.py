"""Warming: what a projection answers, under one stated convention.

Temperatures are annual means of the global mean surface temperature above the mean of 1850-1900.
The engine computes values at the turn of each year; a year's mean is the mean of the two around
it, and the reference is the mean of the 51 years so defined (its first and last turn count half).
A value at the turn of a year differs from the annual mean by about 0.02 K at today's rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from accord.climate.species import FloatArray
from accord.errors import InputError

CONVENTION = "annual mean surface temperature above the mean of 1850–1900, forced response"


@dataclass(frozen=True, eq=False)
class Warming:
    """Warming of every run.

    Attributes
    ----------
    years
        Shape (year,).
    annual
        Shape (scenario, year, member): °C above 1850-1900, annual means.
    series
        Whatever else was asked for by name, each (scenario, year, member).
    convention
        How the numbers are to be read; to be shown with them.
    """

    years: npt.NDArray[np.int64]
    annual: FloatArray
    series: Mapping[str, FloatArray] = field(default_factory=dict)
    convention: str = CONVENTION

    @property
    def gmst(self) -> FloatArray:
        """The same numbers as (scenario, member, year)."""
        return self.annual.swapaxes(1, 2)

    @property
    def scenarios(self) -> int:
        """Number of scenarios."""
        return int(self.annual.shape[0])

    @property
    def members(self) -> int:
        """Number of members."""
        return int(self.annual.shape[2])

    def __repr__(self) -> str:
        return (
            f"Warming({self.scenarios} scenarios, {self.members} members, "
            f"{self.years[0]}–{self.years[-1]}; {self.convention})"
        )

    @cached_property
    def _sorted(self) -> FloatArray:
        return np.sort(self.annual, axis=2)

    def percentiles(self, ps: npt.ArrayLike) -> FloatArray:
        """Return percentiles over the members, shape (scenario, p, year).

        Parameters
        ----------
        ps
            0-100; linear between members, as `numpy.percentile`.
        """
        ranked = self._sorted
        wanted = np.atleast_1d(np.asarray(ps, dtype=np.float64))
        if ((wanted < 0) | (wanted > 100)).any():
            raise InputError(f"percentiles lie between 0 and 100, not {wanted.tolist()}")
        place = wanted / 100 * (ranked.shape[2] - 1)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, ranked.shape[2] - 1)
        low, high = ranked[..., below], ranked[..., above]
        points: FloatArray = low + (high - low) * (place - below)
        return points.swapaxes(1, 2)

    def at(self, year: int) -> FloatArray:
        """Return the warming of one year, shape (scenario, member).

        Raises
        ------
        InputError
            If the projection has no such year.
        """
        first, last = int(self.years[0]), int(self.years[-1])
        if not first <= year <= last:
            raise InputError(f"no warming for {year}; the projection has {first} to {last}")
        return self.annual[:, year - first]

    def mean(self, first: int, last: int) -> FloatArray:
        """Return the mean over the years ``first`` to ``last``, shape (scenario, member)."""
        self.at(first), self.at(last)
        start = int(self.years[0])
        result: FloatArray = self.annual[:, first - start : last + 1 - start].mean(axis=1)
        return result

    def peak(self) -> FloatArray:
        """Return the highest annual mean of the projected years, shape (scenario, member)."""
        result: FloatArray = self.annual.max(axis=1)
        return result

    def peak_year(self) -> npt.NDArray[np.int64]:
        """Return the year of the peak, shape (scenario, member)."""
        result: npt.NDArray[np.int64] = self.years[self.annual.argmax(axis=1)]
        return result

    def prob_below(self, threshold: float) -> FloatArray:
        """Return the share of members whose peak stays below ``threshold`` °C, (scenario,)."""
        below = self.peak() < threshold
        result: FloatArray = below.mean(axis=1)
        return result

    def crossing_year(self, threshold: float) -> FloatArray:
        """Return the first year at or above ``threshold`` °C, shape (scenario, member).

        NaN for a member that never reaches it; the first projected year for one that begins there.
        """
        reached = self.annual >= threshold
        first: FloatArray = self.years[reached.argmax(axis=1)].astype(np.float64)
        first[~reached.any(axis=1)] = np.nan
        return first

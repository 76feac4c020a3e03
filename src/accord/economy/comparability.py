"""One pledge on every axis: the same tonnes look bold or timid by the base one divides by.

Against 1990, 2005 and no further commitment; per head; per dollar; added up since a year; and as a
cost. None of them is the right one. The rankings they give are compared by how far they disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.errors import InputError

Array = npt.NDArray[np.float64]

AXES: Mapping[str, str] = {
    "vs_1990": "% of 1990",
    "vs_2005": "% of 2005",
    "vs_reference": "% of the path without commitments",
    "per_head": "tCO2e a head",
    "intensity": "kgCO2e per $",
    "intensity_change": "% of 2005, per $",
    "cumulative_per_head": "tCO2e since the first year, per head of the target year",
    "cost": "% of GDP",
}


@dataclass(frozen=True)
class Standing:
    """Where one party's pledge puts it in a year.

    Attributes
    ----------
    party, year
        Who and when.
    values
        Axis of :data:`AXES` to value; ``None`` where a base is not known.
    """

    party: str
    year: int
    values: Mapping[str, float | None]


def standing(  # noqa: PLR0917 - the figures that one row is made of
    party: str,
    year: int,
    emissions: float,
    reference: float,
    base: Mapping[int, float],
    base_gdp: Mapping[int, float],
    population: float,
    gdp: float,
    cumulative: float,
    cost: float | None,
) -> Standing:
    """Put one level of emissions on all axes.

    Parameters
    ----------
    party, year
        Who and when.
    emissions, reference
        MtCO2e in the year, with the pledge and without.
    base, base_gdp
        MtCO2e and bn $ of 1990 and 2005, as far as known.
    population, gdp
        Million and bn $ in the year.
    cumulative
        MtCO2e added up to the year.
    cost
        % of GDP, if known.

    Raises
    ------
    InputError
        For a population or GDP that is not above 0.
    """
    if not (population > 0 and gdp > 0):
        raise InputError(f"{party} in {year}: population and GDP must be above 0")

    def percent(now: float, then: float | None) -> float | None:
        return 100.0 * now / then if then is not None and then > 0 else None

    then = base.get(2005)
    then_gdp = base_gdp.get(2005)
    earlier = then / then_gdp if then is not None and then_gdp else None
    return Standing(
        party,
        year,
        {
            "vs_1990": percent(emissions, base.get(1990)),
            "vs_2005": percent(emissions, then),
            "vs_reference": percent(emissions, reference),
            "per_head": emissions / population,
            "intensity": emissions / gdp,
            "intensity_change": percent(emissions / gdp, earlier),
            "cumulative_per_head": cumulative / population,
            "cost": cost,
        },
    )


def intensity_to_level(base_level: float, cut: float, growth: float) -> float:
    """Return what is left after cutting CO2 per GDP by ``cut`` (share) while GDP grows.

    ``E = E_base (1 - r) Y/Y_base``; nothing is gained before ``growth`` reaches ``1 / (1 - r)``.
    """
    if not 0 <= cut <= 1 or growth <= 0:
        raise InputError(f"a cut of {cut:g} and growth by {growth:g}: give a share and a factor")
    return base_level * (1.0 - cut) * growth


def ranks(rows: Mapping[str, Standing], axis: str) -> dict[str, int]:
    """Return party to rank on an axis, 1 for the lowest; parties without a value are left out."""
    known = {code: value for code, row in rows.items() if (value := row.values[axis]) is not None}
    order = sorted(known, key=lambda code: (known[code], code))
    return {code: place for place, code in enumerate(order, start=1)}

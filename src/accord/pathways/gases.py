"""The gases of a party: which a target covers, and how a total is shared among them.

A total is shared by one number: every covered gas moves the same fraction of its way from where it
stands to its floor, the least that the strongest published scenario leaves of it. Below the sum of
the floors only CO2 goes on, below zero if it must: that is what makes net zero of all gases net
negative in CO2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.language.target import Pledge
from accord.parties.gwp import F_GASES_FROM_AR5, GWP

Array: TypeAlias = npt.NDArray[np.float64]

GASES = ("CO2 fossil", "CO2 land", "CH4", "N2O", "F-gases")
UNITS: Mapping[str, str] = {
    "CO2 fossil": "MtCO2",
    "CO2 land": "MtCO2",
    "CH4": "MtCH4",
    "N2O": "MtN2O",
    "F-gases": "MtCO2e",
}
FOSSIL, LAND, CH4, N2O, FGASES = range(5)

FLOOR = {"CO2 fossil": 0.0, "CH4": 0.40, "N2O": 0.70, "F-gases": 0.10}
"""Floor of each gas as a share of its last observed level: SSP1-1.9 leaves in 2060-2100 some
30-45 % of the CH4 and 75 % of the N2O of 2015, and about a tenth of the F-gases (RCMIP 5.1.0)."""
LAND_FLOOR = 0.25
"""Land may become a sink of this share of its last absolute level, on top of a present sink."""
COUPLING = {"CH4": 0.35, "N2O": 0.1}
"""What a CO2-only target takes along: the share of CH4 that comes from fossil fuels (Saunois et al.
2020: about 35 %) and of N2O from combustion and industry (about a tenth)."""


def weights(gwp: str) -> Array:
    """Return MtCO2e per native unit of each gas ``(gas,)``; F-gases are carried in MtCO2e AR5."""
    weight: Array = np.array([1.0, 1.0, GWP[gwp]["CH4"], GWP[gwp]["N2O"], F_GASES_FROM_AR5[gwp]])
    return weight


def cover(gas: str, land: bool) -> tuple[int, ...]:
    """Return the indices of the gases that ``gas`` stands for, with or without land use."""
    match gas:
        case "GHG":
            return (FOSSIL, LAND, CH4, N2O, FGASES) if land else (FOSSIL, CH4, N2O, FGASES)
        case "CO2":
            return (FOSSIL, LAND) if land else (FOSSIL,)
        case _:
            return (GASES.index(gas),)


def coverage(pledge: Pledge, gas: str, *, neutrality: bool = False) -> tuple[int, ...]:
    """Return the gases a pledge covers, as indices into ``GASES``.

    Where the words do not say, a reduction leaves land use out and neutrality takes it in: without
    a sink nothing that emits can be neutral.
    """
    land = pledge.lulucf == "including" if pledge.lulucf is not None else neutrality
    return cover(gas, land)


def floors(last: Array, now: Array) -> Array:
    """Return the floor of each gas, never above where it stands.

    Parameters
    ----------
    last
        Last observed emissions ``(gas,)``, MtCO2e.
    now
        Emissions to start from ``(gas, draw, year)``, MtCO2e.
    """
    floor = np.array([FLOOR.get(gas, 0.0) for gas in GASES]) * np.maximum(last, 0.0)
    floor[LAND] = min(last[LAND], 0.0) - LAND_FLOOR * abs(last[LAND])
    lowest: Array = np.minimum(floor[:, None, None], now)
    return lowest


def share(now: Array, floor: Array, total: Array, gases: Sequence[int]) -> tuple[Array, Array]:
    """Share a total among gases.

    Parameters
    ----------
    now, floor
        Where each gas stands and how far it can fall ``(gas, draw, year)``, MtCO2e.
    total
        What the covered gases must add up to ``(draw, year)``.
    gases
        The covered gases.

    Returns
    -------
    emissions : (len(gases), draw, year)
    fraction : (draw, year)
        How far of its way to the floor each gas went, at most 1; negative where it rose.
    """
    index = list(gases)
    present, lowest = now[index], floor[index]
    room = present - lowest
    span = room.sum(axis=0)
    gap = present.sum(axis=0) - total
    fraction = np.minimum(gap / np.maximum(span, 1e-9), 1.0)
    # a rise with hardly any room to scale is put on the first gas below, not blown up
    fraction = np.maximum(fraction, -10.0)
    emissions = present - fraction * room
    emissions[0] += total - emissions.sum(axis=0)
    return emissions, fraction

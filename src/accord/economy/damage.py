"""What warming costs: published damage functions, as shares of GDP.

All have the form ``D = l T + q T^2`` with ``T`` in °C above 1850-1900 (the papers: preindustrial).
They disagree by a factor of four at 2 °C and more beyond, and none is of a party: all but RICE-2010
were made for the world and are applied to every party's GDP alike, which understates what hot, poor
and low-lying countries lose. So every result names its function, and several are shown.

Sources
-------
- ``DICE-2016R2``: Nordhaus 2018, American Economic Journal: Economic Policy 10(3), 333-360;
  0.236 % per °C².
- ``DICE-2023``: Barrage & Nordhaus 2024, PNAS 121(13); 0.3467 % per °C².
- ``Howard-Sterner 2017``: Environmental and Resource Economics 68, 197-225, table 2, column 3:
  0.5954 % per °C² of damages without catastrophes, times 1.25 for what is left out (0.744 %).
- ``Howard-Sterner 2017 with catastrophes``: the same plus 0.2599 % per °C² (1.004 %).
- ``RICE-2010``: Nordhaus 2010, PNAS 107(26), by region, without sea level.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from accord.economy.region import region, rows_of
from accord.errors import UnknownNameError

Array = npt.NDArray[np.float64]

WORLDWIDE = {
    "DICE-2016R2": 0.236,
    "DICE-2023": 0.3467,
    "Howard-Sterner 2017": 1.25 * 0.595382733860703,
    "Howard-Sterner 2017 with catastrophes": 1.25 * 0.595382733860703 + 0.259851128136597,
}
"""Per cent of GDP per °C²."""
FUNCTIONS = (*WORLDWIDE, "RICE-2010")


def coefficients(parties: Sequence[str], function: str = "DICE-2023") -> tuple[Array, Array]:
    """Return ``l`` (share of GDP per °C) and ``q`` (per °C²), each of shape ``(party,)``.

    A code without a region (bunkers, groups) has no damages under ``RICE-2010``.

    Raises
    ------
    UnknownNameError
        For another function.
    """
    if function not in FUNCTIONS:
        raise UnknownNameError("damage function", function, FUNCTIONS)
    if function != "RICE-2010":
        quadratic = np.full(len(parties), WORLDWIDE[function] / 100.0)
        return np.zeros(len(parties)), quadratic
    rice = {row["region"]: (float(row["a1"]), float(row["a2"])) for row in rows_of("rice-2010.csv")}
    found = np.zeros((len(parties), 2))
    for row, party in enumerate(parties):
        try:
            found[row] = rice[region(party)]
        except UnknownNameError:
            continue
    return found[:, 0] / 100.0, found[:, 1] / 100.0


def damage_share(warming: npt.ArrayLike, party: str = "WLD", function: str = "DICE-2023") -> Array:
    """Return the share of GDP lost at ``warming`` (°C above 1850-1900), at most 1.

    Raises
    ------
    UnknownNameError
        For another function.
    """
    linear, quadratic = coefficients((party,), function)
    t = np.asarray(warming, dtype=np.float64)
    return np.asarray(np.clip(linear[0] * t + quadratic[0] * t**2, 0.0, 1.0))

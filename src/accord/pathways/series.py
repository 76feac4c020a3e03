"""GDP ratios on the series that a commitment pins.

The series decides the verdict on an intensity target.

China's CO2 per GDP fell by 44 % from 2005 to 2020 with the World Bank's PPP series, by 34 % with
Maddison's and by 48.4 % officially. Never mix two series within one ratio; beyond its last year a
series is carried on with the growth of the projection.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.errors import AccordError
from accord.parties import tables
from accord.pathways.economy import END
from accord.pathways.history import LAST, START, rows

Array: TypeAlias = npt.NDArray[np.float64]

NAMES = {
    "gdp_ppp": "World Bank PPP GDP",
    "gdp_maddison": "Maddison GDP",
}


@lru_cache(maxsize=64)
def _observed(series: str, code: str) -> Array | None:
    try:
        table = tables.history(series)
    except AccordError:
        return None
    row = rows(table, (code,), START, LAST)[0]
    return None if np.isnan(row).all() else row


def ratio_of_gdp(
    series: str | None, code: str, gdp: Array, base: int, year: int
) -> tuple[Array, str]:
    """Return Y(year) / Y(base) by draw ``(draw,)`` and the name of the series that gave it.

    Parameters
    ----------
    series
        Table the commitment pins; ``None`` or an unknown one falls back on ``gdp_ppp``, and the
        name returned says so.
    code
        The party.
    gdp
        Its GDP on ``gdp_ppp`` from START to 2100 ``(draw, year)``.
    base, year
        Base and target year.
    """
    year = min(year, END)
    default = gdp[:, year - START] / gdp[:, base - START]
    if series in {None, "gdp_ppp"}:
        return default, NAMES["gdp_ppp"]
    observed = _observed(str(series), code)
    if observed is None or np.isnan(observed[base - START]):
        return default, f"{NAMES['gdp_ppp']}; {series} is not at hand"
    seen = np.nonzero(~np.isnan(observed))[0]
    link = min(year - START, int(seen[-1]))
    past = observed[link] / observed[base - START]
    return past * gdp[:, year - START] / gdp[:, link], NAMES.get(str(series), str(series))

"""Observed emissions of every party as one block of arrays, filled to the last year.

Where a table ends a year or two early, its last value is carried on (land use: the mean of the last
five years, which a single fire season cannot move). Where a party has no figure at all it counts
as zero.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.parties import tables
from accord.pathways.gases import GASES, LAND

Array: TypeAlias = npt.NDArray[np.float64]

START, LAST = 1970, 2024
"""First and last year of the block; no base year of a pledge lies before 1970."""
VARIABLES = ("co2_fossil", "co2_land", "ch4", "n2o", "f_gases")
LAND_MEAN = 5
"""Years over which land-use emissions are averaged."""


def rows(table: tables.Table, codes: tuple[str, ...], first: int, last: int) -> Array:
    """Return a table's values ``(party, year)`` for years first..last; NaN where missing."""
    block = np.full((len(codes), last - first + 1), np.nan)
    where = {code: i for i, code in enumerate(table.parties)}
    start, end = max(first, int(table.years[0])), min(last, int(table.years[-1]))
    found = [(i, where[code]) for i, code in enumerate(codes) if code in where]
    if found and start <= end:
        into, source = np.array(found).T
        own = table.values[source, start - int(table.years[0]) : end + 1 - int(table.years[0])]
        block[into, start - first : end + 1 - first] = own
    return block


def carried(block: Array, mean_of: int = 1) -> Array:
    """Carry the last observed value of each row on to the end (or the mean of the last few)."""
    filled = block.copy()
    for row in filled:  # a view: each row is filled in place
        seen = np.nonzero(~np.isnan(row))[0]
        if seen.size and seen[-1] + 1 < row.size:
            row[seen[-1] + 1 :] = np.nanmean(row[max(0, seen[-1] + 1 - mean_of) : seen[-1] + 1])
    return filled


@lru_cache(maxsize=4)
def emissions(codes: tuple[str, ...]) -> Array:
    """Return observed emissions ``(gas, party, year)``, years START..LAST, native units."""
    block = np.empty((len(GASES), len(codes), LAST - START + 1))
    for i, variable in enumerate(VARIABLES):
        raw = rows(tables.history(variable), codes, START, LAST)
        block[i] = np.nan_to_num(carried(raw, LAND_MEAN if i == LAND else 1))
    block.flags.writeable = False
    return block

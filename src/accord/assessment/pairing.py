"""Draws of the world's emissions meet members of the climate ensemble."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def pair(members: int, draws: int) -> npt.NDArray[np.int64]:
    """Give every ensemble member one draw of the world's emissions, each draw equally often.

    Draws are spread evenly over the members in their shipped order, which is unrelated to warming,
    by steps of the golden ratio, so that no draw meets only warm or only cool members.
    """
    if draws <= 1:
        return np.zeros(members, dtype=np.int64)
    golden = (np.arange(members) * 0.6180339887498949) % 1.0
    return np.asarray(1 + np.floor(golden * (draws - 1)), dtype=np.int64)

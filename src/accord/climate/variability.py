"""Annual variability on request: red noise of each member, drawn at run time, the same everywhere.

The disturbances are those of Cummins et al. 2020, https://doi.org/10.1175/JCLI-D-19-0589.1. They
come from a counter-based generator (Philox) whose key is the member's seed and whose counter is the
year, so that a member's weather does not depend on which other members, scenarios or years run
beside it, nor on the platform's linear algebra.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble
    from accord.climate.state import State

#: What is added to the stated convention.
VARIABLE = "with annual variability"
#: Years of noise that run before a state, so that it starts with the variance of a long record.
SETTLING = 250
_ZERO_YEAR = 1000  # counter 0; earlier years have no noise


def standard_normals(
    ensemble: Ensemble, variability: int, first_year: int, years: int
) -> FloatArray:
    """Return independent standard normal numbers, shape (year, 4, member).

    One Philox block (four 64-bit words) is one year: two Box-Muller pairs.
    """
    words = np.empty((ensemble.size, years, 4), dtype=np.uint64)
    counter = np.array([first_year - _ZERO_YEAR, 0, 0, variability], dtype=np.uint64)
    for member, seed in enumerate(ensemble.seed):
        key = np.array([seed, 0], dtype=np.uint64)
        bits = np.random.Philox(counter=counter, key=key)
        words[member] = bits.random_raw(4 * years).reshape(years, 4)
    uniform = (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
    radius = np.sqrt(-2.0 * np.log1p(-uniform[..., 0::2]))  # 1 - u lies in (0, 1]
    angle = 2.0 * np.pi * uniform[..., 1::2]
    pairs = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    return np.ascontiguousarray(pairs.transpose(1, 2, 0))


def disturbances(ensemble: Ensemble, variability: int, first_year: int, years: int) -> FloatArray:
    """Return each year's noise of forcing state and layers, W m-2 and K, (year, 4, member)."""
    normals = standard_normals(ensemble, variability, first_year, years)
    result: FloatArray = np.einsum("ijm,yjm->yim", ensemble.propagators.noise, normals)
    return result


def settled(ensemble: Ensemble, state: State, variability: int) -> State:
    """Return the state with the noise of the years before it added to the energy balance.

    The noise is carried through the (linear) energy balance alone; what it would have done to the
    carbon cycle is neglected.
    """
    from dataclasses import replace

    p = ensemble.propagators
    noise = disturbances(ensemble, variability, state.year - SETTLING, SETTLING)
    red = np.zeros(ensemble.size)
    layers = np.zeros((3, ensemble.size))
    for year in noise:
        layers = p.step[0] * red + np.einsum("jlm,jm->lm", p.step[1:], layers) + year[1:]
        red = p.decay * red + year[0]
    return replace(state, red_noise=state.red_noise + red, temperatures=state.temperatures + layers)

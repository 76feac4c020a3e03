"""The pool: prior members whose CO2 is solved for and whose surface record is right.

Filtering on the observed CO2 concentration would leave four members in a hundred. Instead each
member gets its own target concentration and the one carbon-cycle number r0 that meets it: a
regression on a pilot run starts it, two corrections follow for members that pass the temperature
test. The prior density of the solved r0 is the member's first weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .history import Record, diagnose
from .prior import Draws, as_ensemble, log_density_r0
from .targets import CO2_TARGET, RMSE_LIMIT

F64 = npt.NDArray[np.float64]

PPM_PER_R0 = 2.85  # slope of the 2022 concentration by r0; nearly the same for all members
RMSE_MARGIN = 0.005  # K; the corrections of r0 move the temperature a little
BATCH = 2000  # members a run: what fits the processor's cache
PREDICTORS = (
    *("r_u", "r_t", "r_a", "baseline_co2", "scale_co2", "aci_mean"),
    *("ari_Sulfur", "ari_BC", "log_k1", "log_k2", "log_c3"),
)


@dataclass(frozen=True)
class CarbonGuess:
    """A quadratic regression of r0 on the concentration it leads to and the other numbers."""

    centre: F64
    spread: F64
    coefficients: F64
    residual: float

    @classmethod
    def fit(cls, draws: Draws, co2: F64) -> CarbonGuess:
        """Fit to a pilot whose r0 was drawn from the prior; ``co2`` is its 2022 concentration."""
        raw = _predictors(draws, co2)
        centre, spread = raw.mean(axis=0), raw.std(axis=0)
        design = _quadratic((raw - centre) / spread)
        coefficients, *_ = np.linalg.lstsq(design, draws["r0"], rcond=None)
        residual = float(np.std(draws["r0"] - design @ coefficients))
        return cls(centre, spread, coefficients, residual)

    def __call__(self, draws: Draws, co2: F64) -> F64:
        """Return the r0 with which these draws should reach ``co2``, shape ``(member,)``."""
        scaled = (_predictors(draws, co2) - self.centre) / self.spread
        result: F64 = _quadratic(scaled) @ self.coefficients
        return result


def _predictors(draws: Draws, co2: F64) -> F64:
    logs = {f"log_{name}": np.log(draws[name]) for name in ("k1", "k2", "c3")}
    return np.stack([co2, *(logs.get(name, draws.get(name)) for name in PREDICTORS)], axis=1)


def _quadratic(scaled: F64) -> F64:
    size, count = scaled.shape
    first, second = np.triu_indices(count)
    return np.concatenate(
        [np.ones((size, 1)), scaled, scaled[:, first] * scaled[:, second]], axis=1
    )


def run_batches(draws: Draws, record: Record) -> dict[str, F64]:
    """Run the history for all draws in cache-sized batches and return their diagnostics."""
    size = len(draws["gamma"])
    parts = []
    for start in range(0, size, BATCH):
        ensemble = as_ensemble(pick(draws, slice(start, start + BATCH)))
        parts.append(diagnose(ensemble, record))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def pick(arrays: Mapping[str, F64], where: slice | npt.NDArray[np.generic]) -> dict[str, F64]:
    """Return the same members of every array."""
    return {name: array[where] for name, array in arrays.items()}


def survivors(
    draws: Draws, guess: CarbonGuess, record: Record, rng: np.random.Generator
) -> tuple[Draws, dict[str, F64]]:
    """Solve r0, run, keep: return the prior draws that pass and their diagnostics.

    The r0 of ``draws`` is replaced. The diagnostics carry ``log_weight``, the log prior density
    of the solved r0 given the member's other carbon numbers.
    """
    wanted = rng.normal(*CO2_TARGET, len(draws["r0"]))
    draws = {**draws, "r0": guess(draws, wanted)}
    found = run_batches(draws, record)
    near = found["rmse"] <= RMSE_LIMIT + RMSE_MARGIN
    draws, found, wanted = pick(draws, near), pick(found, near), wanted[near]
    for _ in range(2):
        draws["r0"] = draws["r0"] - (found["co2_2022"] - wanted) / PPM_PER_R0
        found = run_batches(draws, record)
    found["log_weight"] = log_density_r0(draws)
    kept = found["rmse"] <= RMSE_LIMIT
    return pick(draws, kept), pick(found, kept)


def save(path: Path, draws: Draws, found: Mapping[str, F64]) -> None:
    """Keep one chunk of the pool; written beside and moved, so that a stop leaves no half."""
    beside = path.with_suffix(".part.npz")
    np.savez(
        beside,
        **{f"draw:{name}": array for name, array in draws.items()},
        **{f"found:{name}": array for name, array in found.items()},
    )
    beside.replace(path)


def load(paths: list[Path]) -> tuple[Draws, dict[str, F64]]:
    """Read chunks back as one pool."""
    parts = [dict(np.load(path)) for path in paths]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    draws = {name[5:]: array for name, array in whole.items() if name.startswith("draw:")}
    found = {name[6:]: array for name, array in whole.items() if name.startswith("found:")}
    return draws, found

"""Write what the product carries: members, kept states, warming to date."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from accord.climate.ensemble import bundle_path
from accord.climate.state import rounded, save_bundle

from .history import DATA, START, Record, run, surface_warming
from .prior import Draws, as_ensemble

KEPT_YEARS = (1992, 2025)
PERCENTILES = (5, 17, 50, 83, 95)
HISTORY = """\
# Modelled warming to date, K: annual mean surface temperature above 1850-1900, forced response,
# percentiles over the 841 members of ensemble.npz; observed: IGCC 2024 (CC BY 4.0).
# Built by tools/calibrate.
"""


def ship(draws: Draws, nested: npt.NDArray[np.int64], record: Record, edition: str) -> None:
    """Round the chosen members, spin them up with the rounded numbers, write the files."""
    from accord.climate.history import spin_up

    ensemble = rounded(as_ensemble(draws, edition=edition))
    states = []
    for year in KEPT_YEARS:
        years = year - START
        history = {name: path[:years] for name, path in record.emissions.items()}
        state, _ = spin_up(
            ensemble,
            history,
            record.solar[:years],
            record.volcanic[:years],
            np.arange(START, year),
        )
        states.append(state)
    save_bundle(bundle_path(), ensemble, states, nested={len(nested): nested})

    warming = surface_warming(run(ensemble, record.shared))
    table = np.percentile(warming, PERCENTILES, axis=1).T
    with (DATA / "warming_history.csv").open("w", newline="") as out:
        out.write(HISTORY + "year,p05,p17,p50,p83,p95,observed\n")
        for year in range(1850, START + len(warming)):
            cells = ",".join(f"{value:.4f}" for value in table[year - START])
            out.write(f"{year},{cells},{record.gmst[year]:.3f}\n")

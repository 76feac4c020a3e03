"""Is Accord's engine the reference's, member by member? All members, all published scenarios.

    python benchmarks/equality.py FOLDER [SCENARIO …]

FOLDER holds the published calibration 1.4.1 and the scenario files. Both engines run without
noise from 1750 to 2100; printed is the largest difference over all members and years, and for the
surface temperature beside it the same for a continuation from a state kept at the start of 2025.
"""

from __future__ import annotations

import gc
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from accord import climate
from reference import ensemble, inputs, reference, scenarios

KEPT = 2025
LIMIT_K = 1e-6


def main(folder: Path, chosen: list[str]) -> int:
    members = ensemble(folder)
    print(f"fair {version('fair')}, numpy {np.__version__}, {members.size} members, 1750-2100")
    print(f"{'scenario':18} {'|dT| K':>9} {'continued':>9} {'CO2 ppm':>9} {'CH4 ppb':>9}  s fair")
    worst = 0.0
    for name, source in scenarios(folder).items():
        if chosen and name not in chosen:
            continue
        model = reference(folder, [name], source)
        start = time.perf_counter()
        model.run(progress=False)
        seconds = time.perf_counter() - start
        surface = model.temperature.to_numpy()[1:, 0, :, 0]
        gases = {g: model.concentration.sel(specie=g).to_numpy()[1:, 0] for g in ("CO2", "CH4")}
        del model
        gc.collect()

        emissions, solar, volcanic, years = inputs(folder, name, source)
        turns = list(years + 1)
        _, ours = climate.spin_up(
            members,
            emissions,
            solar,
            volcanic,
            years,
            record={"surface": turns, "co2": turns, "ch4": turns},
        )
        split = KEPT - int(years[0])
        state, _ = climate.spin_up(
            members,
            {s: path[:split] for s, path in emissions.items()},
            solar[:split],
            volcanic[:split],
            years[:split],
        )
        ahead = climate.project(
            members,
            {s: path[split:] for s, path in emissions.items()},
            state=state,
            solar=solar[split:],
            volcanic=volcanic[split:],
        )
        turn = surface[50 + 49 : 50 + 49 + 52]  # the starts of 1850 to 1901
        base = (turn[1:-1].sum(axis=0) + (turn[0] + turn[-1]) / 2) / 51
        annual = (surface[split - 1 : -1] + surface[split:]) / 2 - base
        differences = [
            np.abs(ours["surface"] - surface).max(),
            np.abs(ahead.annual[0] - annual).max(),
            np.abs(ours["co2"] - gases["CO2"]).max(),
            np.abs(ours["ch4"] - gases["CH4"]).max(),
        ]
        worst = max(worst, *differences[:2])
        cells = " ".join(f"{difference:9.1e}" for difference in differences)
        print(f"{name:18} {cells}  {seconds:6.1f}", flush=True)
    verdict = "equal" if worst <= LIMIT_K else "NOT equal"
    print(f"largest temperature difference {worst:.1e} K: {verdict} within {LIMIT_K:.0e} K")
    return 0 if worst <= LIMIT_K else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

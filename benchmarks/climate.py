"""How fast is a deal? Accord's climate engine beside the reference, interleaved in one run.

    python benchmarks/climate.py FOLDER [--rounds 5]

FOLDER holds the published calibration 1.4.1 and the scenario files. Both engines run the same 841
members on the same scenario; every round runs each task once, medians are printed. Both are warm:
ensembles loaded, matrices that Accord caches built, files read.

Tasks of the reference: ``run()`` of one scenario 1750-2100 (deterministic, and as published with
noise); the same without the time it takes to build its energy-balance matrices ("loop"); and its
own restart, a run of 2025-2100 from its own state at 2025.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from accord import climate
from reference import ensemble, inputs, reference, scenarios

SCENARIO = "ssp245"
START, FIRST = 2025, 1750
BATCH = 20
PERCENTILES = (5, 17, 50, 83, 95)


def restarted(folder: Path, whole: Any) -> Any:
    """Return the reference ready to run from its own state at START."""
    from fair.interface import initialise

    source = scenarios(folder)[SCENARIO]
    model = reference(folder, [SCENARIO], source, own_reader=False, begin=START)
    at = START - FIRST
    for name in (
        "concentration",
        "forcing",
        "temperature",
        "cumulative_emissions",
        "airborne_emissions",
        "ocean_heat_content_change",
    ):
        quantity = getattr(model, name)
        initialise(quantity, getattr(whole, name).isel(timebounds=at, drop=True))
    model.gas_partitions = whole.partitions_at_start.copy()
    return model


def timed(task: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def run_of(model: Any, record: dict[str, float], key: str) -> None:
    """Run the reference, keeping apart the time of its energy-balance matrices."""
    build = model._make_ebms
    spent = 0.0

    def measured() -> None:
        nonlocal spent
        start = time.perf_counter()
        build()
        spent = time.perf_counter() - start

    model._make_ebms = measured
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.run(progress=False)
    whole = time.perf_counter() - start
    model._make_ebms = build
    record[f"{key}: run()"] = whole
    record[f"{key}: loop"] = whole - spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folder: Path = options.folder

    members = ensemble(folder)
    fewer = members.take(slice(0, 400))
    source = scenarios(folder)[SCENARIO]
    emissions, solar, volcanic, years = inputs(folder, SCENARIO, source)
    split = START - FIRST
    past = {name: path[:split] for name, path in emissions.items()}
    future = {name: path[split:] for name, path in emissions.items()}
    changed = ("CO2 FFI", "CO2 AFOLU", "CH4", "N2O", "Sulfur", "BC", "OC", "NH3", "NOx", "VOC")
    changed += ("CO", "HFC-134a", "SF6")
    factors = np.linspace(0.3, 1.3, BATCH)[:, None]
    deals = {name: path * factors if name in changed else path for name, path in future.items()}
    state, _ = climate.spin_up(members, past, solar[:split], volcanic[:split], years[:split])
    fewer_state = state.take(slice(0, 400))
    natural = {"solar": solar[split:], "volcanic": volcanic[split:]}
    own = np.arange(members.size) % BATCH

    def deal() -> None:
        climate.project(members, future, state=state, **natural).percentiles(PERCENTILES)

    def deal_of_400() -> None:
        climate.project(fewer, future, state=fewer_state, **natural).percentiles(PERCENTILES)

    def batch() -> None:
        climate.project(members, deals, state=state, **natural).percentiles(PERCENTILES)

    def paired() -> None:
        climate.project(members, deals, state=state, scenario_of_member=own, **natural).percentiles(
            PERCENTILES
        )

    def whole_period() -> None:
        climate.spin_up(
            members, emissions, solar, volcanic, years, record={"gmst": list(years[100:])}
        )

    ours = {
        "deal 2025-2100": (deal, 1),
        "deal 2025-2100, 400 members": (deal_of_400, 1),
        f"deal of a batch of {BATCH}": (batch, BATCH),
        f"{BATCH} deals paired with members": (paired, 1),
        "1750-2100": (whole_period, 1),
    }
    for task, _ in ours.values():
        task()

    plain = reference(folder, [SCENARIO], source, own_reader=False)
    noisy = reference(folder, [SCENARIO], source, own_reader=False, stochastic=True)
    kept_pools(folder, source, plain)
    rounds: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        figures: dict[str, float] = {}
        fresh(plain)
        run_of(plain, figures, "reference 1750-2100")
        fresh(noisy)
        run_of(noisy, figures, "reference 1750-2100 with noise")
        run_of(restarted(folder, plain), figures, "reference restart 2025-2100")
        for name, (task, many) in ours.items():
            figures[name] = statistics.median(timed(task) for _ in range(5)) / many
        for name, seconds in figures.items():
            rounds.setdefault(name, []).append(seconds)

    medians = {name: statistics.median(values) for name, values in rounds.items()}
    print(
        f"accord {version('accord')}, fair {version('fair')}, numpy {np.__version__}, "
        f"python {platform.python_version()}, {members.size} members, {SCENARIO}, "
        f"{options.rounds} interleaved rounds"
    )
    for name, seconds in medians.items():
        low, high = min(rounds[name]) * 1e3, max(rounds[name]) * 1e3
        print(f"{name:42} {seconds * 1e3:10.2f} ms   ({low:.2f}-{high:.2f})")
    base = "reference 1750-2100"
    bars = (
        ("run()", f"{base}: run()"),
        ("run() with noise", f"{base} with noise: run()"),
        ("its loop", f"{base}: loop"),
        ("its restart", "reference restart 2025-2100: run()"),
        ("restart's loop", "reference restart 2025-2100: loop"),
    )
    print(f"\n{'times faster than the reference:':42} " + " ".join(f"{b:>16}" for b, _ in bars))
    for name in ours:
        if "400" in name:
            continue
        cells = " ".join(f"{medians[key] / medians[name]:16.0f}" for _, key in bars)
        print(f"{name:42} {cells}")
    share = medians["1750-2100"] / medians["deal 2025-2100"]
    print(
        f"\nOf the ratio of a deal to run(), a factor {share:.1f} comes from history that is run "
        "once and kept; the rest is the engine."
    )


def kept_pools(folder: Path, source: Any, model: Any) -> None:
    """Run the reference to START once, for the carbon pools that its restart needs."""
    short = reference(folder, [SCENARIO], source, own_reader=False, end=START)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        short.run(progress=False)
    model.partitions_at_start = short.gas_partitions


def fresh(model: Any) -> None:
    """Put a model that has run back to its start."""
    model.gas_partitions.data[:] = 0


if __name__ == "__main__":
    main()

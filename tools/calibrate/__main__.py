"""The whole calibration, from prior to page; an interrupted run goes on from its chunks."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import pool
from .constrain import cap, effective_size, first_weights, rake
from .futures import TRAINING, UNSEEN, period_means, read_scenarios, splice
from .history import Record, load_record
from .prior import as_ensemble, draw, energy_balance_prior
from .select import choose
from .ship import ship
from .targets import TARGETS

F64 = npt.NDArray[np.float64]

SEED = 20261121
CHUNK = 20_000
PILOT = 12_000
MEMBERS, NESTED = 841, 400
SWAPS = 100_000


def main() -> None:
    """Calibrate, choose, ship, report."""
    parser = argparse.ArgumentParser(prog="python -m tools.calibrate", description=__doc__)
    parser.add_argument("upstream", type=Path, help="folder with data/")
    parser.add_argument("--members", type=int, default=1_000_000, help="prior members")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--work", type=Path, default=Path("build/calibration"))
    parser.add_argument(
        "--history", help="calibrate on this scenario's own history (implies --no-ship)"
    )
    parser.add_argument("--no-ship", action="store_true", help="leave the package as it is")
    asked = parser.parse_args()
    work: Path = asked.work
    work.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()

    def say(text: str) -> None:
        print(f"{time.perf_counter() - began:7.1f} s  {text}", flush=True)

    scenarios = read_scenarios(asked.upstream)
    record = load_record()
    if asked.history:
        record = record.with_emissions(scenarios[asked.history])
    chunks = draw_pool(asked.upstream, record, work, asked.members, asked.seed)
    draws, found = pool.load(chunks)
    say(f"{len(found['rmse'])} of {asked.members} prior members pass the surface record")

    weights = weigh(found)
    say(f"effective size {effective_size(weights):.0f} after capping")
    kept = weights > 0
    draws, found, weights = pool.pick(draws, kept), pool.pick(found, kept), weights[kept]

    paths = [splice(record.emissions, scenarios[name]) for name in (*TRAINING, *UNSEEN)]
    futures = period_means(as_ensemble(draws), paths, record)
    say(f"{len(weights)} weighted members run through {len(paths)} scenarios")

    rng = np.random.default_rng((asked.seed, 3))
    measures = [*futures[: len(TRAINING)].reshape(-1, len(weights))]
    measures += [found[target.name] for target in TARGETS] + [found["co2_1980"]]
    columns = np.stack(measures, axis=1)
    chosen = choose(columns, weights, MEMBERS, rng, proposals=SWAPS)
    nested = choose(
        columns[chosen],
        np.ones(MEMBERS),
        NESTED,
        rng,
        proposals=SWAPS,
        like=(columns, weights),
    )
    say(f"{MEMBERS} members and {NESTED} nested in them chosen")
    np.savez(
        work / "pool.npz",
        weights=weights,
        futures=futures,
        chosen=chosen,
        nested=nested,
        **{f"found:{name}": values for name, values in found.items()},
    )
    if not (asked.no_ship or asked.history):
        edition = f"Accord 2026.11, seed {asked.seed}, {asked.members:,} prior members"
        ship(pool.pick(draws, chosen), nested, record, edition)
        say("shipped; python -m tools.calibrate.report writes the page")


def draw_pool(upstream: Path, record: Record, work: Path, members: int, seed: int) -> list[Path]:
    """Draw the pool in chunks, each kept on disk, and return where they are."""
    drivers = record.drivers()
    ebm = energy_balance_prior(upstream / "data" / "fair" / "cmip6_ebm3_fits_cummins.csv")
    pilot = draw(PILOT, np.random.default_rng((seed, 1)), ebm, drivers)
    seen = pool.run_batches(pilot, record)
    pool.save(work / "pilot.npz", pilot, seen)
    guess = pool.CarbonGuess.fit(pilot, seen["co2_2022"])
    chunks = []
    for number in range(-(-members // CHUNK)):
        path = work / f"seed{seed}_chunk{number:04d}.npz"
        if not path.exists():
            rng = np.random.default_rng((seed, 2, number))
            fresh = draw(CHUNK, rng, ebm, drivers)
            pool.save(path, *pool.survivors(fresh, guess, record, rng))
        chunks.append(path)
    return chunks


def weigh(found: dict[str, F64]) -> F64:
    """Return capped weights that meet all targets, zero for members outside one."""
    return cap(rake(found, TARGETS, first_weights(found)), MEMBERS)


if __name__ == "__main__":
    main()

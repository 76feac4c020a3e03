"""Fill the tables of docs/ensemble.md and draw its plots from the files that ship.

``python -m tools.calibrate.report UPSTREAM [--work FOLDER] [--other TITLE=FOLDER]``. The prose of
the page is written by hand; tables stand between ``<!-- table NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.climate.ensemble import Ensemble

from . import plots
from .constrain import cap, first_weights, rake, weighted_percentiles
from .futures import (
    AR6_CO2_2100,
    AR6_WARMING,
    ASSESSED,
    PERIODS,
    SSPS,
    TRAINING,
    UNSEEN,
    Emissions,
    carbon_response,
    co2_in_2100,
    period_means,
    read_scenarios,
    splice,
    with_concentration,
)
from .history import (
    CO2_YEARS,
    START,
    Record,
    diagnose,
    load_record,
    run,
    shared_drivers,
    surface_warming,
)
from .pool import load
from .targets import PERCENTILES, TARGETS

F64 = npt.NDArray[np.float64]

PAGE = Path(__file__).parents[2] / "docs" / "ensemble.md"
FIVE, THREE = (5, 17, 50, 83, 95), (5, 50, 95)
DIGITS = {"heat_1971_2020": 0, "heat_1971_2018": 0, "co2_2022": 1, "ch4_2019": 0}

# What was not used to choose members: title, unit, observed or assessed 5-50-95 %, source.
CHECKS: Mapping[str, tuple[str, str, str]] = {
    "imbalance_2006_2018": ("Energy imbalance 2006-2018, W/m2", "0.52 0.79 1.06", "AR6 ch. 7"),
    "heat_1971_2018": ("Heat uptake 1971-2018, ZJ", "325 435 546", "AR6 ch. 7"),
    "erf_2019": ("Anthropogenic forcing 2019, W/m2", "1.96 2.72 3.48", "AR6 ch. 7"),
    "warming_1995_2014": ("Warming 1995-2014, K", "0.85", "IGCC 2024"),
    "warming_2011_2020": ("Warming 2011-2020, K", "1.10", "IGCC 2024"),
    "warming_2015_2024": ("Warming 2015-2024, K", "1.24", "IGCC 2024"),
    "ch4_2019": ("CH4 2019, ppb", "1866", "IGCC 2024"),
}


def main() -> None:
    """Compute everything anew from the shipped members and write page and plots."""
    parser = argparse.ArgumentParser(prog="python -m tools.calibrate.report", description=__doc__)
    parser.add_argument("upstream", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/calibration"))
    parser.add_argument(
        "--other",
        action="append",
        default=[],
        metavar="TITLE=FOLDER",
        help="another calibration's work folder, for the table of what moves the result",
    )
    asked = parser.parse_args()

    record = load_record()
    members = {size: Ensemble.bundled(size) for size in (841, 400)}
    shipped = {size: diagnose(ensemble, record) for size, ensemble in members.items()}
    published, published_record = published_calibration(asked.upstream, record)
    reference = diagnose(published, published_record)
    pilot = load([asked.work / "pilot.npz"])[1]
    _, found = load(sorted(asked.work.glob("seed*_chunk*.npz")))
    passed = (found, np.exp(found["log_weight"]))
    chosen = dict(np.load(asked.work / "pool.npz"))

    tables = {
        "constraints": constraint_table(pilot, passed, chosen, shipped, reference),
        "checks": check_table(shipped[841], reference),
        "co2": co2_table(shipped[841], record),
        "choice": choice_table(chosen),
        "robustness": robustness_table(chosen, asked.other),
    }
    scenarios = read_scenarios(asked.upstream)
    spliced = [splice(record.emissions, scenarios[name]) for name in SSPS]
    whole = [scenarios[name] for name in SSPS]
    ours = period_means(members[841], spliced, record)
    ours_whole = period_means(members[841], whole, record)
    theirs = period_means(published, whole, published_record)
    raised = [
        with_concentration(members[841], path, record, AR6_CO2_2100[name])[0]
        for name, path in zip(SSPS, spliced, strict=True)
    ]
    at_ar6_co2 = period_means(members[841], raised, record)
    tables["ssp"] = ssp_table(ours, ours_whole, theirs, at_ar6_co2)
    tables["co2_2100"] = co2_2100_table(members[841], published, spliced, whole, record)
    carbon = {
        "Accord": carbon_response(members[841], record),
        "1.4.1": carbon_response(published, published_record),
    }
    tables["carbon"] = carbon_table(carbon)
    warming = surface_warming(run(members[841], record.shared))
    tables["warming"] = warming_table(warming, record)
    fill(tables)

    plots.constraints(pilot, passed, shipped[841])
    plots.warming(warming, record.gmst)
    plots.scenarios(ours, ours_whole, theirs)


def published_calibration(upstream: Path, record: Record) -> tuple[Ensemble, Record]:
    """Return calibration 1.4.1 and the history with its own rounded chemistry."""
    folder = upstream / "data" / "fair"
    ensemble = Ensemble.from_fair_calibration(
        folder / "calibrated_constrained_parameters_calibration1.4.1.csv",
        folder / "species_configs_properties_calibration1.4.1.csv",
    )
    shared = shared_drivers(record.emissions, record.solar, record.volcanic, ensemble.chemistry)
    return ensemble, dataclasses.replace(record, shared=shared)


def cells(values: F64, digits: int = 2) -> str:
    """Return numbers as one table cell, minus zero as zero."""
    return " ".join(f"{round(float(value), digits) + 0.0:.{digits}f}" for value in values)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def constraint_table(
    pilot: Mapping[str, F64],
    passed: tuple[Mapping[str, F64], F64],
    chosen: Mapping[str, F64],
    shipped: Mapping[int, Mapping[str, F64]],
    reference: Mapping[str, F64],
) -> str:
    found, weights = passed
    rows = []
    for target in TARGETS:
        name, digits = target.name, DIGITS.get(target.name, 2)
        rows.append(
            [
                f"{target.title}, {target.unit}",
                cells(np.percentile(pilot[name], FIVE), digits),
                cells(weighted_percentiles(found[name], weights, FIVE), digits),
                f"**{cells(target.percentiles(), digits)}**",
                cells(
                    weighted_percentiles(chosen[f"found:{name}"], chosen["weights"], FIVE), digits
                ),
                f"**{cells(np.percentile(shipped[841][name], FIVE), digits)}**",
                cells(np.percentile(shipped[400][name], FIVE), digits),
                cells(np.percentile(reference[name], FIVE), digits),
            ]
        )
    head = ["5 17 50 83 95 %", "prior", "after the surface record", "target", "weighted pool"]
    return markdown([*head, "shipped 841", "nested 400", "calibration 1.4.1"], rows)


def check_table(ours: Mapping[str, F64], reference: Mapping[str, F64]) -> str:
    rows = []
    for name, (title, known, source) in CHECKS.items():
        digits = DIGITS.get(name, 2)
        rows.append(
            [
                title,
                known,
                source,
                cells(np.percentile(ours[name], THREE), digits),
                cells(np.percentile(reference[name], THREE), digits),
            ]
        )
    return markdown(["5 50 95 %", "known", "source", "shipped 841", "calibration 1.4.1"], rows)


def co2_table(ours: Mapping[str, F64], record: Record) -> str:
    rows = [
        [str(year), f"{record.co2[year]:.1f}", cells(np.percentile(ours[f"co2_{year}"], THREE), 1)]
        for year in CO2_YEARS
    ]
    return markdown(["CO2, ppm", "observed", "shipped 841: 5 50 95 %"], rows)


def choice_table(chosen: Mapping[str, F64]) -> str:
    """Largest change of 5, 50, 95 % of warming against the pool: seen and unseen scenarios."""
    weights, futures = chosen["weights"], chosen["futures"]
    rng = np.random.default_rng(0)
    kinds = {
        "841, optimised": chosen["chosen"],
        "400, nested in them": chosen["chosen"][chosen["nested"]],
        "841, drawn at random by weight": rng.choice(
            len(weights), 841, replace=False, p=weights / weights.sum()
        ),
    }
    parts = {"seen": slice(0, len(TRAINING)), "unseen": slice(len(TRAINING), None)}
    rows = []
    for title, members in kinds.items():
        row = [title]
        for where in parts.values():
            shift = [
                np.abs(
                    np.percentile(values[members], THREE)
                    - weighted_percentiles(values, weights, THREE)
                )
                for values in futures[where].reshape(-1, len(weights))
            ]
            worst = np.max(shift, axis=0)
            row += [f"{worst.max():.3f}", f"{worst[1]:.3f}"]
        rows.append(row)
    names = {"seen": ", ".join(TRAINING), "unseen": ", ".join(UNSEEN)}
    head = ["members"]
    for part in parts:
        head += [f"{part} ({names[part]}), any percentile, K", f"{part}, median, K"]
    return markdown(head, rows)


def robustness_table(chosen: Mapping[str, F64], others: Sequence[str]) -> str:
    found = {name[6:]: array for name, array in chosen.items() if name.startswith("found:")}
    futures = chosen["futures"]
    start = first_weights(found)
    cases: list[tuple[str, F64, F64]] = [("as shipped", futures, chosen["weights"])]
    cases.append(("weights not capped", futures, rake(found, TARGETS, start)))
    for limit in (0.15, 0.13):
        inside = found["rmse"] <= limit
        weights = cap(rake(found, TARGETS, np.where(inside, start, 0.0)), 841)
        cases.append((f"surface record within {limit:.2f} K", futures, weights))
    flat = start / np.exp(found["log_weight"])
    cases.append(("flat prior for r0", futures, cap(rake(found, TARGETS, flat), 841)))
    free = first_weights(found, past_co2=False)
    cases.append(("CO2 of 1980 left free", futures, cap(rake(found, TARGETS, free), 841)))
    for other in others:
        title, folder = other.split("=", 1)
        pool = dict(np.load(Path(folder) / "pool.npz"))
        cases.append((title, pool["futures"], pool["weights"]))
        theirs = {name[6:]: array for name, array in pool.items() if name.startswith("found:")}
        free = cap(rake(theirs, TARGETS, first_weights(theirs, past_co2=False)), 841)
        cases.append((f"{title}, CO2 of 1980 left free", pool["futures"], free))
    last = PERIODS.index((2081, 2100))
    rows = [
        [
            title,
            *(
                cells(weighted_percentiles(values[place, last], weights, THREE))
                for place in range(len(TRAINING))
            ),
        ]
        for title, values, weights in cases
    ]
    return markdown(["2081-2100, K: 5 50 95 %", *TRAINING], rows)


def co2_2100_table(
    ours: Ensemble,
    published: Ensemble,
    spliced: Sequence[Emissions],
    whole: Sequence[Emissions],
    record: Record,
) -> str:
    rows = [
        [
            name,
            cells(np.percentile(co2_in_2100(ours, own, record), THREE), 0),
            f"{np.median(co2_in_2100(ours, full, record)):.0f}",
            f"{np.median(co2_in_2100(published, full, record)):.0f}",
            f"{AR6_CO2_2100[name]:.0f}",
        ]
        for name, own, full in zip(SSPS, spliced, whole, strict=True)
    ]
    head = ["CO2 in 2100, ppm", "Accord, own history: 5 50 95 %", "Accord, RCMIP history: median"]
    return markdown([*head, "1.4.1, RCMIP history: median", "prescribed for AR6"], rows)


def ssp_table(ours: F64, ours_whole: F64, theirs: F64, at_ar6_co2: F64) -> str:
    rows = []
    for place, name in enumerate(SSPS):
        for column, years in enumerate(ASSESSED):
            at = PERIODS.index(years)
            rows.append(
                [
                    name,
                    f"{years[0]}-{years[1]}",
                    cells(np.percentile(ours[place, at], THREE)),
                    cells(np.percentile(ours_whole[place, at], THREE)),
                    cells(np.percentile(theirs[place, at], THREE)),
                    cells(np.percentile(at_ar6_co2[place, at], THREE)),
                    cells(np.array(AR6_WARMING[name][column]), 1),
                ]
            )
    head = ["scenario", "years", "Accord, own history", "Accord, RCMIP history"]
    return markdown([*head, "1.4.1, RCMIP history", "Accord at AR6's CO2", "AR6 assessed"], rows)


def carbon_table(carbon: Mapping[str, Mapping[str, F64]]) -> str:
    titles = {
        "tcre": ("TCRE, K per 1000 GtC", "AR6 1.65, likely 1.0 to 2.3"),
        "zec_50": ("50 years after the stop, K", "ZECMIP -0.07, sd 0.19"),
        "zec_100": ("100 years after the stop, K", ""),
    }
    rows = [
        [title, *(cells(np.percentile(carbon[who][name], THREE)) for who in carbon), known]
        for name, (title, known) in titles.items()
    ]
    return markdown(["5 50 95 %", *carbon, "published"], rows)


def warming_table(warming: F64, record: Record) -> str:
    def row(first: int, last: int) -> list[str]:
        years = slice(first - START, last - START + 1)
        observed = np.mean([record.gmst[year] for year in range(first, last + 1)])
        label = str(first) if first == last else f"{first}-{last}"
        spread = np.percentile(warming[years].mean(axis=0), PERCENTILES)
        return [label, f"{observed:.2f}", cells(spread)]

    periods = [(1900, 1909), (1930, 1949), (1950, 1969), (1970, 1989), (1990, 2004)]
    periods += [(2003, 2022), (2015, 2024), (2024, 2024)]
    return markdown(
        ["years", "observed, K", "shipped 841: 5 17 50 83 95 %"], [row(*p) for p in periods]
    )


def fill(tables: Mapping[str, str]) -> None:
    """Replace the tables of the page, leaving its prose alone.

    Raises
    ------
    ValueError
        If the page lacks the place of a table.
    """
    text = PAGE.read_text()
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- table {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{PAGE.name} has no place for the table {name!r}")
        text = pattern.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    PAGE.write_text(text)


if __name__ == "__main__":
    main()

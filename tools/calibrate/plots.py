"""The plots of docs/ensemble.md: SVG, readable on light and dark, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import numpy.typing as npt

from .futures import AR6_WARMING, ASSESSED, PERIODS, SSPS
from .history import START
from .targets import TARGETS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

F64 = npt.NDArray[np.float64]

FOLDER = Path(__file__).parents[2] / "docs" / "img"
PRIOR, PASSED, OURS, TARGET, OTHER = "#9a9a9a", "#d98e04", "#0b6fa4", "#111111", "#7a4ea3"
RANGES = {
    "ecs": (0, 9),
    "tcr": (0.5, 4),
    "warming_2003_2022": (0.5, 1.6),
    "heat_1971_2020": (50, 1000),
    "erf_ari": (-1.1, 0.4),
    "erf_aci": (-2.5, 0.3),
    "erf_aerosol": (-3, 0.3),
    "co2_2022": (414, 420),
}


def _new(
    rows: int, columns: int, size: tuple[float, float]
) -> tuple[Figure, npt.NDArray[np.object_]]:
    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams.update(
        {
            "svg.hashsalt": "accord",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "font.size": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    figure.patch.set_facecolor("white")
    return figure, axes


def _save(figure: Figure, name: str, *, top: float = 1.0) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.tight_layout(rect=(0, 0, 1, top))
    figure.savefig(FOLDER / name, metadata={"Date": None, "Creator": None})


def _density(values: F64, weights: F64 | None, limits: tuple[float, float]) -> F64:
    heights, edges = np.histogram(values, bins=60, range=limits, weights=weights)
    total = len(values) if weights is None else weights.sum()
    smooth = np.convolve(heights, [1, 2, 3, 2, 1], mode="same") / 9
    return np.stack([(edges[1:] + edges[:-1]) / 2, smooth / total / (edges[1] - edges[0])])


def constraints(
    pilot: Mapping[str, F64],
    passed: tuple[Mapping[str, F64], F64],
    shipped: Mapping[str, F64],
) -> None:
    """Draw prior, after the surface record, shipped, and target for every constraint."""
    figure, axes = _new(2, 4, (11, 5.2))
    for axis, target in zip(axes.flat, TARGETS, strict=True):
        limits = RANGES[target.name]
        found, weights = passed
        for values, weight, colour, label in (
            (pilot[target.name], None, PRIOR, "prior"),
            (found[target.name], weights, PASSED, "after the surface record"),
        ):
            axis.plot(*_density(values, weight, limits), color=colour, label=label)
        x, y = _density(shipped[target.name], None, limits)
        axis.fill_between(x, y, color=OURS, alpha=0.35, lw=0, label="shipped 841")
        p = np.linspace(0.002, 0.998, 400)
        at = target.quantile(p)
        axis.plot(
            at[1:-1],
            2 * (p[1] - p[0]) / (at[2:] - at[:-2]),
            color=TARGET,
            lw=1.2,
            ls="--",
            label="target",
        )
        axis.set_xlim(*limits)
        axis.locator_params(axis="x", nbins=5)
        axis.set_yticks([])
        axis.spines["left"].set_visible(False)
        axis.set_title(target.title, fontsize=8.5)
        axis.set_xlabel(target.unit)
    axes[0, 0].legend(frameon=False, fontsize=7.5)
    _save(figure, "ensemble-constraints.svg")


def warming(years: F64, observed: Mapping[int, float]) -> None:
    """Draw warming to date: forced response of the members and observed years."""
    figure, axes = _new(1, 1, (9, 3.6))
    axis = axes[0, 0]
    calendar = np.arange(1850, START + len(years))
    p05, p17, p50, p83, p95 = np.percentile(years[1850 - START :], (5, 17, 50, 83, 95), axis=1)
    axis.fill_between(calendar, p05, p95, color=OURS, alpha=0.18, lw=0, label="5-95 %")
    axis.fill_between(calendar, p17, p83, color=OURS, alpha=0.3, lw=0, label="17-83 %")
    axis.plot(calendar, p50, color=OURS, label="median, forced response")
    known = sorted(observed)
    axis.plot(known, [observed[year] for year in known], ".", color=TARGET, ms=3, label="observed")
    axis.set_ylabel("°C above 1850-1900")
    axis.legend(frameon=False, loc="upper left")
    _save(figure, "ensemble-warming.svg")


def scenarios(ours: F64, ours_whole: F64, theirs: F64) -> None:
    """Draw the SSPs: Accord, calibration 1.4.1, and AR6's assessed ranges."""
    figure, axes = _new(1, len(ASSESSED), (11, 3.8))
    kinds = (
        ("Accord, own history", ours, OURS),
        ("Accord, RCMIP history", ours_whole, "#5fb0d8"),
        ("1.4.1, RCMIP history", theirs, OTHER),
    )
    for axis, (place, years) in zip(axes.flat, enumerate(ASSESSED), strict=True):
        at = PERIODS.index(years)
        axis.use_sticky_edges = False
        for row, name in enumerate(SSPS):
            low, best, high = AR6_WARMING[name][place]
            axis.barh(
                -row,
                high - low,
                left=low,
                height=0.78,
                color="#dddddd",
                zorder=0,
                label="AR6 assessed" if row == 0 else None,
            )
            axis.plot([best, best], [-row - 0.39, -row + 0.39], color="#888888", lw=1.5)
            for step, (label, values, colour) in enumerate(kinds):
                p05, p50, p95 = np.percentile(values[row, at], (5, 50, 95))
                y = -row + 0.24 - 0.24 * step
                axis.plot([p05, p95], [y, y], color=colour, lw=2)
                axis.plot(p50, y, "o", color=colour, ms=4, label=label if row == 0 else None)
        axis.set_yticks([-row for row in range(len(SSPS))], SSPS if place == 0 else [""] * 5)
        axis.set_title(f"{years[0]}-{years[1]}", fontsize=9)
        axis.set_xlabel("°C above 1850-1900")
    figure.legend(
        *axes[0, 0].get_legend_handles_labels(), ncols=4, loc="upper center", frameon=False
    )
    _save(figure, "ensemble-scenarios.svg", top=0.93)

"""Where actors stand: positions, salience and capability on the issues of a negotiation.

An issue is a scale from 0 to 100 whose points have a meaning; an actor has a position on it, cares
about it (salience, 0 to 1) and has weight in it (capability, above 0). Weight in the outcome is
capability times salience.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.errors import InputError, Place, UnknownNameError

Array = npt.NDArray[np.float64]

COLUMNS = ("actor", "issue", "position", "salience", "capability")
BUNDLED = ("copenhagen-2009", "paris-2015")


@dataclass(frozen=True)
class Positions:
    """A table of positions, actors by rows and issues by columns.

    Attributes
    ----------
    actors, issues
        Names in the order of the file.
    x
        Positions 0-100, shape ``(actor, issue)``; NaN where an actor takes none.
    s
        Salience 0-1, same shape; 0 where there is no position.
    c
        Capability above 0, same shape.
    titles
        Issue to its title in words.
    scales
        Issue to what points of its scale mean.
    source
        Where the figures are from.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    x: Array
    s: Array
    c: Array
    titles: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Mapping[float, str]] = field(default_factory=dict)
    source: str = ""

    @cached_property
    def present(self) -> npt.NDArray[np.bool_]:
        """Whether an actor has a position on an issue, shape ``(actor, issue)``."""
        return ~np.isnan(self.x)

    @cached_property
    def weight(self) -> Array:
        """Capability times salience, 0 where absent, shape ``(actor, issue)``."""
        return np.where(self.present, self.c * self.s, 0.0)

    @cached_property
    def filled(self) -> Array:
        """Positions with 0 where absent, for sums in which the weight is 0 there anyway."""
        return np.where(self.present, self.x, 0.0)

    def actor(self, name: str) -> int:
        """Return the row of ``name``; ``UnknownNameError`` with near matches otherwise."""
        if name not in self.actors:
            raise UnknownNameError("actor", name, self.actors)
        return self.actors.index(name)

    def issue(self, name: str) -> int:
        """Return the column of ``name``; ``UnknownNameError`` with near matches otherwise."""
        if name not in self.issues:
            raise UnknownNameError("issue", name, self.issues)
        return self.issues.index(name)

    def meaning(self, issue: str, value: float) -> str:
        """Return the meaning of the scale point nearest to ``value``, or nothing if unlabelled."""
        scale = self.scales.get(issue, {})
        if not scale:
            return ""
        return scale[min(scale, key=lambda point: (abs(point - value), point))]


def load_positions(name: str | Path) -> Positions:
    """Read a bundled table (``copenhagen-2009``, ``paris-2015``) or a ``positions.csv`` of a case.

    The file has one row per actor and issue with the columns ``actor, issue, position, salience,
    capability`` (and, if wished, ``title``); a ``scales.csv`` beside it gives ``issue, position,
    meaning``.

    Raises
    ------
    UnknownNameError
        For a name that is neither bundled nor a file.
    InputError
        For a row that cannot be used: its file, line and field, and what would be right.
    """
    if str(name) in BUNDLED:
        folder: Traversable = resources.files("accord.data") / "bargaining"
        scales = folder / f"{name}-scales.csv"
        return _read(folder / f"{name}.csv", scales if scales.is_file() else None)
    path = Path(name)
    if path.is_dir():
        path /= "positions.csv"
    if not path.is_file():
        raise UnknownNameError("positions", str(name), BUNDLED)
    beside = path.with_name("scales.csv")
    return _read(path, beside if beside.is_file() else None)


def positions_of(
    rows: Sequence[Mapping[str, str]],
    *,
    file: str = "",
    scales: Mapping[str, Mapping[float, str]] | None = None,
    source: str = "",
    first_line: int = 2,
) -> Positions:
    """Build the table from rows of text; see :func:`load_positions` for the fields."""
    actors: dict[str, int] = {}
    issues: dict[str, int] = {}
    titles: dict[str, str] = {}
    cells: dict[tuple[int, int], tuple[float, float, float]] = {}
    for line, row in enumerate(rows, start=first_line):
        place = Place(file or None, line)
        actor, issue = (row.get("actor") or "").strip(), (row.get("issue") or "").strip()
        if not actor or not issue:
            raise InputError("actor and issue must both be named", place)
        key = actors.setdefault(actor, len(actors)), issues.setdefault(issue, len(issues))
        if key in cells:
            raise InputError(f"{actor} already has a position on {issue}", place)
        titles.setdefault(issue, (row.get("title") or issue).strip())
        cells[key] = (
            _number(row, "position", 0.0, 100.0, file, line),
            _number(row, "salience", 0.0, 1.0, file, line),
            _number(row, "capability", 0.0, None, file, line),
        )
    if not cells:
        raise InputError("no positions; give at least two actors on one issue", Place(file or None))
    table = np.full((3, len(actors), len(issues)), np.nan)
    for (row_index, column), values in cells.items():
        table[:, row_index, column] = values
    x = table[0]
    result = Positions(
        tuple(actors),
        tuple(issues),
        x,
        np.nan_to_num(table[1]),
        np.nan_to_num(table[2]),
        titles,
        scales or {},
        source,
    )
    silent = np.flatnonzero(result.weight.sum(axis=0) == 0)
    if silent.size:
        raise InputError(
            f"nobody with capability cares about {result.issues[int(silent[0])]!r}: "
            "give at least one actor a salience above 0",
            Place(file or None),
        )
    return result


def _read(path: Path | Traversable, scales: Path | Traversable | None) -> Positions:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    notes = [line.lstrip("# ").strip() for line in lines if line.startswith("#")]
    skipped = sum(1 for line in lines if line.startswith("#"))
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            f"column {missing[0]!r} is missing; the columns are {', '.join(COLUMNS)}",
            Place(str(path), skipped + 1),
        )
    meanings: dict[str, dict[float, str]] = {}
    if scales is not None:
        text = scales.read_text(encoding="utf-8-sig").splitlines()
        for line, row in enumerate(
            csv.DictReader(one for one in text if not one.startswith("#")), start=2
        ):
            point = _number(row, "position", 0.0, 100.0, str(scales), line)
            meanings.setdefault(row["issue"], {})[point] = row["meaning"]
    return positions_of(
        list(reader),
        file=str(path),
        scales=meanings,
        source=" ".join(notes),
        first_line=skipped + 2,
    )


def _number(  # noqa: PLR0917 - a private reader of one cell
    row: Mapping[str, str], name: str, low: float, high: float | None, file: str, line: int
) -> float:
    text = (row.get(name) or "").strip()
    wanted = f"a number from {low:g} to {high:g}" if high is not None else "a number above 0"
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    above_zero = high is None and not value > 0
    if not np.isfinite(value) or value < low or (high is not None and value > high) or above_zero:
        raise InputError(f"{text!r} is not {wanted}", Place(file or None, line, name))
    return value

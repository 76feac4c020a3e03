"""How good relations are, month by month, by several rulers that do not agree.

- ``tsinghua``: experts' score of Tsinghua University, -9 hostile to +9 friendly, 1950-2025;
- ``gdelt``, ``icews``, ``phoenix``: cooperation in machine-coded events, by direction too
  (``gdelt:CHN>USA``).

A ruler of one's own is a CSV file with ``month`` (2014-11) and one column of values.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.economy.region import rows_of
from accord.errors import InputError, Place, UnknownNameError

Array = npt.NDArray[np.float64]

RULERS = ("tsinghua", "gdelt", "icews", "phoenix")
NAMES = {
    "tsinghua": "Tsinghua index",
    "gdelt": "GDELT",
    "icews": "ICEWS",
    "phoenix": "Phoenix",
}
STUDY = (1, 2002, 3, 2019)
"""First and last month of the published comparison of the rulers."""


@dataclass(frozen=True, eq=False)
class Ruler:
    """A monthly series of the relation.

    Attributes
    ----------
    name
        Short name.
    first
        First month, as months since year 0 (``12 * year + month - 1``).
    values
        One a month, NaN where none.
    """

    name: str
    first: int
    values: Array

    @property
    def last(self) -> int:
        """Last month."""
        return self.first + len(self.values) - 1

    def over(self, first: int, last: int) -> Array:
        """Return the values of a span of months, NaN outside."""
        found = np.full(last - first + 1, np.nan)
        low, high = max(first, self.first), min(last, self.last)
        if low <= high:
            found[low - first : high - first + 1] = self.values[
                low - self.first : high - self.first + 1
            ]
        return found

    def at(self, month: int) -> float:
        """Return one month's value; NaN where none."""
        return float(self.over(month, month)[0])


def month_of(text: str) -> int:
    """Return a month written ``2014-11`` (or a day) as months since year 0."""
    found = re.match(r"(\d{4})-(\d\d)(?:$|-\d\d$)", text.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        raise InputError(f"{text[:20]!r} is no month; expected one such as 2014-11")
    return 12 * int(found[1]) + int(found[2]) - 1


def named(month: int) -> str:
    """Return a month as ``2014-11``."""
    return f"{month // 12}-{month % 12 + 1:02d}"


@cache
def _bundled() -> tuple[int, Mapping[str, Array]]:
    rows = rows_of("indices.csv", "relations")
    first = month_of(rows[0]["month"])
    last = month_of(rows[-1]["month"])
    columns = {name: np.full(last - first + 1, np.nan) for name in rows[0] if name != "month"}
    for row in rows:
        where = month_of(row["month"]) - first
        for name, values in columns.items():
            if row[name]:
                values[where] = float(row[name])
    return first, columns


def ruler(name: str | Path) -> Ruler:
    """Return a ruler by name, with a direction (``icews:CHN>USA``), or from a CSV file.

    Raises
    ------
    UnknownNameError
        There is no such ruler.
    InputError
        A file that holds no series of months.
    """
    text = str(name)
    if text.endswith(".csv"):
        return _from_file(Path(text))
    first, columns = _bundled()
    key = text.replace(":", "_").replace(">", "_")
    if key not in columns:
        known = [*RULERS, *(f"{db}:{d}" for db in RULERS[1:] for d in ("CHN>USA", "USA>CHN"))]
        raise UnknownNameError("ruler", text, known)
    values = columns[key]
    inside = np.flatnonzero(np.isfinite(values))
    return Ruler(text, first + int(inside[0]), values[inside[0] : inside[-1] + 1])


def _from_file(path: Path) -> Ruler:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", Place(file=str(path))) from None
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    rows = [(n, next(csv.reader([line]))) for n, line in kept]
    if len(rows) < 2 or rows[0][1][:1] != ["month"] or len(rows[0][1]) != 2:
        raise InputError(
            "a ruler is a CSV file with the columns month and one of values", Place(str(path), 1)
        )
    found: dict[int, float] = {}
    for line, cells in rows[1:]:
        try:
            month, value = month_of(cells[0]), float(cells[1])
        except (InputError, ValueError, IndexError):
            raise InputError(
                f"{','.join(cells)[:40]!r}: expected a month and a number, such as 2014-11,1.7",
                Place(str(path), line),
            ) from None
        if month in found:
            raise InputError(f"{cells[0]} stands twice", Place(str(path), line))
        found[month] = value
    first, last = min(found), max(found)
    values = np.array([found.get(month, np.nan) for month in range(first, last + 1)])
    return Ruler(path.stem, first, values)


@dataclass(frozen=True)
class Agreement:
    """How two rulers go together over ``n`` months."""

    one: str
    other: str
    pearson: float
    spearman: float
    n: int


def agreement(one: Ruler, other: Ruler, first: int | None = None, last: int | None = None
              ) -> Agreement:  # fmt: skip
    """Return the correlations of two rulers over the months that both have."""
    low = max(one.first, other.first) if first is None else first
    high = min(one.last, other.last) if last is None else last
    if high - low < 2:
        raise InputError(f"{one.name} and {other.name} share fewer than three months")
    a, b = one.over(low, high), other.over(low, high)
    both = np.isfinite(a) & np.isfinite(b)
    if both.sum() < 3:
        raise InputError(f"{one.name} and {other.name} share fewer than three months")
    return Agreement(
        one.name, other.name, pearson(a[both], b[both]), pearson(ranks(a[both]), ranks(b[both])),
        int(both.sum()),
    )  # fmt: skip


def agreements(
    names: Sequence[str] = RULERS, first: int | None = None, last: int | None = None
) -> tuple[Agreement, ...]:
    """Return every pair of rulers."""
    found = [ruler(name) for name in names]
    return tuple(agreement(a, b, first, last) for i, a in enumerate(found) for b in found[i + 1 :])


def pearson(a: Array, b: Array) -> float:
    """Return the product-moment correlation; NaN for a constant."""
    x, y = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale > 0 else float("nan")


def ranks(values: Array) -> Array:
    """Return ranks from 1, ties as their mean."""
    order = np.argsort(values, kind="stable")
    found = np.empty(len(values))
    found[order] = np.arange(1, len(values) + 1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.bincount(inverse, weights=found) / counts)[inverse])

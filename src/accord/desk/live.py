"""The live recomputation: a deal becomes a frame, at the price of the parties it changes.

Only a changed party is projected again; the world is the pledged one plus the differences, the
climate runs its whole ensemble from the kept state, each member on one draw of words and economy.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.desk import terms as term_rows
from accord.desk.deal import Deal, token_of
from accord.desk.ground import GOAL_YEAR, PERCENTILES, Ground
from accord.desk.rows import Row, Sources, changed_parties, plain, rows_of
from accord.desk.scene import rounded
from accord.desk.terms import Known, known, said_by, talks_of
from accord.desk.verdict import Verdict, verdicts
from accord.errors import AccordError

if TYPE_CHECKING:
    from accord.climate import Warming
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]

THRESHOLDS = (1.5, 2.0, 2.5, 3.0)
CROSSED = (1.5, 2.0)
YEARS = (2035, 2050)
RANKS = (5, 17, 50, 67, 83, 95)
"""With the level that two thirds of the members stay below, the convention of published results."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A deal on its ground, with what it means; parts are worked out when asked for.

    Attributes
    ----------
    ground, deal
        Where, and what.
    rows
        All rows by id.
    faults
        Phrases of the deal that could not be read.
    """

    ground: Ground
    deal: Deal
    rows: Mapping[str, Row]
    faults: tuple[AccordError, ...]

    @classmethod
    def of(cls, ground: Ground, deal: Deal) -> Picture:
        """Return the picture of a deal."""
        rows, faults = rows_of(ground, deal)
        return cls(ground, deal, rows, tuple(faults))

    @cached_property
    def world(self) -> WorldPathway:
        """The world's emissions under the deal."""
        return self.ground.world_with(changed_parties(self.ground, self.rows))

    @cached_property
    def central(self) -> Array:
        """Central world emissions ``(year,)``, Gt."""
        total: Array = self._total[0]
        return total

    @cached_property
    def _total(self) -> Array:
        convention = self.ground.convention
        return self.world.ghg(convention.gwp, self.ground.with_land) / 1000

    @cached_property
    def warming(self) -> Warming:
        """Warming of the whole ensemble."""
        if self.world is self.ground.world:
            return self.ground.pledged_warming
        return self.ground.warming(self.world)

    @cached_property
    def settled(self) -> dict[str, Known]:
        """What the deal says about terms."""
        return known(self.ground, self.deal, self.rows)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """Which red lines it keeps and breaks, by itself."""
        return verdicts(talks_of(self.ground).lines, self.settled)

    def party(self, code: str) -> Array:
        """Return a party's central emissions ``(year,)``, Gt."""
        path = self.world.parties[code]
        if path is self.ground.world.parties[code]:
            return self.ground.central[code]
        total: Array = path.ghg(self.ground.convention.gwp, self.ground.with_land)[0] / 1000
        return total

    def world_block(self) -> dict[str, Any]:
        """Return emissions as the page gets them."""
        total = self._total
        low, high = _ends(total[1:] if total.shape[0] > 1 else total)
        stack = {code: self.party(code) for code in self.ground.stack}
        rest = total[0] - np.sum(list(stack.values()), axis=0)
        return {
            "first": self.world.first_year,
            "central": rounded(total[0]),
            "low": rounded(low),
            "high": rounded(high),
            "stack": {**{code: rounded(row) for code, row in stack.items()}, "REST": rounded(rest)},
        }

    def warming_block(self) -> dict[str, Any]:
        """Return warming as the page gets it."""
        run = self.warming
        points = run.percentiles(PERCENTILES)[0]
        peak = run.peak()[0]
        last = run.annual[0, -1]
        before = self.ground.pledged_warming.percentiles((50,))[0, 0, -1]
        return {
            "first": int(run.years[0]),
            "percentiles": {str(p): rounded(points[i]) for i, p in enumerate(PERCENTILES)},
            "at_2100": _ranks(last, RANKS),
            "peak": _ranks(peak, RANKS),
            "peak_year": {k: int(v) for k, v in _ranks(run.peak_year()[0], PERCENTILES, 0).items()},
            "below": {f"{t:g}": round(float(np.mean(peak < t)), 3) for t in THRESHOLDS},
            "below_2100": {f"{t:g}": round(float(np.mean(last < t)), 3) for t in THRESHOLDS},
            "crossing": {f"{t:g}": _crossing(run.crossing_year(t)[0]) for t in CROSSED},
            "change": round(float(points[2, -1] - before), 3),
        }

    def gap(self) -> list[dict[str, Any]]:
        """Return the tonnes between the deal and a path to each goal in 2035."""
        place = GOAL_YEAR - self.world.first_year
        return [
            {"goal": goal, "year": GOAL_YEAR, "gt": round(float(self.central[place]) - level, 2)}
            for goal, level in self.ground.benchmarks.items()
        ]

    def parties_block(self) -> dict[str, Any]:
        """Return each shown party's emissions now and later, beside what was pledged."""
        first = self.world.first_year
        codes = dict.fromkeys((*self.ground.stack, *(r.commitment.party for r in self.rows.values()
                                                     if r.changed)))  # fmt: skip
        found = {}
        for code in codes:
            if code not in self.world.parties:
                continue
            now, before = self.party(code), self.ground.central[code]
            found[code] = {"now": round(float(now[0]), 3)}
            for year in YEARS:
                if year >= first:
                    found[code][str(year)] = round(float(now[year - first]), 3)
                    found[code][f"{year}_was"] = round(float(before[year - first]), 3)
        return found

    def marks_of(self, row: Row) -> list[dict[str, Any]]:
        """Return the limits that red lines set on a row's quantity."""
        if not self.ground.red_lines.lines:
            return []
        marks = talks_of(self.ground).marks
        return [
            mark
            for key, _ in said_by(row.commitment.pledge, self.ground)
            for mark in marks.get(key, ())
        ]

    def row_block(self, row: Row, sources: Sources) -> dict[str, Any]:
        """Return a row as the page gets it."""
        return plain(row, self.ground, sources, self.world.parties, self.marks_of(row))

    def table(self, sources: Sources) -> dict[str, Any]:
        """Return the ``table`` message."""
        order = {code: n for n, code in enumerate(self.ground.stack)}
        rows = sorted(
            self.rows.values(),
            key=lambda r: (order.get(r.commitment.party, 99), r.commitment.party, r.was is None),
        )
        return {
            "type": "table",
            "parties": list(dict.fromkeys(row.commitment.party for row in rows)),
            "rows": [self.row_block(row, sources) for row in rows],
            "terms": term_rows.plain(self.ground, self.deal, self.settled),
        }

    def summary(self) -> dict[str, str]:
        """Return one sentence for each chart."""
        convention = self.ground.convention
        year = max(GOAL_YEAR, self.world.first_year)
        now, then = self.central[0], self.central[year - self.world.first_year]
        land = "with" if self.ground.with_land else "without"
        world = (
            f"World emissions go from {now:.1f} to {then:.1f} GtCO₂e a year in {year} "
            f"({land} land use, GWP100 {convention.gwp})"
        )
        for one in self.gap():
            side = "above" if one["gt"] > 0 else "below"
            world += f"; {abs(one['gt']):.0f} Gt {side} a {one['goal']} °C path"
        run = self.warming
        points = run.percentiles((5, 50, 95))[0, :, -1]
        crossed = [
            f"passes {level:g} °C in {year_}"
            for level in CROSSED
            if (year_ := _crossing(run.crossing_year(level)[0])["50"]) is not None
        ]
        warming = (
            f"Median warming {' and '.join(crossed) or 'stays below 1.5 °C'} and is "
            f"{points[1]:.1f} °C in 2100; nine in ten members end between {points[0]:.1f} and "
            f"{points[2]:.1f} °C above 1850–1900."
        )
        counts = list(self.verdicts.values())
        standoff = (
            f"{counts.count('broken')} of {len(counts)} red lines broken, "
            f"{counts.count('kept')} kept, {counts.count('open')} left open."
            if counts
            else "No red lines on record for this day."
        )
        return {"world": world + ".", "warming": warming, "standoff": standoff}


def frame(
    picture: Picture,
    steps: tuple[str | None, str | None],
    sources: Sources,
    *,
    seq: int,
    rev: int,
    touched: frozenset[str] = frozenset(),
    began: float | None = None,
) -> dict[str, Any]:
    """Return the ``frame`` message.

    Parameters
    ----------
    picture
        The deal with what it means.
    steps
        What undo and redo would do, in words.
    sources
        Numbers of the documents.
    seq, rev
        Number of the newest change in it, and of the state.
    touched
        Rows and terms whose own figures go with it.
    began
        ``time.perf_counter()`` when the work began.
    """
    start = time.perf_counter() if began is None else began
    found: dict[str, Any] = {
        "type": "frame",
        "seq": seq,
        "rev": rev,
        "ms": 0.0,
        "token": token_of(picture.deal),
        "undo": steps[0],
        "redo": steps[1],
        "changed": picture.deal.changes,
        **blocks_of(picture, sources, touched),
        "world": picture.world_block(),
        "parties": picture.parties_block(),
        "warming": picture.warming_block(),
        "gap": picture.gap(),
        "lines": picture.verdicts,
        "summary": picture.summary(),
    }
    found["ms"] = round(1000 * (time.perf_counter() - start), 1)
    return found


def blocks_of(picture: Picture, sources: Sources, touched: frozenset[str]) -> dict[str, Any]:
    """Return the rows and terms that a change touched, as the page gets them."""
    terms = talks_of(picture.ground).terms
    return {
        "rows": [
            picture.row_block(picture.rows[name], sources)
            for name in sorted(touched)
            if name in picture.rows
        ],
        "terms": [
            term_rows.plain_term(key, terms[key], picture.ground, picture.deal, picture.settled)
            for key in sorted(touched | _answers(picture, touched))
            if key in terms
        ],
    }


def _answers(picture: Picture, touched: frozenset[str]) -> set[str]:
    """Return the terms whose answer may have changed with the rows touched."""
    parties = {picture.rows[one].commitment.party for one in touched if one in picture.rows}
    return {
        key
        for key, value in picture.settled.items()
        if isinstance(value, bool) and any(f"({code})" in key for code in parties)
    }


def _ends(draws: Array) -> tuple[Array, Array]:
    """Return the 5th and 95th percentile over the draws, by a sort and a straight line."""
    ranked = np.sort(draws, axis=0)
    last = ranked.shape[0] - 1
    found = []
    for p in (0.05, 0.95):
        below = int(p * last)
        above = min(below + 1, last)
        found.append(ranked[below] + (ranked[above] - ranked[below]) * (p * last - below))
    return found[0], found[1]


def _ranks(
    values: npt.NDArray[Any], percentiles: tuple[int, ...], digits: int = 3
) -> dict[str, float]:
    """Return percentiles over the members by their names."""
    ranked = np.sort(values)
    places = np.array(percentiles) / 100 * (ranked.size - 1)
    points = np.interp(places, np.arange(ranked.size), ranked)
    return {str(p): round(float(v), digits) for p, v in zip(percentiles, points, strict=True)}


def _crossing(years: Array) -> dict[str, int | None]:
    """Rank crossing years with the members that never cross counted as latest."""
    ranked = np.sort(np.where(np.isnan(years), np.inf, years))
    found: dict[str, int | None] = {}
    for p in PERCENTILES:
        year = ranked[min(int(np.ceil(p / 100 * ranked.size)) - 1, ranked.size - 1)]
        found[str(p)] = None if np.isinf(year) else int(year)
    return found

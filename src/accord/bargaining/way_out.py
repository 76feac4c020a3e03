"""Ways out, ranked: what each costs in sum, counted by party, and at its dearest line."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from accord.bargaining.line import Line

Ranking: TypeAlias = Literal["sum", "party", "dearest"]
"""``sum``: all points given up. ``party``: each party counts with its dearest line only, so that a
side that says the same at two tables is not charged twice. ``dearest``: the dearest single line."""

RANKED_WHOLE = 2000
"""Whole ways out that are compared when they are too many to compare all."""


class WayOut(msgspec.Struct, frozen=True, kw_only=True):
    """Lines to give up so that all others can hold.

    Attributes
    ----------
    give_up
        Ids, in the order of the table.
    cost
        Sum of their yielding costs; ``None`` where a line has none, and then nothing is ranked.
    cost_per_party
        Each party's dearest line, added up over the parties.
    dearest
        The dearest single line.
    by_party
        Points that each party gives up.
    """

    give_up: tuple[str, ...]
    cost: float | None = None
    cost_per_party: float | None = None
    dearest: float | None = None
    by_party: Mapping[str, float] = {}

    def by(self, ranking: Ranking) -> float:
        """Return the cost that a ranking compares; infinite where there is none."""
        value = {"sum": self.cost, "party": self.cost_per_party, "dearest": self.dearest}[ranking]
        return math.inf if value is None else value


def priced(give_up: Sequence[str], lines: Mapping[str, Line]) -> WayOut:
    """Return a way out with its costs."""
    gone = [lines[one] for one in give_up]
    costs = [line.cost for line in gone]
    if any(cost is None for cost in costs):
        return WayOut(give_up=tuple(give_up))
    by_party: dict[str, float] = {}
    dearest: dict[str, float] = {}
    for line in gone:
        cost = line.cost or 0.0
        by_party[line.party] = by_party.get(line.party, 0.0) + cost
        dearest[line.party] = max(dearest.get(line.party, 0.0), cost)
    return WayOut(
        give_up=tuple(give_up),
        cost=sum(by_party.values()),
        cost_per_party=sum(dearest.values()),
        dearest=max(dearest.values(), default=0.0),
        by_party=by_party,
    )


def ranked(ways: Sequence[WayOut], ranking: Ranking = "sum") -> tuple[WayOut, ...]:
    """Return ways out, cheapest first; smallest first where nobody said what a line costs."""
    if any(way.cost is None for way in ways):
        return tuple(sorted(ways, key=lambda way: (len(way.give_up), way.give_up)))
    return tuple(
        sorted(
            ways,
            key=lambda way: (way.by(ranking), way.by("sum"), len(way.give_up), way.give_up),
        )
    )


def combined(
    groups: Sequence[Sequence[WayOut]],
    lines: Mapping[str, Line],
    *,
    ranking: Ranking = "sum",
    most: int = 10,
) -> tuple[WayOut, ...]:
    """Return the best ways out of the whole table: one from each group.

    Their number is the product over the groups, so only the best are made. The ranking by sum (or
    by size, where nobody said what a line costs) is exact; by the other two it is exact among the
    :data:`RANKED_WHOLE` cheapest by sum.
    """
    if not groups or any(not one for one in groups):
        return ()
    unpriced = any(way.cost is None for one in groups for way in one)
    order = {name: n for n, name in enumerate(lines)}

    def weight(way: WayOut) -> float:
        return float(len(way.give_up)) if unpriced else way.by("sum")

    sorted_groups = [sorted(one, key=lambda way: (weight(way), way.give_up)) for one in groups]
    wanted = most if ranking == "sum" or unpriced else RANKED_WHOLE
    found = []
    for places in _cheapest([[weight(way) for way in one] for one in sorted_groups], wanted):
        ids = [
            name
            for one, place in zip(sorted_groups, places, strict=True)
            for name in one[place].give_up
        ]
        found.append(priced(sorted(set(ids), key=order.__getitem__), lines))
    return ranked(found, ranking)[:most]


FRONTIER_KEPT = 3000
"""Undominated partial ways that are carried from group to group; more than that gives nothing."""


def frontier(
    groups: Sequence[Sequence[WayOut]], lines: Mapping[str, Line], parties: Sequence[str]
) -> tuple[WayOut, ...]:
    """Return the whole ways out that no other beats for each of some parties and for the rest.

    Points given up by each of ``parties``, and by all others together, are compared. Exact,
    because points add up over groups; empty where a line has no cost or the frontier is too long.
    """
    if not groups or any(way.cost is None for one in groups for way in one):
        return ()
    partial: list[tuple[tuple[float, ...], tuple[str, ...]]] = [((0.0,) * (len(parties) + 1), ())]
    for one in groups:
        vectors = [(_burden(way, parties), way.give_up) for way in one]
        joined = [
            (tuple(a + b for a, b in zip(so_far, more, strict=True)), names + added)
            for so_far, names in partial
            for more, added in vectors
        ]
        partial = _undominated(joined)
        if len(partial) > FRONTIER_KEPT:
            return ()
    order = {name: n for n, name in enumerate(lines)}
    return tuple(
        priced(sorted(set(names), key=order.__getitem__), lines) for _, names in sorted(partial)
    )


def _burden(way: WayOut, parties: Sequence[str]) -> tuple[float, ...]:
    own = tuple(way.by_party.get(one, 0.0) for one in parties)
    return (*own, (way.cost or 0.0) - sum(own))


def _undominated(
    ways: Sequence[tuple[tuple[float, ...], tuple[str, ...]]],
) -> list[tuple[tuple[float, ...], tuple[str, ...]]]:
    kept: list[tuple[tuple[float, ...], tuple[str, ...]]] = []
    for vector, names in sorted(ways):
        # Sorted: only an earlier one can be at most as large in every place.
        if not any(all(a <= b for a, b in zip(one, vector, strict=True)) for one, _ in kept):
            kept.append((vector, names))
    return kept


def _cheapest(weights: Sequence[Sequence[float]], most: int) -> Iterator[tuple[int, ...]]:
    """Yield places in sorted lists, one each, in the order of the sum of their weights."""
    start = (0,) * len(weights)
    heap = [(sum(one[0] for one in weights), start)]
    seen = {start}
    while heap and most > 0:
        total, places = heapq.heappop(heap)
        yield places
        most -= 1
        for n, place in enumerate(places):
            if place + 1 < len(weights[n]):
                after = (*places[:n], place + 1, *places[n + 1 :])
                if after not in seen:
                    seen.add(after)
                    change = weights[n][place + 1] - weights[n][place]
                    heapq.heappush(heap, (total + change, after))

"""Quarrels and ways out: all of them, by the MARCO algorithm.

A *quarrel* is a minimal set of lines that cannot hold together (a minimal unsatisfiable subset):
leave any one of them out and the rest can. A *way out* is a minimal set of lines to give up so
that the others can hold (a minimal correction set). Each way out takes a line from every quarrel
and each quarrel loses a line to every way out; tests hold the results to that.

Sources
-------
Liffiton, Previti, Malik, Marques-Silva (2016), Fast, flexible MUS enumeration, Constraints 21,
223-250, algorithm 1 with maximal seeds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from accord.bargaining.constraint import Feasibility, OutOfTimeError
from accord.bargaining.line import Fact, Negotiation

Progress = Callable[[int, int], None]
"""Called with the number of quarrels and of ways out found so far."""


class Enumeration(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about one group of lines.

    Attributes
    ----------
    quarrels, ways
        Ids of lines, each in the order of the table; smallest sets first.
    complete
        Whether these are all; if not, the time budget ended the search and every set listed is
        still right.
    asked
        Questions put to the solver.
    learned
        Facts that were found on the way (bounds on consequences).
    """

    quarrels: tuple[tuple[str, ...], ...]
    ways: tuple[tuple[str, ...], ...]
    complete: bool
    asked: int
    learned: tuple[Fact, ...] = ()


class Map:
    """Which sets of lines are still undecided.

    Each quarrel found rules out every set that contains it, each way out every set without any of
    its lines. A seed is made as large as it can be without containing a known quarrel: if it
    holds, nothing can be added, so its complement is a way out.
    """

    def __init__(self, size: int) -> None:
        import z3

        self._keep = [z3.Bool(f" map {n}") for n in range(size)]
        self._solver = z3.SolverFor("QF_FD")
        self._quarrels: list[int] = []

    def seed(self) -> list[int] | None:
        """Return the next set to ask about, or ``None`` when all are decided."""
        import z3

        if self._solver.check() != z3.sat:
            return None
        model = self._solver.model()
        chosen = 0
        for n, keep in enumerate(self._keep):
            if z3.is_true(model[keep]):
                chosen |= 1 << n
        for n in range(len(self._keep)):
            larger = chosen | 1 << n
            if larger != chosen and not any(larger & one == one for one in self._quarrels):
                chosen = larger
        return [n for n in range(len(self._keep)) if chosen >> n & 1]

    def rule_out_above(self, quarrel: frozenset[int]) -> None:
        """Rule out every set that contains a quarrel."""
        import z3

        self._solver.add(z3.Or([z3.Not(self._keep[n]) for n in quarrel]))
        self._quarrels.append(sum(1 << n for n in quarrel))

    def rule_out_below(self, way: frozenset[int]) -> None:
        """Rule out every set that has no line of a way out."""
        import z3

        self._solver.add(z3.Or([self._keep[n] for n in way]))


def shrink(ask: Feasibility, lines: frozenset[int]) -> frozenset[int]:
    """Return a quarrel inside a set of lines that cannot hold together."""
    needed: set[int] = set()
    rest = sorted(lines)
    while rest:
        one = rest.pop()
        if ask.holds([*needed, *rest]):
            needed.add(one)
        else:
            core = ask.core()
            rest = [n for n in rest if n in core]
    return frozenset(needed)


def enumerate_group(
    table: Negotiation,
    *,
    deadline: float | None = None,
    most: int | None = None,
    progress: Progress | None = None,
    ask: Feasibility | None = None,
) -> Enumeration:
    """Return all quarrels and ways out of one group of lines.

    Parameters
    ----------
    table
        The group; lines that share no term belong in calls of their own, because the ways out of
        two groups multiply.
    deadline
        ``time.monotonic()`` at which to stop with what is found.
    most
        Stop after so many ways out.
    progress
        Called after each find.
    ask
        A solver for the table that already knows more than its lines and facts.

    Raises
    ------
    ImpossibleFactsError
        The facts leave no deal even without any line.
    """
    quarrels: list[frozenset[int]] = []
    ways: list[frozenset[int]] = []
    complete = False
    count = len(table.lines)
    asked = 0
    try:
        oracle = ask or Feasibility(table, deadline)
        everything = frozenset(range(count))
        if oracle.holds(everything):
            return Enumeration(quarrels=(), ways=(), complete=True, asked=oracle.asked)
        undecided = Map(count)
        while (seed := undecided.seed()) is not None:
            if oracle.holds(seed):
                way = everything - frozenset(seed)
                ways.append(way)
                undecided.rule_out_below(way)
            else:
                quarrel = shrink(oracle, oracle.core())
                quarrels.append(quarrel)
                undecided.rule_out_above(quarrel)
            asked = oracle.asked
            if progress is not None:
                progress(len(quarrels), len(ways))
            if most is not None and len(ways) >= most:
                break
            if deadline is not None and time.monotonic() > deadline:
                raise OutOfTimeError
        else:
            complete = True
    except OutOfTimeError:
        complete = False
    names = [line.id for line in table.lines]

    def named(sets: list[frozenset[int]]) -> tuple[tuple[str, ...], ...]:
        ordered = sorted(sets, key=lambda one: (len(one), sorted(one)))
        return tuple(tuple(names[n] for n in sorted(one)) for one in ordered)

    return Enumeration(quarrels=named(quarrels), ways=named(ways), complete=complete, asked=asked)

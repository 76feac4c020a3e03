"""Win-sets: what a party could accept at the table and at home, as intervals and as a share.

Source: Putnam (1988), Diplomacy and domestic politics: the logic of two-level games, International
Organization 42, 427-460. A small win-set at home is strength abroad and risk of no deal at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from accord.bargaining import menu as menus
from accord.bargaining.constraint import Variables
from accord.bargaining.line import Negotiation


class Landing(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one term that some lines leave.

    Attributes
    ----------
    term, unit
        Canonical term, and the unit of an amount.
    low, high
        Bounds of an amount (``None`` for words and yes or no).
    low_open, high_open
        Whether the bound itself is left out ("more than 300").
    values
        What remains of yes and no, or of the words.
    domain_low, domain_high
        Bounds that the term has anyway.
    """

    term: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    values: tuple[str, ...] = ()
    domain_low: float | None = None
    domain_high: float | None = None

    @property
    def words(self) -> str:
        """The values in words: ``at most 17 %``, ``no``."""
        if self.low is None or self.high is None:
            return " or ".join(self.values) if self.values else "nothing"
        unit = f" {self.unit}" if self.unit and self.unit != "year" else ""
        if self.low == self.high:
            return f"{_plain(self.low)}{unit}"
        at_bottom, at_top = self.low == self.domain_low, self.high == self.domain_high
        if at_bottom and at_top and not (self.low_open or self.high_open):
            return "anything"
        if at_bottom and not self.low_open:
            return f"{'less than' if self.high_open else 'at most'} {_plain(self.high)}{unit}"
        if at_top:
            return f"{'more than' if self.low_open else 'at least'} {_plain(self.low)}{unit}"
        return f"{_plain(self.low)} to {_plain(self.high)}{unit}"


class WinSet(msgspec.Struct, frozen=True, kw_only=True):
    """What one party accepts at one level.

    Attributes
    ----------
    party, level
        Whose; ``negotiator``, ``ratifier`` or ``both``.
    lines
        The lines that make it.
    landings
        Terms on which it is less than everything.
    share
        Share of the menu that it holds; ``None`` where no deal of the menu could be drawn.
    """

    party: str
    level: str
    lines: tuple[str, ...]
    landings: tuple[Landing, ...]
    share: float | None


def _plain(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"


def landings(table: Negotiation, keys: Iterable[str] | None = None) -> tuple[Landing, ...]:
    """Return what the lines and facts of a table leave of each term; none if nothing is left."""
    import z3

    found: list[Landing] = []
    wanted = None if keys is None else set(keys)
    for group in table.groups():
        variables = Variables(group.terms, group.dated)
        conditions = [
            *variables.domain,
            *(variables.condition(one.holds.expression) for one in group.facts),
            *(variables.condition(one.holds.expression) for one in group.lines),
        ]
        solver = z3.Solver()
        solver.add(conditions)
        if solver.check() != z3.sat:
            return ()
        numbers: dict[str, tuple[Any, Any]] = {}
        best = z3.Optimize()
        best.set(priority="box")
        best.add(conditions)
        for key, term in group.terms.items():
            if wanted is not None and key not in wanted:
                continue
            if term.kind.type in {"bool", "enum"}:
                found.append(_words(solver, variables, key))
            else:
                variable = variables.by_key[key]
                numbers[key] = (best.minimize(variable), best.maximize(variable))
        if numbers and best.check() == z3.sat:
            found += [
                _interval(group, key, best.lower_values(low), best.upper_values(high))
                for key, (low, high) in numbers.items()
            ]
    return tuple(found)


def _words(solver: Any, variables: Variables, key: str) -> Landing:
    import z3

    kind = variables.terms[key].kind
    options: Sequence[tuple[str, bool | str]] = (
        [("yes", True), ("no", False)]
        if kind.type == "bool"
        else [(word, word) for word in kind.values]
    )
    left = tuple(
        name for name, value in options
        if solver.check(variables.equals(key, value)) == z3.sat
    )  # fmt: skip
    return Landing(term=key, values=left)


def _interval(group: Negotiation, key: str, low: Any, high: Any) -> Landing:
    kind = group.terms[key].kind
    return Landing(
        term=key,
        unit=kind.unit,
        low=_finite(low[1], kind.low),
        high=_finite(high[1], kind.high),
        low_open=str(low[2]) != "0",
        high_open=str(high[2]) != "0",
        domain_low=float(kind.low),
        domain_high=float(kind.high),
    )


def _finite(number: Any, otherwise: Fraction) -> float:
    from accord.bargaining.constraint import as_fraction

    try:
        return float(as_fraction(number))
    except ValueError:
        return float(otherwise)


class Menus:
    """The menus of a table's groups, drawn once."""

    def __init__(self, table: Negotiation) -> None:
        self.groups = table.groups()
        self.deals = [menus.menu(group) for group in self.groups]

    def share(self, ids: Iterable[str]) -> float | None:
        """Return the share of the whole menu that keeps some lines."""
        kept = set(ids)
        total = 1.0
        for group, deals in zip(self.groups, self.deals, strict=True):
            if any(line.id in kept for line in group.lines):
                part = menus.share(group, deals, kept)
                if part is None:
                    return None
                total *= part
        return total


def win_sets(
    table: Negotiation, parties: Iterable[str] | None = None, drawn: Menus | None = None
) -> tuple[WinSet, ...]:
    """Return the win-sets of the parties, at the table, at home and both together."""
    drawn = drawn or Menus(table)
    wanted = None if parties is None else set(parties)
    found: list[WinSet] = []
    for party in dict.fromkeys(line.party for line in table.lines):
        if wanted is not None and party not in wanted:
            continue
        own = [line for line in table.lines if line.party == party]
        levels = list(dict.fromkeys(line.level for line in own))
        for level in [*levels, "both"] if len(levels) > 1 else levels:
            ids = tuple(line.id for line in own if level in {line.level, "both"})
            left = landings(table.only(ids), {key for line in own for key in line.holds.terms})
            found.append(
                WinSet(
                    party=party,
                    level=level,
                    lines=ids,
                    landings=tuple(one for one in left if one.words != "anything"
                                   and one.values != ("yes", "no")),
                    share=drawn.share(ids),
                )
            )  # fmt: skip
    return tuple(found)

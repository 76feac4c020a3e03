"""Which coalitions hold: stability over any table of payoffs.

A coalition is internally stable if no member gains by leaving it alone, externally stable if no
outsider gains by joining it alone (d'Aspremont et al. 1983; Carraro & Siniscalco 1993; Barrett
1994). With transfers, it is potentially internally stable if it earns together what its members
would earn by leaving one at a time.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from accord.bargaining.positions import Array
from accord.errors import InputError, Place, UnknownNameError

Bools = npt.NDArray[np.bool_]

MOST_PLAYERS = 20


@dataclass(frozen=True)
class Game:
    """Payoffs of every player under every coalition.

    Attributes
    ----------
    players
        Names; player ``i`` is bit ``i`` of a coalition's number.
    payoff
        Shape ``(2**n, n)``; row ``k`` is the coalition whose members are the set bits of ``k``.
    """

    players: tuple[str, ...]
    payoff: Array

    def __post_init__(self) -> None:
        n = len(self.players)
        if not 1 <= n <= MOST_PLAYERS:
            raise InputError(f"{n} players; give 1 to {MOST_PLAYERS}, more are joined into blocs")
        if self.payoff.shape != (2**n, n):
            raise InputError(
                f"payoffs have shape {self.payoff.shape}; {n} players need {(2**n, n)}"
            )
        if not np.isfinite(self.payoff).all():
            raise InputError("payoffs must be finite numbers in every coalition")

    def number(self, members: Sequence[str]) -> int:
        """Return the number of the coalition of ``members``."""
        for name in members:
            if name not in self.players:
                raise UnknownNameError("player", name, self.players)
        return sum(1 << self.players.index(name) for name in set(members))

    def members(self, number: int) -> tuple[str, ...]:
        """Return the members of coalition ``number``."""
        return tuple(name for i, name in enumerate(self.players) if number >> i & 1)

    def inside(self) -> Bools:
        """Return who is a member of which coalition, shape ``(2**n, n)``."""
        return membership(len(self.players))

    def switched(self) -> Array:
        """Return each player's payoff after switching sides alone, shape ``(2**n, n)``."""
        n = len(self.players)
        result = np.empty_like(self.payoff)
        for i in range(n):
            # Bit i is the middle axis of this view: turning it round switches player i alone.
            sides = self.payoff[:, i].reshape(2 ** (n - 1 - i), 2, 2**i)
            result[:, i] = sides[:, ::-1, :].reshape(-1)
        return result

    def internally_stable(self) -> Bools:
        """Whether no member gains by leaving, shape ``(2**n,)``."""
        return np.asarray(((self.payoff >= self.switched()) | ~self.inside()).all(axis=1))

    def externally_stable(self) -> Bools:
        """Whether no outsider gains by joining, shape ``(2**n,)``."""
        return np.asarray(((self.payoff >= self.switched()) | self.inside()).all(axis=1))

    def stable(self) -> Bools:
        """Both; these are the Nash equilibria of joining or staying out."""
        return np.asarray((self.payoff >= self.switched()).all(axis=1))

    def surplus(self) -> Array:
        """Return what a coalition earns over what its members would by leaving, ``(2**n,)``.

        Each leaves alone. Not negative: transfers among members can make it internally stable.
        """
        return np.asarray(np.where(self.inside(), self.payoff - self.switched(), 0.0).sum(axis=1))

    def linked(self, good: Mapping[str, float]) -> Game:
        """Return the game in which members also enjoy a club good (issue linkage)."""
        extra = np.zeros(len(self.players))
        for name, value in good.items():
            if name not in self.players:
                raise UnknownNameError("player", name, self.players)
            extra[self.players.index(name)] = value
        return Game(self.players, self.payoff + self.inside() * extra)


def describe(game: Game) -> dict[str, Any]:
    """Return plain values: equilibria, what transfers can hold, who gains by leaving the whole."""
    whole = 2 ** len(game.players) - 1
    surplus, total = game.surplus(), game.payoff.sum(axis=1)

    def row(number: int) -> dict[str, Any]:
        members = game.members(number)
        return {
            "members": list(members),
            "out": [p for p in game.players if p not in members],
            "world_payoff_bn": round(float(total[number]), 4),
            "payoff_bn": {
                p: round(float(v), 4)
                for p, v in zip(game.players, game.payoff[number], strict=True)
            },
            "surplus_bn": round(float(surplus[number]), 4),
        }

    able = np.flatnonzero(surplus >= 0)
    return {
        "players": list(game.players),
        "equilibria": [row(int(number)) for number in np.flatnonzero(game.stable())],
        "internally_stable": int(game.internally_stable().sum()),
        "with_transfers": row(int(able[np.argmax(total[able])])),
        "all_keep": row(whole),
        "nobody_keeps": row(0),
        "gain_by_leaving_bn": {
            p: round(float(v), 4)
            for p, v in zip(game.players, game.switched()[whole] - game.payoff[whole], strict=True)
        },
    }


def read_payoffs(path: str | Path) -> Game:
    """Read a payoff table: a column ``coalition`` (``USA+CHN``, empty for nobody), one per player.

    Raises
    ------
    InputError
        For a missing file, column or coalition, one given twice, or a cell that is no number: its
        file, line and field.
    UnknownNameError
        For a member that has no column.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot read {path}: give a CSV file with a column 'coalition' and one a player"
        ) from error
    skipped = sum(1 for line in lines if line.startswith("#"))
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    columns = list(reader.fieldnames or ())
    if "coalition" not in columns or len(columns) < 2:
        raise InputError(
            "give a column 'coalition' and one for each player", Place(str(path), skipped + 1)
        )
    players = tuple(name for name in columns if name != "coalition")
    if len(players) > MOST_PLAYERS:
        raise InputError(f"{len(players)} players; give 1 to {MOST_PLAYERS}", Place(str(path)))
    table = np.full((2 ** len(players), len(players)), np.nan)
    for line, row in enumerate(reader, start=skipped + 2):
        names = [name.strip() for name in (row["coalition"] or "").split("+") if name.strip()]
        for name in names:
            if name not in players:
                raise UnknownNameError("player", name, players, Place(str(path), line, "coalition"))
        number = sum(1 << players.index(name) for name in set(names))
        if not np.isnan(table[number]).all():
            raise InputError(
                f"{row['coalition']!r} is given twice", Place(str(path), line, "coalition")
            )
        for column, name in enumerate(players):
            try:
                table[number, column] = float(row[name] or "")
            except ValueError:
                raise InputError(
                    f"{row[name]!r} is not a number", Place(str(path), line, name)
                ) from None
    empty = np.flatnonzero(np.isnan(table).any(axis=1))
    if empty.size:
        missing = "+".join(n for i, n in enumerate(players) if int(empty[0]) >> i & 1)
        raise InputError(
            f"{empty.size} of {len(table)} coalitions have no payoffs, first {missing!r}",
            Place(str(path)),
        )
    return Game(players, table)


@cache
def membership(n: int) -> Bools:
    """Return the ``(2**n, n)`` table of set bits; it is shared and cannot be written to."""
    table = (np.arange(2**n)[:, None] >> np.arange(n)[None, :] & 1).astype(bool)
    table.flags.writeable = False
    return table


def barrett(n: int, a: float, b: float, c: float) -> list[tuple[int, float, float]]:
    """Return ``(signatories, payoff of one, payoff of an outsider)`` in Barrett's 1994 game.

    ``n`` identical countries, benefit ``b/n (a Q - Q^2/2)``, cost ``c q^2/2``, signatories move
    first (Oxford Economic Papers 46, eqs. 9-11). NaN where there is nobody of the kind.
    """
    gamma = c / b
    rows = []
    for k in range(n + 1):
        alpha = k / n
        signed = a * alpha**2 * gamma * n / ((gamma + 1 - alpha) ** 2 + gamma * alpha**2 * n)
        outside = (1 - alpha) * (a - signed) / (gamma + 1 - alpha)
        total = signed + outside
        benefit = b / n * (a * total - total**2 / 2)
        of_signatory = benefit - c * (signed / k) ** 2 / 2 if k else float("nan")
        of_outsider = benefit - c * (outside / (n - k)) ** 2 / 2 if k < n else float("nan")
        rows.append((k, of_signatory, of_outsider))
    return rows


def stable_size(rows: Sequence[tuple[int, float, float]]) -> list[int]:
    """Return the sizes at which nobody gains by leaving or joining alone."""
    sizes = []
    for k, signed, outside in rows:
        stays = k == 0 or signed >= rows[k - 1][2] - 1e-12
        keeps_out = k == len(rows) - 1 or outside >= rows[k + 1][1] - 1e-12
        if stays and keeps_out:
            sizes.append(k)
    return sizes

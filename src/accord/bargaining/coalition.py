"""Which coalitions hold: stability over any table of payoffs.

A coalition is internally stable if no member gains by leaving it alone, externally stable if no
outsider gains by joining it alone (d'Aspremont et al. 1983; Carraro & Siniscalco 1993; Barrett
1994). With transfers, it is potentially internally stable if it earns together what its members
would earn by leaving one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.bargaining.positions import Array
from accord.errors import InputError, UnknownNameError

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
        numbers = np.arange(2**n)
        return np.stack([self.payoff[numbers ^ (1 << i), i] for i in range(n)], axis=1)

    def internally_stable(self) -> Bools:
        """Whether no member gains by leaving, shape ``(2**n,)``."""
        return np.asarray(((self.payoff >= self.switched()) | ~self.inside()).all(axis=1))

    def externally_stable(self) -> Bools:
        """Whether no outsider gains by joining, shape ``(2**n,)``."""
        return np.asarray(((self.payoff >= self.switched()) | self.inside()).all(axis=1))

    def stable(self) -> Bools:
        """Both; these are the Nash equilibria of joining or staying out."""
        return self.internally_stable() & self.externally_stable()

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


def membership(n: int) -> Bools:
    """Return the ``(2**n, n)`` table of set bits."""
    return (np.arange(2**n)[:, None] >> np.arange(n)[None, :] & 1).astype(bool)


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

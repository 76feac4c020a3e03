"""Exchange of voting positions: who gives what for what, and who pays for it.

Two actors on opposite sides of two issues both gain when each moves on the issue it cares less
about. The equal-gain exchange model (Stokman & Van Oosten 1994, in Bueno de Mesquita & Stokman,
*European Community Decision Making*, ch. 6) lists all such pairs, sizes each so that both gain the
same, and lets the best happen first; each realised exchange changes what is left for the others.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from accord.bargaining.compromise import compromise
from accord.bargaining.positions import Array, Positions

TOLERANCE = 1e-9

HOLD, SHIFT = 0.4, 0.1
"""Weights by which a voting position becomes next round's preference: ``HOLD (1 - s) + SHIFT``."""


@dataclass(frozen=True)
class Exchange:
    """One realised exchange.

    Attributes
    ----------
    actor, partner
        Names. ``actor`` moves on ``supplies``, ``partner`` on ``demands``.
    supplies, moved_from, moved_to
        Issue on which ``actor`` gives way, and its voting position before and after.
    demands, partner_from, partner_to
        Issue on which ``partner`` gives way in return, and its voting position.
    gain
        What each of the two gains (points of outcome times salience).
    externality
        What every actor gains or loses by it, shape ``(actor,)``; the two traders included.
    """

    actor: str
    supplies: str
    moved_from: float
    moved_to: float
    partner: str
    demands: str
    partner_from: float
    partner_to: float
    gain: float
    externality: Array


@dataclass(frozen=True)
class Round:
    """One round of exchanges.

    Attributes
    ----------
    preferences
        Positions at the start of the round, ``(actor, issue)``.
    before, after
        Outcome without and with the exchanges, ``(issue,)``.
    exchanges
        In the order in which they happen.
    potential
        Number of pairs of actors on opposite sides of two issues.
    voting
        Voting positions after the exchanges, ``(actor, issue)``.
    """

    preferences: Array
    before: Array
    after: Array
    exchanges: tuple[Exchange, ...]
    potential: int
    voting: Array


@dataclass
class _Deal:
    """A potential exchange: ``i`` supplies ``q`` and demands ``p``, ``j`` the other way round."""

    i: int
    j: int
    p: int
    q: int
    i_to: float = 0.0
    j_to: float = 0.0
    gain: float = 0.0


def exchange_round(p: Positions) -> Round:
    """Play one round on the table ``p``.

    Equations, with weight ``w = c s`` and ``W`` its sum per issue: a move of ``m`` points by ``k``
    shifts the outcome by ``m w_k / W``; equal gain makes ``dq = dp (s_ip + s_jp) / (s_iq + s_jq)``
    and the gain of each ``dp (s_ip s_jq - s_iq s_jp) / (s_iq + s_jq)``.
    """
    table = _Table(p)
    pairs = table.pairs()
    waiting = [deal for deal in pairs if table.size(deal)]
    done: list[Exchange] = []
    while waiting:
        deal = waiting.pop(table.best(waiting))
        done.append(table.carry_out(deal))
        waiting = [other for other in waiting if not _touched(other, deal) or table.size(other)]
    return Round(p.x, compromise(p), table.outcome.copy(), tuple(done), len(pairs), table.y)


def rounds(p: Positions, count: int) -> list[Round]:
    """Play ``count`` rounds; voting positions pull the next round's preferences.

    ``x' = (1 - a) x + a y`` with ``a = HOLD (1 - s) + SHIFT``: who cares little follows more.
    """
    played = []
    for _ in range(count):
        played.append(exchange_round(p))
        pull = HOLD * (1.0 - p.s) + SHIFT
        x = np.clip((1.0 - pull) * p.x + pull * played[-1].voting, 0.0, 100.0)
        p = Positions(p.actors, p.issues, x, p.s, p.c, p.titles, p.scales, p.source)
    return played


def who_pays(played: Round, p: Positions, first: str, second: str) -> dict[str, float]:
    """Return what every actor gains or loses by the exchanges between two of them."""
    p.actor(first), p.actor(second)
    total = np.zeros(len(p.actors))
    for one in played.exchanges:
        if {one.actor, one.partner} == {first, second}:
            total += one.externality
    return dict(zip(p.actors, total.tolist(), strict=True))


def _touched(other: _Deal, done: _Deal) -> bool:
    """Whether ``done`` changed a start, an outcome or a direction that ``other`` relies on."""
    issues = {done.p, done.q}
    return other.p in issues or other.q in issues


class _Table:
    """The state of one round: voting positions and outcomes, changed by each exchange."""

    def __init__(self, p: Positions) -> None:
        self.names = p
        self.x, self.s, self.w = p.x, p.s, p.weight
        self.total = self.w.sum(axis=0)
        self.y = p.x.copy()
        self.start = compromise(p)
        self.outcome = self.start.copy()
        self.left = p.x <= self.outcome
        self.direction = np.zeros(p.x.shape)
        self.bought = np.zeros(p.x.shape)

    def best(self, waiting: list[_Deal]) -> int:
        """Return the place of the deal with most gain; of equals the first by name, not by row."""
        most = max(deal.gain for deal in waiting) - TOLERANCE
        equals = [n for n, deal in enumerate(waiting) if deal.gain >= most]
        issues, actors = self.names.issues, self.names.actors

        def names(n: int) -> tuple[list[str], list[str]]:
            deal = waiting[n]
            return (
                sorted((issues[deal.p], issues[deal.q])),
                sorted((actors[deal.i], actors[deal.j])),
            )

        return min(equals, key=names)

    def pairs(self) -> list[_Deal]:
        """List actors on opposite sides of two issues, roles given by relative salience."""
        actors, issues = self.x.shape
        found = []
        for a, b in itertools.combinations(range(issues), 2):
            both = [k for k in range(actors) if self._can_trade(k, a) and self._can_trade(k, b)]
            for k, m in itertools.combinations(both, 2):
                if self.left[k, a] == self.left[m, a] or self.left[k, b] == self.left[m, b]:
                    continue
                # The one who cares relatively more about an issue demands it; when both care
                # alike there is nothing to gain, and sizing drops the pair.
                tilt = self.s[k, a] * self.s[m, b] - self.s[k, b] * self.s[m, a]
                found.append(_Deal(k, m, a, b) if tilt > 0 else _Deal(k, m, b, a))
        return found

    def _can_trade(self, k: int, d: int) -> bool:
        return bool(np.isfinite(self.x[k, d]) and self.w[k, d] > 0)

    def size(self, deal: _Deal) -> bool:
        """Set the moves and the gain of ``deal`` as things stand; tell whether both still gain."""
        i, j, p, q = deal.i, deal.j, deal.p, deal.q
        s = self.s
        rate = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])
        toward_p = np.sign(self.x[i, p] - self.y[j, p])
        toward_q = np.sign(self.x[j, q] - self.y[i, q])
        # No exchange may carry the outcome past the position of the one who demands it. As in the
        # published program this is asked of the outcome at the start of the round, moved by what
        # the same actor has bought on the issue since; what others bought may carry it further.
        past_p = toward_p * (self.x[i, p] - self.start[p] - self.bought[i, p])
        past_q = toward_q * (self.x[j, q] - self.start[q] - self.bought[j, q])
        room_p = min(abs(self.x[i, p] - self.y[j, p]) * self.w[j, p] / self.total[p], past_p)
        room_q = min(abs(self.x[j, q] - self.y[i, q]) * self.w[i, q] / self.total[q], past_q)
        if self.direction[j, p] * toward_p < 0 or self.direction[i, q] * toward_q < 0:
            return False
        dp = min(room_p, room_q / rate)
        if dp <= TOLERANCE:
            return False
        dq = dp * rate
        deal.gain = dp * (s[i, p] * s[j, q] - s[i, q] * s[j, p]) / (s[i, q] + s[j, q])
        deal.j_to = float(self.y[j, p] + toward_p * dp * self.total[p] / self.w[j, p])
        deal.i_to = float(self.y[i, q] + toward_q * dq * self.total[q] / self.w[i, q])
        return bool(deal.gain > TOLERANCE)

    def carry_out(self, deal: _Deal) -> Exchange:
        """Move both, and say what it means for everybody."""
        i, j, p, q = deal.i, deal.j, deal.p, deal.q
        was = self.outcome.copy()
        i_from, j_from = float(self.y[i, q]), float(self.y[j, p])
        for k, d, to, buyer in ((j, p, deal.j_to, i), (i, q, deal.i_to, j)):
            shift = (to - self.y[k, d]) * self.w[k, d] / self.total[d]
            self.direction[k, d] = np.sign(shift)
            self.outcome[d] += shift
            self.bought[buyer, d] += shift
            self.y[k, d] = to
        names = self.names
        nearer = np.abs(was - self.x) - np.abs(self.outcome - self.x)
        felt = np.where(names.present, nearer * self.s, 0.0)[:, [p, q]].sum(axis=1)
        sides = [(i, q, i_from, deal.i_to), (j, p, j_from, deal.j_to)]
        # Named first: the one to the left of the outcome on the earlier of the two issues.
        if not self.left[i, min(p, q)]:
            sides.reverse()
        (one, supplies, one_from, one_to), (two, demands, two_from, two_to) = sides
        return Exchange(
            actor=names.actors[one],
            supplies=names.issues[supplies],
            moved_from=one_from,
            moved_to=one_to,
            partner=names.actors[two],
            demands=names.issues[demands],
            partner_from=two_from,
            partner_to=two_to,
            gain=deal.gain,
            externality=felt,
        )

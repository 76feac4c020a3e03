"""Forecasts of where a negotiation lands, always beside the ones that need no model.

Nothing here is believed more than the record allows: on Paris no model clearly beats saying "50"
on every issue, so the naive baselines, the band and the coding of the outcome stand beside each
forecast, and the coding is the user's to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from accord.bargaining.challenge import WARNING, ChallengeRound, challenge
from accord.bargaining.compromise import (
    Band,
    band,
    compromise,
    distance,
    influence,
    jittered,
    naive,
    weighted_median,
)
from accord.bargaining.condorcet import Election, elect
from accord.bargaining.exchange import Round, exchange_round, rounds
from accord.bargaining.positions import Array, Positions

RECODED = 15.0
"""Points by which a coded outcome may be argued about, either way."""

#: Our own reading of the Paris Agreement (2015) and decision 1/CP.21 on the scales of the expert
#: interviews: article by article a judgement, which moves the ranking of the models.
PARIS_READING: Mapping[str, tuple[float, str]] = {
    "differentiation": (50, "Art. 2.2"),
    "mrv": (60, "Arts 13 and 15; between 45 and 75"),
    "legal": (70, "Arts 4.2 and 13.7"),
    "adapt_legal": (40, "Art. 7.9, 'as appropriate'"),
    "adapt_inst": (60, "Art. 7.7"),
    "finance_vol": (20, "1/CP.21, para 53: a floor of 100 bn"),
    "finance_who": (20, "Arts 9.1 and 9.2"),
    "adapt_finance": (0, "Art. 9.4: a balance, no earmark"),
    "ld": (50, "Art. 8; 1/CP.21, para 51: no compensation"),
    "progress": (40, "Arts 3 and 4.3; arguably 65"),
    "amb2050": (0, "no goal for 2050"),
    "amb2100": (80, "Art. 4.1: balance in the second half of the century"),
    "eaa": (20, "Art. 14: the stocktake looks at the aggregate"),
}


@dataclass(frozen=True)
class Forecast:
    """All forecasts on one table of positions.

    Attributes
    ----------
    positions
        The table.
    compromise, median
        Weighted mean and weighted median, ``(issue,)``.
    naive
        Baselines without a model.
    band
        5-95 % of the compromise under jittered inputs.
    influence
        ``dO/dx``, ``(actor, issue)``.
    rounds
        Rounds of exchanges.
    elections
        Issue to the chances of its options.
    outcome
        Coded outcome per issue (NaN: none), and the mean distance of every forecast from it.
    distances
        Forecast to its mean absolute distance from the outcome; empty without one.
    best_share
        Forecast to the share of recodings (every coded outcome moved by up to ``RECODED`` points)
        in which it comes nearest: how far the ranking hangs on the coding.
    exchange_band
        5-95 % of the exchange model under jittered inputs; ``None`` unless asked for.
    challenge
        Issue to the rounds of the Challenge model, a replication; empty unless asked for. An issue
        on which all stand at one point has none.
    """

    positions: Positions
    compromise: Array
    median: Array
    naive: Mapping[str, Array]
    band: Band
    influence: Array
    rounds: tuple[Round, ...]
    elections: Mapping[str, Election]
    outcome: Array
    distances: Mapping[str, float]
    best_share: Mapping[str, float] = field(default_factory=dict)
    exchange_band: Band | None = None
    challenge: Mapping[str, tuple[ChallengeRound, ...]] = field(default_factory=dict)

    @property
    def exchange(self) -> Array:
        """Outcome after the first round of exchanges, ``(issue,)``."""
        return self.rounds[0].after


def forecast(
    p: Positions,
    *,
    outcome: Mapping[str, float] | None = None,
    count: int = 1,
    seed: int = 0,
    exchange_draws: int = 0,
    challenge_rounds: int = 0,
) -> Forecast:
    """Run every forecast on ``p``.

    Parameters
    ----------
    p
        Positions.
    outcome
        Issue to coded outcome 0-100, to compare with; :class:`UnknownNameError` for an issue that
        is not in the table.
    count
        Rounds of exchanges.
    seed
        Of the jitter behind the band.
    exchange_draws
        Jittered tables behind the band of the exchange model; 0: no band.
    challenge_rounds
        Rounds of the Challenge model; 0: leave it out.
    """
    coded = np.full(len(p.issues), np.nan)
    for issue, value in (outcome or {}).items():
        coded[p.issue(issue)] = value
    played = tuple(rounds(p, count))
    simple = compromise(p)
    middle = weighted_median(p)
    plain = naive(p)
    distances: dict[str, float] = {}
    best: dict[str, float] = {}
    if not np.isnan(coded).all():
        candidates = {
            "compromise": simple,
            "median": middle,
            "exchange": played[0].after,
            **{f"naive {name}": values for name, values in plain.items()},
        }
        distances = {name: distance(coded, values) for name, values in candidates.items()}
        best = _best_share(coded, candidates, seed)
    return Forecast(
        p,
        simple,
        middle,
        plain,
        band(p, seed=seed),
        influence(p),
        played,
        {issue: elect(p, issue) for issue in p.issues},
        coded,
        distances,
        best,
        _exchange_band(p, exchange_draws, seed) if exchange_draws else None,
        _challenges(p, challenge_rounds) if challenge_rounds else {},
    )


def _best_share(
    coded: Array, candidates: Mapping[str, Array], seed: int, draws: int = 1000
) -> dict[str, float]:
    """Return how often each forecast is nearest when the coded outcomes are moved at random."""
    known = ~np.isnan(coded)
    moved = np.random.default_rng(seed).uniform(-RECODED, RECODED, (draws, int(known.sum())))
    outcomes = np.clip(coded[known] + moved, 0.0, 100.0)
    off = np.stack([np.abs(outcomes - v[known]).mean(axis=1) for v in candidates.values()])
    share = np.bincount(off.argmin(axis=0), minlength=len(candidates)) / draws
    return dict(zip(candidates, share.tolist(), strict=True))


def _exchange_band(p: Positions, draws: int, seed: int) -> Band:
    values = np.stack([exchange_round(table).after for table in jittered(p, draws, seed)])
    low, high = np.percentile(values, (5, 95), axis=0)
    return Band(low, high, draws)


def _challenges(p: Positions, count: int) -> dict[str, tuple[ChallengeRound, ...]]:
    played = {}
    for d, issue in enumerate(p.issues):
        here = p.present[:, d]
        if np.ptp(p.x[here, d]) > 0:
            played[issue] = tuple(challenge(p.x[here, d], p.s[here, d], p.c[here, d], rounds=count))
    return played


def _pairs(f: Forecast) -> list[dict[str, Any]]:
    """Return who trades with whom, and what it does to all others, the largest gains first."""
    p = f.positions
    found: dict[tuple[str, str], list[Any]] = {}
    for one in f.rounds[0].exchanges:
        names = sorted((one.actor, one.partner))
        both = found.setdefault((names[0], names[1]), [0.0, np.zeros(len(p.actors)), 0])
        both[0] += one.gain
        both[1] = both[1] + one.externality
        both[2] += 1
    rows = []
    for (a, b), (gain, felt, count) in sorted(found.items(), key=lambda item: -item[1][0])[:10]:
        others = {
            actor: float(value)
            for actor, value in zip(p.actors, felt, strict=True)
            if actor not in {a, b}
        }
        worst = min(others, key=others.__getitem__, default=None)
        most = max(others, key=others.__getitem__, default=None)
        rows.append(
            {
                "between": [a, b],
                "exchanges": count,
                "gain_each": _round(gain),
                "others": _round(sum(others.values())),
                "pays_most": None if worst is None else [worst, _round(others[worst])],
                "gains_most": None if most is None else [most, _round(others[most])],
            }
        )
    return rows


def to_json(f: Forecast) -> dict[str, Any]:
    """Return plain values: ``issues`` (each with every forecast) and ``exchanges`` in order."""
    p = f.positions
    issues = []
    for d, name in enumerate(p.issues):
        election = f.elections[name]
        likeliest = int(np.argmax(election.chance))
        issues.append(
            {
                "issue": name,
                "title": p.titles.get(name, name),
                "compromise": _round(f.compromise[d]),
                "median": _round(f.median[d]),
                "exchange": _round(f.exchange[d]),
                "exchange_by_round": [_round(one.after[d]) for one in f.rounds],
                "naive": {key: _round(values[d]) for key, values in f.naive.items()},
                "band": [_round(f.band.low[d]), _round(f.band.high[d])],
                "condorcet": {
                    "likeliest": _round(election.options[likeliest]),
                    "chance": _round(election.chance[likeliest]),
                },
                "exchange_band": None
                if f.exchange_band is None
                else [_round(f.exchange_band.low[d]), _round(f.exchange_band.high[d])],
                "challenge": [
                    {"median": _round(one.median), "mean": _round(one.mean)}
                    for one in f.challenge.get(name, ())
                ],
                "influence": {
                    actor: _round(f.influence[k, d])
                    for k, actor in enumerate(p.actors)
                    if p.present[k, d]
                },
                "meaning": p.meaning(name, float(f.compromise[d])),
                "outcome": None if np.isnan(f.outcome[d]) else _round(f.outcome[d]),
            }
        )
    exchanges = [
        {
            "actor": one.actor,
            "supplies": one.supplies,
            "from": _round(one.moved_from),
            "to": _round(one.moved_to),
            "partner": one.partner,
            "partner_supplies": one.demands,
            "partner_from": _round(one.partner_from),
            "partner_to": _round(one.partner_to),
            "gain": _round(one.gain, 6),
            "externality": {
                actor: _round(value, 6)
                for actor, value in zip(p.actors, one.externality, strict=True)
                if actor not in {one.actor, one.partner}
            },
        }
        for one in f.rounds[0].exchanges
    ]
    return {
        "source": p.source,
        "actors": list(p.actors),
        "issues": issues,
        "exchanges": exchanges,
        "pairs": _pairs(f),
        "potential_exchanges": f.rounds[0].potential,
        "distance_from_outcome": {name: _round(value) for name, value in f.distances.items()},
        "nearest_in_share_of_recodings": {
            name: _round(value) for name, value in f.best_share.items()
        },
        "challenge_warning": WARNING if f.challenge else None,
        "band": "5-95 % of the compromise when positions move by up to 10 points and salience and "
        f"capability by up to a factor of 1.25 ({f.band.draws} draws)",
    }


def _round(value: float, digits: int = 4) -> float:
    return round(float(value), digits)

"""Forecasts of where a negotiation lands, always beside the ones that need no model.

Nothing here is believed more than the record allows: on Paris no model clearly beats saying "50"
on every issue, so the naive baselines, the band and the coding of the outcome stand beside each
forecast, and the coding is the user's to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from accord.bargaining.compromise import (
    Band,
    band,
    compromise,
    distance,
    influence,
    naive,
    weighted_median,
)
from accord.bargaining.condorcet import Election, elect
from accord.bargaining.exchange import Round, rounds
from accord.bargaining.positions import Array, Positions

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
    """
    coded = np.full(len(p.issues), np.nan)
    for issue, value in (outcome or {}).items():
        coded[p.issue(issue)] = value
    played = tuple(rounds(p, count))
    simple = compromise(p)
    middle = weighted_median(p)
    plain = naive(p)
    distances: dict[str, float] = {}
    if not np.isnan(coded).all():
        candidates = {
            "compromise": simple,
            "median": middle,
            "exchange": played[0].after,
            **{f"naive {name}": values for name, values in plain.items()},
        }
        distances = {name: distance(coded, values) for name, values in candidates.items()}
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
    )


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
        "potential_exchanges": f.rounds[0].potential,
        "distance_from_outcome": {name: _round(value) for name, value in f.distances.items()},
        "band": "5-95 % of the compromise when positions move by up to 10 points and salience and "
        f"capability by up to a factor of 1.25 ({f.band.draws} draws)",
    }


def _round(value: float, digits: int = 4) -> float:
    return round(float(value), digits)

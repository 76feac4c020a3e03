"""The same day's words read in the scopes in which others publish their warming.

A study that counts the targets of 2030 and 2035 alone says something else than one that counts
neutrality pledges too, and a conditional pledge is in one figure and not in the other. So that a
published value can stand beside ours under its own convention, the world is projected once more
for each scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from accord.assessment.pairing import pair
from accord.language.target import Neutrality
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention

if TYPE_CHECKING:
    from accord.climate import Ensemble, State, Warming
    from accord.pathways import WorldPathway

SCOPES: Mapping[str, tuple[bool, bool]] = {
    "unconditional": (False, False),
    "targets": (False, False),
    "conditional": (True, False),
    "conditional-pledges": (True, True),
}
"""Scope to: do pledges with a condition count, do pledges of neutrality count?"""


def warming_by_scope(
    counted: Sequence[Commitment],
    convention: Convention,
    world: WorldPathway,
    ensemble: Ensemble,
    state: State,
) -> dict[str, dict[str, float]]:
    """Return warming of the day's commitments in every scope.

    Parameters
    ----------
    counted
        Commitments that count under ``convention``.
    convention
        The switches; all but ``conditional`` are kept.
    world
        The world under ``convention``; its number of draws is used.
    ensemble, state
        The climate at the start of the first projected year.

    Returns
    -------
    Scope to ``2100-p50``, ``peak-p50`` and ``century-p66`` (level that 66 % of the members stay
    below up to 2100), °C above 1850-1900.
    """
    import msgspec

    from accord import climate
    from accord.pathways import project

    found: dict[tuple[bool, bool], dict[str, float]] = {}
    for conditional, neutral in dict.fromkeys(SCOPES.values()):
        kept = [c for c in counted if neutral or not isinstance(c.pledge.target, Neutrality)]
        one = project(
            kept, msgspec.structs.replace(convention, conditional=conditional), draws=world.draws
        )
        run = climate.project(
            ensemble,
            one.species,
            state=state,
            scenario_of_member=pair(ensemble.size, world.draws),
        )
        found[conditional, neutral] = _levels(run)
    return {scope: found[reading] for scope, reading in SCOPES.items()}


def _levels(run: Warming) -> dict[str, float]:
    peak = run.gmst[0].max(axis=1)
    return {
        "2100-p50": float(np.median(run.gmst[0, :, -1])),
        "peak-p50": float(np.median(peak)),
        "century-p66": float(np.percentile(peak, 66)),
    }

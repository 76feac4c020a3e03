"""What the answer hangs on: the four rules after the last target, words, economy, climate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args

import numpy as np
import numpy.typing as npt

from accord.assessment.pairing import pair
from accord.assessment.result import PERCENTILES
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention, Extension

if TYPE_CHECKING:
    from accord.climate import Ensemble, State
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]


def worlds_by_rule(
    counted: Sequence[Commitment], convention: Convention, world: WorldPathway
) -> dict[str, WorldPathway]:
    """Project the same commitments under every extension rule; the convention's own is kept."""
    import msgspec

    from accord.pathways import project

    return {
        rule: world
        if rule == convention.extension
        else project(
            counted, msgspec.structs.replace(convention, extension=rule), draws=world.draws
        )
        for rule in get_args(Extension)
    }


def warming_by_rule(
    worlds: Mapping[str, WorldPathway], ensemble: Ensemble, state: State
) -> dict[str, dict[int, float]]:
    """Return the percentiles of warming in 2100 under every rule, °C above 1850-1900."""
    from accord import climate

    result = {}
    for rule, world in worlds.items():
        run = climate.project(
            ensemble,
            world.species,
            state=state,
            scenario_of_member=pair(ensemble.size, world.draws),
        )
        points = np.percentile(run.gmst[0, :, -1], PERCENTILES)
        result[rule] = {p: float(v) for p, v in zip(PERCENTILES, points, strict=True)}
    return result


def spread_by_source(
    world: WorldPathway, by_rule: Mapping[str, WorldPathway]
) -> tuple[dict[str, float], dict[str, float]]:
    """Split the variance of 2100 warming and of 2030 tonnes by its source.

    Words and economy: least-squares share of each factor in the variance of the draws' median
    warming (first-order effects; what the two have in common or leave over is given to both in
    proportion). Rule: variance over the four rules, equally likely. Climate: variance over the
    members at the central reading.
    """
    from accord import climate

    ensemble = climate.Ensemble.bundled(400)
    state = climate.history(ensemble, world.first_year)
    run = climate.project(ensemble, world.species, state=state)
    medians = np.median(run.gmst[:, :, -1], axis=1)
    rules = climate.project(
        ensemble,
        {
            name: np.concatenate([w.species[name][:1] for w in by_rule.values()])
            for name in world.species
        },
        state=state,
    )
    rule_medians = np.median(rules.gmst[:, :, -1], axis=1)
    tonnes = world.ghg("AR6", True)
    year = int(np.nonzero(world.years == max(2030, world.first_year))[0][0])
    rule_tonnes = [w.ghg("AR6", True)[0, year] for w in by_rule.values()]
    of_2100 = {
        "climate": float(np.var(run.gmst[0, :, -1])),
        "rule": float(np.var(rule_medians)),
        **_by_factor(world, medians),
    }
    of_2030 = {"rule": float(np.var(rule_tonnes)), **_by_factor(world, tonnes[:, year])}
    return _normalised(of_2100), _normalised(of_2030)


def _by_factor(world: WorldPathway, values: Array) -> dict[str, float]:
    """Share the variance of ``values`` ``(draw,)`` among the factors of the draws."""
    names = list(world.factors)
    design = np.stack([world.factors[name][1:] for name in names], axis=1)
    centred = design - design.mean(axis=0)
    slopes, *_ = np.linalg.lstsq(centred, values[1:] - values[1:].mean(), rcond=None)
    explained = slopes**2 * centred.var(axis=0)
    total = float(explained.sum())
    if total <= 0.0:
        return dict.fromkeys(names, 0.0)
    whole = float(np.var(values[1:]))
    return {name: whole * float(part) / total for name, part in zip(names, explained, strict=True)}


def _normalised(parts: Mapping[str, float]) -> dict[str, float]:
    total = sum(parts.values())
    return {name: part / total if total > 0 else 0.0 for name, part in parts.items()}

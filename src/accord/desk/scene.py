"""What does not move while terms do, as the page gets it."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from accord.assessment.chain import SHOWN_FROM
from accord.desk.ground import GOAL_YEAR, PERCENTILES, Ground

Array = npt.NDArray[np.float64]


def rounded(values: Any, digits: int = 3) -> Any:
    """Return an array as nested lists of short numbers, ``None`` where there is none."""
    found = np.round(np.asarray(values, dtype=np.float64), digits)
    if np.isfinite(found).all():
        return found.tolist()
    return [None if not np.isfinite(one) else float(one) for one in found.ravel()]


def scene(ground: Ground) -> dict[str, Any]:
    """Return the ``scene`` message of a ground."""
    from accord import climate

    world, convention = ground.world, ground.convention
    ensemble = climate.Ensemble.bundled(ground.members)
    first = world.first_year
    years, past = climate.history_percentiles(ensemble, PERCENTILES)
    use = (years >= SHOWN_FROM) & (years < first)
    observed_years, observed = climate.observed_warming()
    seen = (observed_years >= SHOWN_FROM) & (observed_years < first)
    pledged = ground.pledged_warming
    history = ground.history
    total = world.ghg(convention.gwp, ground.with_land)[0] / 1000
    reference = world.reference_ghg(convention.gwp, ground.with_land)[0] / 1000
    stack = {code: ground.central[code] for code in ground.stack}
    rest = total - np.sum(list(stack.values()), axis=0)
    median = pledged.percentiles((50,))[0, 0]
    return {
        "type": "scene",
        "as_of": ground.day.isoformat(),
        "round": ground.round.id if ground.round else None,
        "convention": {
            name: value
            for name, value in msgspec.structs.asdict(convention).items()
            if name != "as_of"
        },
        "convention_words": convention.words(),
        "stack_order": [*ground.stack, "REST"],
        "history": {
            "first": history["first"],
            "last": history["last"],
            "stack": {code: rounded(row) for code, row in history["stack"].items()},
            "world": rounded(history["world"]),
        },
        "reference": {"first": first, "world": rounded(reference)},
        "came": {"first": first, "world": rounded(ground.came)} if ground.came.size else None,
        "pledged": {
            "first": first,
            "world": rounded(total),
            "stack": {**{code: rounded(row) for code, row in stack.items()}, "REST": rounded(rest)},
            "warming_2100": round(float(median[-1]), 3),
            "warming_50": rounded(median),
        },
        "warming_history": {
            "first": SHOWN_FROM,
            "percentiles": {str(p): rounded(past[i, use]) for i, p in enumerate(PERCENTILES)},
        },
        "observed": {
            "first": int(observed_years[seen][0]) if seen.any() else SHOWN_FROM,
            "values": rounded(observed[seen]),
            "source": "annual mean of published global temperature sets, above 1850–1900",
        },
        "benchmarks": [
            {
                "goal": goal,
                "year": GOAL_YEAR,
                "gt": round(level, 1),
                "low": None,
                "high": None,
                "words": f"a {goal} °C path, {GOAL_YEAR}",
                "source": "published cut below 2019, on our 2019 total (accord shares says which)",
            }
            for goal, level in ground.benchmarks.items()
        ],
        "published": _published(ground),
        "members": ground.members,
        "ensemble": ensemble.edition,
    }


def _published(ground: Ground) -> list[dict[str, Any]]:
    """Return published warming of pledges as of the day, newest edition of each publisher."""
    from accord.brief.published import NOT_PLEDGES, latest, read_published

    return [
        {
            "label": one.publisher,
            "value": one.central,
            "low": one.low,
            "high": one.high,
            "probability": one.percentile,
            "when": one.when,
            "words": f"{one.words}, {one.edition}",
            "source": one.source,
            "date": one.date.isoformat(),
        }
        for one in latest(read_published(), ground.day)
        if one.quantity == "warming" and one.scope not in NOT_PLEDGES
    ]

"""Promises: what was delivered against what was due, source by source."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from accord.desk.ground import Ground
from accord.desk.rows import Sources
from accord.desk.standoff import Key
from accord.errors import AccordError


def promises(ground: Ground, sources: Sources) -> list[dict[str, Any]]:
    """Return the accounts of the day, each with the numbers of its documents."""
    by_id = {one.id: one for one in ground.case.commitments}
    found = []
    for one in accounts(Key(ground.case), ground.day)["promises"]:
        row = dict(one)
        row["sources"] = sources.of(by_id[row["id"]].evidence)
        row["unit"] = row["target"]["unit"]
        found.append(row)
    return found


@lru_cache(maxsize=32)
def accounts(case: Key, day: dt.date) -> dict[str, Any]:
    """Return the accounts of a case on a day, kept."""
    from accord.tracking.account import to_json, track

    return to_json(case.case, track(case.case, as_of=day), day)


def promises_csv(ground: Ground) -> str:
    """Return the accounts as a table, one row a promise and source.

    Raises
    ------
    AccordError
        The case's deliveries cannot be read.
    """
    from accord.tracking.account import to_csv, track

    try:
        return to_csv(track(ground.case, as_of=ground.day))
    except KeyError as error:  # a promise that lost its commitment
        raise AccordError(f"deliveries name {error}, which is no commitment") from None

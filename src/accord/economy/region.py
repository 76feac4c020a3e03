"""Which region of a published model stands for a party.

Cost and damage curves are published for a dozen regions, parties are two hundred: each party takes
the curve of its region (``data/economy/regions.csv``, our own map, every party once a model).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from accord.errors import UnknownNameError
from accord.parties import members

MODELS = ("RICE-2010", "C-DICE 2015")


def rows_of(name: str, folder: str = "economy") -> list[dict[str, str]]:
    """Return the rows of a bundled table, its comment lines left out."""
    text = (resources.files("accord.data") / folder / name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def region_map(model: str) -> Mapping[str, str]:
    """Return party to region for ``model``; ``UnknownNameError`` for another model."""
    if model not in MODELS:
        raise UnknownNameError("cost model", model, MODELS)
    return {
        party: row["region"]
        for row in rows_of("regions.csv")
        if row["model"] == model
        for party in row["parties"].split()
    }


def region(party: str, model: str = "RICE-2010") -> str:
    """Return the region of ``party``; members of the EU have that of EU27.

    Raises
    ------
    UnknownNameError
        For a model that is not bundled, or a code that stands for no territory (bunkers, groups).
    """
    known = region_map(model)
    code = "EU27" if party in members("EU27") else party
    if code not in known:
        raise UnknownNameError(f"party of {model}", party, known)
    return known[code]

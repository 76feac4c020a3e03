"""What a phrase takes over from commitments on record: base values and official progress.

Somebody who types "China: cut CO2 intensity 65 % below 2005 by 2030" means the target that China
counts from its own reported progress; without it the words would be read 8 % more strictly than
the same words in the case. A precedent is a commitment of the same party on the same measure and
base.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from accord.language.target import IntensityCut, RelativeCut
from accord.ledger.commitment import BaseValue, Commitment, Outcome


def with_precedent(commitment: Commitment, record: Iterable[Commitment]) -> Commitment:
    """Return ``commitment`` with base values and outcomes of its precedents, latest first.

    What it has itself is left as it is.

    Parameters
    ----------
    commitment
        As somebody gave it, usually without base values or outcomes.
    record
        Commitments of the case, whatever their status.
    """
    target = commitment.pledge.target
    if not isinstance(target, (IntensityCut, RelativeCut)) or target.base == "peak":
        return commitment
    found = [
        other
        for other in record
        if other.party == commitment.party
        and isinstance(other.pledge.target, type(target))
        and (other.pledge.target.gas, other.pledge.target.base) == (target.gas, target.base)
        and (other.pledge.lulucf == "including") == (commitment.pledge.lulucf == "including")
    ]
    found.sort(key=lambda other: other.date, reverse=True)
    bases: tuple[BaseValue, ...] = tuple(value for other in found for value in other.base_values)
    outcomes: tuple[Outcome, ...] = ()
    if isinstance(target, IntensityCut):
        outcomes = tuple(outcome for other in found for outcome in other.outcomes)
    return msgspec.structs.replace(
        commitment,
        base_values=commitment.base_values or bases,
        outcomes=commitment.outcomes or outcomes,
    )

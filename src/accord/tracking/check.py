"""Every fault in the accounts of a case: finance, transfers, interactions.

Deliveries are checked with the case itself (:func:`accord.ledger.check_case`).
"""

from __future__ import annotations

from pathlib import Path

from accord.errors import InputError
from accord.ledger.case import FaultyCaseError, load_case
from accord.tracking.double_counting import TRANSFERS, read_transfers
from accord.tracking.finance import FLOWS, read_flows
from accord.tracking.interaction import INTERACTIONS, read_interactions


def check_accounts(path_or_name: str | Path) -> list[InputError]:
    """Return everything that is wrong in the accounts of a case that loads; ``[]`` if nothing."""
    try:
        case = load_case(path_or_name)
    except (FaultyCaseError, InputError):
        return []
    return [
        *read_flows(case.path / FLOWS, case.sources, case.today)[1],
        *read_transfers(case.path / TRANSFERS, case.sources)[1],
        *read_interactions(case.path / INTERACTIONS, case.sources, case.today)[1],
    ]

"""Commitments in a line, for tests that state a law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accord.language.target import AnyTarget, Pledge
from accord.ledger.commitment import BaseValue, Commitment, Outcome, Status
from accord.ledger.convention import Convention

MADE = dt.date(2009, 1, 1)


def commitment(
    party: str,
    target: AnyTarget,
    *,
    lulucf: Any = None,
    conditional_on: str | None = None,
    word: Any = "in force",
    base_values: tuple[BaseValue, ...] = (),
    outcomes: tuple[Outcome, ...] = (),
    gdp_series: str | None = None,
    identity: str = "",
) -> Commitment:
    """Return a commitment that has been in force since 2009."""
    return Commitment(
        id=identity or f"{party}-{target}",
        says=f"{party}: {target}",
        pledge=Pledge(party=party, target=target, lulucf=lulucf, conditional_on=conditional_on),
        instrument="a test",
        legal_form="assumption",
        date=MADE,
        statuses=(Status(since=MADE, word=word),),
        evidence=(),
        base_values=base_values,
        outcomes=outcomes,
        gdp_series=gdp_series,
    )


@pytest.fixture(scope="session")
def commit() -> Callable[..., Commitment]:
    return commitment


@pytest.fixture(scope="session")
def today() -> Convention:
    return Convention(as_of=dt.date(2026, 11, 21))

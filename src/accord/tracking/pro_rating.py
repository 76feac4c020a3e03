"""How much of a target is due part of the way.

Agreements name year-end targets; anything in between is an illustration, and there are two ways
to draw it. *Uniform*: every month the same. *Seasonal*: every month its share of a base year's
trade (Bown, Peterson Institute, since 26 October 2020), which tells how far autumn-heavy goods
really lag.
Both are nought on the first day and the whole target on the last, whatever lies between.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence

import numpy as np

from accord.ledger.delivery import Due


def cumulative_share(day: dt.date, by_month: Sequence[tuple[int, float]] = ()) -> float:
    """Return the share of a year's target that is due by the end of ``day``.

    Parameters
    ----------
    day
        The day; months count equally, days within a month equally.
    by_month
        Cumulative shares by the end of months (``(10, 0.793)``); straight lines between those that
        are given, so that none at all is the uniform year.
    """
    month = day.month - 1 + day.day / calendar.monthrange(day.year, day.month)[1]
    points = [(0.0, 0.0), *((float(m), s) for m, s in by_month if m < 12), (12.0, 1.0)]
    months, shares = zip(*points, strict=True)
    return float(np.interp(month, months, shares))


def pro_rated(due: Due, day: dt.date, *, seasonal: bool = True) -> float:
    """Return what is due of one period's target by the end of ``day``, in its unit.

    A period of several years, or of part of one, is spread evenly over its days.
    """
    if day < due.start:
        return 0.0
    if day >= due.end:
        return due.amount
    whole = due.start == dt.date(due.start.year, 1, 1) and due.end == dt.date(
        due.start.year, 12, 31
    )
    if whole:
        return due.amount * cumulative_share(day, due.by_month if seasonal else ())
    days = (due.end - due.start).days + 1
    return due.amount * ((day - due.start).days + 1) / days


def pro_rated_sum(dues: Sequence[Due], day: dt.date, *, seasonal: bool = True) -> float:
    """Return what is due over all periods by the end of ``day``."""
    return sum(pro_rated(due, day, seasonal=seasonal) for due in dues)

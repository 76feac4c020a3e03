"""The accounts of a case: every promise that can be measured, with what each source says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.errors import InputError, UnknownNameError
from accord.language import say
from accord.ledger.case import Case
from accord.ledger.delivery import Deliveries, load_deliveries
from accord.tracking.own_tables import own_series
from accord.tracking.promise import Promise, measured
from accord.tracking.series import reported
from accord.tracking.status import Standing, Word, recorded, standing, without_figures


@dataclass(frozen=True)
class Account:
    """A promise with its fate.

    Attributes
    ----------
    promise
        What was promised.
    status, why
        The word of the source named first, and its reason.
    agreed
        Whether all sources give that word.
    standings
        One a source, those of the case first, then Accord's own tables.
    history
        Day, word and reason whenever the word changed.
    """

    promise: Promise
    status: Word
    why: str
    agreed: bool
    standings: tuple[Standing, ...]
    history: tuple[tuple[dt.date, Word, str], ...]


def track(
    case: Case,
    *,
    as_of: dt.date | None = None,
    promises: Sequence[str] = (),
    party: str | None = None,
    seasonal: bool = True,
    deliveries: Deliveries | None = None,
    history: bool = True,
) -> tuple[Account, ...]:
    """Return the accounts of a case's promises on a day.

    Parameters
    ----------
    case
        The case.
    as_of
        Day; only figures known by then count. Default: the day of the edition.
    promises
        Ids; default: every promise with deliveries on file, and those of the protagonists that the
        bundled tables can follow and that nothing superseded.
    party
        Code, to keep one party's promises alone.
    seasonal
        Whether months weigh as in the base year where the case says how.
    deliveries
        What was delivered; read from the case unless given.
    history
        Whether the word is followed back in time too.

    Raises
    ------
    UnknownNameError
        There is no such promise.
    InputError
        A promise asked for is nothing that can be measured, or was made later.
    """
    day = as_of or case.today
    found = deliveries if deliveries is not None else load_deliveries(case)
    by_id = {one.id: one for one in case.commitments}
    for name in promises:
        if name not in by_id:
            raise UnknownNameError("promise", name, by_id)
    with_rows = {row.promise for row in found.rows}
    chosen = []
    for one in case.commitments:
        if promises and one.id not in promises:
            continue
        promise = measured(one)
        if promise is None:
            if promises:
                raise InputError(
                    f"{one.id} ({one.says}) is no amount that deliveries could be measured by; "
                    "cuts, levels, shares, capacity, finance and purchases are"
                )
            continue
        if one.date > day:
            if promises:
                raise InputError(f"{one.id} was made on {one.date}, after {day}; ask later")
            continue
        status = one.status(day)
        told = one.id in with_rows
        if not (promises or told) and (
            one.party not in case.parties or status is None or status.word == "superseded"
        ):
            continue
        if party is None or one.party == party:
            chosen.append(promise)
    accounts = (_account(one, found, day, seasonal=seasonal, history=history) for one in chosen)
    return tuple(a for a in accounts if a.standings or promises)


def _account(
    promise: Promise, deliveries: Deliveries, day: dt.date, *, seasonal: bool, history: bool
) -> Account:
    now = _standings(promise, deliveries, day, seasonal)
    word, why, agreed = _word(promise, now, day)
    past = _history(promise, deliveries, day, seasonal) if history else ()
    return Account(promise, word, why, agreed, now, past)


def _standings(
    promise: Promise, deliveries: Deliveries, day: dt.date, seasonal: bool
) -> tuple[Standing, ...]:
    series = (*reported(promise, deliveries, day), *own_series(promise, day))
    return tuple(
        standing(promise, one, deliveries.due(promise.id, one.source, day), day, seasonal=seasonal)
        for one in series
    )


def _word(promise: Promise, standings: Sequence[Standing], day: dt.date) -> tuple[Word, str, bool]:
    if not standings:
        return *without_figures(promise, day), True
    settled = [s for s in standings if s.word in {"met", "missed"}]
    if day > promise.ends and not settled and standings[0].word != "withdrawn":
        fate = recorded(promise, day)
        if fate is not None:
            return fate, "as the case records; no source has a figure of the year due", True
    first = settled[0] if settled and day > promise.ends else standings[0]
    words = {s.word for s in (settled if day > promise.ends and settled else standings)}
    return first.word, f"{first.series.source}: {first.why}", len(words) == 1


def _history(
    promise: Promise, deliveries: Deliveries, day: dt.date, seasonal: bool
) -> tuple[tuple[dt.date, Word, str], ...]:
    """Return the word on every day on which something could have changed it."""
    made = promise.commitment.date
    days = {made, *(s.since for s in promise.commitment.statuses)}
    days |= {row.published for row in deliveries.rows if row.promise == promise.id}
    days |= {dt.date(year, 12, 1) for year in range(made.year, day.year + 1)}
    days |= {dt.date(promise.ends.year + 1, 1, 1)} if promise.ends.year < 2100 else set()
    found: list[tuple[dt.date, Word, str]] = []
    for one in sorted(d for d in days if made <= d <= day):
        word, why, _ = _word(promise, _standings(promise, deliveries, one, seasonal), one)
        if not found or found[-1][1] != word:
            found.append((one, word, why))
    return tuple(found)


def to_json(case: Case, accounts: Sequence[Account], as_of: dt.date) -> dict[str, Any]:
    """Return the accounts as plain values, for ``accord track --json``."""
    return {
        "case": case.name,
        "as_of": as_of.isoformat(),
        "promises": [_promise_json(one) for one in accounts],
    }


def _promise_json(account: Account) -> Mapping[str, Any]:
    promise, one = account.promise, account.promise.commitment
    return {
        "id": promise.id,
        "party": one.party,
        "says": say(one.pledge),
        "made": one.date.isoformat(),
        "target": {
            "low": promise.weak, "high": promise.strong, "unit": promise.unit,
            "kind": promise.kind,
            "from": promise.begins.isoformat(), "by": promise.ends.isoformat(),
        },
        "status": account.status,
        "why": account.why,
        "sources_agree": account.agreed,
        "deliveries": [_standing_json(s) for s in account.standings],
        "history": [
            {"since": day.isoformat(), "status": word, "why": why}
            for day, word, why in account.history
        ],
        "evidence": [c.title for c in one.evidence],
    }  # fmt: skip


def _standing_json(s: Standing) -> Mapping[str, Any]:
    ahead, last = s.projection, s.reading
    return {
        "source": s.series.source,
        "through": s.through.isoformat(),
        "amount": round(s.amount, 4),
        "target": round(s.target, 4),
        "pro_rated_target": None if s.pro_rated_target is None else round(s.pro_rated_target, 4),
        "share": None if s.share is None else round(s.share, 4),
        "pro_rating": s.pro_rating,
        "status": s.word,
        "why": s.why,
        "projection": None
        if ahead is None
        else {
            "central": round(ahead.central, 3),
            "low": None if ahead.low is None else round(ahead.low, 3),
            "high": None if ahead.high is None else round(ahead.high, 3),
            "how": ahead.how,
        },
        "periods": [
            {
                "from": r.start.isoformat(),
                "to": r.end.isoformat(),
                "amount": round(r.amount, 4),
                "verified": r.verified,
                "components": {name: round(value, 4) for name, value in r.parts.items()},
            }
            for r in s.series.readings
        ],
        "components": {name: round(value, 4) for name, value in s.reading.parts.items()},
        "evidence": last.evidence,
        "verified": last.verified,
        "note": last.note,
        "remarks": list(s.series.remarks),
    }


COLUMNS = (
    "id", "party", "says", "status", "source", "source_status", "through", "amount", "target",
    "pro_rated_target", "share", "unit", "projection", "low", "high", "evidence", "verified",
)  # fmt: skip


def to_csv(accounts: Sequence[Account]) -> str:
    """Return the accounts as a table, one row a promise and source."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for account in accounts:
        row = _promise_json(account)
        for one in row["deliveries"] or [{}]:
            ahead = one.get("projection") or {}
            writer.writerow(
                {
                    **{key: row[key] for key in ("id", "party", "says", "status")},
                    "source": one.get("source", ""),
                    "source_status": one.get("status", ""),
                    **{key: one.get(key) for key in
                       ("through", "amount", "target", "pro_rated_target", "share", "evidence",
                        "verified")},
                    "unit": account.promise.unit,
                    "projection": ahead.get("central"),
                    "low": ahead.get("low"), "high": ahead.get("high"),
                }
            )  # fmt: skip
    return out.getvalue()

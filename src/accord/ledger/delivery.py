"""What was delivered on a promise: the files ``deliveries.csv``, ``targets.csv``, ``prices.csv``.

``deliveries.csv`` has one row a source and period. Sources are kept apart for ever: nothing here
adds up or averages over them. Within one source, rows that begin on the same day are readings of
one running period (year to date), of which the longest counts; any other overlap is an error.

``targets.csv`` is needed only where a promise says more than its phrase can: what is due in each
of several periods, by which base statistics, since when it was read so, and how the year's target
is spread over its months. ``prices.csv`` states the exchange rates and deflators by which money of
another currency or price year may be compared; without one, such rows are an error.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

import msgspec

from accord.errors import CaseError, InputError, Place, UnknownNameError
from accord.language.target import EnergyShare, Finance, IntensityCut, Purchase, RelativeCut
from accord.ledger.case import Case, FaultyCaseError
from accord.ledger.commitment import Citation, Commitment

DELIVERIES, TARGETS, PRICES = "deliveries.csv", "targets.csv", "prices.csv"

OF_DUE = "% of due"
"""Unit of a figure published only as a share of what was due by then."""

Kind = Literal["exchange", "deflator"]

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_AMOUNT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MONEY = re.compile(r"bn ([A-Z]{3})")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False, "": False}


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An amount that one source reports over one period.

    Attributes
    ----------
    promise, source, component
        Id of the commitment; short name of who counts; part of the whole (``""``: all of it).
    start, end, published
        First and last day of the period; day from which the figure is known.
    amount, unit, price_year
        Cuts are positive percentages ("48.4 % below the base"), a rise is negative; money is in bn
        of a currency, of the day unless ``price_year`` is given.
    evidence, verified, note
        Where it is from, whether somebody checked it there, and remarks.
    line
        Of the file, for messages.
    """

    promise: str
    source: str
    start: dt.date
    end: dt.date
    published: dt.date
    amount: float
    unit: str
    component: str = ""
    price_year: int | None = None
    evidence: str = ""
    verified: bool = False
    note: str = ""
    line: int = 0

    @property
    def currency(self) -> str | None:
        """Currency of a money amount."""
        found = _MONEY.fullmatch(self.unit)
        return found[1] if found else None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What a promise asks over one period, by one source's statistics.

    ``by_month``: month and share of the year's target that is due by its end; straight lines
    between. Empty: the same every month. ``since``: the day from which it was read so.
    """

    promise: str
    source: str
    start: dt.date
    end: dt.date
    amount: float
    unit: str
    since: dt.date
    by_month: tuple[tuple[int, float], ...] = ()
    evidence: str = ""
    verified: bool = False
    line: int = 0


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange rate (``value`` of ``into`` for one ``currency``) or a price level of a year."""

    kind: Kind
    currency: str
    year: int
    value: float
    into: str = ""
    evidence: str = ""
    verified: bool = False


class Deliveries(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was delivered on the promises of a case."""

    rows: tuple[Delivery, ...] = ()
    dues: tuple[Due, ...] = ()
    prices: tuple[Price, ...] = ()

    def of(self, promise: str, as_of: dt.date) -> tuple[Delivery, ...]:
        """Return a promise's rows known on a day; of a revised figure the latest edition."""
        known: dict[tuple[str, str, dt.date, dt.date], Delivery] = {}
        for row in sorted(self.rows, key=lambda r: r.published):
            if row.promise == promise and row.published <= as_of:
                known[row.source, row.component, row.start, row.end] = row
        return tuple(sorted(known.values(), key=lambda r: (r.source, r.component, r.start, r.end)))

    def due(self, promise: str, source: str, as_of: dt.date) -> tuple[Due, ...]:
        """Return what was due by a source's statistics as read on a day; ``()`` if not stated."""
        rows = [d for d in self.dues if d.promise == promise and d.source in {source, ""}]
        latest: dict[tuple[dt.date, dt.date], Due] = {}
        for row in sorted(rows, key=lambda d: (d.since, bool(d.source))):
            if row.since <= as_of or (row.start, row.end) not in latest:
                latest[row.start, row.end] = row
        return tuple(sorted(latest.values(), key=lambda d: d.start))


def load_deliveries(case: Case) -> Deliveries:
    """Return the deliveries of a case, all of them checked; none where it has no such file.

    Raises
    ------
    FaultyCaseError
        With the first fault in its message and up to ten in ``problems``.
    """
    found, problems = read_deliveries(case.path, case.commitments, case.sources, case.today)
    if problems:
        raise FaultyCaseError(problems, case.path)
    return found


def read_deliveries(
    folder: Path,
    commitments: Sequence[Commitment],
    sources: Mapping[str, Citation],
    today: dt.date,
) -> tuple[Deliveries, list[InputError]]:
    """Read the three files of a case's folder and return what is in them and what is wrong."""
    problems: list[InputError] = []
    by_id = {one.id: one for one in commitments}
    prices = [
        one
        for record in records(
            folder / PRICES,
            ("kind", "currency", "into", "year", "value", "evidence", "verified"),
            {"into", "verified"},
            problems,
        )
        if (one := _price(record))
    ]
    dues = [
        due
        for record in records(
            folder / TARGETS,
            ("promise", "source", "from", "to", "amount", "unit", "since", "by_month", "evidence",
             "verified"),
            {"source", "since", "by_month", "verified"},
            problems,
        )
        if (due := _due(record, by_id, sources))
    ]  # fmt: skip
    rows = [
        row
        for record in records(
            folder / DELIVERIES,
            ("promise", "source", "component", "from", "to", "published", "amount", "unit",
             "price_year", "evidence", "verified", "note"),
            {"component", "published", "price_year", "verified", "note"},
            problems,
        )
        if (row := _delivery(record, by_id, sources, today))
    ]  # fmt: skip
    _overlaps(rows, str(folder / DELIVERIES), problems)
    _conversions(rows, prices, by_id, str(folder / DELIVERIES), problems)
    return Deliveries(rows=tuple(rows), dues=tuple(dues), prices=tuple(prices)), problems


class Record:
    """A row of one of the files, read field by field; every fault is kept with its place."""

    def __init__(
        self, file: str, line: int, cells: Mapping[str, str], problems: list[InputError]
    ) -> None:
        self.file, self.line, self.cells, self.problems = file, line, cells, problems
        self.sound = True

    def place(self, field: str) -> Place:
        """Return where a field stands."""
        return Place(file=self.file, line=self.line, field=field)

    def fault(self, message: str, field: str) -> None:
        """Note what is wrong."""
        self.sound = False
        self.problems.append(CaseError(message, self.place(field)))

    def text(self, field: str, expected: str = "") -> str:
        """Return a text; ``expected`` makes it one that must be there."""
        value = self.cells.get(field, "").strip()
        if not value.isprintable():
            self.fault(f"{value[:40]!r} holds signs that cannot be printed", field)
            return ""
        if expected and not value:
            self.fault(f"is empty; expected {expected}", field)
        return value

    def choice(self, what: str, field: str, known: Collection[str]) -> str:
        """Return one of the known names."""
        value = self.text(field, what)
        if value and value not in known:
            self.sound = False
            self.problems.append(UnknownNameError(what, value[:80], known, self.place(field)))
        return value

    def number(self, field: str) -> float:
        """Return a finite number."""
        value = self.text(field, "a number such as 1234.5")
        if value and (not _AMOUNT.fullmatch(value) or not math.isfinite(float(value))):
            self.fault(f"{value[:40]!r} is no number; write it like 1234.5", field)
        return float(value) if self.sound and value else 0.0

    def year(self, field: str) -> int | None:
        """Return a year, or ``None`` where nothing is written."""
        value = self.text(field)
        if value and (not re.fullmatch(r"\d{4}", value) or not 1750 <= int(value) <= 2100):
            self.fault(f"{value[:40]!r} is no year from 1750 to 2100", field)
            return None
        return int(value) if value else None

    def day(self, field: str, *, last: bool, required: bool = True) -> dt.date | None:
        """Return a day; a year or month alone means its first or ``last`` day."""
        value = self.text(field, "a date, month or year: 2020-10-31, 2020-10 or 2020" * required)
        if not value:
            return None
        found = _DAY.fullmatch(value)
        try:
            if found is None:
                raise ValueError
            year, month, day = (int(part) if part else 0 for part in found.groups())
            month = month or (12 if last else 1)
            return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
        except (ValueError, IndexError):
            self.fault(f"{value[:40]!r} is no date; expected 2020-10-31, 2020-10 or 2020", field)
            return None

    def flag(self, field: str) -> bool:
        """Return yes or no; nothing written is no."""
        value = self.text(field)
        if value.lower() not in _FLAGS:
            self.fault(f"{value[:40]!r} is neither yes nor no", field)
        return _FLAGS.get(value.lower(), False)

    def evidence(self, sources: Mapping[str, Citation]) -> str:
        """Return a citation: a key of ``sources.yaml`` written out, or the words themselves."""
        value = self.text("evidence", "a key of sources.yaml, or title, publisher and date")
        if value in sources:
            cited = sources[value]
            parts = (cited.title, cited.publisher, cited.date.isoformat() if cited.date else "")
            return ", ".join(part for part in parts if part)
        if value and re.fullmatch(r"[A-Z0-9][A-Z0-9._-]*", value):
            self.sound = False
            self.problems.append(UnknownNameError("source", value, sources, self.place("evidence")))
        return value


def records(
    file: Path, columns: tuple[str, ...], optional: set[str], problems: list[InputError]
) -> Iterator[Record]:
    """Yield the rows of a file of a case whose header names ``columns``; none if there is none."""
    if not file.exists():
        return
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(CaseError(f"cannot be read as UTF-8 text: {error}", Place(file=str(file))))
        return
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not numbered:
        return
    try:
        parsed = [next(csv.reader([line])) for _, line in numbered]
    except csv.Error as error:
        problems.append(CaseError(f"is no CSV file: {error}", Place(file=str(file))))
        return
    header = [name.strip() for name in parsed[0]]
    head = Place(str(file), numbered[0][0])
    problems.extend(
        UnknownNameError("column", name, columns, head) for name in header if name not in columns
    )
    missing = [name for name in columns if name not in header and name not in optional]
    if missing:
        problems.append(
            CaseError(f"has no column {', '.join(missing)}", Place(str(file), numbered[0][0]))
        )
        return
    for (line, _), cells in zip(numbered[1:], parsed[1:], strict=True):
        if len(cells) != len(header):
            problems.append(
                CaseError(
                    f"{len(cells)} fields where the header names {len(header)}; a text with a "
                    "comma stands in quotation marks",
                    Place(str(file), line),
                )
            )
            continue
        yield Record(str(file), line, dict(zip(header, cells, strict=True)), problems)


def _price(record: Record) -> Price | None:
    kind = record.choice("kind", "kind", get_args(Kind))
    currency = record.text("currency", "a currency code such as EUR")
    into = record.text("into")
    year, value = record.year("year"), record.number("value")
    if record.sound and value <= 0:
        record.fault(f"{value:g} is no rate; it lies above 0", "value")
    if record.sound and kind == "exchange" and not into:
        record.fault("an exchange rate needs the currency it leads to", "into")
    evidence = record.text("evidence", "where the rate is from")
    verified = record.flag("verified")
    if year is None:
        record.fault("needs a year", "year")
    if not record.sound or year is None:
        return None
    return Price(
        kind="exchange" if kind == "exchange" else "deflator",
        currency=currency, into=into, year=year, value=value, evidence=evidence, verified=verified,
    )  # fmt: skip


def _period(record: Record) -> tuple[dt.date, dt.date] | None:
    start, end = record.day("from", last=False), record.day("to", last=True)
    if start is None or end is None:
        return None
    if end < start:
        record.fault(f"the period ends on {end}, before it begins on {start}", "to")
        return None
    return start, end


def _due(
    record: Record, by_id: Mapping[str, Commitment], sources: Mapping[str, Citation]
) -> Due | None:
    promise = record.choice("promise", "promise", by_id)
    period, amount = _period(record), record.number("amount")
    if amount < 0:
        record.fault("what is due cannot be negative", "amount")
    since = record.day("since", last=False, required=False) or dt.date.min
    by_month = _by_month(record)
    evidence, verified = record.evidence(sources), record.flag("verified")
    unit = record.text("unit", "the unit of the promise")
    if by_month and period and period[0].year != period[1].year:
        record.fault("shares by month belong to a period within one year", "by_month")
    if not record.sound or period is None:
        return None
    return Due(
        promise=promise, source=record.text("source"), start=period[0], end=period[1],
        amount=amount, unit=unit, since=since, by_month=by_month, evidence=evidence,
        verified=verified, line=record.line,
    )  # fmt: skip


def _by_month(record: Record) -> tuple[tuple[int, float], ...]:
    """Read ``10=0.793 11=0.889``: cumulative shares by the end of months, rising to 1 in 12."""
    found: list[tuple[int, float]] = []
    for part in record.text("by_month").split():
        match = re.fullmatch(r"(\d{1,2})=(\d*\.?\d+)", part)
        if not match or not 1 <= int(match[1]) <= 12 or float(match[2]) > 1:
            record.fault(f"{part[:20]!r}: expected month=share, such as 10=0.793", "by_month")
            return ()
        found.append((int(match[1]), float(match[2])))
    if any(b <= a or y < x for (a, x), (b, y) in pairwise(found)):
        record.fault("months and their cumulative shares must rise", "by_month")
    if found and found[-1][0] == 12 and found[-1][1] != 1:
        record.fault("by the end of month 12 all of it is due: 12=1", "by_month")
    return tuple(found)


def _delivery(
    record: Record,
    by_id: Mapping[str, Commitment],
    sources: Mapping[str, Citation],
    today: dt.date,
) -> Delivery | None:
    promise = record.choice("promise", "promise", by_id)
    source = record.text("source", "a short name of who counts")
    period, amount = _period(record), record.number("amount")
    unit = record.text("unit", "a unit such as %, GW or bn USD")
    published = record.day("published", last=True, required=False)
    price_year, verified = record.year("price_year"), record.flag("verified")
    evidence = record.evidence(sources)
    if record.sound and amount < 0 and not _may_be_negative(by_id[promise], unit):
        record.fault(
            f"{amount:g} {unit}: what is delivered cannot be negative; only a cut in % can, and "
            "then means a rise",
            "amount",
        )
    if record.sound and unit == "%" and amount > _most(by_id[promise]):
        record.fault(f"{amount:g} % is more than there can be", "amount")
    if price_year is not None and not _MONEY.fullmatch(unit):
        record.fault(f"{unit!r} is no money; a price year belongs to bn USD and the like",
                     "price_year")  # fmt: skip
    if record.sound:
        _check_unit(record, by_id[promise], unit)
    if period and period[1] > today:
        record.fault(f"the period ends on {period[1]}, after the edition's day {today}", "to")
    if period and published and published < period[1]:
        record.fault(f"published on {published}, before the period ends on {period[1]}",
                     "published")  # fmt: skip
    if not record.sound or period is None:
        return None
    return Delivery(
        promise=promise, source=source, component=record.text("component"), start=period[0],
        end=period[1], published=published or period[1] + dt.timedelta(days=1), amount=amount,
        unit=unit, price_year=price_year, evidence=evidence, verified=verified,
        note=record.text("note"), line=record.line,
    )  # fmt: skip


def _may_be_negative(commitment: Commitment, unit: str) -> bool:
    return unit == "%" and isinstance(commitment.pledge.target, RelativeCut | IntensityCut)


def _most(commitment: Commitment) -> float:
    """Return the largest percentage that can be meant: a cut beyond 100 is a net sink."""
    return 100.0 if isinstance(commitment.pledge.target, EnergyShare) else 200.0


def _check_unit(record: Record, commitment: Commitment, unit: str) -> None:
    target = commitment.pledge.target
    if isinstance(target, Finance | Purchase):
        if _MONEY.fullmatch(unit) or unit == OF_DUE:
            return
        record.fault(f"{unit!r}; {commitment.id} is counted in money, as bn {target.currency}",
                     "unit")  # fmt: skip
    elif _MONEY.fullmatch(unit):
        record.fault(f"{unit!r}; {commitment.id} is not counted in money", "unit")


def _overlaps(rows: Sequence[Delivery], file: str, problems: list[InputError]) -> None:
    """Refuse periods of one source that overlap without beginning on the same day."""
    groups: dict[tuple[str, str, str], list[Delivery]] = {}
    for row in rows:
        groups.setdefault((row.promise, row.source, row.component), []).append(row)
    for group in groups.values():
        seen: list[Delivery] = []
        for row in sorted(group, key=lambda r: (r.start, r.end, r.published)):
            for other in seen:
                same = (row.start, row.end, row.published) == (
                    other.start, other.end, other.published)  # fmt: skip
                if same or (row.start != other.start and row.start <= other.end):
                    what = "the same period twice" if same else "periods that overlap"
                    problems.append(
                        CaseError(
                            f"{row.promise} by {row.source}: {what} ({other.start} to {other.end} "
                            f"in line {other.line}); periods of one source follow on one another, "
                            "or begin on the same day (year to date)",
                            Place(file, row.line, "from"),
                        )
                    )
                    break
            else:
                seen.append(row)


def _conversions(
    rows: Sequence[Delivery],
    prices: Sequence[Price],
    by_id: Mapping[str, Commitment],
    file: str,
    problems: list[InputError],
) -> None:
    """Refuse money of another currency or price year for which no rate is stated."""
    for row in rows:
        target = by_id[row.promise].pledge.target
        if not isinstance(target, Finance | Purchase):
            continue
        try:
            converted(row, target.currency, prices)
        except InputError as problem:
            problems.append(problem.at(Place(file, row.line, "unit")))


def converted(row: Delivery, currency: str, prices: Sequence[Price]) -> tuple[float, str]:
    """Return a money amount in ``currency`` of the day, and how it came about in words.

    Constant prices are first brought back to those of the period's last year by the deflator, then
    exchanged at the rate of that year.

    Raises
    ------
    InputError
        If a rate that it takes is not stated.
    """
    amount, words = row.amount, ""
    held, year = row.currency or currency, row.end.year
    if row.price_year is not None and row.price_year != year:
        level = {p.year: p for p in prices if p.kind == "deflator" and p.currency == held}
        for needed in (row.price_year, year):
            if needed not in level:
                raise InputError(
                    f"{held} of {row.price_year} delivered in {year}: state the price level of "
                    f"{needed} in {PRICES} (kind deflator), or give the amount in prices of the day"
                )
        ratio = level[year].value / level[row.price_year].value
        words = (f"{amount:g} bn {held} of {row.price_year} x {ratio:.3f} "
                 f"({level[year].evidence})")  # fmt: skip
        amount *= ratio
    if held != currency:
        rate = next(
            (p for p in prices
             if p.kind == "exchange" and (p.currency, p.into, p.year) == (held, currency, year)),
            None,
        )  # fmt: skip
        if rate is None:
            raise InputError(
                f"bn {held} against a promise in bn {currency}: state the rate of {year} in "
                f"{PRICES} (exchange,{held},{currency},{year},...), or the amount in {currency}"
            )
        words += f"{'; ' if words else ''}{amount:g} bn {held} at {rate.value:g} ({rate.evidence})"
        amount *= rate.value
    return amount, words

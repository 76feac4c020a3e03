"""The finance ledger: what was given, of which kind, at face value and as a grant, counted once.

Four components, as the OECD counts the 100 billion: bilateral public, multilateral public (the part
attributed to developed countries), officially supported export credits, and private finance
mobilised. They add up; commitments and disbursements do not, and are never added to one another.

``finance.csv`` of a case has one row a flow::

    giver, year, component, amount, unit, instrument, grant_equivalent, theme, marker, share,
    basis, additional, offsets, source, evidence, verified

- ``amount`` is face value in bn of a currency, ``grant_equivalent`` in the same unit where known;
- ``marker`` is the Rio marker (2 principal, 1 significant, 0 none) and ``share`` the part that the
  giver counts as climate finance (principal 1 unless said; significant must say);
- ``basis`` is commitment or disbursement; ``additional``: new and additional by its giver's word;
- ``offsets`` is how much of ``amount`` bought units that the giver uses against its own target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accord.errors import InputError
from accord.ledger.case import Case, FaultyCaseError
from accord.ledger.commitment import Citation
from accord.ledger.delivery import Record, records
from accord.parties import PARTIES, members
from accord.parties.tables import history

FLOWS = "finance.csv"
COMPONENTS = ("bilateral", "multilateral", "export credits", "private mobilised")
INSTRUMENTS = ("grant", "loan", "equity", "guarantee", "mixed")
THEMES = ("mitigation", "adaptation", "both", "not split")
COLUMNS = (
    "giver", "year", "component", "amount", "unit", "instrument", "grant_equivalent", "theme",
    "marker", "share", "basis", "additional", "offsets", "source", "evidence", "verified",
)  # fmt: skip
OPTIONAL = {"instrument", "grant_equivalent", "theme", "marker", "share", "basis", "additional",
            "offsets", "verified"}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """One row of the ledger; amounts in bn of ``currency`` of the year."""

    giver: str
    year: int
    component: str
    amount: float
    currency: str
    source: str
    instrument: str = "mixed"
    grant_equivalent: float | None = None
    theme: str = "not split"
    share: float = 1.0
    basis: str = "commitment"
    additional: bool = False
    offsets: float = 0.0
    evidence: str = ""
    verified: bool = False

    @property
    def counted(self) -> float:
        """What of the face value counts as climate finance."""
        return self.amount * self.share

    @property
    def once(self) -> float:
        """What is left when units used against the giver's own target are not counted again."""
        return max(0.0, self.counted - self.offsets)


def load_flows(case: Case) -> tuple[Flow, ...]:
    """Return the flows of a case; none where it has no ``finance.csv``.

    Raises
    ------
    FaultyCaseError
        With the first fault in its message.
    """
    flows, problems = read_flows(case.path / FLOWS, case.sources, case.today)
    if problems:
        raise FaultyCaseError(problems, case.path)
    return flows


def read_flows(
    file: Path, sources: Mapping[str, Citation], today: dt.date
) -> tuple[tuple[Flow, ...], list[InputError]]:
    """Read a ledger and return it with everything that is wrong in it."""
    problems: list[InputError] = []
    flows = []
    seen: dict[tuple[object, ...], int] = {}
    for record in records(file, COLUMNS, OPTIONAL, problems):
        flow = _flow(record, sources, today)
        if flow is None:
            continue
        key = (flow.giver, flow.year, flow.component, flow.source, flow.basis, flow.theme,
               flow.instrument)  # fmt: skip
        if key in seen:
            record.fault(f"the same flow stands in line {seen[key]}", "amount")
            continue
        seen[key] = record.line
        flows.append(flow)
    return tuple(flows), problems


def _flow(record: Record, sources: Mapping[str, Citation], today: dt.date) -> Flow | None:
    giver = record.choice("giver", "giver", PARTIES)
    year = record.year("year")
    component = record.choice("component", "component", COMPONENTS)
    amount = record.number("amount")
    unit = record.text("unit", "bn and a currency, such as bn USD")
    instrument = record.text("instrument") or "mixed"
    theme = record.text("theme") or "not split"
    basis = record.text("basis") or "commitment"
    if record.sound and instrument not in INSTRUMENTS:
        record.choice("instrument", "instrument", INSTRUMENTS)
    if record.sound and theme not in THEMES:
        record.choice("theme", "theme", THEMES)
    if record.sound and basis not in {"commitment", "disbursement"}:
        record.choice("basis", "basis", ("commitment", "disbursement"))
    marker, given = record.text("marker"), record.text("share")
    share = record.number("share") if given else {"2": 1.0, "1": -1.0, "0": 0.0}.get(marker, 1.0)
    if marker not in {"", "0", "1", "2"}:
        record.fault(f"{marker!r} is no Rio marker; 0, 1 or 2", "marker")
    elif share < 0:
        record.fault("a significant marker (1) must say which share the giver counts", "share")
    elif share > 1:
        record.fault(f"{share:g}: a share lies between 0 and 1", "share")
    grant = record.number("grant_equivalent") if record.text("grant_equivalent") else None
    offsets = record.number("offsets") if record.text("offsets") else 0.0
    if record.sound and (amount < 0 or offsets < 0 or (grant or 0) < 0):
        record.fault("what is given cannot be negative", "amount")
    if record.sound and offsets > amount:
        record.fault(f"{offsets:g} for units is more than the whole flow of {amount:g}", "offsets")
    if record.sound and grant is not None and grant > amount + 1e-9:
        record.fault(
            f"{grant:g} as a grant is more than the face value {amount:g}", "grant_equivalent"
        )
    if year is None:
        record.fault("needs a year", "year")
    elif year > today.year:
        record.fault(f"{year} lies after the edition's day {today}", "year")
    if not unit.startswith("bn ") or len(unit) != 6:
        record.fault(f"{unit!r}: expected bn and a currency, such as bn USD", "unit")
    source = record.text("source", "who reports it")
    evidence = record.evidence(sources)
    verified, additional = record.flag("verified"), record.flag("additional")
    if not record.sound or year is None:
        return None
    return Flow(
        giver=giver, year=year, component=component, amount=amount, currency=unit[3:],
        source=source, instrument=instrument, grant_equivalent=grant, theme=theme, share=share,
        basis=basis, additional=additional, offsets=offsets, evidence=evidence, verified=verified,
    )  # fmt: skip


@dataclass(frozen=True)
class Total:
    """What one source reports for one year, of one basis and currency.

    Attributes
    ----------
    face, counted, once
        Face value; what counts as climate finance; the same without units claimed twice.
    grant_equivalent
        Sum where every flow states it, else ``None``.
    components, themes
        Counted, by component and by theme.
    """

    source: str
    year: int
    basis: str
    currency: str
    face: float
    counted: float
    once: float
    grant_equivalent: float | None
    additional: float
    components: Mapping[str, float] = field(default_factory=dict)
    themes: Mapping[str, float] = field(default_factory=dict)
    verified: bool = False


def totals(flows: Sequence[Flow]) -> tuple[Total, ...]:
    """Return totals by source, year, basis and currency; nothing is added up across them."""
    groups: dict[tuple[str, int, str, str], list[Flow]] = {}
    for flow in flows:
        groups.setdefault((flow.source, flow.year, flow.basis, flow.currency), []).append(flow)
    found = []
    for (source, year, basis, currency), group in sorted(groups.items()):
        grants = [f.grant_equivalent for f in group]
        known = [g for g in grants if g is not None]
        components: dict[str, float] = {}
        themes: dict[str, float] = {}
        for f in group:
            components[f.component] = components.get(f.component, 0.0) + f.counted
            themes[f.theme] = themes.get(f.theme, 0.0) + f.counted
        found.append(
            Total(
                source, year, basis, currency, sum(f.amount for f in group),
                sum(f.counted for f in group), sum(f.once for f in group),
                sum(known) if len(known) == len(grants) else None,
                sum(f.counted for f in group if f.additional), components, themes,
                all(f.verified for f in group),
            )
        )  # fmt: skip
    return tuple(found)


def grant_element(
    rate: float, maturity: float, grace: float, discount: float = 0.05, payments: int = 2
) -> float:
    """Return the share of a loan that is a gift, 0-1 (negative for a loan dearer than the market).

    Parameters
    ----------
    rate, discount
        Interest and discount rate a year, as shares (DAC: 0.09 for least developed and other low
        income countries, 0.07 lower, 0.06 upper middle; the 0.05 of the default is the base rate).
    maturity, grace
        Years to the last and to the first repayment.
    payments
        Repayments a year.

    Notes
    -----
    ``GE = (1 - (r/a)/d) (1 - (1/(1+d)^aG - 1/(1+d)^aM) / (d (aM - aG)))`` with d the discount rate
    of one payment period (OECD, DAC statistical reporting directives, annex).

    Raises
    ------
    InputError
        For a loan that ends before repayment begins, or a discount rate of 0 or less.
    """
    if maturity <= grace or grace < 0 or discount <= 0:
        raise InputError(
            f"a loan of {maturity:g} years with {grace:g} of grace at a discount of {discount:g}; "
            "maturity lies after the grace period, the discount rate above 0"
        )
    d = (1 + discount) ** (1 / payments) - 1
    first, last = payments * grace, payments * maturity
    factor = (1 / (1 + d) ** first - 1 / (1 + d) ** last) / (d * (last - first))
    return float((1 - (rate / payments) / d) * (1 - factor))


NEEDS = (
    ("G77, 2009: 0.5 % of developed GDP", "share of GDP", 0.005, False),
    ("G77, 2009: 1 % of developed GDP", "share of GDP", 0.01, False),
    ("adaptation alone, low (UNEP Adaptation Gap Report 2023)", "bn USD a year", 215.0, False),
    ("adaptation alone, high (UNEP Adaptation Gap Report 2023)", "bn USD a year", 387.0, False),
    ("external finance by 2030 (Independent High-Level Expert Group 2022)", "bn USD a year",
     1000.0, False),
)  # fmt: skip
"""Benchmarks: name, kind, value, whether checked against the document."""


@dataclass(frozen=True)
class Adequacy:
    """An amount against benchmarks.

    Attributes
    ----------
    share_of_gdp
        Of the givers' GDP, 0-1.
    per_vulnerable
        US$ a year for each person in least developed countries and small island states.
    of_need
        Benchmark -> share of it that the amount covers, 0-1.
    how
        What the figures stand on.
    """

    amount: float
    year: int
    givers: str
    share_of_gdp: float
    per_vulnerable: float
    of_need: Mapping[str, float]
    how: str


def adequacy(amount: float, year: int, givers: str = "ANNEX_II") -> Adequacy:
    """Return what an amount (bn US$ a year) means beside income, people and need.

    Raises
    ------
    InputError
        For a negative amount, or a year that the tables do not cover.
    UnknownNameError
        There is no such party or bloc.
    """
    if not amount >= 0:
        raise InputError(f"{amount:g} bn US$ a year; give 0 or more")
    codes = (givers,) if givers in history("gdp_ppp") else members(givers)
    gdp_table, people_table = history("gdp_ppp"), history("population")
    if not int(gdp_table.years[0]) <= year <= int(gdp_table.years[-1]):
        raise InputError(
            f"no GDP of {year}; the tables have {gdp_table.years[0]}-{gdp_table.years[-1]}"
        )
    column = year - int(gdp_table.years[0])
    gdp = float(gdp_table.total(codes)[column])
    poor = tuple(dict.fromkeys([*members("LDC"), *members("SIDS")]))
    people = float(people_table.total(poor)[year - int(people_table.years[0])])
    of_need = {
        name: amount / (value * gdp if kind == "share of GDP" else value)
        for name, kind, value, _ in NEEDS
    }
    return Adequacy(
        amount, year, givers, amount / gdp, 1000 * amount / people, of_need,
        f"GDP of {givers} in {year}: {gdp:,.0f} bn 2021 int-$; {people:,.0f} million people in "
        "least developed countries and small island states; benchmarks not re-checked",
    )  # fmt: skip


def to_json(found: Sequence[Total]) -> list[dict[str, Any]]:
    """Return totals as plain values."""

    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    return [
        {
            "source": t.source, "year": t.year, "basis": t.basis, "currency": t.currency,
            "face_value": round(t.face, 3), "counted": round(t.counted, 3),
            "counted_once": round(t.once, 3),
            "grant_equivalent": rounded(t.grant_equivalent),
            "new_and_additional": round(t.additional, 3),
            "components": {k: round(v, 3) for k, v in t.components.items()},
            "themes": {k: round(v, 3) for k, v in t.themes.items()}, "verified": t.verified,
        }
        for t in found
    ]  # fmt: skip

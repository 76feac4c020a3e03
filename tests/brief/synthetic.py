"""A made-up assessment with the shape of a real one: the page is tested without any engine.

The curves are plain arithmetic; nothing here is a result.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np

from accord.assessment import (
    PERCENTILES,
    Assessment,
    CommitmentResult,
    Fan,
    PartyResult,
    WarmingResult,
)
from accord.language import parse, say
from accord.ledger import Case, Round
from accord.ledger.commitment import BaseValue, Citation, Commitment, Outcome, Status, StatusWord
from accord.ledger.convention import Convention

TODAY = dt.date(2026, 11, 21)
SPREAD = {5: -1.0, 17: -0.55, 50: 0.0, 83: 0.6, 95: 1.1}


ROUNDS = tuple(
    Round(
        id=f"{name.split()[0].lower()}-{day[0]}",
        name=name,
        place=place,
        start=dt.date(*day),
        end=dt.date(*day),
    )
    for name, place, day in (
        ("COP3", "Kyoto, Japan", (1997, 12, 1)),
        ("COP15", "Copenhagen, Denmark", (2009, 12, 7)),
        ("COP16", "Cancun, Mexico", (2010, 11, 29)),
        ("Joint announcement", "Beijing, China", (2014, 11, 11)),
        ("COP21", "Le Bourget, France", (2015, 11, 30)),
        ("COP26", "Glasgow, UK", (2021, 10, 31)),
        ("Envoys", "Beijing, China", (2023, 7, 16)),
        ("COP29", "Baku, Azerbaijan", (2024, 11, 11)),
        ("COP30", "Belém, Brazil", (2025, 11, 10)),
    )
)


def fan(years: Any, middle: Any, width: Any, unit: str) -> Fan:
    values = np.asarray(middle, dtype=float)
    wide = np.broadcast_to(np.asarray(width, dtype=float), values.shape)
    return Fan(years, unit, {p: values + SPREAD[p] * wide for p in PERCENTILES})


def commitment(
    id_: str,
    says: str,
    date: str,
    *statuses: tuple[str, StatusWord],
    form: Any = "NDC",
    instrument: str = "nationally determined contribution",
    source: str = "",
    url: str | None = None,
    verified: bool = True,
    outcomes: tuple[Outcome, ...] = (),
    note: str = "",
) -> Commitment:
    made = dt.date.fromisoformat(date)
    pledge = parse(says)
    fate = statuses or ((date, "in force"),)
    return Commitment(
        id=id_,
        says=say(pledge),
        pledge=pledge,
        instrument=instrument,
        legal_form=form,
        date=made,
        statuses=tuple(Status(since=dt.date.fromisoformat(d), word=w) for d, w in fate),
        evidence=(
            Citation(
                title=source or f"{id_}, as submitted",
                publisher="UNFCCC registry",
                date=made,
                url=url,
            ),
        ),
        base_values=(
            (BaseValue(value=6635.0, unit="MtCO2e", year=2005, series="2021 inventory"),)
            if id_.startswith("US")
            else ()
        ),
        outcomes=outcomes,
        note=note,
        verified=verified,
    )


def read(
    item: Commitment,
    year: int | None,
    tonnes: tuple[float, float, float] | None,
    as_of: dt.date,
    gas: str = "GHG",
) -> CommitmentResult:
    low, central, high = tonnes or (None, None, None)
    status = item.status(as_of)
    return CommitmentResult(
        commitment=item,
        status=status,
        counted=item.counts(as_of) and item.pledge.conditional_on is None,
        year=year,
        low=low,
        central=central,
        high=high,
        gas=gas,
        reading=f"{item.says}: base value times one less the cut, in MtCO2e.",
    )


def party(
    code: str,
    name: str,
    points: dict[int, float],
    commitments: tuple[CommitmentResult, ...] = (),
    *,
    first: int = 2025,
    width: float = 0.06,
) -> PartyResult:
    """Return a party whose emissions run straight between ``points`` (year to MtCO2e)."""
    past, ahead = np.arange(1990, first), np.arange(first, 2101)
    known = sorted(points)

    def along(years: Any) -> Any:
        return np.interp(years, known, [points[y] for y in known])

    wobble = 1 + 0.012 * np.sin(past * 1.7)
    middle = along(ahead)
    grow = np.linspace(0, 1, ahead.size) ** 0.5
    reference = along(np.full(ahead.size, first)) * (1 + 0.004 * (ahead - first))
    return PartyResult(
        code=code,
        name=name,
        history_years=past,
        history_ghg=along(past) * wobble,
        history_co2=along(past) * 0.75,
        ghg=fan(
            ahead,
            middle,
            width * grow * abs(points[first if first in points else 2024]),
            "MtCO2e/yr",
        ),
        co2=fan(ahead, 0.75 * middle, width * grow * 500, "MtCO2/yr"),
        reference=fan(ahead, reference, 0.02 * reference, "MtCO2e/yr"),
        commitments=commitments,
    )


def china(day: dt.date) -> tuple[CommitmentResult, ...]:
    rows = (
        (
            commitment(
                "CN-CPH-INT",
                "China: cut CO2 emissions per unit of GDP by 40-45% below 2005 by 2020",
                "2010-01-28",
                ("2010-01-28", "announced"),
                ("2020-12-31", "achieved"),
                form="submission",
                instrument="Copenhagen Accord, Appendix II",
                outcomes=(
                    Outcome(
                        value=-44.2,
                        unit="%",
                        year=2020,
                        series="World Bank PPP GDP",
                        official=False,
                        source="computed",
                    ),
                    Outcome(
                        value=-48.4,
                        unit="%",
                        year=2020,
                        series="MEE",
                        official=True,
                        source="MEE 2021",
                        verified=True,
                    ),
                ),
            ),
            2020,
            (9600.0, 10100.0, 10600.0),
            "CO2",
        ),
        (
            commitment(
                "CN-JOINT14-PK",
                "China: peak CO2 emissions around 2030",
                "2014-11-12",
                ("2014-11-12", "announced"),
                ("2015-06-30", "superseded"),
                form="joint statement",
            ),
            2030,
            (11500.0, 12000.0, 12500.0),
            "CO2",
        ),
        (
            commitment(
                "CN-INDC-CI",
                "China: cut CO2 emissions per unit of GDP by 60-65% below 2005 by 2030",
                "2015-06-30",
                ("2015-06-30", "announced"),
                ("2021-10-28", "superseded"),
                form="INDC",
            ),
            2030,
            (10500.0, 11300.0, 12100.0),
            "CO2",
        ),
        (
            commitment(
                "CN-NZ60",
                "China: reach carbon neutrality before 2060",
                "2020-09-22",
                form="strategy",
                source="Mid-Century Strategy",
                verified=False,
            ),
            2060,
            (300.0, 600.0, 900.0),
            "GHG",
        ),
        (
            commitment("CN-PEAK", "China: peak CO2 emissions before 2030", "2021-10-28"),
            2029,
            (11800.0, 12100.0, 12400.0),
            "CO2",
        ),
        (
            commitment(
                "CN-NDC2-CI",
                "China: cut CO2 emissions per unit of GDP by over 65% below 2005 by 2030",
                "2021-10-28",
            ),
            2030,
            (11100.0, 11600.0, 12100.0),
            "CO2",
        ),
        (
            commitment(
                "CN-NDC2-NF",
                "China: raise the share of non-fossil fuels in primary energy to about 25% by 2030",
                "2021-10-28",
            ),
            2030,
            None,
            "",
        ),
        (
            commitment(
                "CN-NDC35",
                "China: cut greenhouse gases by 7-10% below peak by 2035, including LULUCF",
                "2025-11-03",
            ),
            2035,
            (12900.0, 13200.0, 13300.0),
            "GHG",
        ),
    )
    return tuple(read(c, y, t, day, g) for c, y, t, g in rows if c.date <= day)


def america(day: dt.date) -> tuple[CommitmentResult, ...]:
    rows = (
        (
            commitment(
                "US-KYOTO",
                "USA: cut greenhouse gases by 7% below 1990 over 2008-2012",
                "1998-11-12",
                ("1998-11-12", "signed"),
                ("2001-03-13", "not ratified"),
                form="treaty",
                instrument="Kyoto Protocol",
            ),
            2012,
            (5900.0, 6000.0, 6100.0),
            "GHG",
        ),
        (
            commitment(
                "US-CPH17",
                "USA: cut greenhouse gases by about 17% below 2005 by 2020",
                "2010-01-28",
                ("2010-01-28", "announced"),
                ("2020-12-31", "achieved"),
                form="submission",
            ),
            2020,
            (5400.0, 5500.0, 5600.0),
            "GHG",
        ),
        (
            commitment(
                "US-NDC1",
                "USA: cut greenhouse gases by 26-28% below 2005 by 2025, including LULUCF",
                "2016-09-03",
                ("2016-09-03", "in force"),
                ("2017-06-01", "abandoned"),
                ("2021-04-22", "superseded"),
            ),
            2025,
            (4800.0, 4900.0, 5000.0),
            "GHG",
        ),
        (
            commitment(
                "US-NDC2",
                "USA: cut greenhouse gases by 50-52% below 2005 by 2030, including LULUCF",
                "2021-04-22",
                ("2021-04-22", "in force"),
                ("2025-01-20", "abandoned"),
                ("2026-01-27", "archived"),
            ),
            2030,
            (3185.0, 3250.0, 3318.0),
            "GHG",
        ),
        (
            commitment(
                "US-NDC35",
                "USA: cut greenhouse gases by 61-66% below 2005 by 2035, including LULUCF",
                "2024-12-19",
                ("2024-12-19", "in force"),
                ("2026-01-27", "archived"),
            ),
            2035,
            (2240.0, 2405.0, 2569.0),
            "GHG",
        ),
    )
    return tuple(read(c, y, t, day, g) for c, y, t, g in rows if c.date <= day)


def one(code: str, says: str, date: str, day: dt.date, year: int, at: float) -> Any:
    made = commitment(f"{code}-NDC", says, date, verified=False)
    return (read(made, year, (0.95 * at, at, 1.05 * at), day),) if made.date <= day else ()


def warming(first: int) -> WarmingResult:
    years = np.arange(1990, 2101)
    middle = 0.55 + 0.026 * (years - 1990) - np.clip(years - 2050, 0, None) ** 1.5 * 0.0024
    wide = 0.1 + 0.35 * np.clip(years - 2020, 0, None) / 40
    whole = fan(years, middle, wide, "°C")
    at = {p: float(v[-1]) for p, v in whole.percentiles.items()}
    peak = {p: float(v.max()) for p, v in whole.percentiles.items()}
    observed = np.arange(1990, 2025)
    return WarmingResult(
        fan=whole,
        first_projected=first,
        by_year={y: whole.at(y) for y in range(2030, 2101, 10)},
        at_2100=at,
        peak=peak,
        peak_year=dict.fromkeys(PERCENTILES, 2085.0),
        prob_below={1.5: 0.008, 2.0: 0.32, 2.5: 0.7, 3.0: 0.92},
        prob_below_2100={1.5: 0.02, 2.0: 0.35, 2.5: 0.74, 3.0: 0.93},
        crossing_year={
            1.5: {5: 2026, 17: 2027, 50: 2030.6, 83: 2036, 95: 2044},
            2.0: {5: 2040, 17: 2045, 50: 2055.2, 83: None, 95: None},
        },
        p66_peak=peak[50] + 0.25,
        observed_years=observed,
        observed=0.5 + 0.025 * (observed - 1990) + 0.1 * np.sin(observed * 2.1),
        members=841,
        edition="accord-2026.11 (841 members)",
    )


def assessment(
    as_of: dt.date = TODAY,
    *,
    extra: int = 190,
    rules: bool = True,
    conditional: bool = False,
    only: tuple[str, ...] | None = None,
) -> Assessment:
    """Return a world of China, the United States, six large others and ``extra`` small ones."""
    first = min(as_of.year, 2025)
    day = as_of
    everyone = [
        party(
            "CHN",
            "China",
            {
                1990: 3200,
                2000: 4400,
                2012: 11800,
                2024: 14200,
                2029: 14400,
                2035: 13200,
                2060: 600,
                2100: 300,
            },
            china(day),
            first=first,
        ),
        party(
            "USA",
            "United States",
            {1990: 6100, 2006: 6900, 2024: 5700, 2060: 4000, 2100: 3300},
            america(day),
            first=first,
        ),
        party(
            "IND",
            "India",
            {1990: 1500, 2024: 4300, 2035: 5200, 2045: 5100, 2070: 300, 2100: 200},
            one(
                "IND",
                "India: cut GHG emissions per unit of GDP by 47% below 2005 by 2035",
                "2026-04-24",
                day,
                2035,
                5200,
            ),
            first=first,
        ),
        party(
            "EU27",
            "European Union",
            {1990: 4800, 2024: 3000, 2035: 1500, 2050: 100, 2100: 50},
            one(
                "EU27",
                "EU27: cut greenhouse gases by 66.25-72.5% below 1990 by 2035, including LULUCF",
                "2025-11-05",
                day,
                2035,
                1500,
            ),
            first=first,
        ),
        party(
            "RUS",
            "Russian Federation",
            {1990: 2900, 2000: 1700, 2024: 2000, 2060: 700, 2100: 500},
            one(
                "RUS",
                "Russia: cut greenhouse gases by 33-35% below 1990 by 2035",
                "2025-09-25",
                day,
                2035,
                1900,
            ),
            first=first,
        ),
        party(
            "BRA",
            "Brazil",
            {1990: 1500, 2024: 2100, 2035: 900, 2050: 100, 2100: 50},
            one(
                "BRA",
                "Brazil: cut greenhouse gases by 59-67% below 2005 by 2035",
                "2024-11-13",
                day,
                2035,
                950,
            ),
            first=first,
        ),
        party("IDN", "Indonesia", {1990: 1200, 2024: 1700, 2060: 900, 2100: 700}, first=first),
        party(
            "JPN",
            "Japan",
            {1990: 1200, 2013: 1400, 2024: 1000, 2035: 550, 2050: 20, 2100: 10},
            one(
                "JPN",
                "Japan: cut greenhouse gases by 60% below 2013 by 2035",
                "2025-02-18",
                day,
                2035,
                560,
            ),
            first=first,
        ),
    ]
    for index in range(extra):
        small = read(
            commitment(
                f"P{index:03}-NDC",
                "Brazil: cut greenhouse gases by 30% below 2010 by 2030",
                "2021-05-01",
                verified=False,
            ),
            2030,
            (90.0, 100.0, 110.0),
            day,
        )
        everyone.append(
            party(
                f"P{index:03}",
                f"Republic number {index}",
                {1990: 80, 2024: 110, 2100: 70},
                (small,) if small.commitment.date <= day else (),
                first=first,
            )
        )
    if only is not None:
        everyone = [p for p in everyone if p.code in only]
    years = everyone[0].ghg.years
    total = sum(p.ghg.median for p in everyone) + 1000.0
    past = everyone[0].history_years
    world = PartyResult(
        code="WLD",
        name="World",
        history_years=past,
        history_ghg=np.sum([p.history_ghg for p in everyone], axis=0) + 1000.0,
        history_co2=np.sum([p.history_co2 for p in everyone], axis=0),
        ghg=fan(years, total, 0.06 * np.linspace(0, 1, years.size) ** 0.5 * 55000, "MtCO2e/yr"),
        co2=fan(years, 0.75 * total, 800.0, "MtCO2/yr"),
        reference=fan(
            years,
            np.linspace(float(total[0]), 1.2 * float(total[0]), years.size),
            900.0,
            "MtCO2e/yr",
        ),
    )
    warm = warming(first)
    middle = warm.at_2100

    def shifted(by: float) -> dict[int, float]:
        return {p: v + by for p, v in middle.items()}

    return Assessment(
        title="US–China",
        case="us-china",
        convention=Convention(as_of=as_of, conditional=conditional),
        named=(),
        parties={p.code: p for p in everyone},
        world=world,
        warming=warm,
        shares={"CHN": 0.31, "USA": -0.004, "all": 1.12} if only is None else {},
        spread={"climate": 0.62, "rule": 0.19, "words": 0.12, "economy": 0.07} if rules else {},
        spread_2030={"words": 0.7, "economy": 0.3, "rule": 0.0} if rules else {},
        rules={
            "hold-rate": shifted(0),
            "hold-level": shifted(0.2),
            "hold-intensity": shifted(0.1),
            "reference": shifted(0.6),
        }
        if rules
        else {},
        sources={
            "case us-china": "edition 2026-11-21",
            "co2_fossil": "Global Carbon Budget 2025, edition 2025, CC BY 4.0",
            "gdp_ppp": "World Bank, edition 2026, CC BY 4.0",
            "climate ensemble": "accord-2026.11",
        },
    )


CASE = Case(
    name="us-china",
    path=Path("us-china"),
    title="US–China",
    parties=("CHN", "USA"),
    rounds=ROUNDS,
    today=TODAY,
)

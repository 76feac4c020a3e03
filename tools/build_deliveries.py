"""Build deliveries.csv and targets.csv of the bundled case from published figures.

    python tools/build_deliveries.py UPSTREAM

``UPSTREAM`` holds ``data/outcomes`` and ``data/national``. What stands there is read from it; what
does not (purchases by group, components of the 100 billion, capacity, shares) is stated here as a
figure with its source. ``verified`` says whether somebody found the figure in the document named.
Accord's own tables are not copied: ``accord track`` computes from them when it runs.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

CASE = Path(__file__).parents[1] / "src" / "accord" / "data" / "cases" / "us-china"

HEAD = (
    "promise",
    "source",
    "component",
    "from",
    "to",
    "published",
    "amount",
    "unit",
    "price_year",
    "evidence",
    "verified",
    "note",
)
DUE = (
    "promise",
    "source",
    "from",
    "to",
    "amount",
    "unit",
    "since",
    "by_month",
    "evidence",
    "verified",
)
Row = dict[str, object]

PIIE = "US-China phase one tracker, Bown, Peterson Institute for International Economics"
BOUGHT_NONE = f"{PIIE}, February 2022"
OECD = "Climate finance provided and mobilised by developed countries, OECD"
NEA = "National Energy Administration, yearly capacity statistics"
EXPORTS, CUSTOMS = "United States exports", "Chinese customs"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row(promise: str, source: str, period: object, amount: float, unit: str, **rest: object) -> Row:
    first, last = period if isinstance(period, tuple) else (period, period)
    return {
        "promise": promise,
        "source": source,
        "from": first,
        "to": last,
        "amount": f"{round(amount, 4):g}",
        "unit": unit,
        **rest,
    }


def yes(check: str) -> str:
    return "yes" if check.startswith("V") else "no"


def intensity(upstream: Path) -> Iterable[Row]:
    """China's intensity as the state reports it, and as its yearly figures chain."""
    table = rows_of(upstream / "data" / "outcomes" / "china_official_carbon_intensity.csv")
    reported = [r for r in table if r["kind"] == "cumulative vs 2005"]
    five = {int(r["year"]): r for r in table if r["kind"] == "five-year"}
    yearly = {int(r["year"]): r for r in table if r["kind"] == "annual"}
    for promise in ("CN-CPH-INT", "CN-INDC-CI", "CN-NDC2-CI"):
        first = five[2010]
        yield row(
            promise,
            "Official",
            2010,
            -float(first["value_pct"]),
            "%",
            evidence=f"{first['source']}, {first['definition']}",
            verified="no",
        )
        for r in reported:
            if promise == "CN-CPH-INT" and int(r["year"]) > 2020:
                continue
            yield row(
                promise,
                "Official",
                int(r["year"]),
                -float(r["value_pct"]),
                "%",
                evidence=r["source"],
                verified=yes(r["check"]),
            )
    for promise, year in (("CN-FYP12-CI", 2015), ("CN-FYP13-CI", 2020)):
        r = five[year]
        yield row(
            promise,
            "Official",
            year,
            -float(r["value_pct"]),
            "%",
            evidence=r["source"],
            verified=yes(r["check"]),
            note=r["definition"],
        )
    chained = "computed from the yearly communiques, National Bureau of Statistics"
    left = 1 - 0.484
    since = 1.0
    for year in sorted(yearly):
        change = 1 + float(yearly[year]["value_pct"]) / 100
        left, since = left * change, since * change
        both = (("CN-INDC-CI", left), ("CN-NDC2-CI", left), ("CN-FYP14-CI", since))
        for promise, value in both:
            if promise != "CN-FYP14-CI" and year == 2021:
                yield row(
                    promise,
                    "Yearly figures, chained",
                    2020,
                    48.4,
                    "%",
                    evidence=chained,
                    verified="yes",
                    note="start of the chain: the white paper's 48.4",
                )
            yield row(
                promise,
                "Yearly figures, chained",
                year,
                100 * (1 - value),
                "%",
                published=f"{year + 1}-02-28",
                evidence=chained,
                verified=yes(yearly[year]["check"]),
                note=f"{yearly[year]['value_pct']} % in the year",
            )
    r = five[2025]
    yield row(
        "CN-FYP14-CI",
        "Press and CREA",
        2025,
        -float(r["value_pct"]),
        "%",
        published="2026-03-05",
        evidence=r["source"],
        verified=yes(r["check"]),
    )


def energy() -> Iterable[Row]:
    """China's non-fossil share and its wind and solar capacity at the end of each year."""
    shares = {
        2005: 7.4,
        2010: 9.4,
        2015: 12.1,
        2016: 13.0,
        2017: 13.6,
        2018: 14.5,
        2019: 15.3,
        2020: 15.9,
        2021: 16.7,
        2022: 17.6,
        2023: 17.9,
        2024: 19.8,
    }
    until = {
        "CN-CPH-NF": 2020,
        "CN-FYP12-NF": 2015,
        "CN-FYP13-NF": 2020,
        "CN-JOINT14-NF": 2024,
        "CN-NDC2-NF": 2024,
        "CN-FYP14-NF": 2024,
    }
    for promise, last in until.items():
        for year, share in shares.items():
            if year <= last:
                yield row(
                    promise,
                    "Official",
                    year,
                    share,
                    "%",
                    evidence="National Bureau of Statistics, yearly communique",
                    verified="yes" if year == 2020 else "no",
                )
    for promise in ("CN-NDC2-NF", "CN-FYP14-NF"):
        yield row(
            promise,
            "Press",
            2025,
            21,
            "%",
            published="2026-03-05",
            evidence="Semafor, 2026-03-05",
            verified="yes",
            note="about",
        )
    power = {
        2015: 172,
        2016: 226,
        2017: 293,
        2018: 359,
        2019: 414,
        2020: 535,
        2021: 635,
        2022: 758,
        2023: 1050,
        2024: 1407,
    }
    for promise in ("CN-NDC2-RE", "CN-NDC35-RE"):
        for year, gw in power.items():
            yield row(
                promise,
                "Official",
                (f"{year}-12", f"{year}-12"),
                gw,
                "GW",
                evidence=NEA,
                verified="no",
                published=f"{year + 1}-01-31",
            )
    yield row(
        "CN-NDC2-RE",
        "Official",
        ("2024-07", "2024-07"),
        1206,
        "GW",
        evidence=NEA,
        verified="no",
        published="2024-08-31",
    )


def united_states(upstream: Path) -> Iterable[Row]:
    """US cuts by its inventory, without land use; and net, where a figure is known."""
    table = rows_of(upstream / "data" / "national" / "unfccc_official_inventories.csv")
    total = {
        int(r["year"]): float(r["ghg_excl_lulucf_mtco2e"])
        for r in table
        if r["iso3"] == "USA" and r["ghg_excl_lulucf_mtco2e"]
    }
    cited = "US greenhouse gas inventory, submission to the UNFCCC of 2023, without land use"
    name = "Inventory without land use"
    for promise, base, last in (
        ("US-CPH17", 2005, 2020),
        ("US-NDC1", 2005, 2021),
        ("US-NDC2", 2005, 2021),
        ("US-UNFCCC", 1990, 2000),
    ):
        for year in range(base + 1, last + 1):
            yield row(
                promise,
                name,
                year,
                100 * (1 - total[year] / total[base]),
                "%",
                published=f"{year + 2}-04-15",
                evidence=cited,
                verified="yes",
                note=f"{total[year]:.0f} against {total[base]:.0f} MtCO2e",
            )
    mean = sum(total[year] for year in range(2008, 2013)) / 5
    yield row(
        "US-KYOTO",
        name,
        (2008, 2012),
        100 * (1 - mean / total[1990]),
        "%",
        published="2014-04-15",
        evidence=cited,
        verified="yes",
        note=f"mean {mean:.0f} against {total[1990]:.0f} MtCO2e",
    )
    outcomes = rows_of(upstream / "data" / "outcomes" / "us_official_outcomes.csv")
    net = next(r for r in outcomes if r["metric"] == "net GHG change vs 2005")
    for promise in ("US-NDC1", "US-NDC2"):
        yield row(
            promise,
            "Inventory, net",
            int(net["year"]),
            -float(net["value"]),
            "%",
            published="2024-04-15",
            evidence=net["source"],
            verified=yes(net["check"]),
            note="5489 against 6587 MtCO2e",
        )


HUNDRED = (
    # year, published, whole, (bilateral, multilateral, export credits, private), checked
    (2013, "2019-09-13", 52.4, (22.5, 15.5, 1.6, 12.8), "no"),
    (2014, "2019-09-13", 61.8, (23.1, 20.4, 1.6, 16.7), "no"),
    (2016, "2019-09-13", 58.5, (28.0, 18.9, 1.5, 10.1), "no"),
    (2017, "2019-09-13", 71.1, (27.0, 27.5, 2.1, 14.5), "no"),
    (2018, "2020-11-06", 78.9, None, "no"),
    (2018, "2022-07-29", 79.9, None, "no"),
    (2019, "2021-09-17", 79.6, None, "yes"),
    (2019, "2022-07-29", 80.4, (28.7, 34.7, 2.6, 14.4), "no"),
    (2020, "2022-07-29", 83.3, (31.4, 36.9, 1.9, 13.1), "yes"),
    (2021, "2023-11-16", 89.6, (34.5, 38.7, 2.0, 14.4), "yes"),
    (2022, "2024-05-29", 115.9, (41.0, 50.6, 2.4, 21.9), "yes"),
)
COMPONENTS = (
    "bilateral public",
    "multilateral public, attributed",
    "export credits",
    "private mobilised",
)


def finance(upstream: Path) -> Iterable[Row]:
    """Yield the 100 billion by year and component, and what the United States promised and paid."""
    for year, published, whole, parts, checked in HUNDRED:
        yield row(
            "US-100BN",
            "OECD",
            year,
            whole,
            "bn USD",
            published=published,
            evidence=OECD,
            verified=checked,
        )
        for name, value in zip(COMPONENTS, parts or (), strict=False):
            # The wholes were found, and the parts of 2022; most other parts are from memory, and
            # fit the growth rates that the OECD gives for 2013-2020.
            found = year == 2022 or (year == 2021 and name == "private mobilised")
            yield row(
                "US-100BN",
                "OECD",
                year,
                value,
                "bn USD",
                component=name,
                published=published,
                evidence=OECD,
                verified="yes" if found else "no",
            )
    yield row(
        "US-100BN",
        "Oxfam, grant equivalent",
        2020,
        24.5,
        "bn USD",
        published="2023-06-05",
        evidence="Climate Finance Shadow Report 2023, Oxfam",
        verified="no",
        note="upper end of 21-24.5: grants and the grant element of public finance",
    )
    for r in rows_of(upstream / "data" / "outcomes" / "climate_finance_outcomes.csv"):
        year = int(r["year"])
        if r["series"].startswith("US public"):
            yield row(
                "US-FIN-114",
                "Executive's report",
                (f"{year - 1}-10", f"{year}-09"),
                float(r["value"]),
                "bn USD",
                published=f"{year + 1}-01-01" if year < 2024 else "2024-11-17",
                evidence=r["source"],
                verified=yes(r["check"]),
                note=f"fiscal year; {r['unit']}",
            )
            yield row(
                "US-FIN-57",
                "Executive's report",
                (f"{year - 1}-10", f"{year}-09"),
                float(r["value"]),
                "bn USD",
                published=f"{year + 1}-01-01" if year < 2024 else "2024-11-17",
                evidence=r["source"],
                verified=yes(r["check"]),
                note=f"fiscal year; {r['unit']}",
            )
    direct = (
        (2021, 0.669, "World Resources Institute on the budget request for 2023, April 2022"),
        (2022, 1.056, "press report on the appropriations for 2023, December 2022"),
        (2023, 1.057, "press report on the appropriations for 2023, December 2022"),
    )
    for year, value, cited in direct:
        yield row(
            "US-FIN-114",
            "Appropriated by Congress",
            (f"{year - 1}-10", f"{year}-09"),
            value,
            "bn USD",
            evidence=cited,
            verified="yes",
            note="direct appropriations for climate; most of what the executive counts is "
            "other development finance",
        )
    paid = ((2016, 0.5), (2017, 1.0), (2023, 2.0))
    for year, value in paid:
        yield row(
            "US-GCF1",
            "Paid",
            ("2014-11-15", year),
            value,
            "bn USD",
            evidence="White House, 2023-04-20, for the last payment",
            note="cumulative",
            verified="yes" if year == 2023 else "no",
        )
    yield row(
        "US-GCF2",
        "Paid",
        (2024, 2025),
        0,
        "bn USD",
        published="2026-01-08",
        evidence="Argus, 2026-01-08",
        verified="yes",
    )
    yield row(
        "US-PREPARE",
        "Executive's report",
        ("2021-10", "2022-09"),
        2.3,
        "bn USD",
        evidence="United States Department of State",
        verified="yes",
        note="fiscal year",
    )
    yield row(
        "US-PREPARE",
        "Executive's report",
        ("2023-10", "2024-09"),
        3.0,
        "bn USD",
        published="2024-11-17",
        evidence="World Resources Institute, 2024-11-17",
        verified="yes",
        note="fiscal year, 'over 3'",
    )
    south = (
        ("Special Envoy Xie", ("2015-09-25", 2022), 2.0, "Special Envoy Xie at COP27", "yes"),
        ("Press", ("2015-09-25", "2023-06"), 1.2, "press report, June 2023", "yes"),
        (
            "Broad definition",
            (2016, "2024-10"),
            177.0,
            "Vice Premier Ding at COP29, 2024-11-12",
            "yes",
        ),
    )
    for source, period, value, cited, checked in south:
        yield row(
            "CN-SS20",
            source,
            period,
            value,
            "bn CNY",
            evidence=cited,
            verified=checked,
            note="finance of every kind, provided and mobilised" if value > 100 else "",
        )


def purchases() -> Iterable[Row]:
    """Yield what China bought under the phase-one agreement: the published checkpoints."""
    start = "2020-01"
    goods = (
        ("2020-03", 19.8, 14.4, "2020-05-18", "yes"),
        ("2020-04", 26.0, 20.4, "2020-06-08", "yes"),
        ("2020-10", 75.5, 70.3, "2020-12-08", "yes"),
        ("2020-12", 99.9, 94.0, "2021-02-08", "no"),
    )
    for to, imports, exports, published, checked in goods:
        for source, value in ((CUSTOMS, imports), (EXPORTS, exports)):
            yield row(
                "CN-PH1-GOODS",
                source,
                (start, to),
                value,
                "bn USD",
                published=published,
                evidence=PIIE,
                verified=checked,
                note="year to date",
            )
    for group, value in (("AGRI", 57.4), ("MANUF", 117.8), ("ENERGY", 23.7)):
        note = (
            "computed: 38.7 bn or 62 % short of 62.4" if group == "ENERGY" else "since January 2020"
        )
        yield row(
            f"CN-PH1-{group}",
            EXPORTS,
            (start, "2021-11"),
            value,
            "bn USD",
            published="2022-01-10",
            evidence=f"{PIIE}, January 2022",
            verified="yes",
            note=note,
        )
    yield row(
        "CN-PH1-ENERGY",
        EXPORTS,
        (start, "2021-12"),
        25.0,
        "bn USD",
        published="2022-02-08",
        evidence=BOUGHT_NONE,
        verified="no",
        note="implied by 37 % of the commitment",
    )
    yield row(
        "CN-PH1-SERVICES",
        EXPORTS,
        (start, "2021-12"),
        78.1,
        "bn USD",
        published="2022-02-08",
        evidence=BOUGHT_NONE,
        verified="no",
        note="implied by 52 % of the commitment",
    )
    yield row(
        "CN-PH1-TOTAL",
        EXPORTS,
        (start, "2021-12"),
        288.8,
        "bn USD",
        published="2022-02-08",
        evidence=BOUGHT_NONE,
        verified="yes",
        note="57 %; 58 % after later revisions of the statistics",
    )
    yield row(
        "CN-PH1-2020",
        CUSTOMS,
        (start, "2020-12"),
        9.78,
        "bn USD",
        published="2021-01-20",
        evidence="Reuters calculation from Chinese customs, January 2021",
        verified="no",
    )
    yield row(
        "CN-PH1-ENERGY",
        CUSTOMS,
        (start, "2020-12"),
        9.78,
        "bn USD",
        published="2021-01-20",
        verified="no",
        evidence="Reuters calculation from Chinese customs, January 2021",
    )
    for source, share in ((CUSTOMS, 92), (EXPORTS, 89)):
        yield row(
            "CN-PH1-AGRI-2021",
            source,
            ("2021-01", "2021-08"),
            share,
            "% of due",
            published="2021-09-28",
            evidence=f"TheStreet, 2021-09-28, from the {PIIE}",
            verified="yes",
        )
    told = "Argus, 2021-09-03, from the Peterson Institute's analysis of both sides' statistics"
    crude = "crude alone averaged 270,000 barrels a day: some 3.7 bn USD at 65 USD"
    for source, share in ((EXPORTS, 42), (CUSTOMS, 53)):
        yield row(
            "CN-PH1-2021",
            source,
            ("2021-01", "2021-07"),
            share,
            "% of due",
            published="2021-09-03",
            evidence=told,
            verified="yes",
            note=crude,
        )


def dues() -> Iterable[Row]:
    """Yield what was due by whose statistics: the base of 2017 and what was promised above it."""
    base = {
        # 2017 by US exports, by Chinese imports (None: not published); 2020 and 2021 above it
        "ENERGY": (7.6, 6.8, 18.5, 33.9),
        "AGRI": (20.9, 24.1, 12.5, 19.5),
        "MANUF": (66.5, 78.2, 32.9, 44.8),
        "GOODS": (95.1, 109.2, 63.9, 98.2),
        "SERVICES": (56.1, None, 12.8, 25.1),
        "TOTAL": (151.2, None, 76.7, 123.3),
    }
    # Shares of the year due by a month, implied by pro-rated targets that were published.
    months = {
        ("GOODS", CUSTOMS, 2020): "10=0.7932",
        ("GOODS", EXPORTS, 2020): "10=0.7887",
        ("AGRI", EXPORTS, 2021): "11=0.8886",
        ("MANUF", EXPORTS, 2021): "11=0.8940",
        ("ENERGY", EXPORTS, 2021): "11=0.8747",
    }
    checked = {
        ("ENERGY", EXPORTS),
        ("AGRI", EXPORTS),
        ("MANUF", EXPORTS),
        ("GOODS", EXPORTS),
        ("GOODS", CUSTOMS),
        ("TOTAL", EXPORTS),
    }

    def due(promise: str, source: str, year: int, amount: float, **rest: str) -> Row:
        return {
            "promise": promise,
            "source": source,
            "from": year,
            "to": year,
            "amount": f"{amount:.1f}",
            "unit": "bn USD",
            "since": "2020-01-15",
            **rest,
        }

    for group, (exports, imports, first, second) in base.items():
        for source, level in ((EXPORTS, exports), (CUSTOMS, imports)):
            if level is None:
                continue
            for year, above in ((2020, first), (2021, second)):
                weights = months.get((group, source, year), "")
                yield due(
                    f"CN-PH1-{group}",
                    source,
                    year,
                    level + above,
                    evidence=f"annex 6.1 on a 2017 base of {level:g}; {PIIE}",
                    by_month=weights,
                    verified="yes" if (group, source) in checked and year == 2020 else "no",
                    since="2020-10-26" if group == "GOODS" and year == 2020 else "2020-01-15",
                )
                single = {"ENERGY": f"CN-PH1-{year}", "AGRI": "CN-PH1-AGRI-2021"}.get(group)
                if single is not None and (group, year) != ("AGRI", 2020):
                    yield due(
                        single,
                        source,
                        year,
                        level + above,
                        evidence=f"annex 6.1 on a 2017 base of {level:g}; {PIIE}",
                        verified="yes" if source == EXPORTS else "no",
                    )
    for source, amount in ((CUSTOMS, 172.7), (EXPORTS, 142.7)):
        yield due(
            "CN-PH1-GOODS",
            source,
            2020,
            amount,
            since="2020-05-18",
            evidence=f"{PIIE}, as read until October 2020",
            verified="yes",
        )


def write(name: str, notes: tuple[str, ...], header: tuple[str, ...], rows: list[Row]) -> None:
    with (CASE / name).open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {note}\n" for note in notes)
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build(upstream: Path) -> None:
    write(
        "deliveries.csv",
        (
            "What was delivered, source by source; never added up over sources. Built by",
            "tools/build_deliveries.py. verified: found in the document named. Money of the day.",
            "Days of publication decide what was known when; most are approximate.",
        ),
        HEAD,
        [
            *intensity(upstream),
            *energy(),
            *united_states(upstream),
            *finance(upstream),
            *purchases(),
        ],
    )
    write(
        "targets.csv",
        (
            "What was due in each year by whose statistics, where a phrase cannot say it.",
            "by_month: share of the year due by the end of a month; straight lines between.",
            "Built by tools/build_deliveries.py.",
        ),
        DUE,
        list(dues()),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upstream", type=Path)
    build(parser.parse_args().upstream)

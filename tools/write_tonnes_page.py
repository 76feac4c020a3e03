"""Fill the tables of ``docs/tonnes.md`` from the package and, where at hand, published figures.

    python tools/write_tonnes_page.py UPSTREAM

UPSTREAM holds ``data/pledges/`` with published quantifications: Climate Resource 2021 (Meinshausen
et al. 2022, Apache-2.0), Climate Watch 2025 (World Resources Institute, CC BY 4.0), Climate Action
Tracker 2024 (copyright Climate Action Tracker by NewClimate Institute and Climate Analytics, shown
with credit). ``tests/anchors/test_tonnes.py`` calls :func:`tables` and compares it with the page.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from accord.language.target import IntensityCut, Neutrality
from accord.ledger import load_case
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention
from accord.parties import party
from accord.parties import tables as data
from accord.pathways import WorldPathway, project, quantify
from accord.pathways.gases import FOSSIL
from accord.pathways.world import basis_of

PAGE = Path(__file__).parents[1] / "docs" / "tonnes.md"
TODAY = Convention(as_of=dt.date(2026, 11, 21))
LARGEST = 30
SOURCES = ("ClimateResource2021", "ClimateWatch2025", "CAT2024")
NAMES = dict(zip(SOURCES, ("Climate Resource", "Climate Watch", "CAT"), strict=True))
OLDER = ("ClimateResource2021", "ClimateWatch2020", "CAT2024")
Row = list[str]

WHY = {
    "USA": "archived: the withdrawn pledges are out, so this is the reference; "
    "with them in 4,020 without land use",
    "IND": "GDP on the World Bank's PPP series grows more than in the sources' projections of "
    "2021-2024; no official progress is recorded from which to count",
    "CAN": "land use: the series here has a source of 231 Mt in 2005, so that the base is 974 Mt; "
    "Climate Watch's level is 42.5 % below 739 Mt",
    "GBR": "the series here has 787 Mt in 1990 with land use; Climate Watch's level is 68 % below "
    "819 Mt",
    "IRQ": "the target is an absolute figure on the party's own inventory, 30 % below the series "
    "here",
    "UZB": "the target lies far above the reference path and does not bind (hot air out)",
}


@cache
def commitments() -> tuple[Commitment, ...]:
    return load_case("us-china").commitments


@cache
def world(**switches: object) -> WorldPathway:
    return project(commitments(), msgspec.structs.replace(TODAY, **switches))


def by_id(name: str) -> Commitment:
    return next(c for c in commitments() if c.id == name)


def gt(value: float) -> str:
    return f"{value / 1000:.1f}"


def mt(value: float) -> str:
    return f"{value:,.0f}"


def span(low: float, high: float) -> str:
    return mt(low) if round(low) == round(high) else f"{mt(low)}-{mt(high)}"


def china() -> list[Row]:
    """Return what 40-45 % below 2005 by 2020 allowed, by the GDP series that measures it."""
    asked = by_id("CN-CPH-INT")
    target = asked.pledge.target
    assert isinstance(target, IntensityCut)
    fossil = data.history("co2_fossil")
    base, actual = fossil.at("CHN", 2005), fossil.at("CHN", 2020)
    rows: list[Row] = []
    ratios = {"GDP tripled, as expected in 2009": 3.0}
    for series, name in (("gdp_ppp", "World Bank PPP"), ("gdp_maddison", "Maddison")):
        gdp = data.history(series)
        ratios[name] = gdp.at("CHN", 2020) / gdp.at("CHN", 2005)
    for name, ratio in ratios.items():
        allowed = [ratio * (1 - cut / 100) - 1 for cut in (target.high, target.low)]
        change = (actual / base) / ratio - 1
        rows.append(
            [
                name,
                f"{ratio:.2f}",
                f"{100 * allowed[0]:+.0f} to {100 * allowed[1]:+.0f} %",
                span(*(base * (1 + a) for a in allowed)),
                f"{100 * change:.1f} %" if "tripled" not in name else "",
            ]
        )
    rows.append(["reported officially", "", "", "", "-48.4 %"])
    return rows


def united_states(published: dict[tuple[str, str, int], list[float]] | None) -> list[Row]:
    """Return the pledges of the United States in tonnes, on two bases, and published figures."""
    rows = []
    for name in ("US-CPH17", "US-NDC1", "US-NDC2", "US-NDC35"):
        one = by_id(name)
        done = quantify(one, TODAY)
        bare = msgspec.structs.replace(
            one, base_values=(), pledge=msgspec.structs.replace(one.pledge, lulucf="excluding")
        )
        without = quantify(bare, TODAY)
        own = span(done.stated_low or 0, done.stated_high or 0) if done.stated_low else ""
        row = [
            one.says.removeprefix("USA: "),
            span(without.low or 0, without.high or 0),
            span(done.low or 0, done.high or 0),
            own,
        ]
        if published is not None:
            row += [_published(published, source, "USA", done.year or 0) for source in OLDER]
        rows.append(row)
    return rows


def largest(published: dict[tuple[str, str, int], list[float]] | None) -> list[Row]:
    """Pledges for 2030 of the largest parties, beside published quantifications."""
    plain, more = world(), world(conditional=True)
    observed = data.ghg("AR6", False)
    size = {
        code: observed.at(code, int(observed.years[-1]))
        for code in plain.parties
        if code in observed.parties and not code.startswith("INT_")
    }
    at = 2030 - plain.first_year
    rows, sums = [], {source: [np.zeros(2), np.zeros(2), np.zeros(2)] for source in SOURCES}
    for code in sorted(size, key=lambda c: (-size[c], c))[:LARGEST]:
        ours = [
            [float(w.parties[code].ghg("AR6", land)[0, at]) for w in (more, plain)]
            for land in (False, True)
        ]
        row = [party(code).name, *(span(min(pair), max(pair)) for pair in ours)]
        if published is not None:
            values = [v for s in SOURCES for v in published.get((s, code, 2030), [])]
            both = ours[0] + ours[1]
            outside = bool(values) and (min(both) > max(values) or max(both) < min(values))
            row += [_published(published, source, code, 2030) for source in SOURCES]
            row.append(WHY.get(code, "**not explained**") if outside else "")
            for source in SOURCES:
                theirs = published.get((source, code, 2030), [])
                if theirs and code != "USA":
                    for n, pair in enumerate((*ours, theirs)):
                        sums[source][n] += (min(pair), max(pair))
        rows.append(row)
    if published is not None:
        for n, source in enumerate(SOURCES):
            without, with_land, theirs = sums[source]
            cells = [span(*theirs) if k == n else "" for k in range(len(SOURCES))]
            name = f"*sum of those that {NAMES[source]} has, without the United States*"
            rows.append([name, span(*without), span(*with_land), *cells, ""])
    return rows


def references(policies: dict[str, dict[str, list[float]]] | None) -> list[Row]:
    """Return reference paths in 2030 beside published policy baselines."""
    plain = world()
    at = 2030 - plain.first_year
    codes = ["CHN", "USA", "IND", "EU27", "RUS", "IDN", "BRA", "JPN", "SAU", "CAN", "TUR", "MEX"]
    rows = []
    for code in [*codes, "KOR", "VNM", "AUS", "ZAF"]:
        value = float(plain.parties[code].reference_ghg("AR4", False)[0, at])
        row = [party(code).name, mt(value)]
        if policies is not None:
            low, high = min(policies["2030"][code]), max(policies["2030"][code])
            away = value / high - 1 if value > high else value / low - 1 if value < low else 0.0
            row += [span(low, high), f"{100 * away:+.0f} %" if away else "inside"]
            seen = policies["2021"].get(code)
            then = data.ghg("AR4", False).at(code, 2021) / seen[-1] - 1 if seen else 0.0
            row.append(f"{100 * then:+.0f} %" if seen else "")
        rows.append(row)
    return rows


def hindsight() -> list[Row]:
    """Return how references of past days foresaw the fossil CO2 of 2024, given its GDP."""
    rows = []
    for day in ("1997-12-11", "2001-03-01", "2005-06-01", "2010-03-01", "2015-06-01"):
        basis = basis_of(Convention(as_of=dt.date.fromisoformat(day)), 1)
        at = 2024 - int(basis.years[0])
        foreseen = np.array([basis.of(i)[FOSSIL, 0, at] for i in range(len(basis.economy.codes))])
        seen = basis.past[FOSSIL, :, -1]
        good = (seen > 5) & (foreseen > 5)
        error = np.log(foreseen[good] / seen[good])
        size = seen[good] / seen[good].sum()
        rows.append(
            [
                day[:4],
                f"{gt(foreseen.sum())}",
                f"{gt(seen.sum())}",
                f"{np.sqrt((size * error**2).sum()):.2f}",
                f"{np.sqrt((error**2).mean()):.2f}",
            ]
        )
    return rows


def sums() -> list[Row]:
    """Return the world's greenhouse gases in 2030 and 2035 under several readings."""
    targets = tuple(c for c in commitments() if not isinstance(c.pledge.target, Neutrality))
    only = project(targets, TODAY)
    cases = {
        "no commitments: the reference path": None,
        "targets only, unconditional (no neutrality pledges)": only,
        "all pledges, unconditional": world(),
        "all pledges, conditional ones in": world(conditional=True),
        "the same, withdrawn and archived ones in too": world(conditional=True, archived=True),
        "all pledges, unconditional, hot air in": world(hot_air=True),
    }
    rows = []
    for name, one in cases.items():
        w = one if one is not None else world()
        series = w.ghg() if one is not None else w.reference_ghg()
        bare = w.ghg("AR6", False) if one is not None else w.reference_ghg("AR6", False)
        row = [name]
        for year in (2030, 2035):
            at = year - w.first_year
            p5, p95 = np.percentile(series[1:, at], [5, 95])
            row.append(f"{gt(series[0, at])} ({gt(p5)}-{gt(p95)})")
            row.append(gt(bare[0, at]))
        rows.append(row)
    return rows


def _published(
    published: dict[tuple[str, str, int], list[float]], source: str, code: str, year: int
) -> str:
    values = published.get((source, code, year), [])
    return span(min(values), max(values)) if values else ""


def read_published(upstream: Path) -> dict[tuple[str, str, int], list[float]]:
    """Return published target emissions by source, party and year, MtCO2e."""
    found: dict[tuple[str, str, int], list[float]] = {}
    with (upstream / "data/pledges/ndc_target_emissions_published.csv").open() as file:
        for row in csv.DictReader(file):
            if row["emissions_mtco2e"]:
                key = (row["source"], row["iso3"], int(float(row["target_year"])))
                found.setdefault(key, []).append(float(row["emissions_mtco2e"]))
    return found


def read_policies(upstream: Path) -> dict[str, dict[str, list[float]]]:
    """Return Climate Action Tracker's policy projections for 2030 and its 2021, MtCO2e AR4."""
    found: dict[str, dict[str, list[float]]] = {"2021": {}, "2030": {}}
    with (upstream / "data/pledges/cat_assessments_20240318.csv").open() as file:
        for row in csv.DictReader(file):
            projected = row["year"] == "2030" and "olicies and action" in row["series"]
            observed = row["year"] == "2021" and row["series"].startswith(
                "Historical emissions, ex"
            )
            if (projected or observed) and row["mtco2e"]:
                found[row["year"]].setdefault(row["iso3"], []).append(float(row["mtco2e"]))
    return found


def tables(upstream: Path | None) -> dict[str, list[Row]]:
    """Return every table of the page, by name; published columns only with UPSTREAM."""
    published = read_published(upstream) if upstream else None
    policies = read_policies(upstream) if upstream else None
    return {
        "china": china(),
        "united-states": united_states(published),
        "largest": largest(published),
        "references": references(policies),
        "hindsight": hindsight(),
        "sums": sums(),
    }


def read_page() -> dict[str, list[Row]]:
    """Return the tables that stand on the page, by name, heads left out."""
    found = {}
    for name, body in re.findall(
        r"<!-- table (\S+) -->\n(.*?)<!-- end -->", PAGE.read_text(), re.S
    ):
        lines = [line for line in body.splitlines() if line.startswith("|")]
        found[name] = [[c.strip() for c in line.strip("|").split("|")] for line in lines[2:]]
    return found


def main(upstream: Path) -> None:
    text = PAGE.read_text()
    for name, rows in tables(upstream).items():
        body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
        pattern = rf"(<!-- table {name} -->\n(?:\|[^\n]*\n){{2}})(?:\|[^\n]*\n)*(<!-- end -->)"
        text, count = re.subn(pattern, lambda m, body=body: m[1] + body + m[2], text)
        if count != 1:
            raise SystemExit(f"{PAGE}: no place for table {name}")
    PAGE.write_text(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Build the commitments of all other parties: ``build_others.py UPSTREAM [CASE_FOLDER]``.

UPSTREAM is a folder with ``pledges/``; CASE_FOLDER is ``src/accord/data/cases/us-china``. Writes
``commitments-others.yaml`` there for every party of the world's partition for which
``commitments.yaml`` names no tonnes, and prints what was left out and why. Running it twice gives
the same bytes.

Tonnes come from openly licensed quantifications, one version of a contribution after the other:

* the first contribution and its updates up to November 2021: Climate Resource 2021 (Apache-2.0;
  Meinshausen et al. 2022), without land use, AR6 warming potentials, both ends of its range; the
  emissions of 2015 from which its path starts are pinned as the base value, so that a different
  history is not taken for effort;
* a later contribution for 2030: Climate Watch NDC Tracker (WRI, CC BY 4.0), edition 2025, on the
  history of the party's own latest inventory.

Dates are the submission dates of the UNFCCC registry. Net-zero years are those of the Net Zero
Tracker (CC BY 4.0, December 2022) where it counts them as law, policy or declaration.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from accord.language import say
from accord.language.target import AbsoluteLevel, Neutrality, Pledge, Policy
from accord.ledger import BaseValue, Citation, Commitment, Status, dump_commitments
from accord.ledger.commitment import LegalForm, StatusWord
from accord.ledger.commitments_file import read_commitments
from accord.ledger.evidence import read_sources
from accord.parties import members, partition, party
from accord.parties.tables import Table, ghg

HERE = Path(__file__).resolve().parent
CASE = HERE.parent / "src" / "accord" / "data" / "cases" / "us-china"
OUT = "commitments-others.yaml"
HEAD = """\
# Commitments of the parties for which commitments.yaml names no tonnes, written by
# tools/build_others.py: levels for 2030 from openly licensed quantifications, net-zero years
# from the Net Zero Tracker. Nobody has checked these rows one by one.

"""

CLIMATE_RESOURCE, CLIMATE_WATCH, TRACKER = "CR-2021", "CW-2025", "NZT-2022"
"""Keys of the case's ``sources.yaml``."""
CR_EDITION = dt.date(2021, 11, 18)
"""Last day of the contributions that Climate Resource 2021 read."""
TRACKER_EDITION = dt.date(2022, 12, 20)
NEW_ROUND = dt.date(2024, 11, 1)
"""Contributions from here on are for 2035: nobody has quantified those of the smaller parties."""
SANE = (0.3, 3.0)
"""A level for 2030 outside this multiple of the emissions of 2019 is left out."""

Scope = Literal["carbon", "CO2", "GHG"]
Lulucf = Literal["including", "excluding"]
NET_ZERO: Mapping[str, Scope] = {
    "Net zero": "GHG",
    "GHG neutral(ity)": "GHG",
    "Climate neutral": "GHG",
    "Carbon neutral(ity)": "carbon",
    "Zero carbon": "CO2",
}
NET_ZERO_FORM: Mapping[str, tuple[LegalForm, StatusWord]] = {
    "In law": ("domestic law", "in force"),
    "In policy document": ("strategy", "announced"),
    "Declaration / pledge": ("announcement", "announced"),
}

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Rows = list[dict[str, str]]
Range = tuple[float, float]


class Version(NamedTuple):
    """One version of a contribution, as somebody has quantified it; MtCO2e in 2030."""

    tag: str
    words: str
    levels: Range
    conditional: Range | None
    lulucf: Lulucf
    announced: dt.date | None
    since: dt.date | None
    source: str
    document: Citation
    base: BaseValue | None


class Upstream:
    """The upstream figures by party, and the citations of the case by key."""

    def __init__(self, folder: Path, sources: Mapping[str, Citation]) -> None:
        pledges = folder / "pledges"
        paths = rows(pledges / "cr2021_ndc_pathways_by_country_1990_2050.csv.gz")
        published = rows(pledges / "ndc_target_emissions_published.csv")
        watch = [row for row in published if row["source"] == "ClimateWatch2025"]
        tracker = rows(pledges / "net_zero_tracker_countries_20221220.csv")
        self.sources = sources
        self.registry = by_party(rows(pledges / "ndc_registry_20260819.csv"), "code")
        self.paths = by_party(paths, "iso3")
        self.watch = by_party(watch, "iso3")
        self.facts = by_party(rows(pledges / "iges_ndc_master_v7.7_202210.csv"), "iso3")
        self.net_zero = by_party(tracker, "iso3")
        inventories = rows(folder / "national" / "unfccc_official_inventories.csv")
        self.inventories = by_party(inventories, "iso3")


def rows(path: Path) -> Rows:
    """Read a CSV file, packed or not."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as packed:
            return list(csv.DictReader(packed))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_party(table: Rows, key: str) -> dict[str, Rows]:
    """Group rows by party."""
    grouped: dict[str, Rows] = defaultdict(list)
    for row in table:
        grouped[row[key]].append(row)
    return grouped


def documents(registry: Rows) -> dict[dt.date, Citation]:
    """Return a party's contributions by day, oldest first, in English where there is a choice."""
    found: dict[dt.date, Citation] = {}
    wanted = [row for row in registry if row["submissionDate"] and row["fileType"] == "NDC"]
    for row in sorted(wanted, key=lambda row: (row["language"] != "English", row["title"])):
        # the registry adds to a title that the document has been replaced
        title = re.sub(r"\s*\(?\b[Aa]rchived\b\)?", "", row["title"].replace("\u200b", "")).strip()
        if title.count("(") > title.count(")"):
            title += ")"
        name = party(row["code"]).short_name
        day = dt.date.fromisoformat(row["submissionDate"])
        found.setdefault(
            day,
            Citation(
                title=title if name in title else f"{name}: {title}",
                publisher="UNFCCC NDC registry",
                date=day,
                url=row["encodedAbsUrl"],
            ),
        )
    return dict(sorted(found.items()))


def ends(paths: Rows, ndc: str, conditionality: str) -> Range | None:
    """Return both ends of a contribution in 2030, MtCO2e without land use, smaller first."""
    found = [
        float(row["2030"])
        for row in paths
        if row["ndc"] == ndc and row["conditionality"] == conditionality and row["2030"]
    ]
    return (min(found), max(found)) if found else None


def versions(code: str, up: Upstream) -> Iterator[Version]:
    """Yield the versions of a party's contribution for 2030, oldest first."""
    papers = {
        day: paper for day, paper in documents(up.registry.get(code, [])).items() if day < NEW_ROUND
    }
    days = list(papers)
    facts = up.facts.get(code, [{}])[0]
    paths = up.paths.get(code, [])
    start = None
    if paths and paths[0]["2015"]:
        start = BaseValue(
            value=digits(float(paths[0]["2015"])),
            unit="MtCO2e",
            year=2015,
            series="without land use, as Climate Resource has them",
            official=False,
        )
    indc = dt.date.fromisoformat(facts["indc_date"]) if facts.get("indc_date") else None
    if indc is not None and indc.year > 2016:
        indc = None
    found = False

    read = {row["submission_date"] for row in paths if row["ndc"] == "updated"}
    # a party may have made its intended contribution its first one only with the update
    renewed = bool(days) and f"{days[0].month}/{days[0].day}/{days[0].year}" in read
    levels = ends(paths, "initial", "U")
    if levels and (indc if renewed else days or indc):
        first = days[0] if days and not renewed else None
        paper = Citation(
            title=f"Intended nationally determined contribution of {party(code).name}",
            publisher="UNFCCC secretariat",
            date=indc,
        )
        found = True
        yield Version(
            "NDC1",
            "First contribution",
            levels,
            ends(paths, "initial", "C"),
            "excluding",
            indc if indc and (first is None or indc < first) else None,
            first,
            CLIMATE_RESOURCE,
            papers[first] if first else paper,
            start,
        )
    updates = [day for day in days[0 if renewed else 1 :] if day <= CR_EDITION]
    levels = ends(paths, "updated", "U")
    if levels and updates and "NOT YET" not in read:
        yield Version(
            "NDC2",
            "Updated contribution",
            levels,
            ends(paths, "updated", "C"),
            "excluding",
            None,
            updates[-1],
            CLIMATE_RESOURCE,
            papers[updates[-1]],
            start,
        )
    later = [day for day in days[1:] if day > CR_EDITION] or ([] if found else days[-1:])
    watch = {
        row["conditionality"]: float(row["emissions_mtco2e"]) for row in up.watch.get(code, [])
    }
    if later and "unconditional" in watch:
        level, better = watch["unconditional"], watch.get("conditional")
        lulucf: Lulucf = "including" if facts.get("lulucf_covered") == "yes" else "excluding"
        yield Version(
            "NDC3",
            "Later contribution",
            (level, level),
            (better, better) if better is not None else None,
            lulucf,
            None,
            later[-1],
            CLIMATE_WATCH,
            papers[later[-1]],
            reported(up.inventories.get(code, []), lulucf),
        )


def reported(inventory: Rows, lulucf: Lulucf) -> BaseValue | None:
    """Return the latest inventory that a party reported, on the coverage asked."""
    words = "with" if lulucf == "including" else "without"
    column = "ghg_incl_lulucf_mtco2e" if lulucf == "including" else "ghg_excl_lulucf_mtco2e"
    years = [row for row in inventory if row[column] and int(row["year"]) >= 2000]
    if not years:
        return None
    last = max(years, key=lambda row: int(row["year"]))
    return BaseValue(
        value=digits(float(last[column])),
        unit="MtCO2e",
        year=int(last["year"]),
        series=f"{words} land use, inventory reported to the UNFCCC",
    )


def levels_2030(
    code: str, up: Upstream, emitted: Mapping[str, Table], left_out: list[str]
) -> Iterator[Commitment]:
    """Yield a party's levels for 2030, each superseded by the next."""

    def kept(tag: str, levels: Range, version: Version) -> bool:
        table = emitted[version.lulucf]
        now = table.at(code, 2019)
        here = carried_over(levels, version, table.of(code), table.years)
        if now > 0 and all(SANE[0] <= end / now <= SANE[1] for end in here):
            return True
        left_out.append(
            f"{code}-{tag}: {written(levels)} MtCO2e {version.lulucf} land use in 2030 "
            f"({written(here)} on the history here) against {now:.3g} in 2019 ({version.source})"
        )
        return False

    read = [one for one in versions(code, up) if kept(one.tag, one.levels, one)]
    target = up.facts.get(code, [{}])[0].get("target", "")
    conditional_only = "(conditional)" in target and "(unconditional)" not in target
    before: set[str] = set()
    for number, version in enumerate(read):
        fate: list[tuple[dt.date, StatusWord]] = []
        if version.announced:
            fate.append((version.announced, "announced"))
        if version.since:
            fate.append((version.since, "in force"))
        if number + 1 < len(read) and read[number + 1].since:
            fate.append((read[number + 1].since, "superseded"))  # type: ignore[arg-type]
        readings = [(version.tag, version.levels, "support" if conditional_only else None)]
        better = version.conditional
        if better and not conditional_only and better[0] < 0.99 * version.levels[0]:
            tag = f"{version.tag}C"
            if kept(tag, better, version):
                readings.append((tag, better, "support"))
        made: set[str] = set()
        for tag, levels, condition in readings:
            earlier = {one for one in before if one.endswith("C") == tag.endswith("C")}
            name = f"{code}-{tag}"
            made.add(name)
            yield commitment(
                name,
                Pledge(
                    party=code,
                    target=AbsoluteLevel(low=digits(levels[0]), high=digits(levels[1]), year=2030),
                    lulucf=version.lulucf,
                    conditional_on=condition,
                ),
                instrument=f"{version.words}, as quantified by others",
                form="NDC" if version.since else "INDC",
                fate=fate,
                evidence=(version.document, up.sources[version.source]),
                supersedes=earlier,
                base=version.base,
            )
        before = made


def carried_over(levels: Range, version: Version, history: Floats, years: Ints) -> Range:
    """Carry levels over to the history here, by the rule of ``accord.pathways.level``."""
    if version.base is None:
        return levels
    here = float(history[list(years).index(version.base.year)])
    own = version.base.value
    if version.lulucf == "including":
        return levels[0] + here - own, levels[1] + here - own
    return levels[0] * here / own, levels[1] * here / own


def net_zero(code: str, up: Upstream, left_out: list[str]) -> Iterator[Commitment]:
    """Yield a party's net-zero year, where the tracker counts it as more than a proposal."""
    for row in up.net_zero.get(code, []):
        scope = NET_ZERO.get(row["end_target"])
        if scope is None or not row["end_target_year"]:
            continue
        year = int(float(row["end_target_year"]))
        form = NET_ZERO_FORM.get(row["end_target_status"])
        if form is None or year < 2035:
            left_out.append(f"{code}-NZ {year}: {row['end_target_status'].lower()}")
            continue
        if scope == "GHG" and row["gasses_coverage"] == "Carbon dioxide only":
            scope = "CO2"
        said = int(float(row["status_date"] or row["last_updated"][:4]))
        yield commitment(
            f"{code}-NZ",
            Pledge(party=code, target=Neutrality(scope=scope, year=year)),
            instrument=f"Net-zero target, {row['end_target_status'].lower()}",
            form=form[0],
            fate=[(min(dt.date(said, 12, 31), TRACKER_EDITION), form[1])],
            evidence=(up.sources[TRACKER],),
            note="The tracker gives the year of the announcement, not the day.",
        )


def commitment(
    name: str,
    pledge: Pledge,
    *,
    instrument: str,
    form: LegalForm,
    fate: list[tuple[dt.date, StatusWord]],
    evidence: tuple[Citation, ...],
    supersedes: Iterable[str] = (),
    base: BaseValue | None = None,
    note: str = "",
) -> Commitment:
    """Return one row."""
    return Commitment(
        id=name,
        says=say(pledge),
        pledge=pledge,
        instrument=instrument,
        legal_form=form,
        date=fate[0][0],
        statuses=tuple(Status(since=since, word=word) for since, word in fate),
        evidence=evidence,
        base_values=(base,) if base else (),
        supersedes=tuple(sorted(supersedes)),
        note=note,
    )


def digits(value: float) -> float:
    """Give four significant digits, as many as the sources can bear."""
    return float(f"{value:.4g}")


def written(levels: Range) -> str:
    """Write a range for the list of what was left out."""
    low, high = (f"{end:.4g}" for end in levels)
    return low if low == high else f"{low}-{high}"


def done_by_hand(by_hand: tuple[Commitment, ...]) -> tuple[set[str], set[str]]:
    """Return the parties whose tonnes, and whose net zero, ``commitments.yaml`` names."""
    tonnes = {
        one.party
        for one in by_hand
        if not isinstance(one.pledge.target, Neutrality | Policy)
        and (getattr(one.pledge.target, "year", None) or 0) >= 2030
    }
    return tonnes, {one.party for one in by_hand}


def build(upstream: Path, case: Path = CASE) -> tuple[str, list[str]]:
    """Return the file's text and what was left out.

    Parameters
    ----------
    upstream
        Folder with ``pledges/``.
    case
        Folder of the case: ``commitments.yaml`` says which parties are done by hand, and
        ``sources.yaml`` has the sources cited here.
    """
    sources = read_sources(case / "sources.yaml", [])
    tonnes, named = done_by_hand(read_commitments([case / "commitments.yaml"], sources, []))
    up = Upstream(upstream, sources)
    emitted = {"excluding": ghg("AR6", lulucf=False), "including": ghg("AR6", lulucf=True)}
    union = set(members("EU27"))
    known = set(emitted["including"].parties) & set(emitted["excluding"].parties)
    left_out: list[str] = []
    made: list[Commitment] = []
    for code in partition():
        if code in union or code not in known:
            continue
        if code not in tonnes:
            made += levels_2030(code, up, emitted, left_out)
        if code not in named:
            made += net_zero(code, up, left_out)
    return HEAD + dump_commitments(made, sources), left_out


def main() -> None:
    """Write the file and say what was left out."""
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    case = Path(sys.argv[2]) if len(sys.argv) == 3 else CASE
    text, left_out = build(Path(sys.argv[1]), case)
    (case / OUT).write_text(text, encoding="utf-8")
    print(f"{text.count('- id: ')} commitments; left out:", *left_out, sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    main()

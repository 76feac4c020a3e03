"""The bundled case: the right commitments on every day asked about, each with its evidence."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from accord.language import parse, say
from accord.language.target import IntensityCut, Neutrality, Policy
from accord.ledger import Case, Commitment, check_case, load_case
from accord.parties import members, partition
from accord.parties.tables import ghg, history

REPOSITORY = Path(__file__).parents[2]
TODAY = "2026-11-21"


@cache
def the_case() -> Case:
    return load_case("us-china")


def counted(day: str, *parties: str) -> set[str]:
    found = the_case().counted(dt.date.fromisoformat(day))
    return {one.id for one in found if not parties or one.party in parties}


def named(name: str) -> Commitment:
    return next(one for one in the_case().commitments if one.id == name)


def test_the_case_loads_without_a_fault() -> None:
    assert check_case("us-china") == []
    assert the_case().parties == ("USA", "CHN")
    assert the_case().today == dt.date.fromisoformat(TODAY)


# What was on the table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "on_the_table", "not_on_it"),
    [
        ("1993-01-01", {"US-UNFCCC"}, {"US-KYOTO", "CN-UNFCCC-CAP"}),
        ("1999-06-01", {"US-KYOTO", "EU-KYOTO", "US-BYRD"}, {"US-GCCI02", "AU-CPH5"}),
        (
            "2010-03-01",
            {"CN-CPH-INT", "US-CPH17", "EU-2020", "EU-2020C", "IN-CPH", "JP-CPH25", "BR-CPH"},
            {"US-KYOTO", "US-BUSH08", "JP-2009", "US-INDC", "CN-INDC-CI", "JP-2020-38"},
        ),
        (
            "2015-12-12",
            {"US-INDC", "CN-INDC-CI", "CN-INDC-PK", "EU-INDC", "IN-INDC", "US-CPH17"},
            {"US-JOINT14", "CN-JOINT14-PK", "CN-PEAK", "US-NDC1", "IN-NZ70"},
        ),
        (
            "2017-12-01",
            {"US-PARIS", "US-NDC1", "CN-PARIS", "CN-INDC-CI"},
            {"US-MCS", "US-INDC", "US-NDC2"},
        ),
        ("2020-12-01", {"CN-PEAK", "CN-NZ60", "CN-INDC-CI"}, {"US-PARIS", "US-NDC1"}),
        (
            "2021-11-13",
            {"US-NDC2", "US-NZ50", "US-GLASGOW", "CN-NDC2-CI", "CN-PEAK", "CN-NZ60", "IN-NZ70"},
            {"CN-INDC-CI", "CN-INDC-PK", "CN-JOINT14-NF", "US-NDC35", "EU-INDC"},
        ),
        ("2022-01-01", {"US-NDC2", "US-PARIS", "CN-NDC2-CI"}, {"CN-NDC35-GHG"}),
        ("2022-09-01", {"US-NDC2"}, {"US-GLASGOW", "CN-GLASGOW"}),
        ("2023-07-20", {"US-NDC2", "CN-NDC2-CI", "CN-FYP14-CI", "CN-GLASGOW"}, {"CN-SUNNY"}),
        ("2025-06-01", {"US-NDC2", "US-NDC35", "US-PARIS"}, {"US-NZ50", "US-FIN-114"}),
        (
            TODAY,
            {"CN-NDC35-GHG", "CN-PEAK", "CN-NZ60", "CN-NDC2-CI", "CN-FYP15-CI", "EU-NDC35"},
            {"US-NDC2", "US-NDC35", "US-NZ50", "US-PARIS", "CN-FYP14-CI", "CN-INDC-CI"},
        ),
    ],
)
def test_each_day_has_its_own_table(day: str, on_the_table: set[str], not_on_it: set[str]) -> None:
    assert on_the_table <= counted(day)
    assert not (not_on_it & counted(day))


def test_no_contribution_under_paris_counts_on_the_way_to_mexico() -> None:
    day = dt.date(2010, 3, 1)
    forms = {one.legal_form for one in the_case().counted(day)}
    assert not forms & {"NDC", "INDC"}


def test_today_the_united_states_binds_itself_to_no_tonne() -> None:
    day = dt.date.fromisoformat(TODAY)
    mine = [one for one in the_case().counted(day) if one.party == "USA"]
    assert all(isinstance(one.pledge.target, Policy) for one in mine)
    archived = the_case().counted(day, archived=True)
    assert {"US-NDC2", "US-NDC35", "US-NZ50"} <= {one.id for one in archived}


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2016-10-01", "signed"),
        ("2017-12-01", "in force"),
        ("2020-11-03", "in force"),
        ("2020-11-04", "withdrawn"),
        ("2021-02-18", "withdrawn"),
        ("2021-02-19", "re-entered"),
        ("2026-01-26", "re-entered"),
        ("2026-01-27", "withdrawn"),
    ],
)
def test_the_united_states_is_in_or_out_of_paris_by_the_day(day: str, word: str) -> None:
    status = named("US-PARIS").status(dt.date.fromisoformat(day))
    assert status is not None
    assert status.word == word


def test_every_round_can_be_asked_about() -> None:
    rounds = {one.id: one for one in the_case().rounds}
    assert {
        "copenhagen-2009",
        "mexico-2010",
        "paris-2015",
        "glasgow-2021",
        "beijing-2023",
        "today",
    } <= set(rounds)
    assert all(one.evidence for one in rounds.values())
    assert all(one.outcome for one in rounds.values())


# What stands behind it ---------------------------------------------------------------------------


def test_every_commitment_is_cited_and_said_in_canonical_words() -> None:
    for one in the_case().commitments:
        assert one.evidence, one.id
        assert parse(one.says) == one.pledge, one.id
        assert say(one.pledge) == one.says, one.id
        assert one.statuses[-1].since <= the_case().today, one.id


def test_what_is_verified_says_against_what() -> None:
    for one in the_case().commitments:
        assert one.verified == ("Checked: " in one.note), one.id


def test_every_american_and_chinese_row_collected_is_carried(upstream: Path) -> None:
    # rows that are a turn in another one's fate, or a report of what was done
    told_elsewhere = {
        "US-KYOTO-OUT": "US-KYOTO",
        "US-PARIS-ACC": "US-PARIS",
        "US-PARIS-ANN": "US-PARIS",
        "US-PARIS-COM": "US-PARIS",
        "US-PARIS-NOT1": "US-PARIS",
        "US-PARIS-OUT1": "US-PARIS",
        "US-PARIS-IN2": "US-PARIS",
        "US-PARIS-NOT2": "US-PARIS",
        "US-PARIS-OUT2": "US-PARIS",
        "US-UNFCCC-OUT": "US-UNFCCC-PARTY",
        "CN-177BN": "CN-SS20",
        "CN-BTR1": "CN-NDC35-GHG",
    }
    known = {one.id: one for one in the_case().commitments}
    path = upstream / "data" / "pledges" / "pledges_us_china.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        name = told_elsewhere.get(row["id"], row["id"])
        assert name in known, name
        day = dt.date.fromisoformat(row["date"])
        turns = {status.since for status in known[name].statuses}
        if row["id"] not in {"CN-177BN", "CN-BTR1"}:
            assert known[name].date <= day, name
            assert row["id"] not in told_elsewhere or day in turns, row["id"]
    for name in {one.id for one in known.values() if one.party in {"USA", "CHN"} and one.verified}:
        checks = {
            row["check"][:1] for row in rows if name in {row["id"], told_elsewhere.get(row["id"])}
        }
        assert "V" in checks or name == "CN-CPH-STOCK", name


def test_nothing_quotes_an_article(upstream: Path) -> None:
    def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}

    articles: set[tuple[str, ...]] = set()
    for path in sorted((upstream / "articles").glob("*.txt")):
        articles |= runs(path.read_text(encoding="utf-8"))
    assert articles
    for path in sorted(the_case().path.glob("*.yaml")):
        ours = re.sub(r"^.*title: .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        same = runs(ours) & articles
        assert not same, (path.name, same)


def test_no_file_names_a_place_on_a_developers_machine() -> None:
    for path in the_case().path.glob("*.yaml"):
        places = re.findall(r"(?:\.\./|/work/|/home/|/tmp/|shared/)\S*", path.read_text("utf-8"))
        assert not places, (path.name, places)


# Base values and verdicts ------------------------------------------------------------------------


def test_the_american_base_of_2005_moved_between_contributions() -> None:
    first, second = (named(name).base_values[0] for name in ("US-NDC2", "US-NDC35"))
    assert (first.value, second.value) == (6635, 6587)
    assert first.year == second.year == 2005


def test_independent_verdicts_on_intensity_are_what_the_tables_give() -> None:
    checked = 0
    for one in the_case().commitments:
        target = one.pledge.target
        for outcome in one.outcomes:
            series = outcome.series.split()[0]
            if not series.startswith("gdp_"):
                continue
            assert isinstance(target, IntensityCut)
            assert not outcome.official
            gdp = history(series)
            gas = history("co2_fossil") if target.gas == "CO2" else ghg(lulucf=False)
            then, now = (
                gas.at(one.party, year) / gdp.at(one.party, year)
                for year in (target.base, outcome.year)
            )
            assert outcome.value == pytest.approx(100 * (now / then - 1), abs=0.06), one.id
            checked += 1
    assert checked >= 9


def test_the_gdp_series_decides_whether_china_kept_its_pledge_of_2009() -> None:
    pledge = named("CN-CPH-INT")
    assert pledge.gdp_series == "gdp_ppp"
    by_series = {one.series.split()[0]: one.value for one in pledge.outcomes if one.year == 2020}
    assert by_series["official"] < -45
    assert -45 < by_series["gdp_ppp"] < -40
    assert by_series["gdp_maddison"] > -40


# Everybody else ----------------------------------------------------------------------------------


def test_members_speak_through_their_union_and_nobody_speaks_twice() -> None:
    spoken = {one.party for one in the_case().commitments}
    assert not spoken & set(members("EU27"))
    assert spoken - {"ANNEX_II"} <= set(partition())
    day = dt.date.fromisoformat(TODAY)
    zeros = Counter(
        one.party
        for one in the_case().counted(day)
        if isinstance(one.pledge.target, Neutrality) and one.party not in {"RUS"}
    )
    assert max(zeros.values()) == 1


def test_those_who_promised_tonnes_for_2030_emit_most_of_the_world() -> None:
    day = dt.date.fromisoformat(TODAY)
    with_tonnes = {
        one.party
        for one in the_case().counted(day)
        if not isinstance(one.pledge.target, Policy) and one.party in partition()
    }
    table = ghg(lulucf=False)
    rows = {code: float(table.at(code, 2023)) for code in partition() if code in table.parties}
    world = sum(value for value in rows.values() if not math.isnan(value))
    emitted = sum(rows[code] for code in with_tonnes)
    assert emitted / world > 0.8  # the United States and the bunkers are the rest
    assert len(with_tonnes) > 130


def _builder() -> ModuleType:
    path = REPOSITORY / "tools" / "build_others.py"
    spec = importlib.util.spec_from_file_location("build_others", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_builder_writes_the_same_bytes_again(upstream: Path) -> None:
    builder = _builder()
    text, left_out = builder.build(upstream / "data")
    path = the_case().path / builder.OUT
    assert text == path.read_text(encoding="utf-8")
    assert left_out


def test_the_page_about_the_case_says_what_the_tables_give() -> None:
    page = (REPOSITORY / "docs" / "case-us-china.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `(CN-[\w-]+)` \| .*? \| (\d{4})-(\d{4}) \|.*?\| (-[\d.]+)? ?\| (-[\d.]+)? ?\|",
        page,
        flags=re.MULTILINE,
    )
    assert len(rows) == 5
    gas = history("co2_fossil")
    for name, base, year, world_bank, maddison in rows:
        assert isinstance(named(name).pledge.target, IntensityCut)
        for series, printed in (("gdp_ppp", world_bank), ("gdp_maddison", maddison)):
            if printed:
                gdp = history(series)
                then, now = (gas.at("CHN", y) / gdp.at("CHN", y) for y in (int(base), int(year)))
                assert float(printed) == pytest.approx(100 * (now / then - 1), abs=0.06), name


def test_the_page_about_the_case_counts_right() -> None:
    page = (REPOSITORY / "docs" / "case-us-china.md").read_text(encoding="utf-8")
    texts = {path.name: path.read_text(encoding="utf-8") for path in the_case().path.glob("*.yaml")}
    by_hand, others = (
        texts[name].count("\n- id: ") for name in ("commitments.yaml", "commitments-others.yaml")
    )
    assert f"| {by_hand} |" in page
    assert f"| {others} |" in page
    verified = texts["commitments.yaml"].count("\n  verified: true")
    assert f"holds for {verified} rows" in page
    assert f"{len(the_case().rounds)} dated rounds" in page

"""A promise of one's own: followed from the tables, from rows, and over time."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.tracking.cases import write_case

from accord.cli import cli
from accord.errors import InputError, UnknownNameError
from accord.ledger import load_case
from accord.parties.tables import history
from accord.tracking.account import track
from accord.tracking.promise import measured


def test_a_methane_pledge_is_followed_without_a_row_of_deliveries(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path / "case"))
    (account,) = track(case, promises=["NO-CH4"])
    table = history("ch4")
    latest = 100 * (1 - table.at("NOR", 2023) / table.at("NOR", 2020))
    assert account.standings[0].series.source == "Accord tables (EDGAR)"
    assert account.standings[0].through == dt.date(2023, 12, 31)
    assert account.standings[0].amount == pytest.approx(latest)
    assert account.status == "off track"


def test_levels_become_cuts_against_the_same_sources_base_year(tmp_path: Path) -> None:
    rows = (
        "NO-CH4,Bureau,,2020,2020,,0.20,MtCH4,,PLEDGE,no,\n"
        "NO-CH4,Bureau,,2024,2024,,0.16,MtCH4,,PLEDGE,no,\n"
    )
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["NO-CH4"])
    assert account.standings[0].amount == pytest.approx(20)
    without = rows.splitlines()[1] + "\n"
    case = load_case(write_case(tmp_path / "bare", without))
    with pytest.raises(InputError, match="without the same source's figure of 2020"):
        track(case, promises=["NO-CH4"])


def test_a_renewables_share_is_judged_by_the_year_due(tmp_path: Path) -> None:
    rows = "".join(
        f"CL-RE,Operator,,{year},{year},,{share},%,,PLEDGE,yes,\n"
        for year, share in {2018: 46, 2019: 47, 2020: 48, 2021: 47, 2022: 55, 2023: 62,
                            2024: 68, 2025: 59}.items()
    )  # fmt: skip
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["CL-RE"])
    assert account.status == "missed"
    words = [word for _, word, _ in account.history]
    assert words[0] == "announced"
    assert words[-1] == "missed"
    assert "on track" in words


def test_capacity_once_there_is_met_before_its_year(tmp_path: Path) -> None:
    rows = "CL-GW,Operator,,2024-12,2024-12,,21,GW,,PLEDGE,yes,\n"
    case = load_case(write_case(tmp_path / "case", rows))
    assert track(case, promises=["CL-GW"])[0].status == "met"


def test_a_rise_is_a_negative_cut_and_no_error(tmp_path: Path) -> None:
    rows = "NO-CH4,Bureau,,2022,2022,,-4,%,,PLEDGE,no,\n"
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["NO-CH4"])
    assert account.standings[0].amount == -4
    assert account.standings[0].share is None


def test_nothing_is_known_before_it_was_published(tmp_path: Path) -> None:
    rows = "CL-RE,Operator,,2024,2024,2025-03-31,61,%,,PLEDGE,yes,\n"
    case = load_case(write_case(tmp_path / "case", rows))
    (before,) = track(case, promises=["CL-RE"], as_of=dt.date(2025, 3, 30))
    (after,) = track(case, promises=["CL-RE"], as_of=dt.date(2025, 3, 31))
    assert before.standings == ()
    assert after.standings[0].amount == 61


def test_what_is_no_amount_cannot_be_tracked_and_says_what_can(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path / "case"))
    with pytest.raises(InputError, match="no amount that deliveries could be measured by"):
        track(case, promises=["CL-PEAK"])
    with pytest.raises(UnknownNameError, match="did you mean NO-CH4"):
        track(case, promises=["NO-CH"])
    with pytest.raises(InputError, match="was made on 2021-11-02"):
        track(case, promises=["NO-CH4"], as_of=dt.date(2020, 1, 1))


def test_a_band_is_given_only_where_figures_carry_one(tmp_path: Path) -> None:
    rows = "".join(
        f"CL-GW,Operator,,{year}-12,{year}-12,,{gw},GW,,PLEDGE,yes,\n"
        for year, gw in {2021: 8.0, 2022: 10.0}.items()
    )
    case = load_case(write_case(tmp_path / "case", rows))
    ahead = track(case, promises=["CL-GW"])[0].standings[0].projection
    assert ahead is not None
    assert ahead.central == pytest.approx(10 + 2 * 8, rel=0.01)
    assert ahead.low is None
    assert "too few" in ahead.how


def test_every_measured_promise_of_the_bundled_case_has_a_status() -> None:
    case = load_case("us-china")
    accounts = track(case, history=False)
    known = {"announced", "on track", "off track", "met", "missed", "withdrawn"}
    assert len(accounts) > 30
    assert {account.status for account in accounts} <= known
    assert all(measured(account.promise.commitment) for account in accounts)
    for account in accounts:
        for s in account.standings:
            assert s.reading.evidence
            assert s.share is None or s.share >= 0


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_has_the_fields_that_programs_rely_on() -> None:
    answer = json.loads(
        run("track", "--promise", "CN-PH1-GOODS", "--as-of", "2020-12-10", "--json")
    )
    (promise,) = answer["promises"]
    assert {"id", "target", "status", "deliveries"} <= set(promise)
    by_source = {one["source"]: one for one in promise["deliveries"]}
    assert set(by_source) == {"Chinese customs", "United States exports"}
    for one in by_source.values():
        assert {"through", "amount", "pro_rated_target", "share"} <= set(one)
        assert one["through"] == "2020-10-31"


def test_csv_has_a_row_for_every_source() -> None:
    lines = run("track", "--promise", "CN-CPH-INT", "--csv").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("id,party,says,status,source")


def test_the_terminal_names_sources_that_disagree() -> None:
    text = run("track", "--promise", "CN-CPH-INT")
    assert "sources disagree" in text
    assert "Maddison GDP" in text

"""Deliveries are checked line by line, and nothing is added up in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tracking.cases import HEAD, write_case

from accord.errors import InputError
from accord.ledger import FaultyCaseError, check_case, load_case
from accord.ledger.delivery import load_deliveries
from accord.tracking.account import track

FAULTS = [
    ("NO-CH5,Bureau,,2022,2022,,5,%,,PLEDGE,no,", "unknown promise 'NO-CH5'; did you mean NO-CH4"),
    ("NO-CH4,,,2022,2022,,5,%,,PLEDGE,no,", "source: is empty"),
    ("NO-CH4,Bureau,,2022,2021,,5,%,,PLEDGE,no,", "ends on 2021-12-31, before it begins"),
    ("NO-CH4,Bureau,,2022-13,2022,,5,%,,PLEDGE,no,", "'2022-13' is no date"),
    ("NO-CH4,Bureau,,2022,2022,,five,%,,PLEDGE,no,", "'five' is no number"),
    ("NO-CH4,Bureau,,2022,2022,,nan,%,,PLEDGE,no,", "'nan' is no number"),
    ("NO-CH4,Bureau,,2022,2022,,5,%,,,no,", "evidence: is empty"),
    ("NO-CH4,Bureau,,2022,2022,,5,%,,PLEDG,no,", "unknown source 'PLEDG'; did you mean PLEDGE"),
    ("NO-CH4,Bureau,,2022,2022,,5,%,,PLEDGE,perhaps,", "neither yes nor no"),
    ("NO-CH4,Bureau,,2022,2022,2021,5,%,,PLEDGE,no,", "published on 2021-12-31, before"),
    ("NO-CH4,Bureau,,2026,2027,,5,%,,PLEDGE,no,", "after the edition's day"),
    ("NO-CH4,Bureau,,2022,2022,,5,bn USD,,PLEDGE,no,", "is not counted in money"),
    ("NO-FIN,Bureau,,2022,2022,,5,%,,PLEDGE,no,", "is counted in money, as bn USD"),
    ("CL-GW,Bureau,,2022,2022,,-5,GW,,PLEDGE,no,", "cannot be negative"),
    ("NO-FIN,Bureau,,2022,2022,,-5,bn USD,,PLEDGE,no,", "cannot be negative"),
    ("NO-FIN,Bureau,,2022,2022,,5,bn EUR,,PLEDGE,no,", "state the rate of 2022 in prices.csv"),
    ("NO-FIN,Bureau,,2022,2022,,5,bn USD,2015,PLEDGE,no,", "state the price level of 2015"),
    ("CL-RE,Bureau,,2022,2022,,101,%,,PLEDGE,no,", "more than there can be"),
    ("NO-CH4,Bureau,,2022,2022,,1e308,%,,PLEDGE,no,", "more than there can be"),
    ("NO-CH4,Bu\x1breau,,2022,2022,,5,%,,PLEDGE,no,", "cannot be printed"),
    ("NO-FIN,Bureau,,2022,2022,,5,bn USD", "8 fields where the header names 12"),
]


@pytest.mark.parametrize(("row", "said"), FAULTS)
def test_a_fault_names_its_file_line_and_field(tmp_path: Path, row: str, said: str) -> None:
    folder = write_case(tmp_path / "case", f"{row}\n")
    with pytest.raises(FaultyCaseError) as caught:
        load_deliveries(load_case(folder))
    assert "deliveries.csv:2" in str(caught.value)
    assert said in str(caught.value)
    assert [str(problem) for problem in check_case(folder)]


def test_all_faults_of_a_file_are_found_at_once(tmp_path: Path) -> None:
    rows = "".join(f"{row}\n" for row, _ in FAULTS)
    problems = check_case(write_case(tmp_path / "case", rows))
    assert len({problem.place.line for problem in problems if problem.place}) == len(FAULTS)


def test_a_misspelt_column_is_named_with_the_right_one(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", "NO-CH4,B,,2022,2022,,5,%,,PLEDGE,no,\n")
    text = (HEAD + "NO-CH4,B,,2022,2022,,5,%,,PLEDGE,no,\n").replace("amount", "ammount")
    (folder / "deliveries.csv").write_text(text, encoding="utf-8")
    said = " ".join(str(problem) for problem in check_case(folder))
    assert "did you mean amount" in said
    assert "has no column amount" in said


def test_periods_of_one_source_may_not_overlap(tmp_path: Path) -> None:
    rows = (
        "NO-FIN,Bureau,,2021-01,2021-12,,2,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,,2021-07,2022-06,,2,bn USD,,PLEDGE,no,\n"
    )
    with pytest.raises(FaultyCaseError, match="periods that overlap"):
        load_deliveries(load_case(write_case(tmp_path / "case", rows)))


def test_the_same_period_twice_is_refused(tmp_path: Path) -> None:
    row = "NO-FIN,Bureau,,2021,2021,,2,bn USD,,PLEDGE,no,\n"
    with pytest.raises(FaultyCaseError, match="the same period twice"):
        load_deliveries(load_case(write_case(tmp_path / "case", row + row)))


def test_a_running_period_counts_once_with_its_longest_reading(tmp_path: Path) -> None:
    rows = (
        "NO-FIN,Bureau,,2021-01,2021-06,,1,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,,2021-01,2021-12,,2.5,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,,2022,2022,,2,bn USD,,PLEDGE,no,\n"
    )
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["NO-FIN"])
    assert account.standings[0].amount == 4.5


def test_what_lies_behind_a_gap_is_said_and_not_counted(tmp_path: Path) -> None:
    rows = (
        "NO-FIN,Bureau,,2021,2021,,2,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,,2023,2023,,3,bn USD,,PLEDGE,no,\n"
    )
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["NO-FIN"])
    assert account.standings[0].amount == 2
    assert (
        "not counted behind a gap after 2021-12-31: 3 bn USD"
        in (account.standings[0].series.remarks[0])
    )


def test_sources_are_never_added_or_averaged(tmp_path: Path) -> None:
    rows = (
        "NO-FIN,Bureau,,2021,2021,,2,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Auditor,,2021,2021,,1,bn USD,,PLEDGE,no,\n"
    )
    case = load_case(write_case(tmp_path / "case", rows))
    (account,) = track(case, promises=["NO-FIN"])
    assert {s.series.source: s.amount for s in account.standings} == {"Bureau": 2, "Auditor": 1}


def test_parts_must_agree_with_the_whole_they_are_parts_of(tmp_path: Path) -> None:
    rows = (
        "NO-FIN,Bureau,,2021,2021,,5,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,public,2021,2021,,2,bn USD,,PLEDGE,no,\n"
        "NO-FIN,Bureau,private,2021,2021,,2,bn USD,,PLEDGE,no,\n"
    )
    with pytest.raises(InputError, match="the parts of 2021 add up to 4, the whole is 5"):
        track(load_case(write_case(tmp_path / "case", rows)), promises=["NO-FIN"])


def test_money_is_converted_by_stated_rates_and_says_so(tmp_path: Path) -> None:
    rows = "NO-FIN,Bureau,,2022,2022,,2,bn EUR,2020,PLEDGE,no,\n"
    prices = (
        "kind,currency,into,year,value,evidence,verified\n"
        "exchange,EUR,USD,2022,1.05,ECB,yes\n"
        "deflator,EUR,,2020,100,Eurostat,yes\n"
        "deflator,EUR,,2022,110,Eurostat,yes\n"
    )
    case = load_case(write_case(tmp_path / "case", rows, prices=prices))
    (account,) = track(case, promises=["NO-FIN"])
    assert account.standings[0].amount == pytest.approx(2 * 1.1 * 1.05)
    assert "Eurostat" in account.standings[0].series.remarks[0]
    assert "1.05 (ECB)" in account.standings[0].series.remarks[0]


def test_of_a_revised_figure_the_edition_of_the_day_counts() -> None:
    case = load_case("us-china")
    by_day = {}
    for day in ("2022-01-01", "2022-12-31"):
        (account,) = track(case, promises=["US-100BN"], as_of=case.day(day))
        reading = {r.end.year: r.amount for r in account.standings[0].series.readings}
        by_day[day] = reading[2019]
    assert by_day == {"2022-01-01": 79.6, "2022-12-31": 80.4}

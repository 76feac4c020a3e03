"""The finance ledger: four components, two values, and money that is claimed twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tracking.cases import write_case

from accord.errors import InputError, UnknownNameError
from accord.ledger import FaultyCaseError, load_case
from accord.parties.tables import history
from accord.tracking.check import check_accounts
from accord.tracking.fair_finance import METHODS, Method, fair_shares, payers_of
from accord.tracking.finance import COLUMNS, Flow, adequacy, grant_element, load_flows, totals

HEAD = ",".join(COLUMNS) + "\n"


def flow(amount: float, **rest: object) -> Flow:
    made: dict[str, object] = {"giver": "NOR", "year": 2022, "component": "bilateral",
                               "currency": "USD", "source": "Norad", **rest}  # fmt: skip
    return Flow(amount=amount, **made)  # type: ignore[arg-type]


def test_money_that_buys_units_for_ones_own_target_is_taken_off() -> None:
    # 10 bn reported, of which 4 bn buys 400 Mt at 10 $ used for compliance: 6 bn is left.
    (total,) = totals([flow(10, offsets=4)])
    assert total.counted == 10
    assert total.once == 6


def test_commitments_and_disbursements_are_never_added() -> None:
    found = totals([flow(3), flow(2, basis="disbursement"), flow(1, component="export credits")])
    assert {t.basis: t.counted for t in found} == {"commitment": 4, "disbursement": 2}


def test_a_grant_equivalent_is_given_only_where_every_flow_states_it() -> None:
    (known,) = totals([flow(3, grant_equivalent=1.0), flow(1, theme="both", grant_equivalent=1.0)])
    (unknown,) = totals([flow(3, grant_equivalent=1.0), flow(1, theme="both")])
    assert known.grant_equivalent == 2
    assert unknown.grant_equivalent is None


def test_a_marker_counts_as_the_giver_says(tmp_path: Path) -> None:
    rows = (
        "NOR,2022,bilateral,4,bn USD,grant,4,adaptation,2,,commitment,yes,0,Norad,PLEDGE,yes\n"
        "NOR,2022,bilateral,4,bn USD,loan,1,mitigation,1,0.4,commitment,no,0,Norad,PLEDGE,yes\n"
    )
    case = load_case(write_case(tmp_path / "case", finance=HEAD + rows))
    (total,) = totals(load_flows(case))
    assert total.face == 8
    assert total.counted == pytest.approx(5.6)
    assert total.grant_equivalent == 5
    assert total.additional == 4


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("XXX,2022,bilateral,4,bn USD,,,,,,,,,N,PLEDGE,no", "unknown giver 'XXX'"),
        ("NOR,2022,bilatral,4,bn USD,,,,,,,,,N,PLEDGE,no", "did you mean bilateral"),
        ("NOR,2022,bilateral,-4,bn USD,,,,,,,,,N,PLEDGE,no", "cannot be negative"),
        ("NOR,2022,bilateral,4,USD,,,,,,,,,N,PLEDGE,no", "expected bn and a currency"),
        ("NOR,2022,bilateral,4,bn USD,,5,,,,,,,N,PLEDGE,no", "more than the face value"),
        ("NOR,2022,bilateral,4,bn USD,,,,1,,,,,N,PLEDGE,no", "must say which share"),
        ("NOR,2022,bilateral,4,bn USD,,,,,,,,5,N,PLEDGE,no", "more than the whole flow"),
        ("NOR,2030,bilateral,4,bn USD,,,,,,,,,N,PLEDGE,no", "after the edition's day"),
    ],
)
def test_a_faulty_flow_names_its_line(tmp_path: Path, row: str, said: str) -> None:
    folder = write_case(tmp_path / "case", finance=f"{HEAD}{row}\n")
    with pytest.raises(FaultyCaseError) as caught:
        load_flows(load_case(folder))
    assert "finance.csv:2" in str(caught.value)
    assert said in str(caught.value)
    assert check_accounts(folder)


def test_a_grant_is_all_gift_and_a_market_loan_none() -> None:
    assert grant_element(0.0, 1000, 999) == pytest.approx(1, abs=0.01)
    market = 2 * (1.05**0.5 - 1)
    assert grant_element(market, 20, 5) == pytest.approx(0, abs=1e-9)
    assert 0.3 < grant_element(0.02, 30, 10) < 0.5
    with pytest.raises(InputError, match="maturity lies after the grace period"):
        grant_element(0.02, 5, 10)


@pytest.mark.parametrize("method", METHODS)
def test_fair_shares_add_up_to_one_whoever_pays(method: str) -> None:
    for payers in (None, "ALL", "ANNEX_II+CHN"):
        shares = fair_shares(method, payers=payers)
        assert sum(shares.values()) == pytest.approx(1)
        assert min(shares.values()) >= 0


@given(st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_method_of_ones_own_mixes_any_weights(income: float, people: float) -> None:
    own = Method({"income": income, "population": people}, "mean", 1990, False, "ANNEX_II", "mine")
    shares = fair_shares(own)
    gdp = fair_shares(Method({"income": 1}, "mean", 1990, False, "ANNEX_II", ""))
    heads = fair_shares(Method({"population": 1}, "mean", 1990, False, "ANNEX_II", ""))
    for code, share in shares.items():
        mixed = (income * gdp[code] + people * heads[code]) / (income + people)
        assert share == pytest.approx(mixed)


def test_unknown_methods_and_payers_are_named() -> None:
    with pytest.raises(UnknownNameError, match="unknown method"):
        fair_shares("Odi2")
    with pytest.raises(UnknownNameError):
        payers_of("ANNEX_IX")


def test_enough_is_measured_against_income_people_and_need() -> None:
    found = adequacy(1.0, 2009, "USA")
    assert found.share_of_gdp == pytest.approx(1 / history("gdp_ppp").at("USA", 2009))
    assert found.of_need["G77, 2009: 1 % of developed GDP"] == pytest.approx(
        100 * found.share_of_gdp
    )
    assert 1 < found.per_vulnerable < 1.3
    with pytest.raises(InputError, match="no GDP of 1890"):
        adequacy(1.0, 1890)
    with pytest.raises(InputError, match="give 0 or more"):
        adequacy(-1.0, 2020)

"""Who claims a tonne: the worked examples exactly, and laws that hold for all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tracking.cases import write_case

from accord.errors import InputError
from accord.ledger import FaultyCaseError, load_case
from accord.tracking.double_counting import (
    COLUMNS,
    Transfer,
    balances,
    count_once,
    degrees,
    load_transfers,
    net_finance,
)

HEAD = ",".join(COLUMNS) + "\n"


def sold(units: float, adjusted: float, **rest: object) -> Transfer:
    made: dict[str, object] = {"id": "T", "seller": "seller", "buyer": "buyer", "first": 2030,
                               "last": 2030, **rest}  # fmt: skip
    return Transfer(units=units, adjusted=adjusted, **made)  # type: ignore[arg-type]


TARGETS = {"seller": 90.0, "buyer": 80.0}


def test_with_adjustment_both_meet_their_targets_and_the_world_keeps_to_the_sum() -> None:
    # Seller: 100 without a policy, abates 20. Buyer: 100, abates 10 and buys 10.
    emitted = {"seller": 80.0, "buyer": 90.0}
    seller, buyer = balances(emitted, TARGETS, [sold(10, 10)])
    assert (seller.adjusted, buyer.adjusted) == (90, 80)
    assert seller.met and buyer.met
    assert sum(emitted.values()) == 170 == sum(TARGETS.values())
    accounts = count_once([sold(10, 10)])
    assert accounts.found == ()
    assert accounts.claimed == accounts.corrected == 10


def test_without_it_the_world_emits_more_by_what_is_claimed_twice() -> None:
    # The seller abates only 10, sells them, and counts them too.
    emitted = {"seller": 90.0, "buyer": 90.0}
    seller, buyer = balances(emitted, TARGETS, [sold(10, 0)])
    assert (seller.adjusted, buyer.adjusted) == (90, 80)
    assert seller.met and buyer.met
    assert sum(emitted.values()) == 180
    accounts = count_once([sold(10, 0)])
    assert accounts.claimed - accounts.corrected == 10 == 180 - 170
    assert accounts.by_year == {2030: 10}
    assert accounts.found[0].what == "seller and buyer"


def test_money_for_units_is_no_finance_for_others() -> None:
    # 10 bn reported, 4 bn of it buys 400 Mt at 10 $ used for compliance.
    assert net_finance(10, 4) == 6
    bought = sold(400, 400, price=10.0, as_finance=True)
    accounts = count_once([bought])
    assert bought.paid == 4
    assert (accounts.finance_claimed, accounts.finance_corrected) == (4, 0)
    seller, buyer = balances(
        {"seller": 0.0, "buyer": 0.0}, {"seller": 400.0, "buyer": 0.0}, [bought]
    )
    assert (seller.adjusted, buyer.adjusted) == (400, -400)
    with pytest.raises(InputError, match="between 0 and all"):
        net_finance(3, 4)


def test_ten_years_units_used_in_one_count_nine_tenths_twice() -> None:
    one = sold(100, 10, averaged=True, first=2021, last=2030)
    accounts = count_once([one])
    assert accounts.found[0].what == "averaged"
    assert accounts.claimed - accounts.corrected == 90
    assert sum(accounts.by_year.values()) == pytest.approx(90)


def test_what_no_target_covers_is_said_and_not_taken_off() -> None:
    accounts = count_once([sold(10, 0, in_scope=False)])
    assert [f.what for f in accounts.found] == ["outside scope"]
    assert accounts.claimed == accounts.corrected == 10


def test_cancelled_units_are_claimed_by_their_seller_alone() -> None:
    accounts = count_once([sold(10, 0, used_for="cancelled")])
    assert accounts.found == ()
    assert accounts.claimed == accounts.corrected == 10


transfers = st.builds(
    lambda units, part, scope, used, price, money, span: sold(
        units, units * part, in_scope=scope, used_for=used, price=price, as_finance=money,
        last=2030 + span,
    ),
    st.floats(0, 1e4), st.floats(0, 1), st.booleans(),
    st.sampled_from(["target", "voluntary", "cancelled"]), st.floats(0, 200), st.booleans(),
    st.integers(0, 9),
)  # fmt: skip


@given(st.lists(transfers, max_size=8))
def test_corrected_totals_never_exceed_claims(found: list[Transfer]) -> None:
    accounts = count_once(found)
    slack = 1e-9 * (1 + accounts.claimed)
    assert -slack <= accounts.corrected <= accounts.claimed + slack
    assert -1e-9 <= accounts.finance_corrected <= accounts.finance_claimed + 1e-9
    # Counted once, no more is left than was ever sold or kept.
    assert accounts.corrected <= sum(t.units for t in found) + slack


@given(st.lists(transfers, max_size=8))
def test_full_adjustment_leaves_nothing_claimed_twice(found: list[Transfer]) -> None:
    whole = [sold(t.units, t.units, used_for=t.used_for, in_scope=t.in_scope) for t in found]
    accounts = count_once(whole)
    assert accounts.claimed == pytest.approx(accounts.corrected)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,CHN,CHN,2021,2022,5,,,no,,target,,PLEDGE,no,", "sells to itself"),
        ("A,CHN,USA,2023,2022,5,,,no,,target,,PLEDGE,no,", "before it begins"),
        ("A,CHN,USA,2021,2022,-5,,,no,,target,,PLEDGE,no,", "cannot be negative"),
        ("A,CHN,USA,2021,2022,5,,,7,,target,,PLEDGE,no,", "7 of 5 Mt"),
        ("A,CHN,USA,2021,2022,5,,,no,,targets,,PLEDGE,no,", "did you mean target"),
        ("A,CHN,USA,2021,2022,5,,,no,,target,yes,PLEDGE,no,", "needs a price"),
        ("A,CHN,USA,2021,2022,5,9,EUR,no,,target,yes,PLEDGE,no,", "give the price in USD"),
    ],
)
def test_a_faulty_transfer_names_its_line(tmp_path: Path, row: str, said: str) -> None:
    folder = write_case(tmp_path / "case", transfers=f"{HEAD}{row}\n")
    with pytest.raises(FaultyCaseError) as caught:
        load_transfers(load_case(folder))
    assert "transfers.csv:2" in str(caught.value)
    assert said in str(caught.value)


def test_the_bill_of_2009_would_have_counted_nine_gigatonnes_twice() -> None:
    case = load_case("us-china")
    accounts = count_once(load_transfers(case))
    assert accounts.claimed - accounts.corrected == 9000
    assert (accounts.finance_claimed, accounts.finance_corrected) == (90, 0)
    assert {f.what for f in accounts.found} == {"seller and buyer", "finance", "outside scope"}
    # 9 GtCO2 at some 0.45 °C a thousand Gt: four thousandths of a degree.
    assert 0.002 < degrees(case, accounts) < 0.006

"""Targets that can be read but not meant are refused with the reason."""

import datetime as dt

import pytest

from accord.errors import TargetError
from accord.language import parse
from accord.ledger import check_possible

TODAY = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("cut greenhouse gases by 200% below 2005 by 2030", "more than all there is"),
        ("cut greenhouse gases by 250% below 2005 by 2050, including LULUCF", "200% is the most"),
        ("cut methane by 120% below 2020 by 2030, including LULUCF", "more than all there is"),
        ("cut CO2 by 130% below business as usual by 2030", "more than all there is"),
        ("cut CO2 per unit of GDP by 120% below 2005 by 2030", "100% is the most"),
        ("cut CO2 by 20% below 2035 by 2030", "not after the base year"),
        ("cut CO2 by 20% below 2030 by 2035", "base year 2030 is still to come"),
        ("reach carbon neutrality by 2020", "2020 is before today"),
        ("reach carbon neutrality before 2025", "not after today"),
        ("peak CO2 emissions before 2024", "2024 is before today"),
        ("cut CO2 by 20% below 2005 by 2020", "2020 is before today"),
        ("cut CO2 by 20% below 2005 over 2020-2024", "2024 is before today"),
        ("non-fossil energy 125% of primary energy by 2030", "more than the whole"),
        ("limit greenhouse gases to -5 MtCO2e by 2050", "below zero"),
        ("cut CO2 by -2000% below 2005 by 2030", "more than tenfold"),
        ("cut CO2 by 99% below 2005 by 2099", None),
        ("cut greenhouse gases by 110% below 1990 by 2050, including LULUCF", None),
        ("peak CO2 emissions by 2025", None),
        ("reach carbon neutrality before 2026", None),
        ("limit the rise of greenhouse gases to 40% above 1990 by 2030", None),
        ("policy: plant trees", None),
    ],
)
def test_an_impossible_target_is_refused(phrase: str, reason: str | None) -> None:
    pledge = parse(phrase, default_party="USA")
    if reason is None:
        check_possible(pledge, TODAY)
        return
    with pytest.raises(TargetError, match=reason) as caught:
        check_possible(pledge, TODAY)
    assert str(caught.value).startswith('"USA: ')


def test_reading_with_a_day_refuses_at_once() -> None:
    with pytest.raises(TargetError):
        parse("USA: net zero by 2020", today=TODAY)
    assert parse("USA: net zero by 2020", today=dt.date(2010, 1, 1)).party == "USA"

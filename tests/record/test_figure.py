"""Figures with their units, multiplied out; and what is none."""

import pytest

from accord.record.figure import figures


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("a cut of 40 to 45 percent", 40, 45, "percent"),
        ("about 42-53pc of it", 42, 53, "percent"),
        ("by 26%-28% below", 26, 28, "percent"),
        ("$100bn a year", 100e9, None, "USD"),
        ("between $1.5 and $2.5 billion", 1.5e9, 2.5e9, "USD"),
        ("60 billion US dollars", 60e9, None, "USD"),
        ("€35m for forests", 35e6, None, "EUR"),
        ("AUD 150 million", 150e6, None, "AUD"),
        ("270,000 b/d", 270000, None, "b/d"),
        ("5.5 GtCO2 too much", 5.5e9, None, "tonnes"),
        ("350-420 million tonnes", 350e6, 420e6, "tonnes"),
        ("1.5°C above", 1.5, None, "degrees Celsius"),
        ("two hundred delegates", 200, None, "delegates"),
        ("over 150 countries", 150, None, "countries"),
        ("fifty per cent", 50, None, "percent"),
        ("420 ppm", 420, None, "ppm"),
        ("165 Mt a year", 165e6, None, "tonnes"),
        ("13.0 Gt net", 13e9, None, "tonnes"),
    ],
)
def test_a_number_with_its_unit_is_read(text, value, high, unit):
    (found,) = figures(text)
    assert (found.value, found.value_high, found.unit) == (value, high, unit)


@pytest.mark.parametrize(
    "text", ["in 2015 countries met", "on 12 December ministers met", "COP 26 opened", "two countries", "Article 13 of it",
             "for two weeks", "15 years ago", "the 1990s"],
)  # fmt: skip
def test_years_dates_names_and_small_counts_are_no_figures(text):
    assert figures(text) == []

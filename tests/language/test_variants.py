"""Phrases as negotiators, national contributions and newspapers write them."""

import pytest

from accord.language import parse, parse_all, say

SAME = [
    # what was written, and the canonical phrase
    (
        "China will cut its carbon dioxide emissions per unit of GDP by 40 to 45 percent by 2020 "
        "from 2005 levels",
        "China: cut CO2 emissions per unit of GDP by 40-45% below 2005 by 2020",
    ),
    (
        "China: lower carbon emission intensity of GDP by over 65% from 2005 by 2030",
        "China: cut CO2 emissions per unit of GDP by over 65% below 2005 by 2030",
    ),
    ("CN: PEAK CO₂ emissions\u202faround 2030", "China: peak CO2 emissions around 2030"),
    (
        "USA: reduce economy-wide net greenhouse gas emissions by 61–66 per cent below 2005 levels "
        "in 2035",
        "USA: cut greenhouse gases by 61-66% below 2005 by 2035, including LULUCF",
    ),
    (
        "China: by 2035, reduce net greenhouse gas emissions by 7% to 10% from peak levels",
        "China: cut greenhouse gases by 7-10% below peak by 2035, including LULUCF",
    ),
    (
        "Japan: aims to reduce its greenhouse gas emissions by 60 percent in FY 2035 from FY 2013 "
        "levels",
        "Japan: cut greenhouse gases by 60% below 2013 by 2035",
    ),
    (
        "Russia: limit greenhouse gas emissions to 70% of 1990 levels by 2030",
        "Russia: cut greenhouse gases by 30% below 1990 by 2030",
    ),
    (
        "USA: bring emissions to 26-28% below 2005 levels by 2025",
        "USA: cut greenhouse gases by 26-28% below 2005 by 2025",
    ),
    (
        "China: cut energy intensity by 20% from 2005 to 2010",
        "China: cut energy use per unit of GDP by 20% below 2005 by 2010",
    ),
    (
        "Brazil: limit emissions to 1.2-1.32 Gt of CO2 equivalent by 2025",
        "Brazil: limit greenhouse gases to 1200-1320 MtCO2e by 2025",
    ),
    (
        "Brazil: limit emissions to between 900 and 1,100 million tonnes of CO2 equivalent by 2030",
        "Brazil: limit greenhouse gases to 900-1100 MtCO2e by 2030",
    ),
    (
        "China: cap emissions growth by 2030",
        "China: peak greenhouse gases by 2030",
    ),
    (
        'China: achieve "carbon neutrality" by 2060',
        "China: reach carbon neutrality by 2060",
    ),
    (
        "EU: become climate-neutral by 2050",
        "EU27: reach net-zero greenhouse gas emissions by 2050",
    ),
    (
        "China: increase the share of non-fossil fuels in total energy consumption to over 30% "
        "by 2035",
        "China: get over 30% of energy from non-fossil sources by 2035",
    ),
    (
        "India: 40 percent cumulative electric power installed capacity from non-fossil fuel based "
        "energy resources by 2030",
        "India: get 40% of power capacity from non-fossil sources by 2030",
    ),
    (
        "China: total installed capacity of wind and solar power to over 3,600 GW by 2035",
        "China: install over 3600 GW of wind and solar by 2035",
    ),
    ("China: 2000-2100 GW of solar by 2035", "China: install 2000-2100 GW of solar by 2035"),
    (
        "China: scale up total forest stock volume to over 24 billion cubic metres by 2035",
        "China: raise forest stock to over 24 bn m3 by 2035",
    ),
    (
        "USA: jointly mobilise US$100bn per year by 2020",
        "USA: provide $100 billion a year in climate finance by 2020",
    ),
    (
        "China: pay 20 billion yuan into the South-South fund",
        "China: provide CNY 20 billion in climate finance to the South-South fund",
    ),
    (
        "China: purchase an additional $200 billion of US goods above 2017 levels in 2020-21",
        "China: buy $200 billion of US goods above 2017 over 2020-2021",
    ),
    (
        "Indonesia: 43.2% against BAU by 2030 with international support",
        "Indonesia: cut greenhouse gases by 43.2% below business as usual by 2030, conditional on "
        "international support",
    ),
    (
        "EU: cut emissions by 30% below 1990 by 2020, if others do likewise",
        "EU27: cut greenhouse gases by 30% below 1990 by 2020, conditional on others do likewise",
    ),
]


@pytest.mark.parametrize(("written", "canonical"), SAME)
def test_a_variant_means_its_canonical_phrase(written: str, canonical: str) -> None:
    assert say(parse(written)) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("limit emissions to 1.1 GtCO2e by 2030", "limit emissions to 1100 MtCO2e by 2030"),
        ("limit emissions to 0.3 Gt by 2030", "limit emissions to 300 million tonnes by 2030"),
        ("limit methane to 350 kt CH4 by 2030", "limit methane to 0.35 MtCH4 by 2030"),
        ("0.0114 trillion dollars a year by 2024", "$11.4bn annually by 2024"),
        ("install 1.2 TW of solar by 2030", "1200 GW of solar by 2030"),
        (
            "forest stock 6000 million m3 above 2005 by 2030",
            "forest stock 6 bn m3 above 2005 by 2030",
        ),
    ],
)
def test_units_are_converted_exactly(one: str, other: str) -> None:
    assert parse(one, default_party="USA") == parse(other, default_party="USA")


def test_the_party_carries_over_and_joined_undertakings_are_taken_apart() -> None:
    text = (
        "China will peak CO2 emissions before 2030 and achieve carbon neutrality before 2060; "
        "US: net zero by 2050"
    )
    assert [say(pledge) for pledge in parse_all(text)] == [
        "China: peak CO2 emissions before 2030",
        "China: reach carbon neutrality before 2060",
        "USA: reach carbon neutrality by 2050",
    ]


def test_words_that_leave_the_gas_of_neutrality_open_are_kept_open() -> None:
    def scope(words: str) -> str:
        return parse(f"{words} by 2050", default_party="USA").target.scope  # type: ignore[union-attr]

    assert (
        scope("carbon neutrality") == scope("net zero") == scope("net-zero emissions") == "carbon"
    )
    assert scope("climate neutrality") == scope("net-zero GHG emissions") == "GHG"
    assert scope("net-zero CO2 emissions") == "CO2"

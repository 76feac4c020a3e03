"""Pledges of every type, as hypothesis draws them."""

from hypothesis import strategies as st

from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    Capacity,
    EnergyShare,
    Finance,
    ForestStock,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Pledge,
    Policy,
    Purchase,
    RelativeCut,
)

PARTIES = [
    "CHN",
    "USA",
    "EU27",
    "IND",
    "KOR",
    "COD",
    "CIV",
    "GBR",
    "AOSIS",
    "GNB",
    "BES",
    "INT_AVI",
]
GASES = ["CO2", "GHG", "CH4", "N2O", "F-gases", "CO2 fossil", "CO2 land"]
UNITS = {"CH4": ["MtCO2e", "MtCH4"], "N2O": ["MtCO2e", "MtN2O"]}

years = st.integers(1990, 2099)
bounds = st.sampled_from(["exactly", "at least", "at most", "over", "about"])
amounts = st.decimals("0.001", "99999", places=3).map(float)
percents = st.decimals("0", "200", places=2).map(float)
signed = st.decimals("-150", "150", places=2).map(float)
words = st.from_regex(r"[A-Za-z][A-Za-z' -]{0,20}[a-z]", fullmatch=True) | st.sampled_from(
    [
        "aid to coasts by sea",
        "loans, grants",
        "2030 goals",
        "the Green Climate Fund",
        "a: b",
        "over it",
    ]
)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text and "\u200b" not in text and text.isprintable())


def ranges(values):
    return st.tuples(values, values).map(sorted).map(tuple) | values.map(lambda one: (one, one))


@st.composite
def periods(draw):
    first = draw(st.integers(1990, 2090))
    return first, first + draw(st.integers(0, 9))


@st.composite
def targets(draw):
    kind = draw(st.integers(0, 13))
    gas = draw(st.sampled_from(GASES))
    year, bound = draw(years), draw(bounds)
    low, high = draw(ranges(amounts))
    least, most = draw(ranges(signed))
    some, more = draw(ranges(percents))
    start, end = draw(periods())
    match kind:
        case 0:
            unit = draw(st.sampled_from(UNITS.get(gas, ["MtCO2e", "MtCO2"])))
            return AbsoluteLevel(gas=gas, low=low, high=high, unit=unit, year=year, bound=bound)
        case 1:
            until = draw(st.none() | st.just(end))
            until = until if until and until > start else None
            base = draw(years | st.just("peak"))
            return RelativeCut(
                gas=gas, low=least, high=most, base=base, year=start, until=until, bound=bound
            )
        case 2:
            bau = draw(st.none() | amounts)
            return BelowBaseline(gas=gas, low=some, high=more, year=year, bau=bau, bound=bound)
        case 3:
            gas = draw(st.sampled_from([*GASES, "energy"]))
            base = draw(years)
            return IntensityCut(gas=gas, low=some, high=more, base=base, year=year, bound=bound)
        case 4:
            return PerCapitaLevel(gas=gas, low=low, high=high, year=year, bound=bound)
        case 5:
            when = draw(st.sampled_from(["before", "by", "around", "in"]))
            return PeakYear(gas=draw(st.sampled_from([*GASES, "coal"])), year=year, when=when)
        case 6:
            scope = draw(st.sampled_from(["carbon", "CO2", "GHG"]))
            return Neutrality(scope=scope, year=year, when=draw(st.sampled_from(["before", "by"])))
        case 7:
            sources = ["non-fossil", "renewable", "coal", "clean", "nuclear", "wind and solar"]
            wholes = ["primary energy", "electricity", "power capacity", "final energy", "energy"]
            return EnergyShare(
                source=draw(st.sampled_from(sources)), of=draw(st.sampled_from(wholes)),
                low=some, high=more, year=year, bound=bound,
            )  # fmt: skip
        case 8:
            sources = [
                "wind and solar",
                "wind",
                "solar",
                "renewable",
                "nuclear",
                "hydro",
                "non-fossil",
            ]
            source = draw(st.sampled_from(sources))
            return Capacity(source=source, low=low, high=high, year=year, bound=bound)
        case 9:
            unit = draw(st.sampled_from(["bn m3", "Mha"]))
            base = draw(st.none() | years)
            return ForestStock(amount=low, unit=unit, year=year, base=base, bound=bound)
        case 10:
            last = draw(st.none() | st.just(end))
            return Finance(
                low=low, high=high, currency=draw(st.sampled_from(["USD", "EUR", "CNY", "GBP"])),
                rate=draw(st.sampled_from(["year", "total"])), year=last,
                start=draw(st.none() | st.just(start)) if last else None,
                purpose=draw(words), recipient=draw(st.none() | words), bound=bound,
            )  # fmt: skip
        case 11:
            return Purchase(
                goods=draw(words), low=low, high=high,
                currency=draw(st.sampled_from(["USD", "CNY"])), base=draw(st.none() | years),
                start=start, year=end,
                seller=draw(st.none() | words), bound=bound,
            )  # fmt: skip
        case _:
            return Policy(text=draw(texts), year=draw(st.none() | years))


@st.composite
def pledges(draw):
    return Pledge(
        party=draw(st.sampled_from(PARTIES)),
        target=draw(targets()),
        lulucf=draw(st.sampled_from([None, "including", "excluding"])),
        conditional_on=draw(st.none() | words),
    )

"""From what was said to a target; what the words leave open is offered, never guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, NoReturn, cast

from accord.language.grammar import clip
from accord.language.quantity import Amount
from accord.language.said import Said, flip
from accord.language.target import (
    AbsoluteLevel,
    AnyTarget,
    BelowBaseline,
    Bound,
    Capacity,
    EnergyShare,
    Finance,
    ForestStock,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Policy,
    Purchase,
    RelativeCut,
)

_MEGATONNE = Decimal(10**6)
_BILLION = Decimal(10**9)
_CUTTING = {"CUT", "LIMIT", "RETURN"}


def target(said: Said) -> AnyTarget:
    """Return the one target that the words make.

    Raises
    ------
    PhraseError
        Where they make none, or several; then it lists what would make it one.
    """
    if said.policy is not None:
        return Policy(text=said.policy, year=said.years[1] if said.years else None)
    if "NEUTRAL" in said.verbs:
        return _neutrality(said)
    if "PEAK" in said.verbs or {"LIMIT", "GROWTH"} <= said.verbs.keys():
        return _peak(said)
    if said.direction == "back" and said.amount is None:
        return _return(said)
    amount = said.amount
    if amount is None:
        _no_amount(said)
    if amount.kind == "money":
        return _purchase(said, amount) if "BUY" in said.verbs else _finance(said, amount)
    if "PROVIDE" in said.verbs and amount.kind != "power":
        said.fail("an amount of money is needed", _span(amount), "$11.4 billion a year")
    if amount.kind == "power":
        return _capacity(said, amount)
    if amount.kind in {"stock", "area"}:
        return _forest(said, amount)
    if amount.kind == "tonnes":
        return _level(said, amount)
    return _percentage(said, amount)


# Years ------------------------------------------------------------------------------------------


def _year(said: Said, example: str = "by 2030") -> int:
    """Return the single target year."""
    if said.years is None:
        said.fail("by when is not said", None, example)
    if said.years[0] != said.years[1]:
        said.fail("one target year is needed, not a period", said.span("time"), example)
    return said.years[1]


def _span(amount: Amount) -> tuple[int, int]:
    return amount.start, amount.end


def _bound(amount: Amount, default: Bound = "exactly") -> Bound:
    if amount.role == "below":
        return "at most"
    return amount.bound or default


def _only(said: Said, *things: str) -> None:
    """Refuse clauses that have no meaning beside this target."""
    for thing in things:
        span = said.span(thing)
        if span is not None:
            words = clip(said.plain[span[0] : span[1]])
            said.fail(f"{words!r} has no meaning beside this target", span)


def _no_amount(said: Said) -> NoReturn:
    if said.span("base") or said.topics or "CUT" in said.verbs or "LIMIT" in said.verbs:
        verb = said.verbs.get("LIMIT")
        examples = ("to 400 MtCO2e",) if verb is not None else ("40-45%", "400 MtCO2e")
        said.fail("how much is not said", None, *examples)
    said.fail(
        "no undertaking is recognised",
        None,
        "cut greenhouse gases by 50% below 2005 by 2030",
        "peak CO2 emissions before 2030",
        "reach carbon neutrality by 2050",
        "policy: your own words",
    )


# Shapes of a path -------------------------------------------------------------------------------


def _neutrality(said: Said) -> Neutrality:
    _only(said, "amount", "base", "verb")
    words = said.plain[slice(*cast(tuple[int, int], said.span("neutrality")))]
    scope: Literal["carbon", "CO2", "GHG"] = "carbon"
    if words.startswith(("climate", "ghg", "greenhouse")):
        scope = "GHG"
    elif words.startswith("co2"):
        scope = "CO2"
    if said.gas is not None and said.gas_word != "carbon":
        if said.gas not in {"CO2", "GHG"}:
            said.fail(
                "neutrality is of CO2 or of all greenhouse gases",
                said.span("gas"),
                "net-zero CO2 emissions",
                "net-zero greenhouse gas emissions",
            )
        scope = said.gas
    year = _year(said, "by 2050")
    if said.when == "around":
        said.fail("neutrality is 'by' or 'before' a year", said.span("time"), "by", "before")
    return Neutrality(scope=scope, year=year, when="before" if said.when == "before" else "by")


def _peak(said: Said) -> PeakYear:
    _only(said, "amount", "base", *(() if "GROWTH" in said.verbs else ("verb",)))
    year = _year(said, "before 2030")
    when = cast(Literal["before", "by", "around", "in"], said.when)
    if said.source == "coal":
        return PeakYear(gas="coal", year=year, when=when)
    if said.source is not None:
        said.fail("a peak is of emissions or of coal", said.span("energy source"), "CO2 emissions")
    if said.gas is None and "EMISSIONS" not in said.topics:
        said.fail(
            "what peaks is not said", None, "peak CO2 emissions", "peak greenhouse gas emissions"
        )
    return PeakYear(gas=said.gas or "GHG", year=year, when=when)


def _return(said: Said) -> RelativeCut:
    _only(said, "amount")
    if said.years is None:
        said.fail("by when is not said", None, "by 2000", "over 2008-2012")
    first, last = said.years
    return RelativeCut(
        gas=said.gas or "GHG",
        low=0,
        high=0,
        base=cast(int, said.base),
        year=first,
        until=last if last != first else None,
    )


# Percentages ------------------------------------------------------------------------------------


def _percentage(said: Said, amount: Amount) -> AnyTarget:
    if said.source is not None:
        return _share(said, amount)
    if said.from_to and said.base is None and said.years is not None:
        said.base, said.years = said.years[0], (said.years[1], said.years[1])
    if "INTENSITY" in said.topics:
        return _intensity(said, amount)
    if said.total is not None:
        said.fail(
            "of which energy source is not said",
            said.span("energy total"),
            "from non-fossil sources",
            "from renewables",
            "from coal",
            "per unit of GDP",
        )
    if said.base == "bau":
        _only(said, "rate")
        _no_level(said, amount)
        return BelowBaseline(
            gas=said.gas or "GHG",
            low=float(amount.low),
            high=float(amount.high),
            year=_year(said),
            bau=said.bau,
            bound=_bound(amount),
        )
    if said.base is None:
        said.fail(
            "below what is not said",
            _span(amount),
            "below 2005",
            "below business as usual",
            "below peak",
            "per unit of GDP below 2005",
        )
    return _relative(said, amount)


def _no_level(said: Said, amount: Amount) -> None:
    """Refuse "to 40 % from 2005": 40 % less, or 40 % left? "To 40 % below" is plain."""
    if amount.role != "to" or said.direction == "below":
        return
    words = said.plain[amount.start : amount.end].removeprefix("to ")
    said.fail(
        "'to' a percentage may mean that much less or that much left",
        _span(amount),
        f"by {words}",
        f"to {words} of {said.base} levels",
    )


def _relative(said: Said, amount: Amount) -> RelativeCut:
    if said.years is None:
        said.fail("by when is not said", None, "by 2030", "over 2008-2012")
    low, high = float(amount.low), float(amount.high)
    bound = _bound(amount)
    if amount.role == "by" and "RAISE" in said.verbs and said.direction in {"below", "from"}:
        said.fail("a rise is above its base", said.span("base"), f"above {said.base}")
    if said.direction == "above":
        if amount.role == "by" and "CUT" in said.verbs:
            said.fail("a cut is below its base", said.span("base"), f"below {said.base}")
        low, high, bound = -high, -low, flip(bound)
    elif said.direction == "of":
        if amount.role in {"by", "of"} or (amount.role == "plain" and "CUT" in said.verbs):
            said.fail(
                "'of' a year's level is what is left",
                _span(amount),
                "to … of that year's level",
                f"below {said.base}",
            )
        low, high, bound = float(100 - amount.high), float(100 - amount.low), flip(bound)
    else:
        _no_level(said, amount)
    first, last = said.years
    return RelativeCut(
        gas=said.gas or "GHG",
        low=low,
        high=high,
        base=cast("int | Literal['peak']", said.base),
        year=first,
        until=last if last != first else None,
        bound=bound,
    )


def _intensity(said: Said, amount: Amount) -> IntensityCut:
    if not isinstance(said.base, int) or said.direction not in {"below", "from"}:
        said.fail("an intensity target needs a base year", said.span("base"), "below 2005")
    _no_level(said, amount)
    gas = said.gas or ("energy" if said.total == "energy" else "GHG")
    return IntensityCut(
        gas=cast(Any, gas),
        low=float(amount.low),
        high=float(amount.high),
        base=said.base,
        year=_year(said),
        bound=_bound(amount),
    )


def _share(said: Said, amount: Amount) -> EnergyShare:
    _only(said, "gas", "base")
    if said.source in {"wind", "solar", "hydro"}:
        said.fail(
            f"a share of {said.source} alone is not among the targets",
            said.span("energy source"),
            "wind and solar",
            "renewables",
            "non-fossil sources",
        )
    if said.total is None:
        said.fail(
            "a share of what is not said",
            said.span("energy source"),
            "of primary energy",
            "of electricity",
            "of power capacity",
            "of final energy",
        )
    if amount.role == "by" or (amount.role == "plain" and "CUT" in said.verbs):
        said.fail(
            "a share is a level, not a change",
            _span(amount),
            f"to {said.plain[amount.start : amount.end].removeprefix('by ')}",
        )
    return EnergyShare(
        source=cast(Any, said.source),
        of=cast(Any, said.total),
        low=float(amount.low),
        high=float(amount.high),
        year=_year(said),
        bound=_bound(amount),
    )


# Levels -----------------------------------------------------------------------------------------


def _level(said: Said, amount: Amount) -> AnyTarget:
    _only(said, "energy source", "energy total", "base")
    if amount.role == "by" or (amount.role != "to" and "CUT" in said.verbs):
        words = said.plain[amount.start : amount.end].removeprefix("by ")
        said.fail(
            "a cut by tonnes needs the level it leads to, or a percentage",
            _span(amount),
            f"limit … to {words}",
            "cut … by 20% below 2005",
        )
    substance = amount.of
    if "PER_PERSON" in said.topics:
        if substance not in {None, "CO2", "CO2e"}:
            said.fail("per person is in tCO2 or tCO2e", _span(amount), "2.2 tCO2e per person")
        return PerCapitaLevel(
            gas=said.gas or ("CO2" if substance == "CO2" else "GHG"),
            low=float(amount.low),
            high=float(amount.high),
            year=_year(said),
            bound=_bound(amount, "at most"),
        )
    by_gas = {"CH4": "CH4", "N2O": "N2O", "CO2": "CO2", "CO2 fossil": "CO2", "CO2 land": "CO2"}
    substance = substance or by_gas.get(said.gas or "GHG", "CO2e")
    gas = said.gas or ("GHG" if substance == "CO2e" else cast(Any, substance))
    if substance in {"CH4", "N2O"} and gas != substance:
        said.fail(f"tonnes of {substance} do not measure {gas}", _span(amount), "MtCO2e")
    return AbsoluteLevel(
        gas=gas,
        low=float(amount.low / _MEGATONNE),
        high=float(amount.high / _MEGATONNE),
        unit=cast(Any, f"Mt{substance}"),
        year=_year(said),
        bound=_bound(amount),
    )


def _capacity(said: Said, amount: Amount) -> Capacity:
    _only(said, "gas", "base")
    if said.source in {None, "coal", "clean"}:
        said.fail(
            "capacity of which source is not said",
            said.span("energy source") or _span(amount),
            "of wind and solar",
            "of renewables",
            "of nuclear",
        )
    return Capacity(
        source=cast(Any, said.source),
        low=float(amount.low),
        high=float(amount.high),
        year=_year(said),
        bound=_bound(amount),
    )


def _forest(said: Said, amount: Amount) -> ForestStock:
    _only(said, "gas", "energy source", "energy total")
    if amount.low != amount.high:
        said.fail("forest targets are one figure", _span(amount), "6 bn m3")
    base = said.base if isinstance(said.base, int) else None
    return ForestStock(
        amount=float(amount.low),
        unit="bn m3" if amount.kind == "stock" else "Mha",
        year=_year(said),
        base=base,
        bound=_bound(amount),
    )


# Money ------------------------------------------------------------------------------------------


def _finance(said: Said, amount: Amount) -> Finance:
    _only(said, "gas", "base", "seller", "energy source")
    first, last = said.years or (None, None)
    return Finance(
        low=float(amount.low / _BILLION),
        high=float(amount.high / _BILLION),
        currency=amount.of or "USD",
        rate="year" if said.a_year else "total",
        year=last,
        start=first if said.when == "over" else None,
        purpose=said.purpose or "climate finance",
        recipient=said.recipient,
        bound=_bound(amount),
    )


def _purchase(said: Said, amount: Amount) -> Purchase:
    _only(said, "rate", "recipient", "gas")
    if said.purpose is None:
        said.fail("bought is not said what", _span(amount), "of energy", "of farm goods")
    if said.years is None:
        said.fail("over which period is not said", None, "over 2020-2021", "in 2020")
    if said.when in {"by", "before", "around"}:
        said.fail("from when is not said", said.span("time"), "over 2020-2021", "in 2020")
    return Purchase(
        goods=said.purpose,
        low=float(amount.low / _BILLION),
        high=float(amount.high / _BILLION),
        currency=amount.of or "USD",
        base=cast("int | None", said.base),
        start=said.years[0],
        year=said.years[1],
        seller=said.seller,
        bound=_bound(amount),
    )

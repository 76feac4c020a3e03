"""What a party can undertake: every target type as a frozen, typed value.

The numbers are in the units named in each field, so that two phrases which say the same are
equal. Percentages are positive for a cut or a share ("50-52 %" is ``low=50, high=52``); for a
cut ``low`` is the weaker and ``high`` the stronger bound. A single figure has ``low == high``.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Gas: TypeAlias = Literal["CO2", "GHG", "CH4", "N2O", "F-gases", "CO2 fossil", "CO2 land"]
"""What a target covers. ``GHG`` is the whole basket; ``CO2`` is fossil plus industry and, when the
phrase includes LULUCF, land use as well."""

Bound: TypeAlias = Literal["exactly", "at least", "at most", "over", "about"]
"""How firm the figure is: as said, never rounded away."""


class Target(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all target types; never built itself."""


class AbsoluteLevel(Target, frozen=True, kw_only=True, tag="absolute"):
    """Emissions of ``gas`` at ``low``-``high`` ``unit`` a year in ``year``.

    ``low`` is the more ambitious (smaller) level.
    """

    gas: Gas = "GHG"
    low: float
    high: float
    unit: Literal["MtCO2e", "MtCO2", "MtCH4", "MtN2O"] = "MtCO2e"
    year: int
    bound: Bound = "exactly"


class RelativeCut(Target, frozen=True, kw_only=True, tag="relative"):
    """A cut of ``low``-``high`` % of ``gas`` below ``base`` by ``year``.

    ``base`` is a year, or ``"peak"`` (below the party's own peak level). A negative cut is a rise.
    ``until`` closes an averaging period that starts at ``year`` (Kyoto: 2008-2012).
    """

    gas: Gas = "GHG"
    low: float
    high: float
    base: int | Literal["peak"]
    year: int
    until: int | None = None
    bound: Bound = "exactly"


class BelowBaseline(Target, frozen=True, kw_only=True, tag="below-bau"):
    """A cut of ``low``-``high`` % below business as usual in ``year``.

    ``bau`` is the party's own baseline level in MtCO2e where it stated one.
    """

    gas: Gas = "GHG"
    low: float
    high: float
    year: int
    bau: float | None = None
    bound: Bound = "exactly"


class IntensityCut(Target, frozen=True, kw_only=True, tag="intensity"):
    """A cut of ``low``-``high`` % of emissions (or energy) per unit of GDP below ``base``."""

    gas: Gas | Literal["energy"] = "CO2"
    low: float
    high: float
    base: int
    year: int
    bound: Bound = "exactly"


class PerCapitaLevel(Target, frozen=True, kw_only=True, tag="per-capita"):
    """Emissions of ``low``-``high`` tCO2e per person in ``year``."""

    gas: Gas = "GHG"
    low: float
    high: float
    year: int
    bound: Bound = "at most"


class PeakYear(Target, frozen=True, kw_only=True, tag="peak"):
    """Emissions of ``gas`` peak: ``before`` | ``by`` | ``around`` | ``in`` ``year``.

    ``gas`` may also be ``"coal"`` (consumption): carried, not quantified.
    """

    gas: Gas | Literal["coal"] = "CO2"
    year: int
    when: Literal["before", "by", "around", "in"] = "by"


class Neutrality(Target, frozen=True, kw_only=True, tag="neutrality"):
    """Net zero of ``scope`` ``before`` or ``by`` ``year``.

    ``scope`` is ``"carbon"`` where the words leave open whether CO2 alone or all gases are meant:
    the convention then decides, and says so.
    """

    scope: Literal["carbon", "CO2", "GHG"] = "carbon"
    year: int
    when: Literal["before", "by"] = "by"


class EnergyShare(Target, frozen=True, kw_only=True, tag="share"):
    """A share of ``low``-``high`` % of ``source`` in ``of`` in ``year``."""

    source: Literal["non-fossil", "renewable", "coal", "clean", "nuclear", "wind and solar"]
    of: Literal["primary energy", "electricity", "power capacity", "final energy", "energy"]
    low: float
    high: float
    year: int
    bound: Bound = "exactly"


class Capacity(Target, frozen=True, kw_only=True, tag="capacity"):
    """``low``-``high`` GW of ``source`` installed by ``year``."""

    source: Literal[
        "wind and solar", "wind", "solar", "renewable", "nuclear", "hydro", "non-fossil"
    ]
    low: float
    high: float
    year: int
    bound: Bound = "exactly"


class ForestStock(Target, frozen=True, kw_only=True, tag="forest"):
    """Forest: ``amount`` in ``unit`` by ``year``, as a rise above ``base`` or a level."""

    amount: float
    unit: Literal["bn m3", "Mha"]
    year: int
    base: int | None = None
    bound: Bound = "exactly"


class Finance(Target, frozen=True, kw_only=True, tag="finance"):
    """``low``-``high`` bn of ``currency``, a year (``rate="year"``) or in all (``"total"``).

    ``year`` is the year by which it flows, or the last of the period ``start``-``year`` over which
    it does; ``purpose`` and ``recipient`` are as said.
    """

    low: float
    high: float
    currency: str = "USD"
    rate: Literal["year", "total"] = "total"
    year: int | None = None
    start: int | None = None
    purpose: str = "climate finance"
    recipient: str | None = None
    bound: Bound = "exactly"


class Purchase(Target, frozen=True, kw_only=True, tag="purchase"):
    """Buy ``low``-``high`` bn ``currency`` of ``goods`` above ``base`` over ``start``-``year``."""

    goods: str
    low: float
    high: float
    currency: str = "USD"
    base: int | None = None
    start: int
    year: int
    seller: str | None = None
    bound: Bound = "exactly"


class Policy(Target, frozen=True, kw_only=True, tag="policy"):
    """Anything else that is undertaken: carried in words, not quantified."""

    text: str
    year: int | None = None


AnyTarget: TypeAlias = (
    AbsoluteLevel
    | RelativeCut
    | BelowBaseline
    | IntensityCut
    | PerCapitaLevel
    | PeakYear
    | Neutrality
    | EnergyShare
    | Capacity
    | ForestStock
    | Finance
    | Purchase
    | Policy
)


class Pledge(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase once read: who undertakes what, on which accounting, on which condition.

    Attributes
    ----------
    party
        ISO 3166 alpha-3 code or bloc code.
    target
        What is undertaken.
    lulucf
        ``"including"`` or ``"excluding"`` land use, or ``None`` where the words do not say.
    conditional_on
        The condition in the party's words ("finance"), or ``None`` for an unconditional pledge.
    """

    party: str
    target: AnyTarget
    lulucf: Literal["including", "excluding"] | None = None
    conditional_on: str | None = None

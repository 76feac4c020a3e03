"""What a set of commitments means: tonnes by party and year, degrees for the world.

This room joins the others, in the order of the chain: a case's commitments (``ledger``) become
emissions (``pathways``), emissions become warming (``climate``). It adds no model of its own. The
result carries its convention, and every figure of it can be followed back: a party's tonnes to
``PartyResult.commitments`` (each with its reading, base value and series), the world's to the
parties and the reference rule, the degrees to the ensemble and its edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.ledger.commitment import Commitment, Status
from accord.ledger.convention import Convention

if TYPE_CHECKING:
    import xarray

    from accord.assessment.costs import Costs

Array = npt.NDArray[np.float64]

PERCENTILES = (5, 17, 50, 83, 95)
"""Percentiles of every fan: the median, the likely (17-83 %) and the very likely (5-95 %) range."""


@dataclass(frozen=True)
class Fan:
    """A quantity over time with its uncertainty.

    Attributes
    ----------
    years
        Calendar years, shape ``(year,)``.
    unit
        Unit of the values.
    percentiles
        Percentile to values, each of shape ``(year,)``.
    """

    years: npt.NDArray[np.int64]
    unit: str
    percentiles: Mapping[int, Array]

    @property
    def median(self) -> Array:
        """The 50th percentile, shape ``(year,)``."""
        return self.percentiles[50]

    def at(self, year: int) -> dict[int, float]:
        """Return percentile to value in ``year``; ``KeyError`` outside the period."""
        (where,) = np.nonzero(self.years == year)
        if where.size == 0:
            raise KeyError(year)
        return {p: float(values[where[0]]) for p, values in self.percentiles.items()}


@dataclass(frozen=True)
class CommitmentResult:
    """A commitment and what it means in tonnes, with the reading that leads from one to the other.

    Attributes
    ----------
    commitment, status
        The commitment and the status that holds on the day of the convention.
    counted
        Whether it binds this assessment.
    year
        Target year, ``None`` where there is none.
    low, central, high
        MtCO2e a year of ``gas`` in the target year; ``None`` where it carries no tonnes.
    gas
        What the tonnes cover, e.g. ``"GHG"`` or ``"CO2"``.
    reading
        One sentence: how the words became the number, with base value and series.
    stated
        Low, central and high on the base value that the party pins itself, where it does: its own
        accounting of land use and gases often differs from the tables that the world's sum needs.
    """

    commitment: Commitment
    status: Status | None
    counted: bool
    year: int | None
    low: float | None
    central: float | None
    high: float | None
    gas: str
    reading: str
    stated: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class PartyResult:
    """Emissions of one party (or of the world, code ``WLD``).

    Attributes
    ----------
    code, name
        ISO 3166 alpha-3 or bloc code, and the name to show.
    history_years, history_ghg, history_co2
        Observed emissions up to the year before the projection, MtCO2e and MtCO2 a year.
    ghg, co2
        Projected emissions with the spread of words and economy, MtCO2e and MtCO2 a year.
    reference
        The same party without its commitments, MtCO2e a year.
    commitments
        Every commitment on the table that day, counted or not.
    """

    code: str
    name: str
    history_years: npt.NDArray[np.int64]
    history_ghg: Array
    history_co2: Array
    ghg: Fan
    co2: Fan
    reference: Fan
    commitments: tuple[CommitmentResult, ...] = ()


@dataclass(frozen=True)
class WarmingResult:
    """Warming of the world above 1850-1900, annual means, °C.

    Attributes
    ----------
    fan
        Modelled warming from 1990 on: history, then the projection.
    first_projected
        First projected year within the fan.
    by_year
        Percentiles of selected years (2030, 2040 … 2100).
    at_2100, peak, peak_year
        Percentile to value; ``peak`` is each member's highest year up to 2100.
    prob_below
        Threshold in °C to the chance of staying below it in every year up to 2100.
    prob_below_2100
        The same for the year 2100 alone.
    crossing_year
        Threshold to percentile to the year of first crossing; ``None`` where the member of that
        rank never crosses.
    p66_peak
        Level that warming stays below over the century with 66 % chance (UNEP's convention).
    observed_years, observed
        Observed warming, IGCC.
    members, edition
        Size and edition of the ensemble.
    """

    fan: Fan
    first_projected: int
    by_year: Mapping[int, Mapping[int, float]]
    at_2100: Mapping[int, float]
    peak: Mapping[int, float]
    peak_year: Mapping[int, float]
    prob_below: Mapping[float, float]
    prob_below_2100: Mapping[float, float]
    crossing_year: Mapping[float, Mapping[int, float | None]]
    p66_peak: float
    observed_years: npt.NDArray[np.int64]
    observed: Array
    members: int
    edition: str


@dataclass(frozen=True, repr=False)
class Assessment:
    """The answer to one set of commitments under one convention.

    Attributes
    ----------
    title, case
        What was asked, and the name of the case the other parties come from.
    convention
        How every number in it is to be read.
    named
        Codes of the parties whose commitments were given or changed, in the order given.
    set_aside
        Code of a named party to the ids of its commitments of the case that bind that day and that
        the words given replace.
    parties
        Code to result, protagonists and named parties first, then by size.
    world
        The world as one party, bunkers included.
    warming
        Degrees.
    shares
        Code to °C that the party's commitments take off the 2100 median (the deal without them
        minus the deal). ``"all"`` is the world on reference minus the deal; because warming is not
        linear in emissions the parts need not add up to it.
    spread
        Source (``climate``, ``rule``, ``words``, ``economy``) to its share of the variance of
        2100 warming; empty unless asked for.
    spread_2030
        The same for the world's tonnes in 2030 (without ``climate``).
    rules
        Extension rule to the 2100 percentiles under it; empty unless asked for.
    scopes
        Scope in which others publish (``targets``, ``unconditional``, ``conditional``: without
        neutrality pledges; ``conditional-pledges``: all) to ``2100-p50``, ``peak-p50`` and
        ``century-p66``, °C; empty unless asked for.
    sources
        Table or model to its edition and source, for the foot of every output.
    costs
        What the deal costs and saves the parties; ``None`` unless asked for.
    """

    title: str
    case: str
    convention: Convention
    named: tuple[str, ...]
    parties: Mapping[str, PartyResult]
    world: PartyResult
    warming: WarmingResult
    shares: Mapping[str, float] = field(default_factory=dict)
    spread: Mapping[str, float] = field(default_factory=dict)
    spread_2030: Mapping[str, float] = field(default_factory=dict)
    rules: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    scopes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    set_aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    costs: Costs | None = None

    @property
    def as_of(self) -> dt.date:
        """Day on which the commitments count."""
        return self.convention.as_of

    def to_json(self) -> dict[str, Any]:
        """Return plain values; see :func:`accord.assessment.export.to_json`."""
        from accord.assessment import export

        return export.to_json(self)

    def to_iamc(self) -> list[dict[str | int, Any]]:
        """Return rows in the IAMC template; see :func:`accord.assessment.export.to_iamc`."""
        from accord.assessment import export

        return export.to_iamc(self)

    def to_dataset(self) -> xarray.Dataset:
        """Return labelled arrays; see :func:`accord.assessment.export.to_dataset`."""
        from accord.assessment import export

        return export.to_dataset(self)

    def __repr__(self) -> str:
        at = self.warming.at_2100
        return (
            f"<Assessment of {self.title!r}: {at[50]:.2f} °C in 2100 ({at[5]:.2f}-{at[95]:.2f}, "
            f"5-95 %), above 1850-1900; {self.convention.words()}>"
        )

    def _repr_html_(self) -> str:
        from accord.assessment import export

        return export.repr_html(self)

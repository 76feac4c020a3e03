"""Who should pay climate finance: fair shares by several published methods, the payers a switch.

Three methods that are quoted against each other, and the two ends of the argument:

- ``ODI`` (Colenbrander, Pettinotti et al. 2021-25): the mean of a payer's shares in income,
  cumulative CO2 since 1990 and population, among the 23 parties of Annex II;
- ``Carbon Brief`` (7 November 2022): share in cumulative CO2 since 1850, land use in, among them;
- ``CGD`` (Mitchell et al.): cumulative CO2 since 1979 times income per head, among *all* states:
  a fifth to a third then falls to China, Russia, Korea, Saudi Arabia and others;
- ``income`` and ``emissions``: shares in GDP, or in the emissions of the latest year.

Deviations, all stated in the answer: GDP at purchasing power parity (2021 int-$) stands for
national income at market rates, which lowers the United States' and raises China's share;
cumulative figures are CO2 of the bundled tables, without the other gases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from accord.errors import InputError, UnknownNameError
from accord.parties import PARTIES, members, partition
from accord.parties.tables import history

Array = npt.NDArray[np.float64]

Metric: TypeAlias = Literal["income", "income per head", "population", "cumulative CO2", "CO2"]


@dataclass(frozen=True)
class Method:
    """How shares are made.

    Attributes
    ----------
    weights
        Metric -> weight (of a mean) or exponent (of a product).
    how
        ``mean`` of the shares in each metric, or shares in the ``product`` of metric^weight.
    since
        First year of cumulative emissions.
    land
        Whether cumulative emissions include land use.
    payers
        Group that pays unless another is asked for (``ALL``: every state).
    source
        Where it was published.
    """

    weights: Mapping[Metric, float]
    how: Literal["mean", "product"]
    since: int
    land: bool
    payers: str
    source: str


METHODS: Mapping[str, Method] = {
    "ODI": Method(
        {"income": 1, "cumulative CO2": 1, "population": 1}, "mean", 1990, False, "ANNEX_II",
        "Colenbrander, Pettinotti and others, A fair share of climate finance?, ODI 2021-2025",
    ),
    "Carbon Brief": Method(
        {"cumulative CO2": 1}, "mean", 1850, True, "ANNEX_II",
        "Carbon Brief, 7 November 2022: which countries' historical emissions, which finance",
    ),
    "CGD": Method(
        {"cumulative CO2": 1, "income per head": 1}, "product", 1979, False, "ALL",
        "Mitchell and others, Who should pay?, Center for Global Development 2021",
    ),
    "income": Method({"income": 1}, "mean", 1990, False, "ANNEX_II", "ability to pay alone"),
    "emissions": Method({"CO2": 1}, "mean", 1990, False, "ALL", "emissions of the year alone"),
}  # fmt: skip


def payers_of(group: str) -> tuple[str, ...]:
    """Return the states of a group of payers; ``ALL`` is every state, a list is taken as it is.

    Raises
    ------
    UnknownNameError
        There is no such group or party.
    """
    if group.upper() == "ALL":
        return tuple(c for c in _states() if not c.startswith("INT_"))
    codes: list[str] = []
    for name in group.split("+"):
        one = name.strip()
        if one.upper() in PARTIES and PARTIES[one.upper()].kind == "state":
            codes.append(one.upper())
        else:
            codes += members(one)
    return tuple(dict.fromkeys(codes))


def _states() -> tuple[str, ...]:
    """Return all who can pay, members of the Union one by one."""
    whole = [c for c in partition() if c != "EU27"]
    return tuple(dict.fromkeys([*whole, *members("EU27")]))


def fair_shares(
    method: str | Method, *, payers: str | None = None, year: int = 2022
) -> dict[str, float]:
    """Return each payer's share, 0-1; they add up to one.

    Parameters
    ----------
    method
        A name of :data:`METHODS`, or one of your own.
    payers
        A group (``ANNEX_II``, ``ALL``, ``ANNEX_II + CHN``); the method's own unless given.
    year
        Year of income and population, and the last of cumulative emissions.

    Raises
    ------
    UnknownNameError
        There is no such method or group.
    InputError
        The tables do not cover the year.
    """
    if isinstance(method, str):
        if method not in METHODS:
            raise UnknownNameError("method", method, METHODS)
        method = METHODS[method]
    codes = [c for c in payers_of(payers or method.payers) if _known(c, year)]
    if not codes:
        raise InputError(f"none of the payers has GDP, people and emissions in {year}")
    values = {metric: _metric(metric, codes, year, method) for metric in method.weights}
    if method.how == "product":
        score = np.ones(len(codes))
        for metric, weight in method.weights.items():
            score = score * values[metric] ** weight
    else:
        whole = sum(method.weights.values())
        score = np.zeros(len(codes))
        for metric, weight in method.weights.items():
            score = score + weight / whole * values[metric] / values[metric].sum()
    return dict(zip(codes, (score / score.sum()).tolist(), strict=True))


def _known(code: str, year: int) -> bool:
    tables = (history("gdp_ppp"), history("population"), history("co2_fossil"))
    return all(code in t and np.isfinite(t.at(code, year)) for t in tables)


def _metric(metric: Metric, codes: Sequence[str], year: int, method: Method) -> Array:
    def of(variable: str) -> Array:
        return np.array([history(variable).at(code, year) for code in codes])

    match metric:
        case "income":
            return of("gdp_ppp")
        case "population":
            return of("population")
        case "income per head":
            return of("gdp_ppp") / of("population")
        case "CO2":
            return of("co2_fossil")
        case "cumulative CO2":
            names = ["co2_fossil", *(["co2_land"] if method.land else [])]
            total = np.zeros(len(codes))
            for name in names:
                table = history(name)
                inside = (table.years >= method.since) & (table.years <= year)
                total += [np.nansum(table.of(code)[inside]) if code in table else 0.0
                          for code in codes]  # fmt: skip
            return np.clip(total, 0.0, None)

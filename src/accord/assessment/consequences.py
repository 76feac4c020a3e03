"""The engines behind red lines: what a deal's terms mean in tonnes, degrees and dollars.

A deal settles terms such as ``neutral(CHN)`` or ``cut(USA, 2035, base 2005)``. Each becomes a
commitment in the words of the pledge language and takes the place of the party's own of the same
kind; all other commitments stay as the case has them. Central reading, nested 400 members.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from accord.errors import InputError
from accord.language.expression import Base, Name, Number, Term
from accord.language.target import (
    BelowBaseline,
    IntensityCut,
    Neutrality,
    PeakYear,
    Pledge,
    RelativeCut,
)
from accord.ledger import Case
from accord.ledger.commitment import Commitment, Status

if TYPE_CHECKING:
    from accord.bargaining.constraint import Value
    from accord.language.term import GroundTerm
    from accord.ledger.convention import Convention
    from accord.pathways import WorldPathway

MEMBERS = 400
YEAR_OF_COST = 2035
GOAL_YEAR = 2035
NONE_NAMED = 2100
_SAME: tuple[tuple[type, ...], ...] = (
    (RelativeCut, BelowBaseline),
    (IntensityCut,),
    (PeakYear,),
    (Neutrality,),
)


def phrase(term: Term, value: Fraction) -> str | None:
    """Return the pledge phrase that a term's value stands for; ``None``: it undertakes nothing."""
    party, year, base = "", 0, 0
    for one in term.arguments:
        if isinstance(one, Name):
            party = one.text
        elif isinstance(one, Number):
            year = int(one.value)
        elif isinstance(one, Base):
            base = one.year
    amount = f"{float(value):g}"
    match term.name:
        case "cut" if value >= 0 and base:
            return f"{party}: cut greenhouse gases by {amount}% below {base} by {year}"
        case "cut_from_peak":
            return f"{party}: cut greenhouse gases by {amount}% below peak by {year}"
        case "intensity_cut" if base:
            return f"{party}: cut CO2 emissions per unit of GDP by {amount}% below {base} by {year}"
        case "peak" if value < NONE_NAMED:
            return f"{party}: peak CO2 emissions by {amount}"
        case "neutral" if value < NONE_NAMED:
            return f"{party}: reach carbon neutrality by {amount}"
    return None


class Engines:
    """Answers for the consequences of deals within one case and day.

    Parameters
    ----------
    case
        Where all commitments come from that a deal does not settle.
    day
        Only what was on the table then counts.
    members
        Size of the climate ensemble.
    """

    def __init__(self, case: Case, day: dt.date, members: int = MEMBERS) -> None:
        self.case, self.day, self.members = case, day, members
        self.convention: Convention = case.convention(as_of=day)
        self.runs = 0

    def __call__(self, deal: Mapping[str, Value], wanted: Sequence[str]) -> dict[str, float]:
        """Return consequences of a deal, by key.

        Raises
        ------
        InputError
            For a consequence that no engine answers.
        """
        world = self.world(deal)
        self.runs += 1
        return {key: self.value(key, world) for key in wanted}

    def commitments(self, deal: Mapping[str, Value]) -> tuple[Commitment, ...]:
        """Return the case's commitments with those of the deal in their place."""
        return self.with_pledges(self.pledges(deal))

    def pledges(self, deal: Mapping[str, Value], without: Sequence[Pledge] = ()) -> list[Pledge]:
        """Return the pledges that a deal's terms stand for, those of ``without`` left out."""
        from accord.language import parse
        from accord.language.red_line import parse as parse_term

        given: list[Pledge] = []
        for key, value in deal.items():
            node = parse_term(f"{key} >= 0").left  # type: ignore[union-attr]
            if isinstance(node, Term) and isinstance(value, Fraction):
                text = phrase(node, value)
                if text is None:
                    continue
                pledge = parse(text, today=self.day)
                if not any(_same_kind(pledge, one) for one in without):
                    given.append(pledge)
        return given

    def with_pledges(self, given: Sequence[Pledge]) -> tuple[Commitment, ...]:
        """Return the case's commitments, those replaced that a pledge is of one kind with."""
        from accord.language import say

        kept = [
            one
            for one in self.case.counted(self.day, archived=self.convention.archived)
            if not any(_replaces(pledge, one) for pledge in given)
        ]
        added = [
            Commitment(
                id=f"deal-{number}",
                says=say(pledge),
                pledge=pledge,
                instrument="as proposed",
                legal_form="assumption",
                date=self.day,
                statuses=(Status(since=self.day, word="announced", note="of the deal"),),
                evidence=(),
                gdp_series="gdp_ppp",
            )
            for number, pledge in enumerate(given, 1)
        ]
        return (*kept, *added)

    def world(self, deal: Mapping[str, Value]) -> WorldPathway:
        """Return the world's emissions under a deal."""
        from accord import pathways

        return pathways.project(self.commitments(deal), self.convention, draws=1)

    def value(self, key: str, world: WorldPathway) -> float:
        """Return one consequence."""
        from accord.language.red_line import parse as parse_term

        term = parse_term(f"{key} >= 0").left  # type: ignore[union-attr]
        assert isinstance(term, Term)
        names = [one.text for one in term.arguments if isinstance(one, Name)]
        figures = [one.value for one in term.arguments if isinstance(one, Number)]
        match term.name:
            case "warming":
                return self.warming(world, int(names[0][1:]), int(figures[0]))
            case "emissions":
                return self.emissions(world, names[0], int(figures[0]))
            case "per_capita":
                year = int(figures[0])
                return self.emissions(world, names[0], year) / _people(names[0], year)
            case "gap":
                return _gap(world, self.convention, float(figures[0]))
            case "cost":
                return self._cost(world, names[0])[0]
            case "leakage":
                from accord.economy.leakage import leakage

                return 100 * leakage(max(self._cost(world, names[0])[1], 0.01)).rate
        raise InputError(
            f"no engine answers {key}; those that do: warming, emissions, per_capita, gap, cost, "
            "leakage"
        )

    def warming(self, world: WorldPathway, percentile: int, year: int) -> float:
        """Return a percentile of warming in a year, °C above 1850-1900."""
        import numpy as np

        run = self.run(world)
        years = [int(one) for one in run.years]
        if year not in years:
            raise InputError(f"warming in {year} is not projected; {years[0]} to {years[-1]} are")
        return float(np.percentile(run.gmst[0, :, years.index(year)], percentile))

    def run(self, world: WorldPathway) -> Any:
        """Return the climate of a pathway, every member on its central reading."""
        from accord import climate

        ensemble = climate.Ensemble.bundled(self.members)
        state = climate.history(ensemble, world.first_year)
        species = {name: values[:1] for name, values in world.species.items()}
        return climate.project(ensemble, species, state=state)

    def emissions(self, world: WorldPathway, party: str, year: int) -> float:
        """Return greenhouse gases of a party (``WLD``: the world) in a year, Mt."""
        path: Any = world if party == "WLD" else world.parties.get(party)
        if path is None:
            raise InputError(f"{party} has no path of its own; name a state outside the EU, or "
                             "EU27")  # fmt: skip
        years = [int(one) for one in world.years]
        if year not in years:
            raise InputError(f"emissions in {year} are not projected; {years[0]} to {years[-1]} "
                             "are")  # fmt: skip
        with_land = self.convention.lulucf == "included"
        return float(path.ghg(self.convention.gwp, with_land)[0, years.index(year)])

    def _cost(self, world: WorldPathway, party: str) -> tuple[float, float]:
        """Return abatement cost, percent of GDP, and the price of the last tonne."""
        from accord.assessment.costs import costs_of

        costs = costs_of(world, [party], ())
        gain = next(iter(costs.gains.values()))
        at = [int(one) for one in gain.years].index(max(YEAR_OF_COST, world.first_year))
        return float(100 * gain.cost[50][at] / gain.gdp[at]), float(gain.price[at])


def _same_kind(pledge: Pledge, other: Pledge) -> bool:
    return pledge.party == other.party and any(
        isinstance(pledge.target, some) and isinstance(other.target, some) for some in _SAME
    )


def _replaces(pledge: Pledge, one: Commitment) -> bool:
    if pledge.party != one.party:
        return False
    kind = next((some for some in _SAME if isinstance(pledge.target, some)), None)
    if kind is None or not isinstance(one.pledge.target, kind):
        return False
    year = getattr(pledge.target, "year", None)
    return kind in {_SAME[2], _SAME[3]} or getattr(one.pledge.target, "year", None) == year


def _people(party: str, year: int) -> float:
    from accord.parties import tables

    return float(tables.projection("population").at(party, year))


def _gap(world: WorldPathway, convention: Convention, goal: float) -> float:
    """Return world emissions in 2035 above a path to the goal, Mt."""
    import numpy as np

    from accord.assessment.shares import goal_cut
    from accord.parties import partition, tables

    years = np.array([GOAL_YEAR])
    cut = float(goal_cut(f"{goal:g}", years)[0])
    table = tables.ghg("AR6", True)
    then = sum(float(table.at(code, 2019)) for code in partition() if code in table)
    with_land = convention.lulucf == "included"
    now = world.ghg(convention.gwp, with_land)[0, GOAL_YEAR - world.first_year]
    return float(now) - (1 - cut) * then


def levers_of(case: Case) -> tuple[GroundTerm, ...]:
    """Return the terms that a deal may settle beside those that lines speak of.

    The neutrality year of each protagonist: without it no deal could do more about degrees than
    the lines happen to name.
    """
    from accord.language.red_line import parse
    from accord.language.vocabulary import Vocabulary

    vocabulary = Vocabulary()
    found: dict[str, GroundTerm] = {}
    for code in case.parties:
        found.update(vocabulary.ground(parse(f"neutral({code}) <= 2100")).terms)
    return tuple(found.values())


def confirming_search(case: Case, day: dt.date, seconds: float) -> tuple[Any, list[str]]:
    """Return a search in which the engines confirm consequences, and what they confirmed."""
    import time

    from accord.bargaining.consequence import confirming

    told: list[str] = []
    engines = Engines(case, day)
    deadline = time.monotonic() + seconds
    return confirming(engines, deadline=deadline, told=told), told

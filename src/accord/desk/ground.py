"""The ground of a desk: a case on one day under one convention, as pledged; shared by sessions.

Here stands what does not move while terms do: the world as the case has it, its history, the state
of the climate, published results and the paths that goals need. A change on a desk then costs only
the parties it touches.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.assessment.chain import SHOWN_FROM, convention_of, day_of
from accord.assessment.pairing import pair
from accord.errors import InputError
from accord.ledger import Case
from accord.ledger.convention import Convention
from accord.ledger.round import Round

if TYPE_CHECKING:
    from accord.climate import Warming
    from accord.ledger.commitment import Commitment
    from accord.ledger.red_line import RedLines
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]

DRAWS = 40
MEMBERS = 841
ALONE = 5
"""Parties drawn on their own in the stack; the rest is one layer."""
PERCENTILES = (5, 17, 50, 83, 95)
GOAL_YEAR = 2035
GROUNDS_KEPT = 6
"""Days and conventions kept in memory; each holds some 30 MB."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A case on one day under one convention.

    Attributes
    ----------
    case, day, convention
        Which.
    round, talks_on
        The round asked for, if one was; and the day whose red lines are shown: of a round, the
        last of those on which most quarrels stood.
    red_lines
        Of the case; empty where it has none.
    world
        As pledged.
    members, draws
        Sizes of the ensemble and of the words and economy.
    """

    case: Case
    day: dt.date
    round: Round | None
    talks_on: dt.date
    convention: Convention
    red_lines: RedLines
    world: WorldPathway
    members: int
    draws: int

    @cached_property
    def counted(self) -> tuple[Commitment, ...]:
        """The commitments that count as pledged."""
        return self.case.counted(self.day, archived=self.convention.archived)

    @cached_property
    def own(self) -> Mapping[str, tuple[Commitment, ...]]:
        """Counted commitments by party."""
        found: dict[str, list[Commitment]] = {}
        for one in self.counted:
            found.setdefault(one.party, []).append(one)
        return {code: tuple(some) for code, some in found.items()}

    @property
    def with_land(self) -> bool:
        """Whether totals include land use."""
        return self.convention.lulucf == "included"

    @cached_property
    def stack(self) -> tuple[str, ...]:
        """Parties drawn alone: protagonists, then the largest others."""
        size = {code: float(p.ghg("AR6", True)[0, 0]) for code, p in self.world.parties.items()}
        first = [code for code in self.case.parties if code in size]
        others = sorted((c for c in size if c not in first and not c.startswith("INT_")),
                        key=lambda c: -size[c])  # fmt: skip
        return (*first, *others[: max(0, ALONE - len(first))])

    @cached_property
    def central(self) -> Mapping[str, Array]:
        """Central emissions of every party as pledged ``(year,)``, Gt."""
        return {
            code: path.ghg(self.convention.gwp, self.with_land)[0] / 1000
            for code, path in self.world.parties.items()
        }

    @cached_property
    def pledged_warming(self) -> Warming:
        """Warming as pledged."""
        return self.warming(self.world)

    def warming(self, world: WorldPathway) -> Warming:
        """Run the whole ensemble, each member on one draw of words and economy."""
        from accord import climate

        ensemble = climate.Ensemble.bundled(self.members)
        return climate.project(
            ensemble,
            world.species,
            state=climate.history(ensemble, world.first_year),
            scenario_of_member=pair(ensemble.size, self.draws),
        )

    def world_with(self, changed: Mapping[str, Sequence[Commitment]]) -> WorldPathway:
        """Return the world with other commitments of some parties.

        Parameters
        ----------
        changed
            All counted commitments of each party that has others than as pledged.
        """
        from accord.pathways import GASES, party_pathway
        from accord.pathways.infill import complete

        base = self.world
        parties = dict(base.parties)
        gases = dict(base.gases)
        for code, commitments in changed.items():
            if code not in parties:
                continue
            path = party_pathway(code, tuple(commitments), base.basis, self.convention)
            before = base.parties[code]
            if path.gases is not before.gases:
                for gas in GASES:
                    gases[gas] = gases[gas] + (path.gases[gas] - before.gases[gas])
            parties[code] = path
        if not changed:
            return base
        sums = {gas: float(base.basis.last[g].sum()) for g, gas in enumerate(GASES)}
        return replace(
            base,
            parties=parties,
            gases=gases,
            species=complete(gases, sums, base.first_year - 1, base.years),
        )

    @cached_property
    def benchmarks(self) -> Mapping[str, float]:
        """World emissions in 2035 on a path to each goal, Gt; empty where they cannot be compared.

        A published cut below 2019, applied to the 2019 total of our own figures.
        """
        from accord.brief.published import needed_cuts
        from accord.parties import partition, tables

        if not self.with_land or self.world.first_year > GOAL_YEAR:
            return {}
        table = tables.ghg("AR6", True)
        then = sum(float(np.nan_to_num(table.at(c, 2019))) for c in partition() if c in table)
        cuts = needed_cuts(self.case.today, GOAL_YEAR)
        return {goal: (1 - cut.central / 100) * then / 1000 for goal, cut in cuts.items()}

    @cached_property
    def history(self) -> Mapping[str, Any]:
        """Emissions up to the last year known: first and last year, stack and world, Gt."""
        from accord.parties import partition

        last = self.world.first_year - 1
        world = self._observed(partition(), SHOWN_FROM, last)
        stack = {code: self._observed((code,), SHOWN_FROM, last) for code in self.stack}
        stack["REST"] = world - sum(stack.values())
        return {"first": SHOWN_FROM, "last": last, "stack": stack, "world": world}

    @cached_property
    def came(self) -> Array:
        """World emissions that came after a past day, from the first projected year on, Gt."""
        from accord.parties import partition
        from accord.pathways import history

        return self._observed(partition(), self.world.first_year, history.LAST)

    def _observed(self, codes: Sequence[str], first: int, last: int) -> Array:
        from accord.pathways import gases, history

        block = history.emissions(tuple(codes)).sum(axis=1)
        block = block[:, first - history.START : last + 1 - history.START]
        block = block * gases.weights(self.convention.gwp)[:, None]
        if not self.with_land:
            block[gases.LAND] = 0.0
        total: Array = block.sum(axis=0) / 1000
        return total


class Grounds:
    """The grounds of a case, the last few kept; safe to ask from several threads.

    Parameters
    ----------
    case
        The case.
    members, draws
        Sizes of the ensemble and of the words and economy.
    """

    def __init__(self, case: Case, *, members: int = MEMBERS, draws: int = DRAWS) -> None:
        from accord.ledger.red_line import load_red_lines

        self.case, self.members, self.draws = case, members, draws
        self.red_lines = load_red_lines(case.path)
        self._kept: OrderedDict[tuple[Convention, str], Ground] = OrderedDict()
        self._making = threading.Lock()
        self.quarrels: dict[str, int] = {}
        self.changed = 0.0
        """When a desk last changed, by the monotonic clock."""

    def has(self, as_of: str, switches: Mapping[str, str | bool]) -> bool:
        """Tell whether a ground is at hand."""
        try:
            _, at, convention = self.where(as_of, switches)
        except InputError:
            return True
        return (convention, at.id if at else "") in self._kept

    def where(
        self, as_of: str, switches: Mapping[str, str | bool]
    ) -> tuple[dt.date, Round | None, Convention]:
        """Return day, round and convention.

        Raises
        ------
        InputError
            For a day or switch that cannot be used.
        """
        day = day_of(self.case, as_of or None)
        at = next((one for one in self.case.rounds if one.id == as_of), None)
        return day, at, convention_of(self.case, day, dict(switches))

    def of(self, as_of: str, switches: Mapping[str, str | bool]) -> Ground:
        """Return the ground of a day (or round) and switches, made if it is not kept.

        Raises
        ------
        InputError
            For a day or switch that cannot be used.
        """
        day, at, convention = self.where(as_of, switches)
        talks_on = self._talks_on(day, at)
        with self._making:
            found = self._kept.get((convention, at.id if at else ""))
            if found is None:
                from accord import pathways

                counted = self.case.counted(day, archived=convention.archived)
                found = Ground(
                    case=self.case,
                    day=day,
                    round=at,
                    talks_on=talks_on,
                    convention=convention,
                    red_lines=self.red_lines,
                    world=pathways.project(counted, convention, draws=self.draws),
                    members=self.members,
                    draws=self.draws,
                )
                _ = found.stack, found.central, found.pledged_warming, found.benchmarks
                self._kept[convention, at.id if at else ""] = found
                while len(self._kept) > GROUNDS_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end((convention, at.id if at else ""))
            return found

    def _talks_on(self, day: dt.date, at: Round | None) -> dt.date:
        if at is None or not self.red_lines.lines:
            return day
        from accord.desk import solver
        from accord.desk.standoff import talks_day

        return solver.ask(talks_day, self.case, at.id)

"""The world's pathway: the sum of its parties, complete for the climate.

Parties are those of :func:`accord.parties.partition`: EU27 as one, states outside it, territories
that belong to no state's figures, and the two bunkers (aviation, shipping), which follow the same
reference rule as everyone, with world GDP as their driver. Parties without a quantified commitment
are on their reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.errors import InputError
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention
from accord.parties import partition, tables
from accord.pathways.economy import economy
from accord.pathways.gases import GASES
from accord.pathways.history import LAST, START
from accord.pathways.infill import complete, offsets
from accord.pathways.party import PartyPathway, Quantified, party_pathway, reference_of, summed
from accord.pathways.reference import Reference, reference

Array: TypeAlias = npt.NDArray[np.float64]

EARLIEST = 1992
"""First year a pathway can start: that of the Convention."""


@dataclass(frozen=True, eq=False)
class WorldPathway:
    """Emissions of all parties and of the world.

    Attributes
    ----------
    years, first_year
        Projected years, and the first of them.
    draws
        Number of draws; draw 0 is the central reading.
    parties
        Pathway of every party, by code.
    gases, reference
        World sums by gas ``(draw, year)``: MtCO2, MtCO2, MtCH4, MtN2O, MtCO2e.
    species
        Every species the climate needs, in its unit ``(draw, year)``, harmonised to the climate's
        global history.
    offsets
        What harmonisation adds to each gas ``(year,)``, Mt.
    factors
        Quantile used in each draw ``(draw,)``: ``words`` and ``economy``.
    convention
        The switches.
    """

    years: npt.NDArray[np.int64]
    first_year: int
    draws: int
    parties: Mapping[str, PartyPathway]
    gases: Mapping[str, Array]
    reference: Mapping[str, Array]
    species: Mapping[str, Array]
    offsets: Mapping[str, Array]
    factors: Mapping[str, Array]
    convention: Convention
    basis: Reference

    def __repr__(self) -> str:
        total = self.ghg(self.convention.gwp, self.convention.lulucf == "included")[0]
        some = [y for y in (2030, 2050, 2100) if self.first_year <= y]
        at = ", ".join(f"{total[y - self.first_year] / 1000:.1f} Gt in {y}" for y in some)
        return (
            f"WorldPathway({len(self.parties)} parties, {self.first_year}-{self.years[-1]}, "
            f"{self.draws} draws; GHG {at}; {self.convention.words()})"
        )

    def ghg(self, gwp: str = "AR6", lulucf: bool = True) -> Array:
        """Return all gases together ``(draw, year)``, MtCO2e."""
        return summed(self.gases, gwp, lulucf)

    def reference_ghg(self, gwp: str = "AR6", lulucf: bool = True) -> Array:
        """Return all gases of the reference paths together ``(draw, year)``, MtCO2e."""
        return summed(self.reference, gwp, lulucf)

    def without(self, codes: Iterable[str]) -> WorldPathway:
        """Return the same world with these parties on their reference paths."""
        changed = dict(self.parties)
        gases = dict(self.gases)
        for code in codes:
            party = changed[code]
            if party.gases is not party.reference:
                for gas in GASES:
                    gases[gas] = gases[gas] - party.gases[gas] + party.reference[gas]
            changed[code] = replace(party, gases=party.reference, quantified=())
        last = self.first_year - 1
        return replace(
            self,
            parties=changed,
            gases=gases,
            species=complete(gases, _last_sums(self.basis), last, self.years),
        )


def first_year_of(convention: Convention) -> int:
    """Return the first projected year: that of ``as_of``, at most the first without figures."""
    year = min(convention.as_of.year, LAST + 1)
    if year < EARLIEST:
        raise InputError(f"as of {convention.as_of} is too early: give a day from {EARLIEST} on")
    return year


def basis_of(convention: Convention, draws: int = 40, seed: int = 0) -> Reference:
    """Return the reference paths and the economy behind a convention."""
    return reference(
        economy(partition(), convention.scenario, draws, seed), first_year_of(convention)
    )


@lru_cache(maxsize=16)
def _world_reference(basis: Reference) -> Array:
    """Return the sum of all reference paths ``(gas, draw, year)``, projected years only."""
    total = np.zeros((len(GASES), basis.economy.draws, basis.years.size))
    for party in range(len(basis.economy.codes)):
        total += reference_of(basis, party)
    return total[:, :, 1:]


def _last_sums(basis: Reference) -> dict[str, float]:
    return {gas: float(basis.last[g].sum()) for g, gas in enumerate(GASES)}


def project(
    commitments: Sequence[Commitment],
    convention: Convention,
    *,
    draws: int = 40,
    seed: int = 0,
    parties: Sequence[str] | None = None,
) -> WorldPathway:
    """Turn commitments into the world's emissions.

    Parameters
    ----------
    commitments
        All commitments to consider; which of them bind is decided by ``convention``.
    convention
        The switches.
    draws
        Number of draws over words and economy; draw 0 is the central reading.
    seed
        Shifts the low-discrepancy sequence.
    parties
        Parties whose commitments count; default all. The rest stay on their reference.

    Raises
    ------
    InputError
        For fewer than one draw, or a day before 1992.

    Notes
    -----
    Commitments of a party that has no path of its own (a member of EU27, a bloc) shape nothing:
    the tonnes of a member are in its union's, and blocs undertake money, not tonnes.
    """
    if draws < 1:
        raise InputError(f"draws must be at least 1, not {draws}")
    basis = basis_of(convention, draws, seed)
    codes = basis.economy.codes
    own: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        if parties is None or commitment.party in parties:
            own.setdefault(commitment.party, []).append(commitment)

    total = _world_reference(basis)
    gases = {gas: total[g].copy() for g, gas in enumerate(GASES)}
    paths: dict[str, PartyPathway] = {}
    for code in codes:
        path = party_pathway(code, tuple(own.get(code, ())), basis, convention)
        paths[code] = path
        if path.gases is not path.reference:
            for gas in GASES:
                gases[gas] += path.gases[gas] - path.reference[gas]

    sums = _last_sums(basis)
    years = basis.years[1:]
    last = int(basis.years[0])
    return WorldPathway(
        years=years,
        first_year=last + 1,
        draws=draws,
        parties=paths,
        gases=gases,
        reference={gas: total[g] for g, gas in enumerate(GASES)},
        species=complete(gases, sums, last, years),
        offsets=offsets(last, sums, years),
        factors=basis.economy.factors,
        convention=convention,
        basis=basis,
    )


def quantify(commitment: Commitment, convention: Convention) -> Quantified:
    """Say what one commitment, standing alone, means in tonnes.

    The party need not have a path of its own: for a member of a bloc the figures are those of its
    own history. A bloc without figures gets words only.
    """
    if commitment.party not in tables.history("co2_fossil").parties:
        reading = f"Carried, not turned into tonnes: {commitment.party} has no figures of its own."
        return Quantified(commitment, False, None, None, None, None, "", reading)
    basis = basis_of(convention, 1)
    if commitment.party not in basis.economy.codes:
        alone = economy((commitment.party,), convention.scenario, 1)
        basis = reference(alone, first_year_of(convention))
    return party_pathway(commitment.party, (commitment,), basis, convention).quantified[0]


__all__ = [
    "LAST",
    "START",
    "WorldPathway",
    "basis_of",
    "first_year_of",
    "project",
    "quantify",
]

"""One party's pathway, as a pure function of its commitments, the economy and the convention.

Targets are taken in the order of their years. Each draws a straight line to its level, departing
from the latest earlier target that speaks about the same gas (else from the last observed year),
and what it covers is shared among its gases (``gases.share``). A target never raises emissions
unless the convention counts hot air; where several fall into one year, therefore, the strictest
binds. After its year a target holds its gases at the same fraction of their way from the reference
to the floor, until a later target or, after the last one, the extension rule takes over.

What a target does not cover stays on the reference, except that a CO2-only target takes along the
share of CH4 and N2O that comes from fossil fuels (``gases.COUPLING``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.language.target import PeakYear, RelativeCut
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention
from accord.pathways import words
from accord.pathways.economy import END
from accord.pathways.extension import extend
from accord.pathways.gases import (
    CH4,
    COUPLING,
    FOSSIL,
    GASES,
    LAND,
    N2O,
    floors,
    share,
    weights,
)
from accord.pathways.history import START
from accord.pathways.level import Level, Standing, covered, level, number
from accord.pathways.reference import Reference
from accord.pathways.shape import ceiling, line, peaked

Array: TypeAlias = npt.NDArray[np.float64]
Index: TypeAlias = npt.NDArray[np.int64]

NEAR = 10
"""A target within this many years after a peak bounds how high the peak may be."""
OUTDONE = 0.005
"""A path this much below a target's level, as a share of it, is the work of a stricter one."""


@dataclass(frozen=True)
class Quantified:
    """What a commitment means in tonnes.

    Attributes
    ----------
    commitment
        The commitment.
    counted
        Whether it shapes the pathway under the convention.
    year
        Target year, or ``None``.
    low, central, high
        Emissions in the target year over the range of the words at central GDP and population,
        MtCO2e a year in the convention's GWP set; ``None`` where the target names no tonnes.
    gas
        Coverage in words.
    reading
        One sentence: how the words became the number.
    stated_low, stated_central, stated_high
        The same on the party's own pinned base value, where there is one.
    values
        Level by draw ``(draw,)``, MtCO2e a year; economy included.
    """

    commitment: Commitment
    counted: bool
    year: int | None
    low: float | None
    central: float | None
    high: float | None
    gas: str
    reading: str
    stated_low: float | None = None
    stated_central: float | None = None
    stated_high: float | None = None
    values: Array | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class PartyPathway:
    """Emissions of one party.

    Attributes
    ----------
    party
        Code.
    years
        First projected year to 2100.
    gases, reference
        By gas, ``(draw, year)`` in MtCO2, MtCO2, MtCH4, MtN2O and, for F-gases, MtCO2e.
    quantified
        Every commitment of the party that was given, in the order given.
    """

    party: str
    years: npt.NDArray[np.int64]
    gases: Mapping[str, Array]
    reference: Mapping[str, Array]
    quantified: tuple[Quantified, ...]

    def ghg(self, gwp: str = "AR6", lulucf: bool = True) -> Array:
        """Return all gases together ``(draw, year)``, MtCO2e."""
        return summed(self.gases, gwp, lulucf)

    def reference_ghg(self, gwp: str = "AR6", lulucf: bool = True) -> Array:
        """Return all gases of the reference path together ``(draw, year)``, MtCO2e."""
        return summed(self.reference, gwp, lulucf)


def summed(gases: Mapping[str, Array], gwp: str, lulucf: bool) -> Array:
    """Add gases up in MtCO2e ``(draw, year)``."""
    weight = weights(gwp)
    total = np.zeros_like(gases[GASES[0]])
    for g, gas in enumerate(GASES):
        if g != LAND or lulucf:
            total = total + weight[g] * gases[gas]
    return total


@lru_cache(maxsize=800)
def reference_of(basis: Reference, party: int) -> Array:
    """Return a party's reference ``(gas, draw, year)``, native units; kept."""
    path = basis.of(party)
    path.flags.writeable = False
    return path


@lru_cache(maxsize=1024)
def party_pathway(
    party: str, commitments: tuple[Commitment, ...], basis: Reference, convention: Convention
) -> PartyPathway:
    """Return the pathway of one party.

    Pure in its arguments and kept, so that a change of one party's words recomputes that party.

    Parameters
    ----------
    party
        Code.
    commitments
        Its commitments; which of them bind is decided here, by the convention.
    basis
        Reference paths with their economy.
    convention
        The switches.
    """
    where = basis.economy.codes.index(party)
    native = reference_of(basis, where)
    years = basis.years[1:]
    reference = _by_gas(native)
    if not commitments:
        return PartyPathway(party, years, reference, reference, ())

    weight = weights(convention.gwp)
    standing = _standing(party, where, basis, native, weight)
    binding = [c for c in commitments if _why_not(c, convention, standing.last) is None]
    path, levels = _bound(binding, standing, convention)
    gases = _by_gas(path / weight[:, None, None]) if levels else reference
    standing = replace(standing, now=path)
    quantified = tuple(
        _quantified(commitment, standing, convention, levels) for commitment in commitments
    )
    return PartyPathway(party, years, gases, reference, quantified)


def _by_gas(block: Array) -> dict[str, Array]:
    return {gas: block[g][:, 1:] for g, gas in enumerate(GASES)}


def _standing(party: str, where: int, basis: Reference, native: Array, weight: Array) -> Standing:
    last = int(basis.years[0])
    reference = native * weight[:, None, None]
    return Standing(
        code=party,
        last=last,
        past=basis.past[:, where, : last + 1 - START] * weight[:, None],
        reference=reference,
        now=reference,
        gdp=basis.economy.gdp(where, START),
        people=basis.economy.people(where, START),
        q=basis.economy.factors["words"],
        weight=weight,
    )


def _why_not(commitment: Commitment, convention: Convention, last: int) -> str | None:
    """Say why a commitment does not bind, or ``None`` where it does."""
    if not commitment.counts(convention.as_of, archived=convention.archived):
        status = commitment.status(convention.as_of)
        return f"not counted: {status.word if status else 'not yet made'}"
    if commitment.pledge.conditional_on is not None and not convention.conditional:
        return f"not counted: conditional on {commitment.pledge.conditional_on}"
    year = _year(commitment)
    if year is not None and year <= last:
        return f"not counted: {year} has passed"
    if year is not None and year > END:
        return f"not counted: lies beyond {END}"
    return None


def _year(commitment: Commitment) -> int | None:
    """Return the year in which a commitment binds; a peak before a year binds the year before."""
    target = commitment.pledge.target
    if isinstance(target, RelativeCut) and target.until is not None:
        return target.until
    if isinstance(target, PeakYear) and target.when == "before":
        return target.year - 1
    return target.year if hasattr(target, "year") else None


def _bound(
    commitments: Sequence[Commitment], start: Standing, convention: Convention
) -> tuple[Array, dict[int, Level]]:
    """Let commitments bind; return the path ``(gas, draw, year)`` in MtCO2e and their levels."""
    ordered: list[tuple[int, int, str, Commitment, Level]] = []
    for commitment in commitments:
        first = level(commitment, start, convention)
        if first is not None:
            year = min(_year(commitment) or first.year, END)
            ordered.append((year, len(first.gases), commitment.says, commitment, first))
    ordered.sort(key=lambda item: item[:3])
    if not ordered:
        return start.reference, {}

    standing = start
    floor = floors(start.past[:, -1], start.reference)
    draws = np.arange(start.q.size)
    zeros = np.zeros(start.q.size, dtype=np.int64)
    levels: dict[int, Level] = {}
    done: dict[tuple[tuple[int, ...], bytes], tuple[tuple[int, ...], Index]] = {}
    peak: Index | None = None

    for place, (_, _, _, commitment, first) in enumerate(ordered):
        target = commitment.pledge.target
        gases, main = first.gases, first.gases[0]
        now = standing.now

        def departure(before: Index, main: int = main) -> Index:
            index = zeros
            for covers, year in done.values():
                if main in covers:
                    index = np.maximum(index, np.where(year < before, year, 0))
            return index

        if isinstance(target, PeakYear):
            said = words.peak_years(target, start.q, start.last + 1) - start.last
            begin = departure(said)
            lowest, highest = _soon_after(ordered[place + 1 :], gases, said, start)
            total = now[list(gases)].sum(axis=0)
            # a target soon after that lies below where the party stands puts the peak behind it
            turned = np.where(lowest < total[draws, begin], begin, said)
            wanted = peaked(total, begin, turned, highest)
            now = _shared(now, floor, gases, wanted, None)
            peak = turned if peak is None or main != FOSSIL else np.minimum(peak, turned)
            levels[id(commitment)] = _at_peak(first, said, turned, wanted, start.last)
            done[gases, turned.tobytes()] = (gases, turned)
        else:
            read = level(commitment, standing, convention) or first
            levels[id(commitment)] = read
            for year_ in sorted({max(read.start, start.last + 1), read.year}):
                end = min(year_, END) - start.last
                at = np.full(start.q.size, end)
                total = now[list(gases)].sum(axis=0)
                goal = read.values
                if not convention.hot_air:
                    goal = np.minimum(goal, total[:, end])
                wanted = line(total, departure(at), end, goal)
                if not convention.hot_air:
                    wanted = np.minimum(wanted, total)
                else:
                    wanted = np.where(
                        (goal < total[:, end])[:, None], np.minimum(wanted, total), wanted
                    )
                now = _shared(now, floor, gases, wanted, end)
                floor = np.minimum(floor, now)
                done[gases, at.tobytes()] = (gases, at)
        standing = replace(standing, now=now)
        floor = np.minimum(floor, now)

    covers, last = _last_of(list(done.values()))
    now = standing.now
    path = now[list(covers)].sum(axis=0)
    extended = extend(
        path,
        start.reference[list(covers)].sum(axis=0),
        start.gdp[:, start.last - START :],
        last,
        convention.extension,
        past=start.past[list(covers), :-1].sum(axis=0),
        past_gdp=start.gdp[:, : start.last - START],
        peak=peak if FOSSIL in covers else None,
        above_reference=convention.hot_air,
    )
    return _shared(now, floor, covers, extended, None), levels


def _shared(
    now: Array, floor: Array, gases: tuple[int, ...], wanted: Array, until: int | None
) -> Array:
    """Give the covered gases what ``wanted`` ``(draw, year)`` allows them in all.

    Up to year index ``until`` the total is met; after it every gas keeps its fraction of the way
    to the floor, and CO2 below the floors its level. ``None``: met to the end.
    """
    index = list(gases)
    after = now.copy()
    if until is None:
        after[index], fraction = share(now, floor, wanted, gases)
    else:
        upto = slice(0, until + 1)
        met, fraction_met = share(now[:, :, upto], floor[:, :, upto], wanted[:, upto], gases)
        fraction = np.concatenate(
            [fraction_met, np.repeat(fraction_met[:, -1:], now.shape[2] - until - 1, axis=1)],
            axis=1,
        )
        room = now[index] - floor[index]
        kept = now[index] - fraction * room
        beyond = met[0][:, -1] - kept[0][:, until]
        kept[0] += beyond[:, None]
        kept[:, :, upto] = met
        after[index] = kept
    if FOSSIL in gases and CH4 not in gases:
        pulled = np.clip(fraction, 0.0, 1.0)
        for g in (CH4, N2O):
            after[g] = now[g] - COUPLING[GASES[g]] * pulled * (now[g] - floor[g])
    return after


def _soon_after(
    later: Sequence[tuple[int, int, str, Commitment, Level]],
    gases: tuple[int, ...],
    peak: Index,
    start: Standing,
) -> tuple[Array, Array]:
    """Return the lowest target of the same gases soon after a peak, and how high that lets it be.

    Both ``(draw,)``, infinite without such a target.
    """
    lowest, highest = (np.full(start.q.shape, np.inf) for _ in range(2))
    for year, _, _, commitment, item in later:
        target = commitment.pledge.target
        relative_to_peak = isinstance(target, RelativeCut) and target.base == "peak"
        if item.gases != gases or relative_to_peak or isinstance(target, PeakYear):
            continue
        index = year - start.last
        soon = (peak < index) & (index <= peak + NEAR)
        lowest = np.where(soon, np.minimum(lowest, item.values), lowest)
        allowed = ceiling(peak, index, item.values)
        highest = np.where(soon, np.minimum(highest, allowed), highest)
    return lowest, highest


def _at_peak(read: Level, said: Index, turned: Index, path: Array, last: int) -> Level:
    """Fill in a peak's year and height once its path is known."""
    height = path[np.arange(path.shape[0]), turned]
    years = said + last
    span = f" ({years.min()}-{years.max()} over the draws)" if years.min() != years.max() else ""
    high = f"{number(float(height[0]))} MtCO2e"
    shape = "never above the reference path, and no rise afterwards"
    if turned[0] < said[0]:
        how = (
            f"a target soon after it lies below the {high} of {turned[0] + last}, so that the fall "
            "begins there; no rise afterwards"
        )
    elif path[0].max() > height[0] * 1.000001:
        how = f"the reference path has its peak before {years[0]} anyhow; no rise afterwards"
    else:
        how = f"read as a peak in {years[0]}{span} at {high}, {shape}"
    reading = f"{read.reading}: {how}"
    return Level(
        read.gases,
        read.gas,
        int(years[0]),
        int(years[0]),
        height,
        float(height.min()),
        float(height[0]),
        float(height.max()),
        None,
        reading,
    )


def _last_of(done: Sequence[tuple[tuple[int, ...], Index]]) -> tuple[tuple[int, ...], Index]:
    """Return coverage and year of the last target on fossil CO2, else of the last at all."""
    fossil = [item for item in done if FOSSIL in item[0]] or list(done)
    return max(fossil, key=lambda item: (float(item[1].mean()), len(item[0])))


def _quantified(
    commitment: Commitment,
    standing: Standing,
    convention: Convention,
    levels: Mapping[int, Level],
) -> Quantified:
    year = _year(commitment)
    why_not = _why_not(commitment, convention, standing.last)
    read = levels.get(id(commitment))
    if read is None:
        read = level(commitment, standing, convention) if (year or 0) >= START else None
    if read is None:
        what = type(commitment.pledge.target).__name__
        return Quantified(commitment, False, year, None, None, None, "", _not_in_tonnes(what))
    tail = f"; {why_not}" if why_not else ""
    if why_not is None and id(commitment) in levels:
        tail = _what_binds(read, standing, convention)
    known = not np.isnan(read.central)
    stated = read.stated or (None, None, None)
    if isinstance(commitment.pledge.target, PeakYear) and why_not is not None:
        known = False
    return Quantified(
        commitment,
        why_not is None,
        read.year,
        read.low if known else None,
        read.central if known else None,
        read.high if known else None,
        read.gas,
        f"{read.reading}{tail}.",
        stated[0],
        stated[1],
        stated[2],
        read.values if known else None,
    )


def _not_in_tonnes(what: str) -> str:
    reasons = {
        "EnergyShare": "a share of energy names no emissions",
        "Capacity": "installed capacity names no emissions",
        "ForestStock": "forest stock is carried in words; land use follows the reference",
        "Finance": "money is weighed with finance, not in tonnes",
        "Purchase": "purchases are followed under delivery, not in tonnes",
        "Policy": "a policy without a figure",
        "IntensityCut": "energy per GDP names no emissions",
        "PeakYear": "a peak of coal names no total",
    }
    return f"Carried, not turned into tonnes: {reasons.get(what, 'names no emissions')}."


def _what_binds(read: Level, standing: Standing, convention: Convention) -> str:
    """Say why a counted target does not shape the path: above the reference, or outdone."""
    if np.isnan(read.central) or "highest" in read.reading:
        return ""
    reference = float(standing.ahead(standing.reference, read.year, read.gases)[0])
    if read.central > reference:
        fate = "followed all the same" if convention.hot_air else "does not bind (hot air out)"
        return f"; above the reference path ({number(reference)} MtCO2e): {fate}"
    reached = float(standing.ahead(standing.now, read.year, read.gases)[0])
    if reached < read.central - OUTDONE * abs(read.central) - 1e-6:
        return f"; a stricter commitment binds ({number(reached)} MtCO2e)"
    return ""


__all__ = ["PartyPathway", "Quantified", "covered", "party_pathway", "reference_of", "summed"]

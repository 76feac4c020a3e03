"""From phrases to degrees: the whole chain in one call.

``assess`` is what ``accord assess``, ``accord brief`` and a notebook all call. It decides nothing
that the rooms below decide; it says which commitments count, hands them on, and pairs the draws of
the world's emissions with the members of the climate ensemble, so that one run of the ensemble
carries the uncertainty of words, economy and climate together.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import numpy.typing as npt

from accord.assessment.pairing import pair
from accord.assessment.result import (
    PERCENTILES,
    Assessment,
    CommitmentResult,
    Fan,
    PartyResult,
    WarmingResult,
)
from accord.errors import InputError, UnknownNameError
from accord.ledger import Case, check_possible, load_case
from accord.ledger.commitment import Commitment, Status
from accord.ledger.convention import Convention

if TYPE_CHECKING:
    from accord.climate import Ensemble, Warming
    from accord.pathways import PartyPathway, Quantified, WorldPathway

Array = npt.NDArray[np.float64]

DRAWS = 40
"""Draws of the world's emissions (words × economy); draw 0 is the central reading."""

THRESHOLDS = (1.5, 2.0, 2.5, 3.0)
"""Levels of warming in °C for chances and crossing years."""

SHOWN_FROM = 1990
"""First year of the histories in a result: the oldest base year in common use."""


def assess(
    *phrases: str,
    case: str | Path | Case = "us-china",
    as_of: dt.date | str | None = None,
    members: int = 841,
    draws: int = DRAWS,
    spread: bool = False,
    rules: bool = False,
    costs: bool | Mapping[str, Any] = False,
    **switches: Any,
) -> Assessment:
    """Say what commitments mean in tonnes and degrees.

    Parameters
    ----------
    phrases
        Pledge phrases. A party named in them has exactly the commitments given; all others keep
        theirs from the case. Without phrases the case is assessed as it stands.
    case
        Name of a bundled case, path of one on disk, or a loaded case.
    as_of
        Only what was on the table on this day counts: a date, or the id of a round of the case;
        default: the day of the case's edition.
    members
        Size of the climate ensemble: 841, or its nested 400.
    draws
        Number of draws of words and economy.
    spread
        Also decompose the variance of 2030 tonnes and 2100 degrees (implies ``rules``).
    rules
        Also give 2100 warming under every extension rule, and warming in the scopes of others'
        studies.
    costs
        Also say what the deal costs and saves the protagonists, the parties named and the four
        largest others; a mapping chooses ``curves``, ``damage`` and ``rate`` of
        :func:`accord.assessment.costs.costs_of`.
    switches
        Fields of :class:`~accord.ledger.convention.Convention`: ``extension``, ``conditional``,
        ``lulucf``, ``gwp``, ``neutrality``, ``hot_air``, ``scenario``, ``archived``.

    Raises
    ------
    PhraseError, TargetError
        For a phrase that cannot be read or cannot be meant.
    CaseError, UnknownNameError, InputError
        For a case, name, day or switch that cannot be used.

    Examples
    --------
    >>> import accord
    >>> result = accord.assess("China: peak CO2 before 2030; carbon neutrality before 2060")
    >>> 1.5 < result.warming.at_2100[50] < 3.5
    True
    """
    loaded = case if isinstance(case, Case) else load_case(case)
    day = day_of(loaded, as_of)
    convention = convention_of(loaded, day, switches)
    on_table, counted, named = _commitments(loaded, phrases, convention)

    from accord import climate, pathways

    world = pathways.project(counted, convention, draws=draws)
    ensemble = climate.Ensemble.bundled(members)
    state = climate.history(ensemble, world.first_year)
    warming = climate.project(
        ensemble, world.species, state=state, scenario_of_member=pair(ensemble.size, draws)
    )

    codes = _shown(loaded, named, world)
    parties = _party_results(codes, world, on_table, convention, counted)
    result = Assessment(
        title=loaded.title,
        case=loaded.name,
        convention=convention,
        named=named,
        parties=parties,
        world=_world_result(world, convention),
        warming=_warming_result(warming, ensemble, world.first_year),
        shares=_shares(world, _shared_out(codes, loaded, named, full=spread)),
        sources=_sources(loaded),
        set_aside={
            code: tuple(
                one.id
                for one in loaded.counted(day, archived=convention.archived)
                if one.party == code
            )
            for code in named
        },
    )
    if costs:
        from accord.assessment.costs import costs_of, renounced

        result = dataclasses.replace(
            result,
            costs=costs_of(
                world,
                codes[: len({*loaded.parties, *named}) + 4],
                counted,
                without=() if convention.archived else renounced(on_table, day),
                **(costs if isinstance(costs, Mapping) else {}),
            ),
        )
    if not (spread or rules):
        return result
    from accord.assessment.scopes import warming_by_scope
    from accord.assessment.spread import spread_by_source, warming_by_rule, worlds_by_rule

    by_rule = worlds_by_rule(counted, convention, world)
    result = dataclasses.replace(
        result,
        rules=warming_by_rule(by_rule, ensemble, state),
        scopes=warming_by_scope(counted, convention, world, ensemble, state),
    )
    if spread:
        of_2100, of_2030 = spread_by_source(world, by_rule)
        result = dataclasses.replace(result, spread=of_2100, spread_2030=of_2030)
    return result


def convention_of(case: Case, day: dt.date, switches: Mapping[str, Any]) -> Convention:
    """Return the case's convention for ``day`` with ``switches`` laid over it.

    Raises
    ------
    UnknownNameError
        For a switch or a value that does not exist.
    InputError
        For a day after the case's edition.
    """
    if day > case.today:
        raise InputError(
            f"as of {day} lies after the case's edition of {case.today}; "
            "give a day up to then, or set a later edition in case.yaml"
        )
    known = {field.name: field for field in _fields(Convention) if field.name != "as_of"}
    values: dict[str, Any] = {}
    for name, value in switches.items():
        if name not in known:
            raise UnknownNameError("switch of the convention", name, known)
        if value is None:
            continue
        choices = get_args(known[name].type)
        if choices and value not in choices:
            raise UnknownNameError(f"value of {name}", str(value), [str(c) for c in choices])
        values[name] = value
    return case.convention(day, **values)


def _fields(struct: type[Convention]) -> tuple[Any, ...]:
    import msgspec

    return msgspec.structs.fields(struct)


def day_of(case: Case, as_of: dt.date | str | None) -> dt.date:
    """Return the day meant: a date, ``2010-03-01``, the id of a round, or the edition's day."""
    if as_of is None:
        return case.today
    if isinstance(as_of, dt.date):
        return as_of
    try:
        return case.day(as_of)
    except UnknownNameError as error:
        near = f"; did you mean {' or '.join(error.near)}?" if error.near else ""
        raise InputError(
            f"{as_of!r} is neither a date such as 2010-03-01 nor a round of the case{near}"
        ) from None


def _commitments(
    case: Case, phrases: Sequence[str], convention: Convention
) -> tuple[tuple[Commitment, ...], tuple[Commitment, ...], tuple[str, ...]]:
    """Return what is on the table, what of it counts, and which parties the phrases name."""
    from accord.language import parse_all, say
    from accord.parties import partition
    from accord.pathways import with_precedent

    day = convention.as_of
    pledges = [pledge for phrase in phrases for pledge in parse_all(phrase)]
    given: list[Commitment] = []
    for number, pledge in enumerate(pledges, start=1):
        check_possible(pledge, day)
        if pledge.party not in partition():
            raise InputError(_no_path(pledge.party))
        asked = Commitment(
            id=f"given-{number}",
            says=say(pledge),
            pledge=pledge,
            instrument="as given",
            legal_form="assumption",
            date=day,
            statuses=(Status(since=day, word="announced", note="given in this question"),),
            evidence=(),
            gdp_series="gdp_ppp",
        )
        made = [one for one in case.commitments if one.date <= day]
        given.append(with_precedent(asked, made))
    named = tuple(dict.fromkeys(pledge.party for pledge in pledges))
    kept = [c for c in case.commitments if c.party not in named and c.date <= day]
    counted = [c for c in case.counted(day, archived=convention.archived) if c.party not in named]
    return (*kept, *given), (*counted, *given), named


def _no_path(code: str) -> str:
    """Say why a party has no path of its own, and whom to name instead."""
    from accord.parties import members, party

    one = party(code)
    if code in members("EU27"):
        return f"{one.name} ({code}) is counted in the European Union: name EU27"
    if one.counted_in:
        return f"{one.name} ({code}) is counted in {party(one.counted_in).name}: name that"
    if one.kind == "bloc":
        return f"{one.name} ({code}) has no path of its own: name its members, or EU27"
    return f"{one.name} ({code}) has no path of its own: name a state outside the EU, or EU27"


def _shown(case: Case, named: Sequence[str], world: WorldPathway) -> list[str]:
    """Order the parties: protagonists, then those named, then the rest by size."""
    first = [code for code in dict.fromkeys((*case.parties, *named)) if code in world.parties]
    size = {code: -float(path.ghg("AR6", True)[0, 0]) for code, path in world.parties.items()}
    return first + sorted((c for c in world.parties if c not in first), key=size.__getitem__)


def _fans(years: npt.NDArray[np.int64], values: Array, unit: str) -> list[Fan]:
    """Summarise draws ``(what, draw, year)``, one fan for each.

    All at once: a sort along the draws and a straight line between neighbours, as
    ``numpy.percentile`` does, at a tenth of its price for two hundred parties.
    """
    ordered = np.sort(np.moveaxis(values, 1, 2), axis=2)
    last = ordered.shape[2] - 1
    points = {}
    for p in PERCENTILES:
        below = min(int(p / 100 * last), max(last - 1, 0))
        weight = p / 100 * last - below
        above = min(below + 1, last)
        points[p] = ordered[..., below] * (1 - weight) + ordered[..., above] * weight
    return [
        Fan(years, unit, {p: rows[which] for p, rows in points.items()})
        for which in range(len(values))
    ]


@dataclasses.dataclass(frozen=True)
class _Past:
    """The history that the pathways depart from, Mt a year ``(party, year)``."""

    codes: tuple[str, ...]
    years: npt.NDArray[np.int64]
    ghg: Array
    co2: Array

    def of(self, code: str) -> tuple[Array, Array]:
        """Return GHG and CO2 of a party, or of the world, by year."""
        if code == "WLD":
            return self.ghg.sum(axis=0), self.co2.sum(axis=0)
        row = self.codes.index(code)
        return self.ghg[row], self.co2[row]


def _past(world: WorldPathway, convention: Convention) -> _Past:
    from accord.pathways import gases, history

    codes = tuple(world.parties)
    years = np.arange(SHOWN_FROM, world.first_year)
    use = slice(SHOWN_FROM - history.START, world.first_year - history.START)
    block = history.emissions(codes)[:, :, use] * gases.weights(convention.gwp)[:, None, None]
    if convention.lulucf != "included":
        block[gases.LAND] = 0.0
    return _Past(codes, years, block.sum(axis=0), block[gases.FOSSIL] + block[gases.LAND])


def _party_results(
    codes: Sequence[str],
    world: WorldPathway,
    on_table: Sequence[Commitment],
    convention: Convention,
    counted: Sequence[Commitment],
) -> dict[str, PartyResult]:
    from accord.parties import party

    gwp, with_land = convention.gwp, convention.lulucf == "included"
    paths = [world.parties[code] for code in codes]
    ghg = _fans(world.years, np.stack([p.ghg(gwp, with_land) for p in paths]), "MtCO2e/yr")
    co2 = _fans(world.years, np.stack([_co2(p.gases, with_land) for p in paths]), "MtCO2/yr")
    without = _fans(
        world.years, np.stack([p.reference_ghg(gwp, with_land) for p in paths]), "MtCO2e/yr"
    )
    binding = {commitment.id for commitment in counted}
    past = _past(world, convention)
    results = {}
    for i, code in enumerate(codes):
        past_ghg, past_co2 = past.of(code)
        results[code] = PartyResult(
            code=code,
            name=party(code).name,
            history_years=past.years,
            history_ghg=past_ghg,
            history_co2=past_co2,
            ghg=ghg[i],
            co2=co2[i],
            reference=without[i],
            commitments=tuple(
                _commitment_result(one, paths[i], convention, one.id in binding)
                for one in on_table
                if one.party == code
            ),
        )
    return results


def _commitment_result(
    commitment: Commitment, path: PartyPathway, convention: Convention, binding: bool
) -> CommitmentResult:
    from accord.pathways import quantify

    done = next((q for q in path.quantified if q.commitment.id == commitment.id), None)
    q = done if done is not None else quantify(commitment, convention)
    return CommitmentResult(
        commitment=commitment,
        status=commitment.status(convention.as_of),
        counted=binding and q.counted,
        year=q.year,
        low=q.low,
        central=q.central,
        high=q.high,
        gas=q.gas,
        reading=q.reading,
        stated=_stated(q),
    )


def _stated(q: Quantified) -> tuple[float, float, float] | None:
    if q.stated_low is None or q.stated_central is None or q.stated_high is None:
        return None
    return q.stated_low, q.stated_central, q.stated_high


def _co2(gases: Mapping[str, Array], with_land: bool) -> Array:
    return gases["CO2 fossil"] + (gases["CO2 land"] if with_land else 0.0)


def _world_result(world: WorldPathway, convention: Convention) -> PartyResult:
    gwp, with_land = convention.gwp, convention.lulucf == "included"
    past = _past(world, convention)
    past_ghg, past_co2 = past.of("WLD")
    ghg, without = _fans(
        world.years,
        np.stack([world.ghg(gwp, with_land), world.reference_ghg(gwp, with_land)]),
        "MtCO2e/yr",
    )
    (co2,) = _fans(world.years, _co2(world.gases, with_land)[None], "MtCO2/yr")
    return PartyResult(
        code="WLD",
        name="World",
        history_years=past.years,
        history_ghg=past_ghg,
        history_co2=past_co2,
        ghg=ghg,
        co2=co2,
        reference=without,
    )


def _warming_result(warming: Warming, ensemble: Ensemble, first_year: int) -> WarmingResult:
    from accord import climate

    past_years, past = climate.history_percentiles(ensemble, PERCENTILES)
    use = (past_years >= SHOWN_FROM) & (past_years < first_year)
    ahead = warming.percentiles(PERCENTILES)[0]
    years = np.concatenate([past_years[use], warming.years])
    points = np.concatenate([past[:, use], ahead], axis=1)
    fan = Fan(years, "°C", {p: points[i] for i, p in enumerate(PERCENTILES)})
    gmst = warming.gmst[0]
    peak = gmst.max(axis=1)
    peak_year = warming.years[gmst.argmax(axis=1)].astype(float)
    last = gmst[:, -1]
    observed_years, observed = climate.observed_warming()
    seen = (observed_years >= SHOWN_FROM) & (observed_years < first_year)

    def ranks(values: Array) -> dict[int, float]:
        return {
            p: float(v)
            for p, v in zip(PERCENTILES, np.percentile(values, PERCENTILES), strict=True)
        }

    return WarmingResult(
        fan=fan,
        first_projected=first_year,
        by_year={y: fan.at(y) for y in range(2030, 2101, 10)},
        at_2100=ranks(last),
        peak=ranks(peak),
        peak_year=ranks(peak_year),
        prob_below={t: float(np.mean(peak < t)) for t in THRESHOLDS},
        prob_below_2100={t: float(np.mean(last < t)) for t in THRESHOLDS},
        crossing_year={t: _crossing(warming.crossing_year(t)[0]) for t in THRESHOLDS},
        p66_peak=float(np.percentile(peak, 66)),
        observed_years=observed_years[seen],
        observed=observed[seen],
        members=ensemble.size,
        edition=ensemble.edition,
    )


def _crossing(years: Array) -> dict[int, float | None]:
    """Rank crossing years with the members that never cross counted as latest."""
    ordered = np.sort(np.where(np.isnan(years), np.inf, years))
    ranks = np.percentile(ordered, PERCENTILES, method="inverted_cdf")
    return {
        p: None if np.isinf(year) else float(year)
        for p, year in zip(PERCENTILES, ranks, strict=True)
    }


MAIN_OTHERS = 3
"""Parties beside the protagonists whose share is shown where the whole picture is asked for."""


def _shared_out(codes: Sequence[str], case: Case, named: Sequence[str], *, full: bool) -> list[str]:
    """Return whose commitments are left out one at a time."""
    first = [code for code in codes if code in (*case.parties, *named)]
    others = [code for code in codes if code not in first and not code.startswith("INT_")]
    return first + (others[:MAIN_OTHERS] if full else [])


def _shares(world: WorldPathway, codes: Sequence[str]) -> dict[str, float]:
    """Leave one out: 2100 median without the party's commitments minus with them, °C.

    Central draw and the nested 400 members: the difference of two medians of one ensemble is
    smoother than either.
    """
    from accord import climate

    cases = [world.species, *(world.without([code]).species for code in codes)]
    cases.append(world.without(list(world.parties)).species)
    stacked = {name: np.concatenate([one[name][:1] for one in cases]) for name in world.species}
    ensemble = climate.Ensemble.bundled(400)
    run = climate.project(ensemble, stacked, state=climate.history(ensemble, world.first_year))
    medians = np.median(run.gmst[:, :, -1], axis=1)
    return {
        code: float(without - medians[0])
        for code, without in zip((*codes, "all"), medians[1:], strict=True)
    }


def _sources(case: Case) -> dict[str, str]:
    from accord import climate
    from accord.parties import tables

    used = ("co2_fossil", "co2_land", "ch4", "n2o", "f_gases", "gdp_ppp", "population")
    named = {name: tables.history(name) for name in used}
    return {
        f"case {case.name}": f"edition {case.today.isoformat()}",
        **{name: f"{t.source}, edition {t.edition}, {t.licence}" for name, t in named.items()},
        "climate ensemble": climate.Ensemble.bundled(841).edition,
    }

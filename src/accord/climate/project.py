"""The continuation: emissions of the years after a kept state to warming.

Solar and volcanic forcing of the future are part of the package's natural forcing: the CMIP6
solar reference, and volcanoes that return linearly to their long-term mean (zero) within ten
years of the last observation, as in the scenarios of CMIP6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from accord.climate.drivers import as_paths, drivers
from accord.climate.integration import IntArray, integrate
from accord.climate.recording import Recorder, positions
from accord.climate.species import FloatArray
from accord.climate.variability import VARIABLE, disturbances, settled
from accord.climate.warming import CONVENTION, Warming
from accord.errors import InputError

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble
    from accord.climate.state import State


def project(
    ensemble: Ensemble,
    emissions: Mapping[str, npt.ArrayLike],
    *,
    state: State,
    scenario_of_member: npt.ArrayLike | None = None,
    solar: npt.ArrayLike | None = None,
    volcanic: npt.ArrayLike | None = None,
    variability: int | None = None,
    record: Sequence[str] = (),
) -> Warming:
    """Run scenarios on from a state.

    Parameters
    ----------
    ensemble
        The members.
    emissions
        Every species of ``species.SPECIES`` in the units of ``species.UNITS``: shape (scenario,
        year), or (year,) or (1, year) for one that is the same in all scenarios and then costs
        nothing more. The first year is ``state.year``.
    state
        The members at the start of the first year (`history`).
    scenario_of_member
        None: every scenario with every member. Given, shape (member,): member m runs scenario
        ``scenario_of_member[m]`` and the result has one scenario.
    solar, volcanic
        Forcing through each year, W m-2 (year,); the package's own if not given.
    variability
        None: the forced response. A number: annual variability is added, drawn from each member's
        own stream for this number; the same number gives the same weather in every scenario.
    record
        Names of further series (``recording.QUANTITIES``) to return at the end of every year.

    Returns
    -------
    Warming
        ``gmst`` of shape (scenario, member, year); (1, member, year) if paired.

    Raises
    ------
    InputError
        If shapes disagree, species are missing or unknown, or the state knows no 1850-1900 mean.

    Examples
    --------
    >>> from accord import climate
    >>> members = climate.Ensemble.bundled(400)
    >>> start = climate.history(members, 2025)
    >>> held = {name: path[-1:].repeat(76) for name, path in climate.bundled_emissions().items()}
    >>> climate.project(members, held, state=start).percentiles([50]).shape
    (1, 1, 76)
    """
    paths = as_paths(emissions)
    years = paths["CH4"].shape[1]
    scenarios = max(np.atleast_2d(np.asarray(path)).shape[0] for path in emissions.values())
    _check_state(ensemble, state)
    own = _own_scenarios(scenario_of_member, ensemble.size, scenarios)
    sun, volcanoes = _natural(solar, volcanic, state.year, years)

    shared = drivers(
        ensemble.chemistry,
        state.shared,
        state.year,
        paths,
        solar=sun,
        volcanic=volcanoes,
        scenarios=scenarios,
    )
    noise = None
    if variability is not None:
        noise = disturbances(ensemble, variability, state.year, years)
        state = settled(ensemble, state, variability)
    calendar = np.arange(state.year, state.year + years)
    every_end = positions(record, years)
    run = integrate(
        ensemble,
        shared,
        state,
        scenario_of_member=own,
        noise=noise,
        snapshots=every_end,
    )
    surface, recorder = run.surface, Recorder(ensemble, shared, run, own)
    annual = surface[:, 1:] + surface[:, :-1]
    annual *= 0.5
    annual -= state.reference
    if not np.isfinite(annual[:, -1]).all():
        raise InputError("these emissions drive some members out of the range of the equations")
    return Warming(
        calendar,
        annual,
        {name: recorder.series(name, every_end) for name in record},
        CONVENTION if variability is None else f"{CONVENTION} {VARIABLE}",
    )


def _check_state(ensemble: Ensemble, state: State) -> None:
    if state.size != ensemble.size:
        raise InputError(
            f"the state has {state.size} members and the ensemble {ensemble.size}; "
            "take both from the same ensemble"
        )
    if np.isnan(state.reference).any():
        raise InputError(
            f"the state of {state.year} knows no mean of 1850-1900; start in 1901 or later"
        )


def _own_scenarios(given: npt.ArrayLike | None, members: int, scenarios: int) -> IntArray | None:
    if given is None:
        return None
    own = np.asarray(given)
    if own.shape != (members,) or own.dtype.kind not in "iu":
        raise InputError(
            f"scenario_of_member has shape {own.shape}; {members} whole numbers would be right"
        )
    if own.min() < 0 or own.max() >= scenarios:
        raise InputError(f"scenario_of_member names scenarios outside 0 to {scenarios - 1}")
    return own.astype(np.intp)


def _natural(
    solar: npt.ArrayLike | None, volcanic: npt.ArrayLike | None, first: int, years: int
) -> tuple[FloatArray, FloatArray]:
    if solar is None or volcanic is None:
        from accord.climate.history import natural_forcing

        own_solar, own_volcanic = natural_forcing(np.arange(first, first + years))
        solar = own_solar if solar is None else solar
        volcanic = own_volcanic if volcanic is None else volcanic
    both = []
    for name, given in (("solar", solar), ("volcanic", volcanic)):
        path = np.asarray(given, dtype=np.float64)
        if path.shape != (years,) or not np.isfinite(path).all():
            raise InputError(f"{name} forcing has shape {path.shape}; ({years},) would be right")
        both.append(path)
    return both[0], both[1]

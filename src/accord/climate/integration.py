"""The yearly step of all processes, for every scenario and member at once.

Order within a year, as in the reference implementation: lifetimes from the state at the start,
then concentrations at the end, then forcing at the end, then temperature at the end. Everything
that does not depend on the member or on the temperature is worked out before the loop; runs go
through in blocks small enough to stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from accord.climate import aerosol, other_forcings, ozone
from accord.climate.carbon_cycle import CarbonCycle
from accord.climate.energy_balance import EnergyBalance
from accord.climate.forcing import TotalForcing
from accord.climate.methane import Methane
from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.drivers import Drivers
    from accord.climate.ensemble import Ensemble
    from accord.climate.state import State

#: Runs (scenario x member) that go through together.
BLOCK = 12000

IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that varies by member at the start of one year, shape (…, scenario, member).

    ``surface_before`` is T1 a year earlier, which the ozone feedback uses; ``forcing`` the
    effective forcing that warms (volcanic efficacy included), W m-2.
    """

    pools: FloatArray
    methane: FloatArray
    red_noise: FloatArray
    temperatures: FloatArray
    surface_before: FloatArray
    forcing: FloatArray

    @classmethod
    def empty(cls, scenarios: int, members: int) -> Snapshot:
        """Return an unfilled snapshot."""
        shape = (scenarios, members)
        return cls(*(np.empty((n, *shape)) if n else np.empty(shape) for n in (4, 0, 0, 3, 0, 0)))


@dataclass(frozen=True, eq=False)
class Run:
    """What an integration leaves.

    Attributes
    ----------
    surface
        T1 above 1750 at the start of each year and at the end of the last, K; shape (scenario,
        year + 1, member).
    snapshots
        By position of the year's end (1 … years); the last is always there.
    """

    surface: FloatArray
    snapshots: dict[int, Snapshot]


@dataclass(frozen=True, eq=False)
class BlockDrivers:
    """The shared drivers as one block of runs sees them.

    A block of one scenario has no scenario axis and a block in which each member has its own
    scenario neither: NumPy is twice as fast on arrays of equal shape as on (1, member) with
    (member,).

    Attributes
    ----------
    co2, co2_before, methane, methane_factor, n2o, cloud
        Shape (…, year, scenario, 1), or (…, year, member) or (…, year, 1) without the axis.
    linear
        Sum of all linear forcings, (year, scenario, member) or (year, member).
    shape
        (scenario, member) or (member,): of everything that varies by member.
    """

    co2: FloatArray
    co2_before: FloatArray
    methane: FloatArray
    methane_factor: FloatArray
    n2o: FloatArray
    cloud: FloatArray
    linear: FloatArray
    shape: tuple[int, ...]


def _block_drivers(
    drivers: Drivers, coefficients: FloatArray, rows: slice, own: IntArray | None
) -> BlockDrivers:
    if own is None:
        # A product a year keeps each below the size at which BLAS starts threads, whose waiting
        # costs more than the product itself.
        linear = np.matmul(drivers.linear.transpose(1, 2, 0)[:, rows], coefficients)
        if linear.shape[1] == 1:
            linear = linear[:, 0]
    else:
        of_members = drivers.linear.transpose(1, 2, 0).take(own, axis=1)
        linear = np.einsum("ymd,md->ym", of_members, np.ascontiguousarray(coefficients.T))
    single = linear.ndim == 2

    def seen(path: FloatArray) -> FloatArray:
        if own is not None:
            return path[..., own]
        return path[..., rows] if single else path[..., rows, None]

    return BlockDrivers(
        co2=seen(drivers.co2),
        co2_before=seen(drivers.co2_before),
        methane=seen(drivers.methane),
        methane_factor=seen(drivers.methane_factor),
        n2o=seen(drivers.n2o),
        cloud=seen(drivers.cloud),
        linear=linear,
        shape=linear.shape[1:],
    )


def _blocks(scenarios: int, members: int, paired: bool) -> Iterator[tuple[slice, slice]]:
    wide = min(members, BLOCK)
    pieces = -(-members // wide)
    edges = [members * i // pieces for i in range(pieces + 1)]
    tall = max(1, BLOCK // wide)
    rows = [slice(0, 1)] if paired else []
    if not paired:
        rows = [slice(i, min(i + tall, scenarios)) for i in range(0, scenarios, tall)]
    for first, last in pairwise(edges):
        for row in rows:
            yield row, slice(first, last)


# Emissions that no planet has (CO2 below zero) end in NaN, which callers look for.
@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def integrate(
    ensemble: Ensemble,
    drivers: Drivers,
    state: State,
    *,
    scenario_of_member: IntArray | None = None,
    noise: FloatArray | None = None,
    snapshots: Sequence[int] = (),
) -> Run:
    """Run every scenario with every member, or each member with its own scenario.

    Parameters
    ----------
    state
        The members at the start of the first year.
    scenario_of_member
        Shape (member,): position of each member's scenario; None for all with all.
    noise
        Shape (year, 4, member): a year's disturbances of forcing state and layers.
    snapshots
        Positions of year ends (1 … years) whose whole state is kept besides the last.
    """
    paired = scenario_of_member is not None
    many = 1 if paired else drivers.scenarios
    years, size = drivers.years, ensemble.size
    surface = np.empty((many, years + 1, size))
    wanted = {*snapshots, years}
    kept = {position: Snapshot.empty(many, size) for position in wanted}
    coefficients = (
        aerosol.radiation_coefficients(ensemble)
        + ozone.coefficients(ensemble)
        + other_forcings.coefficients(ensemble, volcanic_efficacy=other_forcings.VOLCANIC_EFFICACY)
    )
    ch4_linear = (
        aerosol.radiation_per_ppb_ch4(ensemble)
        + ozone.per_ppb_ch4(ensemble)
        + other_forcings.water_per_ppb_ch4(ensemble)
    )
    ensemble.propagators  # noqa: B018 - computed once for the whole, handed on to the parts

    part, cut = ensemble, slice(0, size)
    for rows, columns in _blocks(many, size, paired):
        if columns != cut:
            part, cut = ensemble.take(columns), columns
        own = None if scenario_of_member is None else scenario_of_member[columns]
        block = _block_drivers(drivers, coefficients[:, columns], rows, own)
        row: slice | int = rows if len(block.shape) == 2 else rows.start

        def spread(values: FloatArray, shape: tuple[int, ...] = block.shape) -> FloatArray:
            lead = values.shape[:-1]
            whole = np.empty((*lead, *shape))
            whole[...] = values.reshape(*lead, *(1,) * (len(shape) - 1), -1)
            return whole

        carbon = CarbonCycle(part, spread(state.pools[:, columns]), block.co2, block.co2_before)
        methane = Methane(part, spread(state.methane[columns]), block.methane, block.methane_factor)
        forcing = TotalForcing(part, block, ch4_linear[columns])
        balance = EnergyBalance(
            part, spread(state.red_noise[columns]), spread(state.temperatures[:, columns])
        )
        weather = None
        if noise is not None:
            weather = noise[:, :, columns]
            weather = weather if len(block.shape) == 1 else weather[:, :, None]
        surface[row, 0, columns] = balance.now[1]
        for year in range(years):
            now = balance.now
            before, total = now[1], now[4]
            carbon.step(year, before)
            methane.step(year, before)
            forcing.at(year, carbon.airborne, methane.burden, before, total)
            balance.step(None if weather is None else weather[year])
            surface[row, year + 1, columns] = balance.now[1]
            if year + 1 in wanted:
                snapshot = kept[year + 1]
                snapshot.pools[:, row, columns] = carbon.pools
                snapshot.methane[row, columns] = methane.burden
                snapshot.red_noise[row, columns] = balance.now[0]
                snapshot.temperatures[:, row, columns] = balance.now[1:4]
                snapshot.surface_before[row, columns] = before
                snapshot.forcing[row, columns] = total
    return Run(surface, kept)

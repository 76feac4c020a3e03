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
from accord.climate import greenhouse_forcing as ghg
from accord.climate.carbon_cycle import PPM_PER_GTCO2, CarbonCycle
from accord.climate.methane import PPB_PER_MT, Methane
from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.drivers import Drivers
    from accord.climate.ensemble import Ensemble
    from accord.climate.state import State

#: Runs (scenario x member) that go through together.
BLOCK = 8192

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


class ForcingOfRun:
    """Effective forcing of a block of runs from CO2, CH4 and all that follows them.

    Meinshausen et al. 2020 rearranged so that a step needs one logarithm and two roots: with
    r = CO2 / reference, what multiplies log r, sqrt r, sqrt CH4 and CH4 is known beforehand.
    """

    def __init__(self, ensemble: Ensemble, block: BlockDrivers, ch4_linear: FloatArray) -> None:
        e, chemistry = ensemble, ensemble.chemistry
        root_n2o = np.sqrt(block.n2o)
        f_co2 = e.co2_scale * ghg.CO2_ADJUSTED
        f_ch4 = e.ch4_scale * ghg.CH4_ADJUSTED
        f_n2o = e.n2o_scale * ghg.N2O_ADJUSTED
        reference = ghg.CO2_REFERENCE
        root_ch4_reference = np.sqrt(ghg.CH4_REFERENCE)
        n2o_rise = root_n2o - np.sqrt(ghg.N2O_REFERENCE)
        ch4_strength = ghg.B3 * root_n2o + ghg.D3

        self._ratio_0 = e.co2_baseline / reference
        self._ratio_per_gt = PPM_PER_GTCO2 / reference
        self._ratio_limit = 1.0 + ghg.CO2_RISE_LIMIT / reference
        # strength = D1 + C1 sqrt(N2O) + (B1 + A1 d) d with d = reference (r - 1).
        a = f_co2 * ghg.A1 * reference**2
        b = f_co2 * ghg.B1 * reference
        self._co2_square = a
        self._co2_linear = b - 2 * a
        self._co2_fixed = f_co2 * (ghg.D1 + ghg.C1 * root_n2o) + (a - b)
        self._co2_root = (n2o_rise * (ghg.A2 * np.sqrt(reference))) * f_n2o

        self._ch4_0 = chemistry.ch4_baseline_concentration
        self._ch4_root = (ch4_strength - ghg.A3 * root_ch4_reference) * f_ch4
        self._ch4_root += (n2o_rise * ghg.C2) * f_n2o
        # A3 sqrt(CH4) x sqrt(CH4) is linear in CH4.
        self._per_mt = (ch4_linear + ghg.A3 * f_ch4) * PPB_PER_MT

        fixed = block.linear
        fixed += aerosol.cloud_forcing(e, block.cloud)
        fixed += (n2o_rise * (ghg.B2 * root_n2o + ghg.D2)) * f_n2o
        fixed -= (root_ch4_reference * ch4_strength) * f_ch4
        fixed += ghg.A3 * f_ch4 * self._ch4_0 - sum(ghg.baseline_forcing(e))
        self._fixed = fixed

        shape = (block.scenarios, e.size)
        self._ratio, self._work, self._strength = (np.empty(shape) for _ in range(3))
        self.total = np.empty(shape)

    def at(
        self, year: int, airborne: FloatArray, burden: FloatArray, surface: FloatArray
    ) -> FloatArray:
        """Return the forcing at the end of the year at this position, W m-2.

        Parameters
        ----------
        airborne, burden
            CO2 (GtCO2) and CH4 (Mt) above 1750 at its end.
        surface
            T1 at its start, K.
        """
        ratio, work, strength, total = self._ratio, self._work, self._strength, self.total
        np.multiply(airborne, self._ratio_per_gt, out=ratio)
        np.add(ratio, self._ratio_0, out=ratio)
        np.maximum(ratio, 1.0, out=work)
        np.minimum(work, self._ratio_limit, out=work)
        np.multiply(work, self._co2_square, out=strength)
        np.add(strength, self._co2_linear, out=strength)
        np.multiply(strength, work, out=strength)
        np.add(strength, self._co2_fixed[year], out=strength)
        np.log(ratio, out=work)
        np.multiply(strength, work, out=total)
        np.add(total, self._fixed[year], out=total)
        np.sqrt(ratio, out=ratio)
        np.multiply(ratio, self._co2_root[year], out=ratio)
        np.add(total, ratio, out=total)
        np.multiply(burden, PPB_PER_MT, out=work)
        np.add(work, self._ch4_0, out=work)
        np.sqrt(work, out=work)
        np.multiply(work, self._ch4_root[year], out=work)
        np.add(total, work, out=total)
        np.multiply(burden, self._per_mt, out=work)
        np.add(total, work, out=total)
        np.multiply(surface, ozone.TEMPERATURE_FEEDBACK, out=work)
        np.add(total, work, out=total)
        return total


class EnergyBalance:
    """Forcing state and layer temperatures of a block of runs, stepped in place."""

    def __init__(self, ensemble: Ensemble, red_noise: FloatArray, layers: FloatArray) -> None:
        p = ensemble.propagators
        self.red_noise, self.layers = red_noise, layers
        self._decay, self._gain = p.decay, p.gain
        self._from_noise, self._from_1, self._from_2, self._from_3 = p.step[:, :, None]
        self._push = p.push[:, None]
        self._next = np.empty_like(layers)
        self._work = np.empty_like(layers)
        self._small = np.empty_like(red_noise)

    def step(self, forcing: FloatArray, noise: FloatArray | None) -> None:
        """Advance a year under the forcing at its end; ``noise`` has shape (4, 1, member)."""
        layers, ahead, work, small = self.layers, self._next, self._work, self._small
        red_noise = self.red_noise
        np.multiply(self._from_1, layers[0], out=ahead)
        np.multiply(self._from_2, layers[1], out=work)
        np.add(ahead, work, out=ahead)
        np.multiply(self._from_3, layers[2], out=work)
        np.add(ahead, work, out=ahead)
        np.multiply(self._from_noise, red_noise, out=work)
        np.add(ahead, work, out=ahead)
        np.multiply(self._push, forcing, out=work)
        np.add(ahead, work, out=ahead)
        np.multiply(red_noise, self._decay, out=red_noise)
        np.multiply(self._gain, forcing, out=small)
        np.add(red_noise, small, out=red_noise)
        if noise is not None:
            np.add(red_noise, noise[0], out=red_noise)
            np.add(ahead, noise[1:], out=ahead)
        self.layers, self._next = ahead, layers


@dataclass(frozen=True, eq=False)
class BlockDrivers:
    """The shared drivers as one block of runs sees them.

    Shapes (year, scenario, 1), or (year, 1, member) where each member has a scenario of its own;
    ``linear`` is the sum of all linear forcings, (year, scenario, member).
    """

    co2: FloatArray
    co2_before: FloatArray
    methane: FloatArray
    methane_factor: FloatArray
    n2o: FloatArray
    cloud: FloatArray
    linear: FloatArray
    scenarios: int


def _block_drivers(
    drivers: Drivers, coefficients: FloatArray, scenarios: slice, own: IntArray | None
) -> BlockDrivers:
    years = drivers.years

    def seen(path: FloatArray) -> FloatArray:
        return path[..., scenarios, None] if own is None else path[..., None, own]

    if own is None:
        # A product a year keeps each below the size at which BLAS starts threads, whose waiting
        # costs more than the product itself.
        by_year = drivers.linear.transpose(1, 2, 0)[:, scenarios]
        many = by_year.shape[1]
        linear = np.matmul(by_year, coefficients)
    else:
        many = 1
        linear = np.zeros((years, 1, own.size))
        for driver, coefficient in enumerate(coefficients):
            if coefficient.any():
                linear[:, 0] += drivers.linear[driver][:, own] * coefficient
    return BlockDrivers(
        co2=seen(drivers.co2),
        co2_before=seen(drivers.co2_before),
        methane=seen(drivers.methane),
        methane_factor=seen(drivers.methane_factor),
        n2o=seen(drivers.n2o),
        cloud=seen(drivers.cloud),
        linear=linear,
        scenarios=many,
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
        shape = (block.scenarios, part.size)
        pools = np.empty((4, *shape))
        layers = np.empty((3, *shape))
        pools[...] = state.pools[:, None, columns]
        layers[...] = state.temperatures[:, None, columns]
        red_noise = np.tile(state.red_noise[columns], (shape[0], 1))
        carbon = CarbonCycle(part, pools, block.co2, block.co2_before)
        methane = Methane(
            part,
            np.tile(state.methane[columns], (shape[0], 1)),
            block.methane,
            block.methane_factor,
        )
        forcing = ForcingOfRun(part, block, ch4_linear[columns])
        balance = EnergyBalance(part, red_noise, layers)
        surface[rows, 0, columns] = layers[0]
        for year in range(years):
            before = balance.layers[0]
            carbon.step(year, before)
            methane.step(year, before)
            total = forcing.at(year, carbon.airborne, methane.burden, before)
            balance.step(total, None if noise is None else noise[year, :, None, columns])
            surface[rows, year + 1, columns] = balance.layers[0]
            if year + 1 in wanted:
                snapshot = kept[year + 1]
                snapshot.pools[:, rows, columns] = pools
                snapshot.methane[rows, columns] = methane.burden
                snapshot.red_noise[rows, columns] = red_noise
                snapshot.temperatures[:, rows, columns] = balance.layers
                snapshot.surface_before[rows, columns] = before
                snapshot.forcing[rows, columns] = total
    return Run(surface, kept)

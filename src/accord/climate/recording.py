"""Series beside the warming: concentrations, heat, and every forcing by itself, on request.

The yearly step adds all forcings up in the cheapest order; here each is computed by its own
process file, only for the years asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from accord.climate import aerosol, other_forcings, ozone
from accord.climate import greenhouse_forcing as ghg
from accord.climate.carbon_cycle import PPM_PER_GTCO2
from accord.climate.drivers import LINEAR
from accord.climate.energy_balance import heat_content, imbalance
from accord.climate.methane import PPB_PER_MT
from accord.climate.species import FloatArray
from accord.errors import UnknownNameError

if TYPE_CHECKING:
    from accord.climate.drivers import Drivers
    from accord.climate.ensemble import Ensemble
    from accord.climate.integration import IntArray, Run, Snapshot

#: Effective radiative forcings above 1750, W m-2.
FORCINGS = (
    "CO2",
    "CH4",
    "N2O",
    "minor gases",
    "aerosol-radiation",
    "aerosol-cloud",
    "ozone",
    "stratospheric water",
    "land use",
    "black carbon on snow",
    "solar",
    "volcanic",
)
#: What can be recorded, with units. All hold for the turn of a year.
QUANTITIES: dict[str, str] = {
    "surface": "K above 1750",
    "co2": "ppm",
    "ch4": "ppb",
    "n2o": "ppb",
    "heat": "ZJ above 1750, whole Earth system",
    "imbalance": "W m-2 at the top of the atmosphere",
    "forcing": "W m-2, sum of all",
    **{f"forcing {name}": "W m-2" for name in FORCINGS},
}


class _Moment:
    """One year end of a run: snapshot and the shared drivers that go with it."""

    def __init__(
        self, ensemble: Ensemble, drivers: Drivers, snap: Snapshot, own: IntArray | None, year: int
    ) -> None:
        self.ensemble, self.snap = ensemble, snap
        chemistry = ensemble.chemistry
        self.co2 = ensemble.co2_baseline + PPM_PER_GTCO2 * snap.pools.sum(axis=0)
        self.ch4_rise = PPB_PER_MT * snap.methane
        self.ch4 = chemistry.ch4_baseline_concentration + self.ch4_rise
        select = (slice(None), None) if own is None else (None, own)
        self.n2o = drivers.n2o[year][select]
        self.linear = drivers.linear[:, year][(slice(None), *select)]
        self.cloud = drivers.cloud[:, year][(slice(None), *select)]

    def from_linear(self, coefficients: FloatArray) -> FloatArray:
        total = np.zeros_like(self.ch4)
        for driver, coefficient in zip(self.linear, coefficients, strict=True):
            if coefficient.any():
                total += driver * coefficient
        return total


def _co2(at: _Moment) -> FloatArray:
    e = at.ensemble
    return e.co2_scale * ghg.co2_forcing(at.co2, at.n2o) - ghg.baseline_forcing(e)[0]


def _ch4(at: _Moment) -> FloatArray:
    e = at.ensemble
    return e.ch4_scale * ghg.ch4_forcing(at.ch4, at.n2o) - ghg.baseline_forcing(e)[1]


def _n2o(at: _Moment) -> FloatArray:
    e = at.ensemble
    return e.n2o_scale * ghg.n2o_forcing(at.n2o, at.co2, at.ch4) - ghg.baseline_forcing(e)[2]


def _radiation(at: _Moment) -> FloatArray:
    from_methane = aerosol.radiation_per_ppb_ch4(at.ensemble) * at.ch4_rise
    return at.from_linear(aerosol.radiation_coefficients(at.ensemble)) + from_methane


def _cloud(at: _Moment) -> FloatArray:
    return np.broadcast_to(aerosol.cloud_forcing(at.ensemble, at.cloud), at.ch4.shape)


def _ozone(at: _Moment) -> FloatArray:
    result: FloatArray = (
        at.from_linear(ozone.coefficients(at.ensemble))
        + ozone.per_ppb_ch4(at.ensemble) * at.ch4_rise
        + ozone.TEMPERATURE_FEEDBACK * at.snap.surface_before
    )
    return result


def _water(at: _Moment) -> FloatArray:
    return other_forcings.water_per_ppb_ch4(at.ensemble) * at.ch4_rise


def _follower(name: str) -> Callable[[_Moment], FloatArray]:
    driver = LINEAR.index(other_forcings.FOLLOWS[name])

    def forcing(at: _Moment) -> FloatArray:
        strength = other_forcings.coefficient(at.ensemble, name)
        return np.broadcast_to(at.linear[driver] * strength, at.ch4.shape)

    return forcing


_FORCING: dict[str, Callable[[_Moment], FloatArray]] = {
    "CO2": _co2,
    "CH4": _ch4,
    "N2O": _n2o,
    "aerosol-radiation": _radiation,
    "aerosol-cloud": _cloud,
    "ozone": _ozone,
    "stratospheric water": _water,
    **{name: _follower(name) for name in other_forcings.FOLLOWS},
}


def _total(at: _Moment) -> FloatArray:
    """Return the sum of all; what warms counts volcanoes with their efficacy, this does not."""
    lost = 1.0 - other_forcings.VOLCANIC_EFFICACY
    return at.snap.forcing + lost * _FORCING["volcanic"](at)


_QUANTITY: dict[str, Callable[[_Moment], FloatArray]] = {
    "surface": lambda at: at.snap.temperatures[0],
    "co2": lambda at: at.co2,
    "ch4": lambda at: at.ch4,
    "n2o": lambda at: np.broadcast_to(at.n2o, at.ch4.shape),
    "heat": lambda at: heat_content(at.ensemble, at.snap.temperatures),
    "imbalance": lambda at: imbalance(at.ensemble, _total(at), at.snap.temperatures),
    "forcing": _total,
    **{f"forcing {name}": _FORCING[name] for name in FORCINGS},
}


def check_names(names: Sequence[str]) -> None:
    """Raise UnknownNameError if a quantity is not known."""
    for name in names:
        if name not in QUANTITIES:
            raise UnknownNameError("quantity", name, QUANTITIES)


def positions(names: Sequence[str], years: int) -> tuple[int, ...]:
    """Return the year ends to keep: all, if anything is to be recorded."""
    check_names(names)
    return tuple(range(1, years + 1)) if names else ()


class Recorder:
    """Computes quantities of a run at the year ends whose snapshots were kept.

    Parameters
    ----------
    own
        Each member's scenario, where members have one of their own.
    """

    def __init__(
        self, ensemble: Ensemble, drivers: Drivers, run: Run, own: IntArray | None = None
    ) -> None:
        self._parts = (ensemble, drivers, own)
        self._snapshots = run.snapshots
        self._moments: dict[int, _Moment] = {}

    def series(self, name: str, ends: Sequence[int]) -> FloatArray:
        """Return a quantity at these year ends (1 … years), shape (scenario, end, member)."""
        return np.stack([_QUANTITY[name](self._moment(end)) for end in ends], axis=1)

    def _moment(self, end: int) -> _Moment:
        if end not in self._moments:
            ensemble, drivers, own = self._parts
            self._moments[end] = _Moment(ensemble, drivers, self._snapshots[end], own, end - 1)
        return self._moments[end]

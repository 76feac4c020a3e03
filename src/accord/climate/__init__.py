"""Emissions to warming: a calibrated ensemble of a reduced-complexity climate model.

Knows arrays with named axes and nothing of parties. One file a process: ``carbon_cycle``,
``methane``, ``minor_gases``, ``greenhouse_forcing``, ``aerosol``, ``ozone``, ``other_forcings``,
``energy_balance``; ``integration`` steps them together.

>>> from accord import climate
>>> climate.species.UNITS["CO2 FFI"]
'GtCO2'
"""

from accord.climate import species as species
from accord.climate.ensemble import Ensemble as Ensemble
from accord.climate.history import bundled_emissions as bundled_emissions
from accord.climate.history import history as history
from accord.climate.history import history_percentiles as history_percentiles
from accord.climate.history import natural_forcing as natural_forcing
from accord.climate.history import observed_warming as observed_warming
from accord.climate.history import observed_years as observed_years
from accord.climate.history import spin_up as spin_up
from accord.climate.project import project as project
from accord.climate.state import State as State
from accord.climate.state import load_bundle as load_bundle
from accord.climate.state import rounded as rounded
from accord.climate.state import save_bundle as save_bundle
from accord.climate.warming import Warming as Warming

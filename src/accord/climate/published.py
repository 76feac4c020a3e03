"""Published calibrations of the FaIR model as an `Ensemble` (Smith et al. 2024, layout 1.4.x)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from accord.climate.ensemble import ROWS, Ensemble
from accord.climate.species import MINOR_GASES, PRECURSORS, Chemistry, FloatArray
from accord.errors import InputError, Place


def read(parameters: Path, properties_csv: Path) -> Ensemble:
    """Read parameters (one row a member) and the species properties that go with them.

    Raises
    ------
    InputError
        If a file or column is missing, or minor gases do not share one scale.
    """
    try:
        columns = _read_columns(parameters)
        properties = _read_properties(properties_csv)
    except OSError as error:
        place = Place(file=str(error.filename))
        raise InputError(f"cannot be read: {error.strerror}", place) from error
    where = str(parameters)

    def column(name: str) -> FloatArray:
        try:
            return np.array([float(value) for value in columns[name]])
        except KeyError:
            raise InputError(f"column {name!r} is missing", Place(file=where)) from None
        except ValueError as error:
            raise InputError(f"column {name!r}: {error}", Place(file=where)) from None

    def optional(kind: str, name: str, size: int) -> FloatArray:
        full = f"{kind}[{name}]"
        return column(full) if full in columns else np.zeros(size)

    def prop(name: str, key: str) -> float:
        return float(properties[name][key])

    gamma = column("gamma_autocorrelation")
    size = gamma.size
    chemistry = _chemistry_from(properties)
    minor = np.stack([column(f"forcing_scale[{gas.name}]") for gas in chemistry.minor])
    if not np.allclose(minor, minor[0], rtol=1e-9):
        raise InputError("minor gases must share one forcing_scale", Place(file=where))
    lapsi = "Light absorbing particles on snow and ice"
    water, land = "Stratospheric water vapour", "Land use"
    eesc = "Equivalent effective stratospheric chlorine"
    return Ensemble(
        gamma=gamma,
        heat_capacity=np.stack([column(f"ocean_heat_capacity[{i}]") for i in range(3)]),
        heat_transfer=np.stack([column(f"ocean_heat_transfer[{i}]") for i in range(3)]),
        deep_ocean_efficacy=column("deep_ocean_efficacy"),
        sigma_eta=column("sigma_eta"),
        sigma_xi=column("sigma_xi"),
        forcing_4co2=column("forcing_4co2"),
        co2_baseline=column("baseline_concentration[CO2]"),
        iirf_0=column("iirf_0[CO2]"),
        iirf_uptake=column("iirf_uptake[CO2]"),
        iirf_temperature=column("iirf_temperature[CO2]"),
        iirf_airborne=column("iirf_airborne[CO2]"),
        co2_scale=column("forcing_scale[CO2]"),
        ch4_scale=column("forcing_scale[CH4]"),
        n2o_scale=column("forcing_scale[N2O]"),
        minor_scale=minor[0],
        ari=np.stack(
            [
                optional("erfari_radiative_efficiency", name, size)
                for name in (*PRECURSORS, "CH4", "N2O")
            ]
        ),
        aci_shape=np.stack([column(f"aci_shape[{name}]") for name in ROWS["aci_shape"]]),
        aci_scale=column("aci_scale"),
        ozone=np.stack(
            [
                optional("ozone_radiative_efficiency", name, size)
                for name in (*PRECURSORS, "CH4", "N2O", eesc)
            ]
        ),
        water_per_ppb_ch4=column(f"forcing_scale[{water}]")
        * prop("CH4", "h2o_stratospheric_factor"),
        land_use_per_gtco2=column(f"forcing_scale[{land}]")
        * prop("CO2 AFOLU", "land_use_cumulative_emissions_to_forcing"),
        snow_per_mt_bc=column(f"forcing_scale[{lapsi}]") * prop("BC", "lapsi_radiative_efficiency"),
        solar_scale=column("forcing_scale[Solar]"),
        volcanic_scale=column("forcing_scale[Volcanic]"),
        seed=column("seed").astype(np.uint64),
        chemistry=chemistry,
        edition=parameters.stem,
    )


def _read_columns(path: Path) -> dict[str, list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file)
        names = next(rows)
        return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _read_properties(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def _chemistry_from(properties: Mapping[str, Mapping[str, str]]) -> Chemistry:
    def number(name: str, key: str) -> float:
        value = float(properties[name][key])
        return 0.0 if np.isnan(value) else value

    def factor(name: str) -> float:
        # Published tables round g0 and g1; 0 x inf (CF4) means a lifetime factor of one.
        g0, g1 = number(name, "g0"), number(name, "g1")
        return g0 * float(np.exp(number(name, "iirf_0") / g1)) if g0 > 0 else 1.0

    minor = []
    for gas in MINOR_GASES:
        row = gas.name
        halogen = properties[row]["type"] in ("cfc-11", "other halogen")
        minor.append(
            gas._replace(
                molecular_weight=number(row, "molecular_weight"),
                lifetime=number(row, "unperturbed_lifetime0"),
                baseline_concentration=number(row, "baseline_concentration"),
                baseline_emissions=number(row, "baseline_emissions"),
                radiative_efficiency=number(row, "greenhouse_gas_radiative_efficiency"),
                adjustment=number(row, "tropospheric_adjustment"),
                chlorine=int(number(row, "cl_atoms")) if halogen else 0,
                bromine=int(number(row, "br_atoms")) if halogen else 0,
                release=number(row, "fractional_release"),
            )
        )
    eesc = "Equivalent effective stratospheric chlorine"
    lifetime = "ch4_lifetime_chemical_sensitivity"
    return Chemistry(
        minor=tuple(minor),
        minor_lifetime_factor=np.array([factor(gas.name) for gas in minor]),
        co2_partition=tuple(number("CO2", f"partition_fraction{i}") for i in range(4)),
        co2_lifetime=tuple(number("CO2", f"unperturbed_lifetime{i}") for i in range(4)),
        co2_g0=number("CO2", "g0"),
        co2_g1=number("CO2", "g1"),
        ch4_lifetime=number("CH4", "unperturbed_lifetime0"),
        ch4_baseline_concentration=number("CH4", "baseline_concentration"),
        ch4_baseline_emissions=number("CH4", "baseline_emissions"),
        ch4_sensitivity={
            "NOx": number("NOx", lifetime),
            "VOC": number("VOC", lifetime),
            "CH4": number("CH4", lifetime),
            "N2O": number("N2O", lifetime),
            "EESC": number(eesc, lifetime),
        },
        ch4_temperature_sensitivity=number("CH4", "lifetime_temperature_sensitivity"),
        n2o_lifetime=number("N2O", "unperturbed_lifetime0"),
        n2o_lifetime_factor=factor("N2O"),
        n2o_baseline_concentration=number("N2O", "baseline_concentration"),
        n2o_baseline_emissions=number("N2O", "baseline_emissions"),
        precursor_baseline=tuple(number(name, "baseline_emissions") for name in PRECURSORS),
        eesc_baseline=number(eesc, "baseline_concentration"),
    )

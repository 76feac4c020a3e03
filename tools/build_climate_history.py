"""Build the global history that the climate engine starts from.

Writes three tables to ``src/accord/data/climate/``:

``emissions_1750_2024.csv.gz``
    every emitted species, one row each, one column a year;
``forcing_1750_2100.csv``
    solar and volcanic effective radiative forcing;
``observed.csv``
    surface temperature and the concentrations of CO2, CH4 and N2O, for constraints and plots.

Choices, the same for every deal:

* 1750-2022: historical part of the draft CMIP7 ScenarioMIP emissions in the FaIR repository
  (its seven scenarios agree to 2022 and part in 2023).
* CO2, fossil and land, 2015-2024: Global Carbon Budget. Land use in the draft is smoothed at its
  end (4.3 GtCO2 in 2022, the budget has 3.5). The budget's land use ends in 2023; 2024 is the
  mean of 2019-2023.
* CH4 and N2O 2023: the 2022 value plus the observed change of anthropogenic emissions (IGCC);
  2024: plus the mean yearly change of 2018-2023.
* Every other species 2023 and 2024: the median of the seven draft scenarios. Those under the
  Montreal Protocol have one common path there.
* Solar: CMIP6 reference as in the same repository. Volcanic: the same to 2021, IGCC 2022-2024,
  then linear to the long-term mean (zero) in 2034. The repository gives each calendar year at
  the bound that ends it; the table here carries the calendar year.

Usage: ``python tools/build_climate_history.py UPSTREAM`` (folder with ``data/``).
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd

OUT = Path(__file__).parents[1] / "src" / "accord" / "data" / "climate"
FIRST, LAST = 1750, 2024
SCENARIOS_PART = 2023
LEADING = ("CO2 FFI", "CO2 AFOLU", "CH4", "N2O", "Sulfur", "BC", "OC", "NH3", "NOx", "VOC", "CO")
GWP_IGCC = {"CH4": 27.9, "N2O": 273.0}  # AR6 GWP100, the set of the IGCC totals

SOURCE = """\
# Global emissions of every species the climate engine needs, {first}-{last}, one row a species.
# 1750-2022: historical part of the draft CMIP7 ScenarioMIP emissions, FAIR repository
#   (OMS-NetZero/FAIR c361625d, Apache-2.0).
# CO2 2015-2024: Global Carbon Budget 2025 (fossil) and 2024 (land use), via Our World in Data,
#   CC BY 4.0; land use of 2024 is the mean of 2019-2023.
# CH4, N2O 2023-2024: observed change of IGCC 2024 (CC BY 4.0) added to the 2022 value.
# Other species 2023-2024: median of the seven draft scenarios.
# NOx as NO2, Sulfur as SO2. Built by tools/build_climate_history.py; six significant digits.
"""
FORCING_SOURCE = """\
# Solar and volcanic effective radiative forcing, W/m2, mean of the calendar year: it acts with
# that year's emissions, on the temperature at the year's end.
# FAIR repository (OMS-NetZero/FAIR c361625d, Apache-2.0); CMIP6 solar reference; volcanic from
# there to 2021, IGCC 2024 (CC BY 4.0) 2022-2024, then linear to zero (the mean) in 2034.
"""
OBSERVED_SOURCE = """\
# Observed climate: Indicators of Global Climate Change 2024 (ClimateIndicator/data 77a147e1,
# CC BY 4.0). gmst_k: annual mean surface temperature above 1850-1900. Concentrations: annual
# means; empty = not given for that year.
"""


def draft_history(path: Path) -> tuple[dict[str, str], pd.DataFrame]:
    """Return units and emissions (species, year) of the draft CMIP7 file, to LAST.

    Raises
    ------
    ValueError
        If the scenarios differ before the year in which they are said to part.
    """
    table = pd.read_csv(path)
    years = np.arange(FIRST, LAST + 1)
    columns = [f"{year}.5" for year in years]
    units = {row.variable: row.unit.replace("/yr", "") for row in table.itertuples(index=False)}
    grouped = table.groupby("variable", sort=False)[columns]
    spread = grouped.max() - grouped.min()
    common = spread.iloc[:, : SCENARIOS_PART - FIRST]
    if float(common.to_numpy().max()) > 1e-9:
        raise ValueError(f"scenarios differ before {SCENARIOS_PART}")
    median = grouped.median()
    median.columns = years
    return units, median


def replace_co2(emissions: pd.DataFrame, national: Path) -> None:
    """Put the Global Carbon Budget's CO2 in place for 2015-2024, GtCO2."""
    table = pd.read_csv(national, low_memory=False)
    world = table[table["iso3"] == "WLD"].set_index("year")
    for year in range(2015, LAST + 1):
        emissions.loc["CO2 FFI", year] = world.at[year, "co2_fossil_gcb2025_mt"] / 1e3
    for year in range(2015, 2024):
        emissions.loc["CO2 AFOLU", year] = world.at[year, "co2_luc_mt"] / 1e3
    emissions.loc["CO2 AFOLU", 2024] = emissions.loc["CO2 AFOLU", list(range(2019, 2024))].mean()


def follow_observed_change(emissions: pd.DataFrame, igcc: Path) -> None:
    """Continue CH4 and N2O from 2022 by the observed change of anthropogenic emissions, Mt."""
    table = pd.read_csv(igcc).set_index("timebound_lower")
    for gas, gwp in GWP_IGCC.items():
        observed = table[gas] * 1e3 / gwp
        emissions.loc[gas, 2023] = emissions.loc[gas, 2022] + observed[2023] - observed[2022]
        trend = (observed[2023] - observed[2018]) / 5
        emissions.loc[gas, 2024] = emissions.loc[gas, 2023] + trend


def write_emissions(units: dict[str, str], emissions: pd.DataFrame) -> None:
    text = io.StringIO()
    text.write(SOURCE.format(first=FIRST, last=LAST))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["species", "unit", *emissions.columns])
    first = [name for name in LEADING if name in emissions.index]
    for name in [*first, *sorted(set(emissions.index) - set(first))]:
        unit = "GtCO2" if name.startswith("CO2 ") else units[name][:2]
        writer.writerow([name, unit, *(f"{value:.6g}" for value in emissions.loc[name])])
    with (
        (OUT / f"emissions_{FIRST}_{LAST}.csv.gz").open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="", compresslevel=9) as packed,
    ):
        packed.write(text.getvalue().encode())


def write_forcing(path: Path, igcc: Path) -> None:
    table = pd.read_csv(path, encoding="utf-8-sig")
    years = np.arange(FIRST, 2101)
    at_end = [str(year + 1) for year in years]  # the bound that ends the calendar year
    solar, volcanic = (
        table[table["Variable"] == name].iloc[0][at_end].to_numpy(float)
        for name in ("Solar", "Volcanic")
    )
    observed = pd.read_csv(igcc).set_index("timebound_lower")["volcanic"]
    volcanic[years >= 2022] = 0.0
    for year in range(2022, LAST + 1):
        volcanic[year - FIRST] = observed[year]
    for step in range(1, 10):
        volcanic[LAST + step - FIRST] = observed[LAST] * (1 - step / 10)
    with (OUT / "forcing_1750_2100.csv").open("w", newline="") as out:
        out.write(FORCING_SOURCE + "year,solar,volcanic\n")
        for row in zip(years, solar, volcanic, strict=True):
            out.write("{},{:.6g},{:.6g}\n".format(*row))


def write_observed(folder: Path) -> None:
    gmst = pd.read_csv(folder / "gmst_annual_1850_2024.csv").set_index("timebound_lower")["GMST"]
    gases = pd.read_csv(folder / "ghg_concentrations.csv").set_index("timebound_lower")
    with (OUT / "observed.csv").open("w", newline="") as out:
        out.write(OBSERVED_SOURCE + "year,gmst_k,co2_ppm,ch4_ppb,n2o_ppb\n")
        for year in sorted(set(gmst.index) | set(gases.index)):
            cells = [f"{gmst[year]:.3f}" if year in gmst.index else ""]
            for gas, digits in (("CO2", 2), ("CH4", 1), ("N2O", 2)):
                known = year in gases.index and np.isfinite(gases.at[year, gas])
                cells.append(f"{gases.at[year, gas]:.{digits}f}" if known else "")
            out.write(f"{year},{','.join(cells)}\n")


def main(upstream: Path) -> None:
    data = upstream / "data"
    OUT.mkdir(parents=True, exist_ok=True)
    units, emissions = draft_history(data / "fair" / "extensions_1750-2500.csv")
    replace_co2(emissions, data / "national" / "national_annual_1850_2024.csv.gz")
    follow_observed_change(
        emissions, data / "climate_obs" / "global_ghg_emissions_gtco2e_1750_2023.csv"
    )
    write_emissions(units, emissions)
    write_forcing(
        data / "fair" / "volcanic_solar.csv", data / "climate_obs" / "erf_best_1750_2024.csv"
    )
    write_observed(data / "climate_obs")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/build_climate_history.py UPSTREAM")
    main(Path(sys.argv[1]))

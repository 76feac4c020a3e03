"""Build ``src/accord/data/infill.csv``: how the species that pledges do not name go with CO2.

    python tools/build_infill.py UPSTREAM

UPSTREAM holds ``data/fair/ssp_emissions_rcmip510_fair_1750-2500.csv.gz``: the eight SSP emission
scenarios of RCMIP 5.1.0 (Nicholls et al. 2020; CC BY 4.0), as annual means.

For each aerosol and ozone precursor and each decade t from 2030 to 2100, over the scenarios s::

    log(S_s(t) / S_s(2020)) = a(t) + b(t) (x_s(t) - 1),    x = fossil CO2 relative to 2020

so that ``a`` is what happens at constant CO2 (cleaner air) and ``b`` what decarbonisation adds.
For the gases of the Montreal Protocol, on which the scenarios hardly differ, ``b`` is zero and
``a`` the median. Fluorinated gases are not in the table: they go with the parties' own.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pandas as pd

BASE = 2020
DECADES = range(2030, 2101, 10)
WITH_CO2 = ("Sulfur", "BC", "OC", "NH3", "NOx", "VOC", "CO")
MONTREAL = (
    *("CFC-11", "CFC-12", "CFC-113", "CFC-114", "CFC-115"),
    *("HCFC-22", "HCFC-141b", "HCFC-142b", "CCl4", "CHCl3", "CH2Cl2", "CH3Cl", "CH3CCl3", "CH3Br"),
    *("Halon-1211", "Halon-1301", "Halon-2402"),
)
HEADER = """\
# How the species that pledges do not name go with fossil CO2: per species and decade,
#   log(S(t) / S(2020)) = a + b (x - 1), x = fossil CO2 relative to 2020, kept within x_low..x_high,
# fitted over the eight SSP emission scenarios of RCMIP 5.1.0 (Nicholls et al. 2020, CC BY 4.0).
# b = 0: no relation to CO2 (Montreal Protocol gases), a is the median of the scenarios.
# r2: share of the scenarios' variance that the relation explains. Built by tools/build_infill.py.
"""


def main(upstream: Path, out: Path) -> None:
    table = pd.read_csv(upstream / "data/fair/ssp_emissions_rcmip510_fair_1750-2500.csv.gz")
    table = table.set_index(["variable", "scenario"]).drop(columns=["region", "unit"])
    table.columns = [int(float(year)) for year in table.columns]

    def ratio(species: str, year: int) -> np.ndarray:
        rows = table.loc[species]
        # a gas that the scenarios no longer emit in the base year keeps what history has left of it
        return (rows[year] / rows[BASE]).fillna(1.0).to_numpy(dtype=float)

    rows: list[list[object]] = []
    for species in (*WITH_CO2, *MONTREAL):
        for year in DECADES:
            y = np.log(np.maximum(ratio(species, year), 1e-6))
            if species in MONTREAL:
                rows.append([species, year, f"{np.median(y):.4f}", 0, "", "", ""])
                continue
            x = ratio("CO2 FFI", year) - 1
            b, a = np.polyfit(x, y, 1)
            r2 = 1 - np.var(y - a - b * x) / np.var(y)
            rows.append(
                [
                    species,
                    year,
                    f"{a:.4f}",
                    f"{b:.4f}",
                    f"{x.min() + 1:.3f}",
                    f"{x.max() + 1:.3f}",
                    f"{r2:.2f}",
                ]
            )
    with out.open("w", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["species", "year", "a", "b", "x_low", "x_high", "r2"])
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[1] / "src/accord/data/infill.csv")

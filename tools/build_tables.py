"""Build the bundled tables of parties from upstream figures: ``build_tables.py UPSTREAM [OUT]``.

UPSTREAM is a folder with ``national/`` and ``projections/``; OUT is ``src/accord/data/tables``.
What is done to each figure, and why, is told in ``docs/data.md``. Running it twice gives the same
bytes. Prints how far the parties' sum is from the world in each table.
"""

from __future__ import annotations

import gzip
import sys
from math import fsum
from pathlib import Path

import numpy as np
import pandas as pd

from accord.parties import PARTIES, members, partition
from accord.parties.gwp import GWP

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "accord" / "data" / "tables"
DIGITS = 5
SCENARIOS = ("SSP1", "SSP2", "SSP3", "SSP4", "SSP5")
HISTORICAL = "Historical Reference"

# EDGAR's own codes for things we know by another name.
EDGAR_CODES = {"GLOBAL TOTAL": "WLD", "AIR": "INT_AVI", "SEA": "INT_SHI", "ANT": "CUW"}
# Areas EDGAR joins: the first is EDGAR's code, all are ours.
EDGAR_JOINS = {
    "SCG": ("SRB", "MNE"),
    "SDN": ("SDN", "SSD"),
    "ESP": ("ESP", "AND"),
    "CHE": ("CHE", "LIE"),
}


def national(upstream: Path) -> pd.DataFrame:
    """Read the annual national figures: one row per party and year."""
    path = upstream / "national" / "national_annual_1850_2024.csv.gz"
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)
    return frame[frame.iso3.isin(list(PARTIES))]


def wide(frame: pd.DataFrame, column: str, scale: float = 1.0) -> pd.DataFrame:
    """Party by year, parties and years without any value left out."""
    table = frame.pivot(index="iso3", columns="year", values=column) * scale
    return table.dropna(how="all").dropna(how="all", axis=1)


def with_union(table: pd.DataFrame, least: int = 27) -> pd.DataFrame:
    """Put EU27 as the sum of its members; missing where fewer than ``least`` have a figure."""
    table = table.drop(index=[code for code in ("EU27", "EU28") if code in table.index])
    own = table.reindex(members("EU27"))
    # An exact sum: a library's order of addition must not decide the last digit that is kept.
    union = own.apply(lambda year: fsum(year.dropna())).where(own.count() >= least).rename("EU27")
    return pd.concat([table, union.to_frame().T]).sort_index()


def edgar(upstream: Path, column: str, frame: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Read a gas of EDGAR, its territories folded into states, its joint areas parted by shares."""
    path = upstream / "national" / "edgar2024_nonco2_by_gas_1970_2023.csv.gz"
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    table = frame.pivot(index="iso3", columns="year", values=column).rename(index=EDGAR_CODES)
    table = table.drop(index="EU27")
    for code, one in PARTIES.items():
        if one.counted_in and code in table.index:
            table.loc[one.counted_in] = table.loc[one.counted_in].add(
                table.loc[code], fill_value=0.0
            )
            table = table.drop(index=code)
    for joint, parts in EDGAR_JOINS.items():
        whole = table.loc[joint]
        weight = shares.reindex(index=parts, columns=table.columns)
        weight = weight.fillna(0.0).div(weight.sum())
        table = table.drop(index=joint)
        for part in parts:
            table.loc[part] = whole * weight.loc[part]
    return table.dropna(how="all")


def gas(upstream: Path, frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Mass of CH4 or N2O: EDGAR, and Jones et al. for parties that EDGAR lacks."""
    jones = wide(frame, f"{name.lower()}_mtco2e")
    table = edgar(upstream, f"{name.lower()}_mtco2e", frame, jones) / GWP["AR5"][name]
    absent = [code for code in partition()[1:] if code in jones.index and code not in table.index]
    rest = jones.loc[absent].reindex(columns=table.columns) / GWP["AR6"][name]
    rest = rest[(rest > 0).any(axis=1)]
    return pd.concat([table, rest]), dict.fromkeys(rest.index, "Jones et al. 2024")


def ssp(upstream: Path) -> dict[str, pd.DataFrame]:
    """SSP GDP (2017 int-$, bn) and population (m): (scenario, party) by year."""
    folder = upstream / "projections"
    gdp = pd.read_csv(
        folder / "ssp_v3.1_gdp_ppp_2017usd_bn_amended.csv.gz", keep_default_na=False, na_values=[""]
    )
    gdp = gdp[gdp.source_variant.isin(["OECD", "IIASA"])].drop(columns="source_variant")
    drivers = pd.read_csv(
        folder / "ssp_v3_country_gdp_population.csv.gz", keep_default_na=False, na_values=[""]
    )
    people = drivers[drivers.variable == "population_mn"].drop(columns="variable")
    found = {}
    for name, frame in (("gdp_ppp", gdp), ("population", people)):
        chosen = frame[frame.iso3.isin(list(PARTIES))].set_index(["ssp", "iso3"]).sort_index()
        chosen.columns = chosen.columns.astype(int)
        found[name] = chosen
    return found


def annual(five_yearly: pd.Series, years: range) -> pd.Series:
    """Interpolate at a constant growth rate between the years given."""
    known = five_yearly.dropna()
    if known.empty:
        return pd.Series(np.nan, index=list(years))
    values = np.exp(np.interp(list(years), known.index.to_numpy(float), np.log(known.to_numpy())))
    inside = (np.asarray(years) >= known.index[0]) & (np.asarray(years) <= known.index[-1])
    return pd.Series(np.where(inside, values, np.nan), index=list(years))


def population(frame: pd.DataFrame, drivers: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Millions; the last year by SSP2 growth, the world's for parties that the SSPs lack."""
    table = wide(frame, "population", 1e-6)
    last = table.columns[-1]
    path = drivers["population"].loc["SSP2"]
    grown = (path[2025] / path[2020]) ** 0.2
    together = (path[2025].sum() / path[2020].sum()) ** 0.2
    table[last + 1] = table[last] * grown.reindex(table.index).fillna(together)
    return table


def gdp_ppp(
    frame: pd.DataFrame, people: pd.DataFrame, drivers: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Billions of 2021 int-$: World Bank per head times people; other sources rescaled."""
    table = wide(frame, "gdp_pc_ppp_2021usd")
    table = (table * people.reindex(index=table.index, columns=table.columns) * 1e-3).drop("EU27")
    years = range(table.columns[0], table.columns[-1] + 1)
    levels = pd.concat([drivers["gdp_ppp"].loc[HISTORICAL], drivers["gdp_ppp"].loc["SSP2"]])
    levels = levels.groupby(level=0).first()
    both = [code for code in table.index if code in levels.index and code != "WLD"]
    base = table.loc[both, [2015, 2020]].where(levels.loc[both, [2015, 2020]].notna())
    rescale = base.sum().sum() / levels.loc[both, [2015, 2020]].where(base.notna()).sum().sum()
    filled, sources = {}, {}
    for code in (set(partition()) & set(levels.index)) - set(table.index):
        if levels.loc[code, [2015, 2020]].notna().all():
            filled[code] = annual(levels.loc[code], years) * rescale
            sources[code] = f"SSP 3.1 in 2017 int-$ x {rescale:.4f}"
    maddison = wide(frame, "gdp_maddison_2011usd", 1e-9)
    shared = [code for code in table.index if code in maddison.index and code != "WLD"]
    decade = list(range(2010, 2020))
    base = table.loc[shared, decade].where(maddison.loc[shared, decade].notna())
    older = base.sum().sum() / maddison.loc[shared, decade].where(base.notna()).sum().sum()
    for code in set(partition()) & set(maddison.index) - set(table.index) - set(filled):
        filled[code] = maddison.loc[code].reindex(list(years)) * older
        sources[code] = f"Maddison 2023 in 2011 int-$ x {older:.4f}"
    table = pd.concat([table, pd.DataFrame(filled).T])
    path = drivers["gdp_ppp"].loc["SSP2"]
    together = path[[2020, 2025, 2030]].dropna().sum()
    for code in table.index:
        last = table.loc[code].last_valid_index()
        if last == years[-1]:
            continue
        points = path.loc[code] if code in path.index else together
        start = 2020 if np.isfinite(points[2020]) else 2025
        growth = (points[start + 5] / points[start]) ** 0.2
        for year in range(last + 1, years[-1] + 1):
            table.loc[code, year] = table.loc[code, year - 1] * growth
        sources[code] = "; ".join(
            [*([sources[code]] if code in sources else []), f"SSP2 growth after {last}"]
        )
    return table, sources


def number(value: float) -> str:
    """Five significant digits; nothing for a missing value."""
    return "" if not np.isfinite(value) else f"{value:.{DIGITS}g}"


def write(out: Path, name: str, table: pd.DataFrame) -> None:
    """Write one row per party, one column per year, as a reproducible gzip file."""
    keys = ["scenario", "party"] if table.index.nlevels == 2 else ["party"]
    lines = [",".join([*keys, *map(str, table.columns)])]
    for index, row in zip(table.index, table.to_numpy(float), strict=True):
        key = list(index) if table.index.nlevels == 2 else [index]
        lines.append(",".join([*key, *map(number, row)]))
    text = "\n".join(lines) + "\n"
    (out / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def build(upstream: Path, out: Path) -> dict[str, pd.DataFrame]:
    """Build every table into a folder and return them by name."""
    out.mkdir(parents=True, exist_ok=True)
    frame = national(upstream)
    drivers = ssp(upstream)
    people = population(frame, drivers)
    ch4, ch4_filled = gas(upstream, frame, "CH4")
    n2o, n2o_filled = gas(upstream, frame, "N2O")
    f_gases = edgar(upstream, "fgas_mtco2e", frame, people)
    gdp, gdp_filled = gdp_ppp(frame, people, drivers)
    consumption = wide(frame, "co2_consumption_mt").drop(columns=2023)
    tables = {
        "co2_fossil": wide(frame, "co2_fossil_gcb2025_mt"),
        "co2_land": wide(frame, "co2_luc_mt"),
        "co2_consumption": consumption,
        "ch4": ch4,
        "n2o": n2o,
        "f_gases": f_gases,
        "population": people,
        "gdp_ppp": gdp,
        "gdp_maddison": wide(frame, "gdp_maddison_2011usd", 1e-9),
    }
    # EDGAR leaves F-gases out where it estimates none; its own EU27 is the sum of the others.
    tables = {
        name: with_union(table, least=1 if name == "f_gases" else 27)
        for name, table in tables.items()
    }
    for name, table in tables.items():
        write(out, name, table)
    for name, table in drivers.items():
        years = list(range(2020, 2101, 5))
        write(out, f"ssp_{name}", table.loc[list(SCENARIOS), years])
    filled = [
        f"{name},{code},{source}"
        for name, sources in (("ch4", ch4_filled), ("n2o", n2o_filled), ("gdp_ppp", gdp_filled))
        for code, source in sorted(sources.items())
    ]
    (out / "filled.csv").write_text("\n".join(["table,party,source", *filled]) + "\n")
    return tables


def residuals(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Sum over the partition of the world, over the world's own figure, less one, in percent."""
    rows = {}
    for name, table in tables.items():
        parts = table.reindex([code for code in partition() if code in table.index]).sum()
        world = table.loc["WLD"]
        years = [year for year in (1990, 2000, 2005, 2010, 2015, 2020, 2022, 2023) if year in table]
        rows[name] = (100 * (parts / world - 1)).reindex(years)
    return pd.DataFrame(rows).T


def main() -> None:
    upstream = Path(sys.argv[1])
    tables = build(upstream, Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
    print("\nparties less world, % of world")
    print(residuals(tables).round(3).to_string())


if __name__ == "__main__":
    main()

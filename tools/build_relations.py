"""Build the bundled relation indices, dated events and carbon prices from published figures.

    python tools/build_relations.py UPSTREAM

``UPSTREAM`` holds ``data/bargaining`` (from KelaoHu/eventdb-validity-audit, derived data CC BY 4.0)
and ``data/outcomes``. Only the rows on China and the United States are carried, months as rows.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "accord" / "data"
DIRECTIONS = {"Aggregated": "", "CHN->Partner": "_CHN_USA", "Partner->CHN": "_USA_CHN"}

INDICES = (
    "China-US relations by month, four rulers. CC BY 4.0: derived data of the study",
    "'eventdb-validity-audit' (KelaoHu, August 2026); terms of the sources behind it remain with",
    "them. tsinghua: Institute of International Relations, Tsinghua University, -9 hostile to +9",
    "friendly. gdelt, icews, phoenix: cooperation indices from event databases (log-space",
    "geometric mean of Goldstein scores, days then months); _CHN_USA and _USA_CHN by direction.",
    "Rows of China and the United States, four decimals; empty = not covered.",
)
EVENTS = (
    "Dated China-US meetings and turns since 2002, each with its source. CC BY 4.0: derived data",
    "of the study 'eventdb-validity-audit' (KelaoHu, August 2026). impact as coded there.",
)
PRICES = (
    "Carbon prices and trade by scheme and year. China: Shanghai Environment and Energy Exchange.",
    "EU: approximate yearly means as widely reported, +-5 %. California, RGGI: means of the four",
    "quarterly auctions. verified: found in the document named. Empty = not on file.",
)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, notes: tuple[str, ...], header: list[str], rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {note}\n" for note in notes)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def build(upstream: Path) -> None:
    folder = upstream / "data" / "bargaining"
    months: dict[str, dict[str, str]] = {}
    for r in rows_of(folder / "tsinghua_us_monthly.csv"):
        months.setdefault(r["YearMonth"], {})["tsinghua"] = r["Score"]
    for r in rows_of(folder / "us_china_monthly_gdelt_icews_phoenix.csv"):
        name = r["db"] + DIRECTIONS[r["Index_Type"]]
        months.setdefault(r["YearMonth"], {})[name] = f"{float(r['Index_Value']):.4f}"
    columns = ["tsinghua"]
    columns += [db + d for db in ("gdelt", "icews", "phoenix") for d in DIRECTIONS.values()]
    write(
        DATA / "relations" / "indices.csv",
        INDICES,
        ["month", *columns],
        [
            [month, *(values.get(c, "") for c in columns)]
            for month, values in sorted(months.items())
        ],
    )
    write(
        DATA / "relations" / "events.csv",
        EVENTS,
        ["month", "name", "category", "impact", "source"],
        [
            [r["event_date"], r["event_name"], r["event_category_en"], r["impact"], r["source"]]
            for r in rows_of(folder / "us_china_events_56.csv")
        ],
    )
    prices = []
    for r in rows_of(upstream / "data" / "outcomes" / "ets_prices_volumes.csv"):
        if "close" in r["price_type"]:
            continue
        kept = r["volume"] and "volume-weighted" in r["price_type"]
        per = r["per"].replace("tCO2e", "t").replace("short ton CO2", "short ton")
        prices.append(
            [r["system"].replace("(-Quebec)", " and Quebec"), r["year"], r["price"],
             r["price_type"].split(" (")[0], r["currency"], per.replace("tCO2", "t"),
             r["volume"] if kept else "", r["turnover"] if kept else "", r["source"],
             "yes" if r["check"].startswith("V") else "no"]
        )  # fmt: skip
    write(
        DATA / "tracking" / "carbon-prices.csv",
        PRICES,
        ["scheme", "year", "price", "kind", "currency", "per", "volume", "turnover", "source",
         "verified"],
        prices,
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upstream", type=Path)
    build(parser.parse_args().upstream)

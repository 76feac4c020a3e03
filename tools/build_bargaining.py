"""Build the bundled tables of the negotiation models from published figures.

    python tools/build_bargaining.py UPSTREAM

``UPSTREAM`` holds ``data/bargaining`` with the figures as published; each output names its source.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "accord" / "data" / "bargaining"

COPENHAGEN = (
    "# Positions before COP15, collected 27-28 October 2009 by C. Siebert and R. Klein (SEI); used",
    "# in Stokman (ASONAM 2015, 770-778). Figures as distributed with the decide-exchange-model",
    "# study data, commit 4e2a779. The ends of the scales are unlabelled there.",
)
PARIS = (
    "# Positions before COP21, expert interviews consolidated 2 October 2015: Stokman & Thomson,",
    "# technical report, doi:10.13140/RG.2.1.4523.8483. Figures as distributed with the",
    "# decide-exchange-model study data, commit 3b2a1a2.",
)
CDICE = (
    "# C-DICE, base year 2011: Nordhaus 2015, American Economic Review 105(4), 1339-1370, and its",
    "# appendix. gdp bn US$, co2 Mt, alpha cost coefficient, A and B tariff coefficients; to_X is",
    "# what X buys from the row, bn US$.",
)
# fmt: off
TARIFF_A = (
    0.682, 0.41, 0.611, 0.548811824, 0.684531442, 0.733, 0.626481595, 0.591294405,
    0.640675679, 0.642277081, 0.654438965, 0.585, 0.622645325, 0.581, 0.614254211,
)
TARIFF_B = (
    0.7578, 0.4271, 0.5555, 0.5177, 0.6458, 0.6212, 0.5910, 0.5578,
    0.6044, 0.6059, 0.6174, 0.9750, 0.5874, 0.6181, 0.5795,
)
# fmt: on


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, notes: tuple[str, ...], header: list[str], rows: list[list[str]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{note}\n" for note in notes)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def build(upstream: Path) -> None:
    folder = upstream / "data" / "bargaining"
    OUT.mkdir(parents=True, exist_ok=True)
    for source, name, notes in (
        ("copenhagen2009_positions.csv", "copenhagen-2009.csv", COPENHAGEN),
        ("cop21_positions.csv", "paris-2015.csv", PARIS),
    ):
        write(
            name,
            notes,
            ["actor", "issue", "title", "position", "salience", "capability"],
            [
                [r["actor"], r["issue"], r["issue_name"], r["position"], r["salience"],
                 r["capability"]]
                for r in rows_of(folder / source)
                if r["position"].strip()
            ],
        )  # fmt: skip
    write(
        "paris-2015-scales.csv",
        PARIS,
        ["issue", "position", "meaning"],
        [[r["issue"], r["position"], r["meaning"]] for r in rows_of(folder / "cop21_scales.csv")],
    )
    regions = rows_of(folder / "cdice_regions_and_trade.csv")
    names = [r["Country"] for r in regions]
    write(
        "cdice-regions.csv",
        CDICE,
        ["region", "gdp_bn", "co2_mt", "alpha", "A", "B", *(f"to_{name}" for name in names)],
        [
            [r["Country"], r["GDP"], r["CO2"], r["McKinsey_alpha"], str(a), str(b),
             *(r[f"Import_{name}"] for name in names)]
            for r, a, b in zip(regions, TARIFF_A, TARIFF_B, strict=True)
        ],
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upstream", type=Path)
    build(parser.parse_args().upstream)

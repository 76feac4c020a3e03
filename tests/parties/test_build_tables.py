"""The committed tables are what the builder makes of the upstream figures."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from accord.parties.gwp import F_GASES_FROM_AR5, GWP

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    pytest.importorskip("pandas", reason="the builder of tables needs pandas")
    spec = importlib.util.spec_from_file_location("build_tables", ROOT / "tools/build_tables.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, bytes]:
    # Unpacked: what gzip makes of the same text may differ between versions of zlib.
    return {
        path.name: gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in sorted(folder.iterdir())
    }


def test_building_again_gives_the_committed_tables(
    builder: ModuleType, upstream: Path, tmp_path: Path
) -> None:
    builder.build(upstream / "data", tmp_path)
    assert contents(tmp_path) == contents(ROOT / "src/accord/data/tables")


def test_the_factors_for_f_gases_are_those_of_the_worlds_mix(upstream: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(upstream / "data/fair/extensions_1750-2500.csv")
    mix = frame[frame.scenario == "medium-extension"].set_index("variable")["2022.5"]

    def together(name: str) -> float:
        gases = [gas for gas in GWP[name] if gas in mix.index and gas not in ("CH4", "N2O")]
        return sum(mix[gas] * GWP[name][gas] for gas in gases)

    for name, factor in F_GASES_FROM_AR5.items():
        assert together(name) / together("AR5") == pytest.approx(factor, abs=0.006)

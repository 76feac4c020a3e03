"""The bundled figures are what their builders make of the upstream ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import build_deliveries, build_relations

BUNDLED = Path(build_deliveries.CASE)


def test_deliveries_and_targets_are_built_and_not_edited(
    upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_deliveries, "CASE", tmp_path)
    build_deliveries.build(upstream)
    for name in ("deliveries.csv", "targets.csv"):
        built = (tmp_path / name).read_text(encoding="utf-8")
        assert built == (BUNDLED / name).read_text(encoding="utf-8"), name


def test_relation_and_price_tables_are_built_and_not_edited(
    upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = Path(build_relations.DATA)
    monkeypatch.setattr(build_relations, "DATA", tmp_path)
    build_relations.build(upstream)
    for name in ("relations/indices.csv", "relations/events.csv", "tracking/carbon-prices.csv"):
        built = (tmp_path / name).read_text(encoding="utf-8")
        assert built == (bundled / name).read_text(encoding="utf-8"), name


def test_every_bundled_row_names_its_source_and_whether_it_was_checked() -> None:
    for name in ("deliveries.csv", "targets.csv", "finance.csv", "interactions.csv"):
        lines = (BUNDLED / name).read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if line and not line.startswith("#")][1:]
        assert rows
        assert all(",yes" in row or ",no" in row for row in rows), name

"""``accord data list`` shows what ships and what can be fetched, whole words at any width."""

from __future__ import annotations

from typing import Any

from accord.parties.editions import list_tables, list_upstream


def test_every_table_and_every_upstream_edition_is_listed(accord: Any) -> None:
    run = accord("data", "list")
    assert run.returncode == 0
    for row in (*list_tables(), *list_upstream()):
        assert row["name"] in run.stdout
    assert "…" not in run.stdout


def test_a_party_inside_another_is_sent_to_it(accord: Any) -> None:
    for name, hint in (("Monaco", "France"), ("Germany", "EU27"), ("AOSIS", "members")):
        run = accord("assess", f"{name}: cut greenhouse gases by 50% below 2005 by 2035")
        assert run.returncode == 2
        assert hint in run.stderr

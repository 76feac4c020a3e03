"""accord brief, for machines: one answer with its tonnes, degrees, standoff and promises."""

from __future__ import annotations

import json
from typing import Any


def test_the_json_of_the_brief_holds_all_of_the_page(accord: Any) -> None:
    run = accord("brief", "--as-of", "2015-12-12", "--json")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert {"convention", "parties", "world", "warming", "standoff", "promises"} <= set(answer)
    assert {"quarrels", "ways_out", "idle", "zone", "win_sets", "as_of"} <= set(answer["standoff"])
    assert {"id", "target", "status", "deliveries"} <= set(answer["promises"][0])
    assert answer["convention"]["as_of"] == "2015-12-12"

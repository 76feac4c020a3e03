"""The flow of the design runs one way; this test reads the imports and says where it does not."""

from __future__ import annotations

import ast
from pathlib import Path

import accord

SOURCE = Path(accord.__file__).parent

ROOMS = (
    {"errors"},
    {"output"},
    {"data"},
    {"parties"},
    {"language"},
    {"record"},
    {"ledger"},
    {"pathways"},
    {"climate", "economy"},
    {"bargaining", "tracking"},
    {"assessment"},
    {"terminal", "terminal_economy"},
    {"brief"},
    {"desk"},
    {
        "cli_record",
        "cli_bargaining",
        "cli_track",
        "cli_relation",
        "cli_economy",
        "cli_standoff",
        "cli_desk",
    },
    {"cli"},
)
"""From the ground up. A room imports from lower ones and from itself."""

BLIND = {"climate": {"parties", "language", "ledger", "pathways", "record"},
         "pathways": {"record"}}  # fmt: skip
"""What a room must not know although it stands lower: climate sees arrays only."""

FLOOR = {name: floor for floor, names in enumerate(ROOMS) for name in names}


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
            if node.module == "accord":
                names = [f"accord.{alias.name}" for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("accord.")}
    return rooms - {"__version__"}


def files_by_room() -> list[tuple[str, Path]]:
    return [
        (path.relative_to(SOURCE).parts[0].removesuffix(".py"), path)
        for path in sorted(SOURCE.rglob("*.py"))
        if path != SOURCE / "__init__.py"
    ]


def test_every_room_has_its_floor() -> None:
    unknown = {room for room, _ in files_by_room()} - set(FLOOR)
    assert not unknown, f"give these rooms a place in the flow: {sorted(unknown)}"


def test_nothing_imports_what_stands_after_it() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports accord.{other}"
        for room, path in files_by_room()
        for other in sorted(imported_rooms(path))
        if other != room and FLOOR.get(other, len(ROOMS)) >= FLOOR[room]
    ]
    assert not wrong, "\n".join(wrong)


def test_climate_knows_arrays_and_nothing_of_parties() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports accord.{other}"
        for room, path in files_by_room()
        for other in sorted(imported_rooms(path) & BLIND.get(room, set()))
    ]
    assert not wrong, "\n".join(wrong)

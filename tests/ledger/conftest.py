"""Cases on disk for tests: the documented example, and one that a test can spoil."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "case-format.md"


def documented_files() -> dict[str, str]:
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    return {name: f"# {name}\n{text}" for name, text in blocks}


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    """The example of docs/case-format.md, written to disk."""
    folder = tmp_path / "documented"
    folder.mkdir()
    for name, text in documented_files().items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def spoil(documented: Path) -> Callable[[str, str, str], Path]:
    """Replace words in a file of the documented example, once."""

    def replace(file: str, old: str, new: str) -> Path:
        path = documented / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return documented

    return replace

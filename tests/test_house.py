"""What a newcomer relies on: the README's lines, the public names, the reasons for dependencies."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import accord

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def lines_of(language: str) -> list[str]:
    blocks = re.findall(rf"```{language}\n(.*?)```", README, flags=re.S)
    return [line for block in blocks for line in block.splitlines()]


def test_the_first_line_of_the_readme_is_the_main_job() -> None:
    assert lines_of("sh")[0] == (
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/accord brief"
    )


def test_ci_calls_the_readmes_test_line_to_the_letter() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines_of("sh")[-1] in script
    assert script.index("rm -rf .venv") < script.index(lines_of("sh")[-1])


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, flags=re.S | re.M)
    assert block
    bare = [line for line in block[1].splitlines() if line.strip() and "#" not in line]
    assert not bare, f"say why: {bare}"


def test_pages_that_the_readme_names_exist() -> None:
    missing = [
        target
        for target in re.findall(r"\]\(([^)#]+)\)", README)
        if "://" not in target and not (ROOT / target).exists()
    ]
    assert not missing


def test_public_names_are_these() -> None:
    assert set(accord.__all__) == {
        "Assessment", "Case", "Convention", "assess", "load_case", "parse", "say",
    }  # fmt: skip
    for name in accord.__all__:
        assert getattr(accord, name).__doc__


def test_importing_accord_loads_nothing_heavy() -> None:
    script = "import sys, accord; print(sorted(set(sys.modules) & {'numpy', 'lark', 'pandas'}))"
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert out.strip() == "[]"


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == accord.__version__
    assert f'version: "{accord.__version__}"' in (ROOT / "CITATION.cff").read_text("utf-8")


def test_changelog_has_a_place_for_results_that_changed() -> None:
    assert "### Results that changed" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_neither_product_nor_docs_need_what_users_lack() -> None:
    named = [
        str(path.relative_to(ROOT))
        for folder in ("src", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".html", ".yaml", ".csv", ".toml", ".svg"}
        and re.search(r"\bshared/", path.read_text(encoding="utf-8"))
    ]
    assert not named


def test_every_command_and_option_is_on_its_page() -> None:
    # In a process of its own: click keeps the help option of a command that another test has run.
    script = "from tools.build_commands_page import page; print(page(), end='')"
    written = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == written, "run tools/build_commands_page.py"

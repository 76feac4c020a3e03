"""Write docs/commands.md from the command line itself, so that no option goes undocumented.

python tools/build_commands_page.py
"""

from __future__ import annotations

from pathlib import Path

import click

from accord.cli import CONTEXT, cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Commands

Every command and option, written by `tools/build_commands_page.py` from the program itself.
Results go to stdout, talk to stderr. Exit codes: 0 done, 1 a fault of Accord, 2 something you can
mend, 130 interrupted. `accord --debug COMMAND` shows a traceback with an error.
"""


def described(command: click.Command, name: str) -> list[str]:
    """Return the sections of a command and of those under it."""
    context = click.Context(command, info_name=name, **CONTEXT)
    context.max_content_width = context.terminal_width = 92
    sections = [f"## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            under = command.get_command(context, child)
            if under is not None:
                sections += described(under, f"{name} {child}")
    return sections


def page() -> str:
    """Return the page as text."""
    return "\n".join([HEAD, *described(cli, "accord")])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

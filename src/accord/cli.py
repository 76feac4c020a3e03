"""The ``accord`` command: results to stdout, talk to stderr, errors in one line.

Exit codes: 0 done, 2 something the user can mend, 130 interrupted, 1 a fault of ours.
Heavy libraries are imported by the command that needs them: start-up is part of the answer's time.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from accord import __version__
from accord.errors import AccordError, InputError, OutputError, PhraseError, Place

if TYPE_CHECKING:
    from accord.assessment import Assessment
    from accord.ledger import Case

Command = TypeVar("Command", bound=Callable[..., Any])

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

FIRST_STEPS = """\
Accord shows why climate talks are stuck, what each side's words add up to,
and which deal could hold.

Start here:
  accord brief                      the bundled US-China case on one page, with plots
  accord assess "China: ..."        what a pledge means in tonnes and degrees
  accord standoff                   which red lines collide, and what would open it
  accord desk --open                change a term and watch it live in the browser
  accord case new my-case           begin a case of your own

accord --help lists everything, accord COMMAND --help says how.
"""


ELSEWHERE = {
    "forecast": "accord.cli_bargaining",
    "club": "accord.cli_bargaining",
    "standoff": "accord.cli_standoff",
    "deal": "accord.cli_standoff",
    "track": "accord.cli_track",
    "relations": "accord.cli_relation",
    "finance": "accord.cli_relation",
    "offsets": "accord.cli_relation",
    "prices": "accord.cli_relation",
    "leakage": "accord.cli_economy",
    "market": "accord.cli_economy",
    "shares": "accord.cli_economy",
    "desk": "accord.cli_desk",
    "read": "accord.cli_record",
    "record": "accord.cli_record",
}
"""Commands that live in other files and are imported when they are called."""


class Commands(click.Group):
    """The group of all commands, those of other files included."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names."""
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its file if it lives elsewhere."""
        if cmd_name in ELSEWHERE:
            from importlib import import_module

            command: click.Command = getattr(import_module(ELSEWHERE[cmd_name]), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader that goes away (``accord … | head``) is no fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _give_up_stdout()
            return 0


@click.group(cls=Commands, invoke_without_command=True, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="accord")
@click.option("--debug", is_flag=True, help="Show a traceback with an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Show what climate commitments mean, in tonnes and degrees, with their sources."""
    context.obj = {"debug": debug}
    if context.invoked_subcommand is None:
        click.echo(FIRST_STEPS, nl=False)


def main() -> None:
    """Run the command line and turn errors into one line and an exit code."""
    debug = "--debug" in sys.argv[1:]
    _prepare_streams()
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except AccordError as error:
        if debug:
            raise
        _complain(error)
        code = 2
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = 130
    except click.ClickException as error:
        click.echo(f"accord: {_usage(error)}", err=True)
        code = 2
    except BrokenPipeError:
        _give_up_stdout()
        code = 0
    except OSError as error:
        if debug or error.filename is not None:
            raise
        # No file is named: it was standard output that could not be written.
        _give_up_stdout()
        _complain(OutputError(f"cannot write to standard output: {error.strerror or error}"))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _prepare_streams() -> None:
    """Let results be UTF-8 in files and pipes; a terminal gets what its encoding can show."""
    if sys.stdout is None:  # closed by the caller: ``accord … >&-``
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


def _give_up_stdout() -> None:
    """Keep what is still buffered from being written, and failing, once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: AccordError) -> None:
    click.echo(f"accord: {error}", err=True)
    if isinstance(error, PhraseError) and 0 < len(error.text) <= 200:
        for line in error.marked().splitlines():
            click.echo(f"  {line}", err=True)


def _usage(error: click.ClickException) -> str:
    """Return a fault in the command line as one line that says where help is."""
    message = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    where = context.command_path if context is not None else "accord"
    return f"{message[:1].lower()}{message[1:]}; '{where} --help' says how"


def convention_options(command: Command) -> Command:
    """Add the switches of the convention; each left out keeps the case's own."""
    options = [
        click.option(
            "--as-of", metavar="DATE", help="Only what was on the table that day (or ROUND)."
        ),
        click.option(
            "--extension",
            type=click.Choice(["hold-level", "hold-rate", "hold-intensity", "reference"]),
            help="Rule after the last target.",
        ),
        click.option(
            "--conditional/--unconditional", default=None, help="Count pledges with a condition."
        ),
        click.option(
            "--lulucf", type=click.Choice(["included", "excluded"]), help="Land use in totals."
        ),
        click.option("--gwp", type=click.Choice(["SAR", "AR4", "AR5", "AR6"]), help="GWP100 set."),
        click.option(
            "--neutrality",
            type=click.Choice(["CO2", "GHG"]),
            help="What 'carbon neutrality' covers where the words leave it open.",
        ),
        click.option("--hot-air/--no-hot-air", default=None, help="Count targets above reference."),
        click.option(
            "--scenario",
            type=click.Choice([f"SSP{i}" for i in range(1, 6)]),
            help="GDP and population behind intensity and per-capita targets.",
        ),
        click.option(
            "--archived/--no-archived", default=None, help="Count withdrawn pledges as if in force."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def cost_options(command: Command) -> Command:
    """Add the choice of cost curves, damage function and discount rate; any of them asks."""
    options = [
        click.option("--curves", help="Cost curves: RICE-2010 (default) or 'C-DICE 2015'."),
        click.option("--damage", help="Damage function, e.g. DICE-2023 (default), RICE-2010."),
        click.option(
            "--discount", type=click.FloatRange(0, 20), help="Discount rate, % a year (default 3)."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def form_options(command: Command) -> Command:
    """Add ``--json``, ``--csv``, ``--md``, ``--iamc`` and ``-o``."""
    options = [
        click.option("--json", "form", flag_value="json", help="JSON to stdout."),
        click.option("--csv", "form", flag_value="csv", help="Long table as CSV."),
        click.option("--md", "form", flag_value="md", help="Markdown report."),
        click.option("--iamc", "form", flag_value="iamc", help="IAMC table that pyam reads."),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path), help="Write there, not to stdout."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@click.argument("phrases", nargs=-1, required=True)
@click.option("--case", default="us-china", show_default=True, help="Where all others come from.")
@click.option("--members", type=click.Choice(["400", "841"]), default="841", show_default=True)
@click.option("--spread", is_flag=True, help="Also: how much is words, economy, rule, climate.")
@click.option("--costs", is_flag=True, help="Also: what it costs and saves whom.")
@cost_options
@convention_options
@form_options
def assess(  # noqa: PLR0917 - click passes every option by name
    phrases: tuple[str, ...],
    case: str,
    members: str,
    spread: bool,
    costs: bool,
    form: str | None,
    output: Path | None,
    **switches: Any,
) -> None:
    """Say what PHRASES mean in tonnes and degrees.

    \b
    accord assess "China: cut CO2 intensity 65% below 2005 by 2030; peak CO2 before 2030"
    accord assess "USA: cut net greenhouse gases 50-52% below 2005 by 2030" --json

    A party named has exactly the commitments given, and none of its own beside them; all others
    keep theirs from the case. "-" reads phrases from stdin, one a line.
    """  # noqa: D301 - click wants the bare \b
    from accord.assessment.chain import assess as answer

    result = answer(
        *_phrases(phrases),
        case=case,
        members=int(members),
        spread=spread,
        costs=_cost_choice(costs, switches),
        as_of=switches.pop("as_of"),
        **switches,
    )
    _deliver(result, form, output)


@cli.command()
@click.argument("case", default="us-china")
@convention_options
@form_options
def brief(case: str, form: str | None, output: Path | None, **switches: Any) -> None:
    """Write the printable answer on CASE and show its summary.

    Without -o the page is written to brief-CASE.html in the current folder.
    """
    from accord.assessment.chain import assess as answer
    from accord.ledger import load_case

    loaded = load_case(case)
    with _working("from pledges to degrees"):
        result = answer(
            case=loaded,
            as_of=switches.pop("as_of"),
            spread=True,
            rules=True,
            costs=True,
            **switches,
        )
    if form == "json":
        _write(_whole_answer(result, loaded), output)
        return
    if form is not None:
        _deliver(result, form, output)
        return
    from accord import terminal
    from accord.brief import terminal_summary, write_brief

    target = output if output is not None else Path(f"brief-{loaded.name}.html")
    write_brief(result, loaded, to=target)
    terminal.show(terminal_summary(result, loaded))
    click.echo(f"Page written: {target}", err=True)


@cli.group()
def case() -> None:
    """Begin, check and show a case."""


@case.command("new")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--title", default=None, help="Title of the negotiation.")
@click.option(
    "--parties", default="USA,CHN", show_default=True, help="Protagonists, comma between."
)
def case_new(path: Path, title: str | None, parties: str) -> None:
    """Write a small valid case to PATH, ready to be edited."""
    from accord.ledger import new_case
    from accord.parties import party

    codes = tuple(party(name.strip()).code for name in parties.split(",") if name.strip())
    if not codes:
        raise InputError("--parties names nobody; write for example USA,CHN")
    new_case(path, title or path.name, codes)
    click.echo(f"{path}: edit commitments.yaml there, then: accord case check {path}", err=True)


@case.command("check")
@click.argument("path", default="us-china")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
def case_check(path: str, as_json: bool) -> None:
    """Check the case at PATH and list every problem with its place."""
    from accord.ledger import check_case
    from accord.tracking.check import check_accounts

    problems = [*check_case(path), *check_accounts(path)]
    if as_json:
        rows = [{"place": str(p.place) if p.place else "", "message": p.message} for p in problems]
        click.echo(json.dumps({"ok": not problems, "problems": rows}, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        click.echo(f"{path}: {count if problems else 'no problems'}", err=True)
    if problems:
        sys.exit(2)


@case.command("show")
@click.argument("path", default="us-china")
@click.option("--as-of", metavar="DATE", help="Status on that day.")
@click.option("--party", "only", default=None, help="One party's commitments alone.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def case_show(path: str, as_of: str | None, only: str | None, as_json: bool) -> None:
    """Show rounds and commitments of the case at PATH, with their status."""
    from accord import terminal
    from accord.assessment.chain import day_of
    from accord.ledger import describe_case, load_case
    from accord.parties import party

    loaded = load_case(path)
    view = describe_case(
        loaded,
        as_of=day_of(loaded, as_of),
        party=party(only).code if only else None,
    )
    if as_json:
        click.echo(json.dumps(view, indent=1, ensure_ascii=False, default=str))
    else:
        terminal.show(terminal.case(view))


@cli.group()
def data() -> None:
    """List the figure tables and fetch upstream editions."""


@data.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def data_list(as_json: bool) -> None:
    """List the bundled tables with editions, licences and sources."""
    from accord.parties.editions import list_tables, list_upstream

    rows = list_tables()
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False, default=str))
        return
    from accord import terminal

    wide = terminal.columns() >= 100
    shown = ("name", "years", "parties", "unit", "edition", "licence", "source")
    narrow = ("name", "years", "unit", "edition", "licence")
    upstream = ("name", "edition", "licence", "about")
    terminal.show(
        [
            terminal.listing(rows, shown if wide else narrow),
            "",
            "Upstream editions for accord data fetch NAME:",
            terminal.listing(list_upstream(), upstream if wide else upstream[:3]),
        ]
    )


@data.command("fetch")
@click.argument("name")
@click.option("--to", type=click.Path(path_type=Path), help="Folder; default: the user's cache.")
def data_fetch(name: str, to: Path | None) -> None:
    """Download the upstream edition NAME and verify its checksum."""
    from accord.parties.editions import fetch

    click.echo(str(fetch(name, to)))


def _cost_choice(asked: bool, switches: dict[str, Any]) -> bool | dict[str, Any]:
    """Take what was chosen about costs out of the switches."""
    rate = switches.pop("discount")
    chosen = {
        "curves": switches.pop("curves"),
        "damage": switches.pop("damage"),
        "rate": None if rate is None else rate / 100.0,
    }
    return {name: value for name, value in chosen.items() if value is not None} or asked


STDIN_MOST = 4_000_000
"""Bytes of phrases that standard input may hold."""


def _phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    if "-" not in phrases:
        return phrases
    raw = b"" if sys.stdin is None else sys.stdin.buffer.read(STDIN_MOST + 1)
    if len(raw) > STDIN_MOST:
        raise InputError(f"standard input holds over {STDIN_MOST // 1_000_000} MB; give phrases")
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError("the text is not UTF-8", Place("standard input", line)) from None
    read = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if not read:
        raise InputError("standard input holds no phrase; write one a line")
    return tuple(p for phrase in phrases for p in (read if phrase == "-" else [phrase]))


def _deliver(result: Assessment, form: str | None, output: Path | None) -> None:
    """Send the result where it was asked for, in the form asked for."""
    from accord.assessment import export

    texts: dict[str, Callable[[Assessment], str]] = {
        "json": export.json_text,
        "csv": export.csv_text,
        "md": export.markdown_text,
        "iamc": export.iamc_text,
    }
    if form is None and output is not None:
        form = {".json": "json", ".csv": "csv", ".md": "md"}.get(output.suffix.lower())
        if form is None:
            raise InputError(f"{output}: say the form with --json, --csv, --md or --iamc")
    if form is None:
        from accord import terminal

        terminal.show(terminal.assessment(result))
        return
    _write(texts[form](result), output)


def _whole_answer(result: Assessment, case: Case) -> str:
    """Return the page's answer for machines: the assessment, the standoff and the promises."""
    from accord.brief.standoff_section import standoff_of
    from accord.cli_standoff import to_json as standoff_json
    from accord.tracking import account

    found = standoff_of(case, result.as_of)
    accounts = account.track(case, as_of=result.as_of)
    answer = {
        **result.to_json(),
        "standoff": standoff_json(found) if found is not None else None,
        "promises": account.to_json(case, accounts, result.as_of)["promises"],
    }
    return json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        from accord.output import write_whole

        write_whole(output, text)
        click.echo(f"written: {output}", err=True)


class _working:  # noqa: N801 - reads as a word in a with statement
    """A spinner on stderr for work over a second, on a terminal only."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.status: Any = None

    def __enter__(self) -> None:
        if sys.stderr.isatty():
            from rich.console import Console

            self.status = Console(stderr=True).status(self.words)
            self.status.start()

    def __exit__(self, *_: object) -> None:
        if self.status is not None:
            self.status.stop()

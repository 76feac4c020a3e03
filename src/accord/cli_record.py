"""The commands ``accord read`` and ``accord record``; they only call :mod:`accord.record`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from accord.record.store import Found

DEFAULT_STORE = "record.sqlite"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def store_option(command: Any) -> Any:
    """Add ``--store`` and ``--case`` to a command."""
    command = click.option(
        "--case", "case", default=None, metavar="CASE", help="The record of a case: CASE/record/."
    )(command)
    return click.option(
        "--store",
        "store",
        default=None,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"The record's file; default {DEFAULT_STORE}.",
    )(command)


def store_path(store: Path | None, case: str | None) -> Path:
    """Return the file of the record: as said, the case's, or the default one here."""
    if store is not None:
        return store
    if case is not None:
        from accord.ledger import load_case

        return load_case(case).path / "record" / DEFAULT_STORE
    return Path(DEFAULT_STORE)


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write one JSON-lines file per document.",
)
@click.option(
    "--llm",
    is_flag=True,
    help="Also ask the endpoint in ACCORD_LLM_URL (accord[llm]); off by default.",
)
@click.option("--json", "as_json", is_flag=True, help="Entries as JSON lines on standard output.")
@store_option
def read_command(
    paths: tuple[str, ...],
    folder: Path | None,
    llm: bool,
    as_json: bool,
    store: Path | None,
    case: str | None,
) -> None:
    """Read articles into the record: text, HTML, PDF, EML, folders; "-" is standard input."""
    from accord.record.session import read_paths

    extractor = None
    if llm:
        from accord.record.llm import Extractor

        extractor = Extractor.from_environment()
    target = store_path(store, case)
    if case is not None and folder is None:
        folder = target.parent
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    watched = sys.stderr.isatty() and not as_json
    session = read_paths(list(paths), target, export=folder, stdin=stdin, extractor=extractor)
    last = None
    for verdict in _with_bar(session, watched):
        if as_json and verdict.reading is not None:
            for one in verdict.reading.entries:
                click.echo(json.dumps(one.plain(), ensure_ascii=False))
        click.echo(safe(verdict.line), err=True)
        last = verdict
    del last
    summary = session.summary
    click.echo(safe(summary.line()), err=True)
    if not as_json:
        click.echo(f"next: accord record list --store {target}", err=True)
    if summary.failed:
        click.get_current_context().exit(2 if not summary.kept else 3)


def _with_bar(session: Iterable[Any], watched: bool) -> Iterator[Any]:
    if not watched:
        yield from session
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        for verdict in session:
            progress.advance(task)
            yield verdict


@click.group("record")
def record_group() -> None:
    """Ask the record: who said, pledged, demanded, refused and met, with the words behind it."""


@record_group.command("list")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_command(store: Path | None, case: str | None, as_json: bool) -> None:
    """List the documents and what was found in each."""
    from accord.record.store import Store

    with Store(store_path(store, case), create=False) as kept:
        rows = kept.documents()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        counts = ", ".join(
            f"{n} {kind}" for kind, n in sorted(row["entries"].items()) if kind not in ("doc_date",)
        )
        note = f"re-post of {row['repost_of']}" if row["repost_of"] else counts or "nothing found"
        click.echo(safe(f"{row['published'] or '?':10}  {row['name']}  {note}"))


@record_group.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, help="Only entries of this kind; may be repeated.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10000))
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def search_command(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    store: Path | None,
    case: str | None,
    as_json: bool,
) -> None:
    """Search the words and names of all entries."""
    from accord.record.store import Store

    with Store(store_path(store, case), create=False) as kept:
        _show(kept.search(" ".join(words), kinds=_kinds(kinds), limit=limit), as_json)


@record_group.command("show")
@click.argument("actor")
@click.option(
    "--issue", default=None, help="Only what touches this issue: finance, mrv, legal_form …"
)
@click.option("--since", default=None, metavar="DATE", help="From this year, month or day on.")
@click.option("--kind", "kinds", multiple=True, help="Only entries of this kind; may be repeated.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def show_command(
    actor: str,
    issue: str | None,
    since: str | None,
    kinds: tuple[str, ...],
    store: Path | None,
    case: str | None,
    as_json: bool,
) -> None:
    """Show everything an actor said on an issue, oldest first."""
    from accord.record.history import history
    from accord.record.history import issue as area
    from accord.record.store import Store

    with Store(store_path(store, case), create=False) as kept:
        _show(
            history(
                kept,
                actor,
                area=area(issue) if issue else None,
                since=_date(since),
                kinds=_kinds(kinds),
            ),
            as_json,
        )


@record_group.command("timeline")
@click.option("--actor", default=None, help="Only what this actor took part in.")
@click.option("--since", default=None, metavar="DATE", help="From this year, month or day on.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def timeline_command(
    actor: str | None, since: str | None, store: Path | None, case: str | None, as_json: bool
) -> None:
    """Show events and commitments in order of time."""
    from accord.record.history import timeline
    from accord.record.store import Store

    with Store(store_path(store, case), create=False) as kept:
        _show(timeline(kept, actor=actor, since=_date(since)), as_json)


@record_group.command("changes")
@click.argument("actor")
@click.option("--issue", default=None, help="Only this issue.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
def changes_command(
    actor: str, issue: str | None, store: Path | None, case: str | None, as_json: bool
) -> None:
    """Show contradictions and changes of position of an actor."""
    from accord.record.history import changes
    from accord.record.history import issue as area
    from accord.record.store import Store

    with Store(store_path(store, case), create=False) as kept:
        found = changes(kept, actor, area=area(issue) if issue else None)
    if as_json:
        for change in found:
            click.echo(json.dumps(change.plain(), ensure_ascii=False))
        return
    if not found:
        click.echo("no change found", err=True)
    for change in found:
        click.echo(safe(f"{change.actor} on {change.about.replace('_', ' ')}:"))
        for one in (change.earlier, change.later):
            click.echo("  " + line_of(one))


@record_group.command("suggest")
@click.option(
    "--accept",
    default=None,
    metavar="ID,…",
    help="Write these into the case; all takes every new one.",
)
@click.option("--reject", default=None, metavar="ID,…", help="Do not propose these again.")
@click.option("--ask", is_flag=True, help="Go through them one by one.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def suggest_command(
    accept: str | None,
    reject: str | None,
    ask: bool,
    store: Path | None,
    case: str | None,
    as_json: bool,
) -> None:
    """Propose commitments, demands and red lines for a case, as a diff; nothing enters unseen."""
    from accord.errors import InputError
    from accord.ledger import suggestion as proposals
    from accord.record.store import Store

    if case is None:
        raise InputError(
            "which case? give --case CASE, a folder of your own (accord case new makes one)"
        )
    with Store(store_path(store, case), create=False) as kept:
        if accept or reject:
            if reject:
                for one in proposals.reject(kept, case, reject.split(",")):
                    click.echo(safe(f"rejected {one.id}"), err=True)
            if accept:
                for one in proposals.accept(kept, case, accept.split(",")):
                    click.echo(safe(f"accepted {one.id} into {one.file}"), err=True)
            return
        found = proposals.suggest(kept, case)
        if as_json:
            click.echo(json.dumps([one.plain() for one in found], ensure_ascii=False, indent=1))
            return
        if not found:
            click.echo("nothing to suggest", err=True)
        for one in found:
            click.echo(_proposal(one))
            if ask and one.known is None:
                answer = click.prompt(
                    "accept, reject or skip?",
                    type=click.Choice(["a", "r", "s"]),
                    default="s",
                    err=True,
                )
                if answer == "a":
                    proposals.accept(kept, case, [one.id])
                elif answer == "r":
                    proposals.reject(kept, case, [one.id])
        if found and not ask:
            click.echo(
                f"next: accord record suggest --case {case} --accept {found[0].id}", err=True
            )


def _proposal(one: Any) -> str:
    entry = one.found.entry
    head = f"# {one.kind} {one.id}" + (f" (the case has it: {one.known})" if one.known else "")
    where = f"# {entry.document.name}:{entry.line}  “{' '.join(entry.quote.split())}”"
    return safe(f"{head}\n{where}\n{one.diff()}", lines=True)


def _show(found: Iterable[Found], as_json: bool) -> None:
    empty = True
    for one in found:
        empty = False
        click.echo(json.dumps(one.plain(), ensure_ascii=False) if as_json else line_of(one))
    if empty:
        click.echo("nothing found", err=True)


def line_of(found: Found) -> str:
    """Return an entry as one line: date, kind, who, words, place in the text."""
    attrs, entry = found.entry.attrs, found.entry
    who = next(
        (
            attrs[k]
            for k in ("speaker", "by", "party", "actor", "source", "name", "type", "area")
            if attrs.get(k)
        ),
        "",
    )
    more = {
        "commitment": attrs.get("says") or attrs.get("metric"),
        "stance": attrs.get("position"),
        "interaction": f"{attrs.get('code')} {attrs.get('target')}",
        "event": attrs.get("type"),
        "statement": attrs.get("mode"),
    }.get(entry.kind)
    words = " ".join(entry.quote.split())
    note = f" ({more})" if more else ""
    place = f"[{entry.document.name}:{entry.line}]"
    return safe(f"{found.date or '?':10}  {entry.kind:11} {who}{note}: “{words}”  {place}")


def safe(text: str, *, lines: bool = False) -> str:
    """Take control characters out of what a document or file name brings to the terminal."""
    return _CONTROL.sub("�", text) if lines else _CONTROL.sub("�", text.replace("\n", " "))


def _kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    from accord.errors import UnknownNameError
    from accord.record.entry import KINDS

    for kind in kinds:
        if kind not in KINDS:
            raise UnknownNameError("kind", kind, KINDS)
    return kinds


def _date(text: str | None) -> str | None:
    from accord.errors import InputError

    if text is not None and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text):
        raise InputError(f"{text!r} is no date; write 2009, 2009-12 or 2009-12-18")
    return text


read = read_command
record = record_group

"""``accord standoff`` and ``accord deal``: why it is stuck, what opens it, what a deal breaks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.assessment.talks import DealAnswer
    from accord.bargaining.standoff import Standoff
    from accord.bargaining.way_out import WayOut
    from accord.ledger.red_line import RedLine


@click.command()
@click.argument("case", default="us-china")
@click.option("--as-of", metavar="DATE|ROUND", help="That day, or the height of that round.")
@click.option("--party", metavar="P", help="Only the quarrels of P, and what it could move alone.")
@click.option("--among", metavar="P,Q", default="", help="Only the lines of these parties.")
@click.option(
    "--level",
    type=click.Choice(["negotiator", "ratifier"]),
    help="Only the lines at the table, or only those at home.",
)
@click.option(
    "--line", "lines", multiple=True, metavar="'P: CONDITION'", help="Also try this line."
)
@click.option(
    "--rank",
    type=click.Choice(["sum", "party", "dearest"]),
    default="sum",
    show_default=True,
    help="Ways out by the sum of costs, by each party's dearest line, or by the dearest line.",
)
@click.option("--ways", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--seconds", default=20.0, show_default=True, help="Time budget of the search.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def standoff(  # noqa: PLR0917 - click passes every option by name
    case: str,
    as_of: str | None,
    party: str | None,
    among: str,
    level: str | None,
    lines: tuple[str, ...],
    rank: str,
    ways: int,
    seconds: float,
    as_json: bool,
) -> None:
    r"""Say why the talks of CASE are stuck, and what would open them.

    \b
    accord standoff --as-of copenhagen-2009
    accord standoff --as-of 2023-07-18 --party China
    accord standoff --line "AOSIS: warming(p50, 2100) <= 1.5 °C"
    """
    from accord.assessment.talks import standoff as ask

    with _counting() as progress:
        found = ask(
            case,
            as_of=as_of,
            party=party,
            among=[one.strip() for one in among.split(",") if one.strip()],
            level=level,  # type: ignore[arg-type]
            lines=lines,
            ranking=rank,  # type: ignore[arg-type]
            ways=ways,
            seconds=seconds,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(to_json(found), indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal

    terminal.show(shown(found))


@contextmanager
def _counting() -> Iterator[Callable[[int, int], None] | None]:
    """Yield a progress callback that a person at a terminal sees, after a second of silence."""
    if not sys.stderr.isatty():
        yield None
        return
    import time

    start, last = time.monotonic(), 0.0

    def told(quarrels: int, ways: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - start > 1 and now - last > 0.2:
            last = now
            click.echo(f"\r{quarrels} quarrels, {ways} ways out so far …", err=True, nl=False)

    yield told
    if last:
        click.echo("\r" + " " * 50 + "\r", err=True, nl=False)


def to_json(found: Standoff) -> dict[str, Any]:
    """Return the answer as plain data."""
    import msgspec

    return {
        "title": found.title,
        "as_of": found.as_of.isoformat(),
        "round": found.round,
        "lead": list(found.lead),
        "complete": found.complete,
        "quarrels": [
            {
                "label": one.label,
                "red_lines": list(one.red_lines),
                "parties": list(one.parties),
                "topic": one.topic,
                "sentence": one.sentence,
                "facts": list(one.facts),
            }
            for one in found.quarrels
        ],
        "ways_out": [_way_json(way) for way in found.ways_out],
        "frontier": [_way_json(way) for way in found.frontier],
        "ways_count": found.ways_count,
        "ranking": found.ranking if _priced(found) else "smallest first: a line has no cost",
        "costs": found.costs,
        "groups": msgspec.to_builtins(found.groups),
        "idle": list(found.idle),
        "impossible": list(found.impossible),
        "unverified": list(found.unverified),
        "elastic": msgspec.to_builtins(found.elastic),
        "win_sets": msgspec.to_builtins(found.win_sets),
        "zone": msgspec.to_builtins(found.zone),
        "landing": msgspec.to_builtins(found.landing),
        "linkage": msgspec.to_builtins(found.linkage),
        "course": msgspec.to_builtins(found.course),
        "since_last": msgspec.to_builtins(found.since_last),
        "confirmed": list(found.confirmed),
        "red_lines": {name: _line_json(line) for name, line in found.red_lines.items()},
    }


def _way_json(way: WayOut) -> dict[str, Any]:
    return {
        "give_up": list(way.give_up),
        "cost": way.cost,
        "cost_per_party": way.cost_per_party,
        "dearest": way.dearest,
        "by_party": dict(way.by_party),
    }


def _priced(found: Standoff) -> bool:
    return all(way.cost is not None for way in found.ways_out)


def _line_json(line: RedLine) -> dict[str, Any]:
    return {
        "party": line.party,
        "level": line.level,
        "statement": line.statement,
        "holds": line.holds,
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else None,
        "yield_cost": line.yield_cost,
        "topic": line.topic,
        "evidence": [
            {
                "title": one.title,
                "publisher": one.publisher,
                "date": one.date.isoformat() if one.date else None,
                "url": one.url,
            }
            for one in line.evidence
        ],
        "note": line.note,
        "verified": line.verified,
    }


def shown(found: Standoff) -> list[Any]:
    """Return the answer as a person reads it in a terminal."""
    from rich.text import Text

    from accord.bargaining.standoff import MANY

    blocks: list[Any] = [Text(" ".join(found.lead), style="bold"), Text()]
    if found.round_name:
        blocks += [
            Text(f"{found.round_name}: the day of it on which most quarrels stood.", style="dim"),
            Text(),
        ]
    if not found.complete:
        blocks += [
            Text("The time budget ended the search: what follows is right and may not be all. "
                 "Ask again with --seconds.", style="bold"),
            Text(),
        ]  # fmt: skip
    if len(found.red_lines) > MANY:
        blocks += [
            Text(f"With more than {MANY} lines only quarrels and ways out are worked out; "
                 "--among narrows the question.", style="dim"),
            Text(),
        ]  # fmt: skip
    for line in found.impossible:
        blocks.append(Text(f"Nobody could ever meet {line}: {found.red_lines[line].holds}"))
    blocks += _quarrel_blocks(found)
    blocks += _way_blocks(found)
    blocks += _move_blocks(found)
    blocks += _landing_blocks(found)
    blocks += _change_blocks(found)
    if found.linkage is not None:
        blocks += [Text(), Text(found.linkage.verdict)]
    for sentence in found.confirmed:
        blocks.append(Text(sentence))
    if found.idle:
        many = "1 line plays" if len(found.idle) == 1 else f"{len(found.idle)} lines play"
        told = ", ".join(found.idle)
        blocks += [Text(), Text(f"{many} no part in any quarrel: {told}.", style="dim")]
    if found.unverified:
        told = ", ".join(found.unverified)
        blocks.append(Text(f"Not checked against their documents: {told}.", style="dim"))
    if found.costs and _priced(found):
        blocks.append(Text(found.costs, style="dim"))
    blocks.append(Text("Next: --json for all of it with evidence; accord deal tries a deal."))
    return blocks


def _quarrel_blocks(found: Standoff) -> list[Any]:
    from rich.table import Table
    from rich.text import Text

    if not found.quarrels:
        return []
    table = Table("", "between", "why it cannot hold", box=None, header_style="dim",
                  pad_edge=False)  # fmt: skip
    for one in found.quarrels:
        names = ", ".join(found.names.get(code, code) for code in one.parties)
        lines = ", ".join(one.red_lines)
        table.add_row(one.label, names, Text.assemble(one.sentence, (f"  [{lines}]", "dim")))
    return [Text("Quarrels", style="bold"), table, Text()]


def _way_blocks(found: Standoff) -> list[Any]:
    from rich.table import Table
    from rich.text import Text

    if not found.ways_out:
        return []
    priced = _priced(found)
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("")
    table.add_column("give up")
    for head in ("cost", "per party", "dearest") if priced else ():
        table.add_column(head, justify="right")
    for number, way in enumerate(found.ways_out[:5], 1):
        row = [str(number), ", ".join(way.give_up)]
        if priced:
            row += [f"{way.cost:g}", f"{way.cost_per_party:g}", f"{way.dearest:g}"]
        table.add_row(*row)
    many = f"{found.ways_count:,}".replace(",", " ")
    order = {"sum": "cheapest first", "party": "cheapest per party first",
             "dearest": "least dear line first"}[found.ranking]  # fmt: skip
    head = f"Ways out, {order if priced else 'smallest first (not every line has a cost)'}"
    blocks = [Text(f"{head}; {many} minimal ones in all", style="bold"), table]
    if len(found.frontier) > 1:
        blocks.append(
            Text(f"{len(found.frontier)} of them no other beats for both protagonists and the "
                 "rest (frontier in --json).", style="dim")
        )  # fmt: skip
    return [*blocks, Text()]


def _move_blocks(found: Standoff) -> list[Any]:
    from rich.text import Text

    named = {
        "least": "Least movement in all",
        "even": "Most evenly shared",
    }
    blocks: list[Any] = []
    for one in found.elastic:
        head = named.get(one.mode) or f"{found.names.get(one.party, one.party)} alone"
        parts = [
            f"{m.line} given up" if m.given_up else f"{m.line} by {m.amount:.3g} {m.unit}".rstrip()
            for m in one.moves
        ]
        blocks.append(Text.assemble((f"{head} ({one.cost:.3g} points): ", "bold"),
                                    ", ".join(parts)))  # fmt: skip
    return [*blocks, Text()] if blocks else []


def _landing_blocks(found: Standoff) -> list[Any]:
    from rich.table import Table
    from rich.text import Text

    blocks: list[Any] = []
    if found.landing:
        table = Table("term", "what each accepts", box=None, header_style="dim", pad_edge=False)
        for key, some in found.landing.items():
            table.add_row(found.term_words.get(key, key), _accepts(found, some))
        blocks += [Text("Where a deal could land", style="bold"), table, Text()]
    if found.win_sets:
        table = Table("party", "level", "share of the menu", box=None, header_style="dim",
                      pad_edge=False)  # fmt: skip
        for one in found.win_sets:
            table.add_row(found.names.get(one.party, one.party), one.level, share_words(one.share))
        blocks += [Text("Win-sets", style="bold"), table, Text()]
    return blocks


def _accepts(found: Standoff, some: Any) -> str:
    return "; ".join(f"{found.names.get(code, code)}: {one.words}" for code, one in some.items())


def share_words(share: float | None) -> str:
    """Return a share in words that do not pretend to digits."""
    if share is None:
        return "not known"
    if share == 0:
        return "none that was drawn"
    if share >= 0.01:
        return f"{100 * share:.0f} %"
    return f"1 deal in {float(f'{1 / share:.1g}'):,.0f}".replace(",", " ")


def _change_blocks(found: Standoff) -> list[Any]:
    from rich.text import Text

    blocks: list[Any] = []
    for one in found.course:
        parts = []
        if one.vanished:
            parts.append("settled: " + _sets(one.vanished))
        if one.appeared:
            parts.append("new: " + _sets(one.appeared))
        because = [f"{name} lapsed" for name in one.lapsed] + [f"{n} began" for n in one.begun]
        blocks.append(Text(f"{one.until}: {'; '.join(parts)} ({', '.join(because)})"))
    if blocks:
        blocks = [Text("In the course of the round", style="bold"), *blocks, Text()]
    last = found.since_last
    if last is not None and (last.vanished or last.appeared):
        blocks += [
            Text(f"Since the round before ({last.since})", style="bold"),
            Text(f"settled: {_sets(last.vanished) or 'nothing'}"),
            Text(f"new: {_sets(last.appeared) or 'nothing'}"),
        ]
    return blocks


def _sets(sets: Sequence[Sequence[str]]) -> str:
    return ", ".join("{" + ", ".join(one) + "}" for one in sets)


@click.command()
@click.argument("phrases", nargs=-1, required=True)
@click.option("--case", default="us-china", show_default=True, help="Whose red lines.")
@click.option("--as-of", metavar="DATE|ROUND", help="The lines of that day.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def deal(phrases: tuple[str, ...], case: str, as_of: str | None, as_json: bool) -> None:
    r"""Say what a deal breaks and keeps, and what it means.

    PHRASES are conditions and pledges, or a file with one a line ("-": stdin).

    \b
    accord deal "finance(DEV, 2035) == 300 $bn/yr" "not price(USA)" "tariff(EU27, USA) == 5 %"
    accord deal "China: reach carbon neutrality by 2055" "developing(CHN)"
    """
    from accord.assessment.talks import deal as ask

    found = ask(_phrases(phrases), case, as_of=as_of)
    if as_json:
        click.echo(json.dumps(deal_json(found), indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal

    terminal.show(deal_shown(found))


def _phrases(given: Sequence[str]) -> list[str]:
    """Return the phrases; a single argument that is a file or "-" holds one a line."""
    from pathlib import Path

    from accord.errors import InputError

    if len(given) == 1 and given[0] == "-":
        text = sys.stdin.read()
    elif len(given) == 1 and not set(given[0]) & set("()=<>:") and Path(given[0]).suffix:
        try:
            text = Path(given[0]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise InputError(f"{given[0]}: cannot be read: {problem}") from None
    else:
        return list(given)
    lines = (line.partition("#")[0].strip().removeprefix("- ").strip().strip("'\"")
             for line in text.splitlines())  # fmt: skip
    found = [line for line in lines if line]
    if not found:
        raise InputError(f"{given[0]}: no phrases; write one condition or pledge a line")
    return found


def deal_json(found: DealAnswer) -> dict[str, Any]:
    """Return the answer about a deal as plain data."""
    import msgspec

    proposal = found.proposal
    return {
        "as_of": found.as_of.isoformat(),
        "deal": list(proposal.conditions),
        "terms": dict(proposal.terms),
        "consequences": msgspec.to_builtins(found.meant),
        "red_lines": [
            {
                "id": one.line,
                "party": one.party,
                "verdict": one.verdict,
                "by": [{"bound": b, "amount": a, "unit": u} for b, a, u in one.by],
                "statement": found.red_lines[one.line].statement,
            }
            for one in proposal.verdicts
        ],
        "standing": msgspec.to_builtins(proposal.standing),
        "cost": proposal.cost,
        "nearest": None
        if proposal.nearest is None
        else {key: {"from": a, "to": b} for key, (a, b) in proposal.nearest.items()},
        "nearest_gives_up": list(proposal.nearest_way),
        "costs": found.costs,
    }


def deal_shown(found: DealAnswer) -> list[Any]:
    """Return the answer about a deal as a person reads it in a terminal."""
    from rich.table import Table
    from rich.text import Text

    proposal = found.proposal
    counts = {word: sum(one.verdict == word for one in proposal.verdicts)
              for word in ("kept", "broken", "open")}  # fmt: skip
    blocks: list[Any] = [
        Text(f"Of {len(proposal.verdicts)} red lines on {found.as_of} the deal keeps "
             f"{counts['kept']}, breaks {counts['broken']} and leaves {counts['open']} open.",
             style="bold"),
        Text(),
    ]  # fmt: skip
    if proposal.broken:
        table = Table("", "of", "red line", "by", box=None, header_style="dim", pad_edge=False)
        for one in proposal.broken:
            by = "; ".join(f"{amount:.3g} {unit}".rstrip() for _, amount, unit in one.by)
            table.add_row("✕ broken", found.names.get(one.party, one.party),
                          f"{found.red_lines[one.line].statement}  [{one.line}]",
                          by or "altogether")  # fmt: skip
        blocks += [table, Text()]
    if found.meant:
        table = Table("what it means", "without", "with", "", box=None, header_style="dim",
                      pad_edge=False)  # fmt: skip
        for row in found.meant:
            form = ".2f" if row.unit == "°C" else ",.0f"
            table.add_row(row.quantity, f"{row.now:{form}}", f"{row.then:{form}}", row.unit)
        blocks += [table, Text(f"Read as: {found.meant[0].convention}.", style="dim"), Text()]
    table = Table("party", "points kept", "broken", "open", box=None, header_style="dim",
                  pad_edge=False)  # fmt: skip
    for code, stand in proposal.standing.items():
        table.add_row(found.names.get(code, code), f"{stand.kept:g}", f"{stand.broken:g}",
                      f"{stand.open:g}")  # fmt: skip
    blocks += [table, Text()]
    if proposal.broken:
        blocks += [_nearest_words(found), Text()]
    if found.costs:
        blocks.append(Text(found.costs, style="dim"))
    return blocks


def _nearest_words(found: DealAnswer) -> Any:
    from rich.text import Text

    proposal = found.proposal
    if proposal.nearest is None:
        return Text("No deal near it breaks none: the lines themselves cannot hold together.")
    changes = ", ".join(f"{key} {a} → {b}" for key, (a, b) in proposal.nearest.items())
    if proposal.nearest_way:
        return Text(
            "No deal keeps every line. Once " + ", ".join(proposal.nearest_way)
            + f" are given up, the nearest deal that breaks no other: {changes or 'this one'}."
        )  # fmt: skip
    return Text(f"The nearest deal that breaks none: {changes}.")

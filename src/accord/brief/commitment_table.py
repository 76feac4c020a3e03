"""Who committed to what: the rows of the first table and of the lists that unfold below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment, CommitmentResult, PartyResult
from accord.brief.accents import accent
from accord.brief.citing import Source, Sources, citation_text, web_address
from accord.brief.scale import Scale, round_domain
from accord.brief.tracing import Figures, anchor
from accord.brief.wording import (
    between,
    chemical,
    day,
    decimal,
    display_name,
    in_brief,
    listed,
    undertaking,
)
from accord.ledger.convention import Convention

BUNKERS = frozenset({"INT_AVI", "INT_SHI"})
"""Codes that are no party: fuel of international aviation and shipping."""

MAIN_OTHERS = 6
"""Parties beside the protagonists that get a row of their own."""

PRINTED_ROWS = 8
"""Rows that the printed side holds; a longer table leaves the rest to the page on screen."""

OUTWARD = frozenset({"treaty", "NDC", "INDC"})
"""Forms under which a party is bound to others; they stand before domestic ones."""

LISTED = 600
"""Commitments of the remaining parties that are listed; the rest is counted."""


@dataclass(frozen=True)
class Mini:
    """A small dot-range: left edge, width and dot in % of the track, dot hollow or full."""

    left: float
    width: float
    dot: float
    hollow: bool


@dataclass(frozen=True)
class Row:
    """One row of the table; texts are ready to print."""

    party: str
    accent: str
    first: bool
    phrase: Markup
    cites: Markup
    form: str
    glyph: str
    status: str
    counted: bool
    verified: bool
    amount: Markup
    gas: Markup
    own: str
    year: str
    mini: Mini | None
    printed: bool


@dataclass(frozen=True)
class Entry:
    """One commitment in the lists that unfold."""

    id: str
    phrase: Markup
    citations: tuple[Source, ...]
    instrument: str
    form: str
    date: str
    glyph: str
    status: str
    note: Markup
    amount: str
    reading: Markup
    base: tuple[Markup, ...]
    outcomes: tuple[Markup, ...]
    verified: bool


@dataclass(frozen=True)
class PartyList:
    """All commitments of one party on the table that day."""

    party: str
    accent: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CommitmentTable:
    """The section "Who committed to what"."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    lists: tuple[PartyList, ...]
    others: tuple[PartyList, ...]
    unlisted: int
    year: int
    hidden: int


def horizon(as_of: dt.date) -> int:
    """Return the year for which pledges are summed up: the next target decade's five-year mark.

    Nine years ahead, rounded to five: 2035 today, 2020 for the Mexico talks, 2025 for Paris. These
    are the years for which parties were then making pledges.
    """
    return max(as_of.year + 1, 5 * round((as_of.year + 9) / 5))


def protagonists(result: Assessment, case_parties: Sequence[str]) -> tuple[PartyResult, ...]:
    """Return the parties that the page is about: the case's and those named in the question."""
    codes = dict.fromkeys((*case_parties, *result.named))
    return tuple(result.parties[code] for code in codes if code in result.parties)


def main_others(result: Assessment, case_parties: Sequence[str]) -> tuple[PartyResult, ...]:
    """Return the largest parties beside the protagonists."""
    first = {party.code for party in protagonists(result, case_parties)}
    rest = [p for code, p in result.parties.items() if code not in first and code not in BUNKERS]
    return tuple(sorted(rest, key=lambda p: -_latest(p))[:MAIN_OTHERS])


def _latest(party: PartyResult) -> float:
    """Return the latest observed emissions, else the first projected ones."""
    known = party.history_ghg[np.isfinite(party.history_ghg)]
    return float(known[-1]) if known.size else float(party.ghg.median[0])


def in_tonnes(item: CommitmentResult) -> bool:
    """Tell whether a commitment could be read as tonnes in a year."""
    return item.central is not None and item.year is not None


def pledged(party: PartyResult) -> tuple[CommitmentResult, ...]:
    """Return what binds the party in tonnes, by target year; within it the outward, newer first."""
    bound = [item for item in party.commitments if item.counted and in_tonnes(item)]
    return tuple(sorted(bound, key=_by_year))


def _by_year(item: CommitmentResult) -> tuple[int, bool, int]:
    made = item.commitment
    return item.year or 0, made.legal_form not in OUTWARD, -made.date.toordinal()


def given_up(party: PartyResult, as_of: dt.date) -> tuple[CommitmentResult, ...]:
    """Return targets still ahead that the party no longer stands by, the latest change first."""
    left = [
        item
        for item in party.commitments
        if not item.counted
        and in_tonnes(item)
        and (item.year or 0) >= as_of.year
        and item.status is not None
        and item.status.word in {"withdrawn", "archived", "abandoned", "not ratified", "lapsed"}
    ]
    return tuple(sorted(left, key=lambda i: (-i.commitment.date.toordinal(), -(i.year or 0))))


def headline(party: PartyResult, year: int) -> CommitmentResult | None:
    """Return the counted target nearest to ``year``, of two the newer."""
    bound = pledged(party)
    return min(
        bound,
        key=lambda i: (abs((i.year or 0) - year), -i.commitment.date.toordinal()),
        default=None,
    )


_COVERAGE = {
    "GHG with land use": "net",
    "GHG without land use": "gross",
    "fossil CO2": "CO2",
    "CO2 with land use": "net CO2",
}


def of_gas(item: CommitmentResult, convention: Convention) -> str:
    """Return what a target's tonnes cover where that is not what the column's head says."""
    said = "with" if convention.lulucf == "included" else "without"
    if item.gas in {"", "GHG", f"GHG {said} land use"}:
        return ""
    return _COVERAGE.get(item.gas, item.gas)


def own_base(item: CommitmentResult) -> str:
    """Return the range in Gt on the party's own base value, where it is another than shown."""
    if item.stated is None or item.central is None:
        return ""
    low, central, high = item.stated
    if abs(central - item.central) <= max(0.05 * abs(item.central), 50.0):
        return ""
    return between(low / 1000, high / 1000)


def glyph_of(item: CommitmentResult) -> tuple[str, str]:
    """Return the mark and the word of a commitment's fate."""
    word = item.status.word if item.status is not None else "not yet made"
    if item.counted:
        return ("◐", "conditional") if item.commitment.pledge.conditional_on else ("●", word)
    if item.commitment.pledge.conditional_on and word in {"announced", "signed", "in force"}:
        return "◐", "conditional, not counted"
    if item.commitment.counts(item.commitment.date) and word in {"announced", "signed", "in force"}:
        return "●" if not in_tonnes(item) else "○", word
    return "○", word


def commitment_table(
    result: Assessment,
    case_parties: Sequence[str],
    figures: Figures,
    sources: Sources,
    *,
    printed_rows: int = PRINTED_ROWS,
) -> CommitmentTable:
    """Build the section; figures and sources are numbered in reading order."""
    year = horizon(result.as_of)
    first, others = protagonists(result, case_parties), main_others(result, case_parties)
    chosen: list[tuple[PartyResult, CommitmentResult | None]] = []
    for party in first:
        mine = [*pledged(party)[:6], *given_up(party, result.as_of)[:2]]
        chosen += [(party, item) for item in mine]
        if not pledged(party):
            chosen.append((party, None))
    chosen += [(party, headline(party, year)) for party in others]

    rest = _rest(result, (*first, *others), year)
    tops = [rest[95] / 1000 if rest else 0.0]
    for party, item in chosen:
        tops.append(item.high or 0.0 if item else party.ghg.at(year)[95])
    values = [tops[0], *(top / 1000 for top in tops[1:])]
    scale = Scale(round_domain([0.0, *values], 3), (0.0, 100.0))

    rows: list[Row] = []
    seen: str | None = None
    count = 0
    years: set[tuple[str, int | None, bool]] = set()
    for party, item in chosen:
        # In print one target a year of each party, and one that it has given up, stand for all.
        key = (party.code, item.year if item and item.counted else 0, item is not None)
        printed = count < printed_rows and key not in years
        years.add(key)
        count += printed
        new = party.code != seen
        seen = party.code
        if item is None:
            rows.append(_reference_row(party, year, scale, figures, first=new, printed=printed))
        else:
            rows.append(
                _row(
                    party,
                    item,
                    scale,
                    figures,
                    sources,
                    convention=result.convention,
                    first=new,
                    printed=printed,
                )
            )
    if rest:
        rows.append(_rest_row(result, (*first, *others), rest, year, scale=scale, figures=figures))
    lists = tuple(_list(party, party.commitments, result.as_of) for party in (*first, *others))
    shown = {party.code for party in (*first, *others)}
    remaining, unlisted = _remaining(result, shown)
    return CommitmentTable(
        rows=tuple(rows),
        ticks=tuple((100 * scale.fraction(t), f"{t:g}") for t in scale.ticks(3)),
        lists=tuple(one for one in lists if one.entries),
        others=remaining,
        unlisted=unlisted,
        year=year,
        hidden=sum(not row.printed for row in rows),
    )


def amount(low: float, central: float, high: float) -> tuple[str, str]:
    """Return MtCO2e as Gt: the central value, and the range unless it is no wider."""
    spread = between(low / 1000, high / 1000)
    return decimal(central / 1000), "" if spread == decimal(central / 1000) else f"({spread})"


def _row(
    party: PartyResult,
    item: CommitmentResult,
    scale: Scale,
    figures: Figures,
    sources: Sources,
    *,
    convention: Convention,
    first: bool,
    printed: bool,
) -> Row:
    commitment = item.commitment
    central = item.central or 0.0
    low = item.low if item.low is not None else central
    high = item.high if item.high is not None else central
    main, spread = amount(low, central, high)
    glyph, status = glyph_of(item)
    how = anchor("c", commitment.id)
    return Row(
        party=display_name(party.code, party.name),
        accent=accent(party.code),
        first=first,
        phrase=chemical(in_brief(commitment)),
        cites=sources.cite(commitment.evidence, printed=printed),
        form=f"{commitment.legal_form} {commitment.date.year}",
        glyph=glyph,
        status=status,
        counted=item.counted,
        verified=commitment.verified or not commitment.evidence,
        amount=Markup("{} <span class=m>{}</span>").format(
            figures.print(main, central / 1000, name=f"target-{commitment.id}", how=how, link=True),
            spread,
        ),
        gas=chemical(of_gas(item, convention)),
        own=own_base(item),
        year=str(item.year),
        mini=_mini(low / 1000, central / 1000, high / 1000, scale, not item.counted),
        printed=printed,
    )


def _mini(low: float, central: float, high: float, scale: Scale, hollow: bool) -> Mini:
    left, right = 100 * scale.fraction(low), 100 * scale.fraction(high)
    return Mini(left, right - left, 100 * scale.fraction(central), hollow)


def _reference_row(
    party: PartyResult, year: int, scale: Scale, figures: Figures, *, first: bool, printed: bool
) -> Row:
    at = party.ghg.at(year)
    main, spread = amount(at[5], at[50], at[95])
    return Row(
        party=display_name(party.code, party.name),
        accent=accent(party.code),
        first=first,
        phrase=Markup("no pledge in tonnes; reference path"),
        cites=Markup(""),
        form="",
        glyph="–",
        status="reference",
        counted=True,
        verified=True,
        amount=Markup("{} <span class=m>{}</span>").format(
            figures.print(
                main,
                at[50] / 1000,
                name=f"ghg-{party.code}-{year}-p50",
                how="how-emissions",
                link=True,
            ),
            spread,
        ),
        gas=Markup(""),
        own="",
        year=str(year),
        mini=_mini(at[5] / 1000, at[50] / 1000, at[95] / 1000, scale, hollow=False),
        printed=printed,
    )


def _rest(result: Assessment, shown: Iterable[PartyResult], year: int) -> dict[int, float] | None:
    """Return the world less the parties shown, by percentile, MtCO2e; ``None`` if nobody is left.

    The ranges of parties are subtracted as if they moved together: the words of others are as wide
    as the world's less theirs.
    """
    codes = {party.code for party in shown}
    if all(code in codes for code in result.parties):
        return None
    world = result.world.ghg.at(year)
    return {
        p: value - sum(result.parties[code].ghg.at(year)[p] for code in codes)
        for p, value in world.items()
    }


def _rest_row(
    result: Assessment,
    shown: Sequence[PartyResult],
    rest: dict[int, float],
    year: int,
    *,
    scale: Scale,
    figures: Figures,
) -> Row:
    codes = {party.code for party in shown}
    others = [p for code, p in result.parties.items() if code not in codes | BUNKERS]
    bound = sum(bool(pledged(party)) for party in others)
    without = len(others) - bound
    words = listed(
        [
            *([f"{bound} {'party' if bound == 1 else 'parties'} as pledged"] if bound else []),
            *([f"{without} on the reference path"] if without else []),
            *(["bunkers"] if any(code in BUNKERS for code in result.parties) else []),
        ]
    )
    low, high = sorted((rest[5], rest[95]))
    low, high = min(low, rest[50]), max(high, rest[50])
    main, spread = amount(low, rest[50], high)
    return Row(
        party="All others",
        accent=accent(""),
        first=True,
        phrase=Markup("{}").format(words),
        cites=Markup(""),
        form="",
        glyph="",
        status="",
        counted=True,
        verified=True,
        amount=Markup("{} <span class=m>{}</span>").format(
            figures.print(
                main,
                rest[50] / 1000,
                name=f"ghg-others-{year}-p50",
                how="how-world",
                link=True,
            ),
            spread,
        ),
        gas=Markup(""),
        own="",
        year=str(year),
        mini=_mini(low / 1000, rest[50] / 1000, high / 1000, scale, hollow=False),
        printed=True,
    )


def _list(party: PartyResult, items: Sequence[CommitmentResult], as_of: dt.date) -> PartyList:
    newest = sorted(items, key=lambda i: (i.commitment.date, i.commitment.id), reverse=True)
    return PartyList(
        display_name(party.code, party.name),
        accent(party.code),
        tuple(_entry(item, as_of) for item in newest),
    )


def _remaining(result: Assessment, shown: set[str]) -> tuple[tuple[PartyList, ...], int]:
    """List the counted commitments of all other parties, up to ``LISTED``."""
    lists: list[PartyList] = []
    left, unlisted = LISTED, 0
    for code, party in result.parties.items():
        if code in shown:
            continue
        bound = pledged(party)
        unlisted += max(0, len(bound) - left)
        if bound[:left]:
            lists.append(_list(party, bound[:left], result.as_of))
        left = max(0, left - len(bound))
    return tuple(lists), unlisted


def _entry(item: CommitmentResult, as_of: dt.date) -> Entry:
    commitment = item.commitment
    glyph, status = glyph_of(item)
    since = f" since {day(item.status.since)}" if item.status is not None else ""
    tonnes = "–"
    if in_tonnes(item) and item.central is not None:
        low = item.low if item.low is not None else item.central
        high = item.high if item.high is not None else item.central
        main, spread = amount(low, item.central, high)
        tonnes = " ".join(filter(None, (main, spread, f"Gt {item.gas} in {item.year}")))
    notes = [part for part in (item.status.note if item.status else "", commitment.note) if part]
    return Entry(
        id=anchor("c", commitment.id),
        phrase=chemical(undertaking(commitment)),
        citations=tuple(
            Source(0, citation_text(c), web_address(c.url)) for c in commitment.evidence
        ),
        instrument=commitment.instrument,
        form=commitment.legal_form,
        date=day(commitment.date),
        glyph=glyph,
        status=status + since,
        note=chemical("; ".join(notes)),
        amount=tonnes,
        reading=chemical(item.reading),
        base=tuple(
            chemical(
                f"Base {value.year}: {value.value:g} {value.unit} ({value.series}, "
                f"{'official' if value.official else 'independent'})"
            )
            for value in commitment.base_values
        ),
        outcomes=outcome_words(item, as_of),
        verified=commitment.verified or not commitment.evidence,
    )


def outcome_words(item: CommitmentResult, as_of: dt.date) -> tuple[Markup, ...]:
    """Return what was achieved before ``as_of``, official figures first, never merged."""
    known = [outcome for outcome in item.commitment.outcomes if outcome.year < as_of.year]
    ordered = sorted(known, key=lambda o: (not o.official, o.year))
    return tuple(
        chemical(
            f"{'official' if outcome.official else 'independent'} "
            f"{decimal_plain(outcome.value)} {outcome.unit} in {outcome.year} ({outcome.series}"
            f"{'' if outcome.verified else '; not verified'})"
        )
        for outcome in ordered
    )


def decimal_plain(value: float) -> str:
    """Return a figure as given, with a true minus."""
    return f"{value:g}".replace("-", "−")

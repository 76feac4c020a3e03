"""The lead: who offers what, who left what, what the words add up to.

Nothing that is not a fact of the case: no motive, no red line.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from markupsafe import Markup

from accord.assessment import Assessment, CommitmentResult, PartyResult
from accord.brief.citing import Sources
from accord.brief.commitment_table import OUTWARD, given_up, horizon, pledged, protagonists
from accord.brief.tracing import Figures
from accord.brief.wording import (
    NBSP,
    between,
    chemical,
    day,
    decimal,
    in_brief,
    listed,
    listed_markup,
    percent,
    possessive,
    with_article,
)
from accord.language.target import Policy

TOLD = 3
"""Offers named in a sentence, and parties named one by one."""

_WEIGHT = (
    "RelativeCut",
    "AbsoluteLevel",
    "Neutrality",
    "PeakYear",
    "BelowBaseline",
    "IntensityCut",
)
"""Kinds of targets in the order in which a reader asks for them."""


def title(result: Assessment, case_parties: Sequence[str], *, stuck: bool = False) -> str:
    """Return the headline: whose words, and that they add up or cannot all hold."""
    names = [with_article(party.name) for party in protagonists(result, case_parties)]
    if not names or len(names) > TOLD:
        return f"{result.title}: what the words add up to"
    if stuck:
        verb = "are" if len(names) > 1 else "is"
        return f"Why {listed(names)} {verb} stuck, and what would open it"
    verb = "have" if len(names) > 1 else "has"
    return f"What {listed(names)} {verb} put on the table, and what it all adds up to"


def lead(
    result: Assessment, case_parties: Sequence[str], figures: Figures, sources: Sources
) -> tuple[Markup, ...]:
    """Return the sentences of the lead."""
    told = protagonists(result, case_parties)
    sentences = [
        sentence
        for party in told[:TOLD]
        for sentence in _party_sentences(party, result.as_of, sources)
    ]
    if len(told) > TOLD:
        sentences.append(
            Markup("{} more parties of the case stand in the table below.").format(len(told) - TOLD)
        )
    sentences.append(_sum_sentence(result, figures, {party.code for party in told}))
    return tuple(sentences)


def _offers(party: PartyResult) -> list[CommitmentResult]:
    """Choose what to tell: of each kind the newest, weightier kinds first, by year.

    What was promised to others stands before what was set at home.
    """
    newest: dict[str, CommitmentResult] = {}
    for item in sorted(pledged(party), key=_standing, reverse=True):
        newest.setdefault(type(item.commitment.pledge.target).__name__, item)
    kinds = sorted(newest, key=lambda kind: _WEIGHT.index(kind) if kind in _WEIGHT else 99)
    return sorted((newest[kind] for kind in kinds[:TOLD]), key=lambda i: i.year or 0)


def _standing(item: CommitmentResult) -> tuple[bool, dt.date]:
    return item.commitment.legal_form in OUTWARD, item.commitment.date


def _party_sentences(party: PartyResult, as_of: dt.date, sources: Sources) -> list[Markup]:
    name = with_article(party.name, start=True)
    offers = _offers(party)
    exits = [
        item
        for item in party.commitments
        if isinstance(item.commitment.pledge.target, Policy)
        and item.commitment.legal_form == "treaty"
        and item.status is not None
        and item.status.word == "withdrawn"
    ]
    left = _recently_left(party, as_of)
    sentences: list[Markup] = []
    if offers:
        parts = [
            Markup("{}{}").format(
                chemical(in_brief(item.commitment)), sources.cite(item.commitment.evidence)
            )
            for item in offers
        ]
        # "cut …, peak … and reach …": the canonical phrases start with a verb.
        sentences.append(Markup("{} offers to {}.").format(name, listed_markup(parts)))
    if exits:
        last = max(exits, key=lambda i: i.status.since if i.status else dt.date.min)
        assert last.status is not None
        clause = Markup("{} has left the {} ({}){}").format(
            name,
            last.commitment.instrument,
            day(last.status.since),
            sources.cite(last.commitment.evidence),
        )
        if left:
            clause += Markup(", and its pledge to {}").format(_left(left[0], sources))
        elif not offers:
            clause += Markup(" and has no pledge that could be counted in tonnes")
        sentences.append(clause + Markup("."))
    elif left:
        sentences.append(
            Markup("{} pledge to {}.").format(f"{possessive(name)}", _left(left[0], sources))
        )
    elif not offers:
        sentences.append(
            Markup("{} has no pledge in force that could be counted in tonnes.").format(name)
        )
    return sentences


def _recently_left(party: PartyResult, as_of: dt.date) -> list[CommitmentResult]:
    """Return what was given up since the party's newest pledge, and treaties at any time.

    A target that was given up and then replaced is history: the timeline has it.
    """
    newest = max((item.commitment.date for item in pledged(party)), default=dt.date.min)
    return [
        item
        for item in given_up(party, as_of)
        if item.commitment.legal_form == "treaty"
        or (item.status is not None and item.status.since >= newest)
    ]


def _left(item: CommitmentResult, sources: Sources) -> Markup:
    assert item.status is not None
    verb = {
        "withdrawn": "is withdrawn",
        "archived": "is archived",
        "abandoned": "is abandoned",
        "not ratified": "was never ratified",
        "lapsed": "has lapsed",
    }[item.status.word]
    return Markup("{} {}{}").format(
        chemical(in_brief(item.commitment)), verb, sources.cite(item.commitment.evidence)
    )


def _sum_sentence(result: Assessment, figures: Figures, speakers: set[str]) -> Markup:
    year = horizon(result.as_of)
    world, warming = result.world.ghg.at(year), result.warming
    past = [
        (int(y), float(v))
        for y, v in zip(result.world.history_years, result.world.history_ghg, strict=True)
        if math.isfinite(v)
    ]
    if past:
        last_year, last = past[-1]
        change = world[50] / last - 1
        turn = "more" if change > 0 else "less"
        than = Markup(", {} {} than in {}").format(
            figures.print(
                percent(abs(change)), 100 * change, name=f"world-change-{year}", how="how-world"
            ),
            turn,
            last_year,
        )
    else:
        than = Markup("")
    counted = any(
        item.counted
        for code, party in result.parties.items()
        if code not in speakers
        for item in party.commitments
    )
    rest = "else’s words" if counted else "else on the reference path"
    return Markup(
        "With everyone {} the world emits {} in {}{}, and warms by {} by 2100 "
        "(median; <span class=nw>{} at 5–95{}%</span>, above <span class=nw>1850–1900</span>)."
    ).format(
        rest,
        figures.print(
            f"{decimal(world[50] / 1000, 0)}{NBSP}Gt",
            world[50] / 1000,
            name=f"world-{year}-p50",
            how="how-world",
        ),
        year,
        than,
        figures.print(
            f"{decimal(warming.at_2100[50])}{NBSP}°C",
            warming.at_2100[50],
            name="warming-2100-p50",
            how="how-warming",
        ),
        between(warming.at_2100[5], warming.at_2100[95]),
        NBSP,
    )

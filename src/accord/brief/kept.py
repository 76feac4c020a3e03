"""Promises kept: what was promised as an outline, what two sources say was delivered inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment
from accord.brief.accents import accent
from accord.brief.chart import Chart
from accord.brief.citing import Sources
from accord.brief.relation_chart import relation_drawing
from accord.brief.tracing import Figures, How, anchor
from accord.brief.wording import NBSP, chemical, decimal, in_brief, percent
from accord.parties import PARTIES
from accord.tracking.account import Account, track
from accord.tracking.status import Standing

if TYPE_CHECKING:
    from accord.ledger import Case

SHOWN = 6
"""Promises on the page; the rest is said by ``accord track``."""

WIDE = 30.0
"""Width of the longer of promised and delivered, in per cent of the bar's place."""

_UNITS = {"bn USD": "$bn", "bn CNY": "CNY bn", "bn EUR": "€bn", "MtCO2e": "MtCO2e"}


@dataclass(frozen=True)
class Delivered:
    """One source's bar."""

    width: float
    words: Markup


@dataclass(frozen=True)
class PromiseBar:
    """A promise with its outline and the bars inside it."""

    accent: str
    phrase: Markup
    cites: Markup
    status: str
    promised: Markup
    promised_width: float
    delivered: tuple[Delivered, ...]


@dataclass(frozen=True)
class Kept:
    """The section: bars, their sentence, the relation over time, and what is counted once."""

    bars: tuple[PromiseBar, ...]
    words: Markup
    relation: Chart | None
    once: tuple[Markup, ...]
    hows: tuple[How, ...]


def kept(result: Assessment, case: Case, figures: Figures, sources: Sources) -> Kept | None:
    """Return the section; ``None`` where the case has no deliveries on that day."""
    accounts = track(case, as_of=result.as_of, history=False)
    reported = [a for a in accounts if _told(a)]
    if not reported:
        return None
    chosen = _chosen(reported)
    return Kept(
        bars=tuple(_bar(a, figures, sources) for a in chosen),
        words=_words(reported),
        relation=_relation(result, case),
        once=_once(result, case, figures),
        hows=(*(_how(a) for a in chosen), _how_once()),
    )


def _told(account: Account) -> bool:
    return any(not s.series.source.startswith("Accord tables") for s in account.standings)


def _chosen(accounts: Sequence[Account]) -> list[Account]:
    """Return the promises that tell most, one a party and sort of target.

    First those on which sources disagree, then those that are settled, then the latest due.
    """

    def rank(account: Account) -> tuple[int, int, int, int]:
        settled = account.status in {"met", "missed"}
        return (
            -int(len(account.standings) > 1), -int(not account.agreed and settled), -int(settled),
            -account.promise.ends.toordinal(),
        )  # fmt: skip

    found: dict[tuple[str, str], Account] = {}
    for one in sorted(accounts, key=rank):
        target = type(one.promise.commitment.pledge.target).__name__
        found.setdefault((one.promise.commitment.party, target), one)
    first = list(found.values())[:SHOWN]
    return sorted(first, key=lambda a: (a.promise.commitment.party, a.promise.ends))


def _two(account: Account) -> tuple[Standing, ...]:
    """Return the two sources to be shown: the first, and the next that differs from it."""
    first = account.standings[0]
    rest = [s for s in account.standings[1:] if abs(s.amount - first.amount) > 0.005]
    return (first, *(rest or list(account.standings[1:]))[:1])


def _bar(account: Account, figures: Figures, sources: Sources) -> PromiseBar:
    promise = account.promise
    two = _two(account)
    target = max(s.target for s in two) if promise.kind == "total" else promise.weak
    longest = max(target, *(s.amount for s in two), 1e-9)
    unit = _UNITS.get(promise.unit, promise.unit)
    how = _anchor(account)

    def width(value: float) -> float:
        return max(0.0, WIDE * value / longest)

    delivered = []
    for n, s in enumerate(two):
        due = s.pro_rated_target if promise.kind == "total" else s.target
        share = "" if s.share is None or not due else f", {percent(min(s.share, 9.99))}"
        if s.share is not None and s.share > 0.99:
            share = f", {decimal(100 * s.share, 0)}{NBSP}%"
        if promise.kind == "total" and s.through < promise.ends:
            share += f" to {s.through:%b %Y}"
        words = Markup("{} {}{}").format(
            figures.print(_amount(s.amount), s.amount, name=f"kept-{promise.id}-{n + 1}", how=how),
            chemical(_short(s.series.source)),
            share,
        )
        delivered.append(Delivered(width(s.amount), words))
    high = promise.strong if promise.strong != promise.weak and promise.kind != "total" else None
    amount = f"{_amount(target)}–{_amount(high)}" if high is not None else _amount(target)
    return PromiseBar(
        accent(promise.commitment.party),
        Markup("<b>{}</b> {}").format(_party(account), chemical(in_brief(promise.commitment))),
        sources.cite(promise.commitment.evidence),
        account.status + ("" if account.agreed else ", sources disagree"),
        Markup("{}{}{} promised").format(amount, NBSP, chemical(unit)),
        width(target),
        tuple(delivered),
    )


def _party(account: Account) -> str:
    code = account.promise.commitment.party
    return PARTIES[code].short_name if code in PARTIES else code


def _short(source: str) -> str:
    if source.startswith("Accord tables ("):
        inner = source.removeprefix("Accord tables (").replace(")", "")
        return inner.replace("GCB, ", "").replace("GCB and EDGAR, ", "tables, ")
    return source.replace("United States exports", "US exports")


def _amount(value: float) -> str:
    return decimal(value, 0 if abs(value) >= 100 or value == round(value) else 1)


def _words(accounts: Sequence[Account]) -> Markup:
    counts = {word: sum(a.status == word for a in accounts) for word in
              ("met", "on track", "off track", "missed", "withdrawn", "announced")}  # fmt: skip
    said = ", ".join(f"{n} {word}" for word, n in counts.items() if n)
    split = sum(not a.agreed for a in accounts)
    apart = f"; on {split} the sources disagree" if split else ""
    return Markup(
        "Outline: promised; solid and hatched: delivered, by two sources kept apart. Of {} "
        "promises with deliveries on file {}{}. accord track lists them."
    ).format(len(accounts), said, apart)


def _relation(result: Assessment, case: Case) -> Chart | None:
    """Return the timeline; ``None`` for a pair or a day that no bundled ruler measures."""
    from accord.errors import InputError
    from accord.tracking.relation import relation

    since = 2009 if result.as_of.year >= 2012 else max(1950, result.as_of.year - 8)
    try:
        found = relation(case, as_of=result.as_of)
        drawing = relation_drawing(found, case, since=since)
    except InputError:
        return None
    words = " ".join(found.words)
    series = [*found.rulers, *([found.index] if found.index is not None else [])]
    rows = []
    for year in range(since, result.as_of.year + 1):
        values = [one.over(12 * year, 12 * year + 11) for one in series]
        means = [float(v[np.isfinite(v)].mean()) if np.isfinite(v).any() else np.nan
                 for v in values]  # fmt: skip
        rows.append((str(year), *(decimal(mean) for mean in means)))
    return Chart(
        id="relation",
        title="The relation as a whole",
        unit=Markup(
            "monthly, −9 hostile to +9 friendly; dashed: acts on climate on the same scale"
        ),
        svg=drawing,
        summary=chemical(
            f"{words} Full dot: a breakthrough on climate; open: a break; dotted: rounds of talks."
        ),
        head=("mean of the year", *(one.name for one in series)),
        table=tuple(rows),
        how=How(
            "how-relation",
            (
                Markup(
                    "Rulers: eventdb-validity-audit (KelaoHu 2026), CC BY 4.0. Acts on climate: "
                    "interactions.csv of the case, weighed by kind, run on by the rule of Yan and "
                    "Zhou 2004. Kept apart: 1 − adjusted R² of monthly changes, block bootstrap "
                    "(accord relations)."
                ),
            ),
        ),
    )


HOW_ONCE = "how-kept-once"


def _once(result: Assessment, case: Case, figures: Figures) -> tuple[Markup, ...]:
    """Return what was claimed twice, whose share of the money is fair, and what carbon costs."""
    from accord.tracking.carbon_market import markets
    from accord.tracking.double_counting import count_once, load_transfers
    from accord.tracking.fair_finance import fair_shares

    said = []
    known = [t for t in load_transfers(case) if t.first <= result.as_of.year]
    if known:
        accounts = count_once(known)
        twice = accounts.claimed - accounts.corrected
        said.append(
            Markup(
                "Offsets: of {} Mt claimed by sellers and buyers {} Mt are claimed twice."
            ).format(
                decimal(accounts.claimed, 0),
                figures.print(decimal(twice, 0), twice, name="kept-twice", how=HOW_ONCE),
            )
        )
    year = min(result.as_of.year - 1, 2023)
    if year >= 1995:
        shares = {name: fair_shares(name, year=year) for name in ("ODI", "Carbon Brief", "CGD")}
        for code in case.parties:
            parts = ", ".join(
                f"{100 * found.get(code, 0.0):.0f} by {name}" for name, found in shares.items()
            )
            name = PARTIES[code].short_name if code in PARTIES else code
            said.append(Markup("Fair share of climate finance, {}, %: {}.").format(name, parts))
    prices = [m for m in markets(since=1990) if m.year == result.as_of.year - 1 and m.usd]
    if prices:
        listed = ", ".join(f"{m.scheme} {m.usd:.0f}" for m in prices)
        said.append(Markup("Carbon prices in {}, $/t: {}.").format(prices[0].year, listed))
    return tuple(said)


def _how_once() -> How:
    return How(
        HOW_ONCE,
        (
            Markup(
                "<b>Counted once</b>: transfers.csv of the case, corresponding adjustments "
                "(accord offsets). Fair shares: ODI among Annex II by income, emissions since 1990 "
                "and people; Carbon Brief by emissions since 1850; CGD among all states by "
                "emissions since 1979 times income (accord finance). Prices: accord prices."
            ),
        ),
    )


def _anchor(account: Account) -> str:
    return anchor("how-kept", account.promise.id)


def _how(account: Account) -> How:
    steps = [
        Markup("<b>{}</b>: {} ({}).").format(
            chemical(account.promise.commitment.says), account.status, account.promise.id
        )
    ]
    steps += [
        chemical(
            f"{s.series.source}, through {s.through}: {_amount(s.amount)} of "
            f"{_amount(s.target)} {account.promise.unit}; {s.why}; due by then: "
            f"{s.pro_rating}. {s.reading.evidence}"
            f"{'' if s.reading.verified else ' (not verified)'}."
        )
        for s in account.standings
    ]
    return How(_anchor(account), tuple(steps))

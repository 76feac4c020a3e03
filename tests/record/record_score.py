"""A small scorer for annotated passages: overlap F1 per kind, one to one, optional items neutral."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

BY_VALUE = {"actor": "name", "issue": "area", "doc_date": "value"}


@dataclass
class Score:
    """Counts of one kind."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)


def score(pairs):
    """Score (gold, predicted) pairs of documents; returns a Score per kind."""
    out = defaultdict(Score)
    for gold, predicted in pairs:
        for kind in {g["kind"] for g in gold} | {p["kind"] for p in predicted}:
            _one(
                out[kind],
                kind,
                [g for g in gold if g["kind"] == kind],
                [p for p in predicted if p["kind"] == kind],
                gold,
            )
    return out


def _one(result, kind, gold, predicted, everything):
    matched, used = set(), set()
    candidates = sorted(
        ((_fit(kind, p, g), i, j) for i, p in enumerate(predicted) for j, g in enumerate(gold)),
        key=lambda c: -c[0],
    )
    for value, i, j in candidates:
        if value >= 0.5 and i not in used and j not in matched:
            used.add(i)
            matched.add(j)
    result.hit += sum(not gold[j].get("optional") for j in matched)
    result.missed += sum(j not in matched and not g.get("optional") for j, g in enumerate(gold))
    neutral = (
        [g for g in everything if g["kind"] in ("demand", "refusal", "commitment")]
        if kind == "statement"
        else []
    )
    for i, p in enumerate(predicted):
        if i in used or (kind in BY_VALUE and any(_fit(kind, p, g) >= 0.5 for g in gold)):
            continue
        if any(_overlap(p, s) >= 0.3 for g in neutral for s in (g, *g.get("alt", ()))):
            continue
        result.false += 1


def _fit(kind, p, g):
    if kind == "issue":
        return float(p["attrs"]["area"] == g["attrs"]["area"])
    if kind == "doc_date":
        one, two = p["attrs"]["value"], g["attrs"]["value"]
        return float(one.startswith(two) or two.startswith(one))
    if kind == "actor":
        names = {
            _fold(g["attrs"]["name"]),
            *map(_fold, g["attrs"].get("aliases", ())),
            _fold(g["quote"]),
        }
        mine = {
            _fold(p["attrs"]["name"]),
            *map(_fold, p["attrs"].get("aliases", ())),
            _fold(p["quote"]),
        }
        return float(bool(names & mine))
    return max(_overlap(p, span) for span in (g, *g.get("alt", ())))


def _overlap(a, b):
    inside = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    return inside / (max(a["end"], b["end"]) - min(a["start"], b["start"]))


def _fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.lower().removeprefix("the ").replace(".", "")

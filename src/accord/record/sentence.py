"""Paragraphs and sentences, with the text inside quotation marks never cut from its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.quotation import Quotation

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|St|Jr|Sr|vs|etc|approx|No|Nos|Art|Fig|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Corp|Co|Amb|Adm|Hon|cf|p|pp|U|ca)"
    r"|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z]|e\.g|i\.e)$"
)
_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)")
_BREAK = re.compile(r"\n[ \r]*\n\s*|\r\n[ ]*\r\n\s*")
_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+")


@dataclass
class Sentence:
    """One sentence and what is known of it while a document is read.

    Attributes
    ----------
    start, end
        Offsets into the document.
    paragraph
        Number of its paragraph, from 0.
    text
        Its folded text (see :mod:`accord.record.typography`).
    heading
        Whether it is a line without an end mark that stands for itself.
    """

    start: int
    end: int
    paragraph: int
    text: str
    heading: bool = False
    quotes: list[Quotation] = field(default_factory=list)


def split(folded: str, quotations: list[Quotation]) -> list[Sentence]:
    """Cut a folded text into sentences.

    A line that ends without an end mark and is followed by a blank line is a sentence by itself.
    A quotation is never cut; where it ends a sentence of its own, the next one starts behind it.
    """
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(folded)):
        for left, right in _pieces(folded, _past_dateline(folded, start, end), end, quotations):
            text = folded[left:right]
            sentence = Sentence(left, right, number, text)
            sentence.quotes = [q for q in quotations if left <= q.start < right]
            last = text.rstrip("\"')] ")[-1:]
            sentence.heading = last not in ".!?:;," and len(text) < 160
            sentences.append(sentence)
    return sentences


_DATELINE = re.compile(
    r"[^\n]{0,120}?\([A-Z][^)\n]{1,30}\)\s?-{1,2}\s"
    r"|[A-Z]{3,}[A-Z -]*,[^-\n]{0,45}?\s-{1,2}\s"
    r"|[A-Z][A-Za-z ]{2,25},[^-\n]{0,30}\s?\([^)\n]{2,30}\),?\s[^-\n]{0,25}\s-{1,2}\s"
)


def _past_dateline(folded: str, start: int, end: int) -> int:
    """Step over a dateline ("GLASGOW, 2 Nov (Agency) - "), which belongs to no sentence."""
    m = _DATELINE.match(folded, start, min(end, start + 170))
    return m.end() if m else start


def _paragraphs(folded: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for gap in _BREAK.finditer(folded):
        spans.append((at, gap.start()))
        at = gap.end()
    spans.append((at, len(folded)))
    out: list[tuple[int, int]] = []
    for start, end in spans:
        out.extend(_lines(folded, start, end))
    return [(s, e) for s, e in out if folded[s:e].strip()]


def _lines(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a block at single line ends, unless the lines are one hard-wrapped paragraph."""
    block = folded[start:end]
    if "\n" not in block.strip():
        return [(start, end)]
    lines: list[tuple[int, int]] = []
    at = start
    for line in block.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    lengths = [e - s for s, e in lines if folded[s:e].strip()]
    wrapped = len(lengths) > 2 and max(lengths) <= 100 and min(lengths[:-1]) >= 45
    if not wrapped:
        return lines
    out: list[tuple[int, int]] = []
    for s, e in lines:
        if out and not _ITEM.match(folded[s:e]):
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return out


def _pieces(
    folded: str, start: int, end: int, quotations: list[Quotation]
) -> list[tuple[int, int]]:
    inside = [(q.start, q.end) for q in quotations if q.start < end and q.end > start]
    cuts: list[int] = []
    for mark in _END.finditer(folded, start, end):
        stop = mark.end()
        enclosing = next(((s, e) for s, e in inside if s < mark.start() < e), None)
        if enclosing is not None and stop < enclosing[1]:
            continue
        before = folded[max(start, mark.start() - 12) : mark.start()]
        following = folded[stop:end].lstrip()
        if (
            mark.group()[0] == "."
            and _ABBREVIATION.search(before)
            and (following[:1].islower() or _titled(before) or not _starts(following))
        ):
            continue
        if (
            mark.group()[0] == "."
            and before[-1:].isdigit()
            and re.match(r"^\s*\d{1,2}$", folded[max(start, mark.start() - 3) : mark.start()])
            and mark.start() - start < 6
        ):
            continue
        if following and not _OPENS.match(following):
            continue
        cuts.append(stop)
    pieces: list[tuple[int, int]] = []
    at = start
    for cut in [*cuts, end]:
        s, e = at, cut
        while s < e and folded[s].isspace():
            s += 1
        while e > s and folded[e - 1].isspace():
            e -= 1
        if s < e:
            pieces.append((s, e))
        at = cut
    return pieces


_OPENS = re.compile(r"[\"'(\[]*[A-Z0-9À-Ý$€£]")
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|St|Amb|Adm|Hon|vs|No|Nos|[A-Z])$")
_STARTERS = re.compile(
    r"(?:The|A|An|In|On|At|But|And|It|He|She|They|We|This|That|These|Those|However|As|If|When|While"
    r"|After|Before|For|Under|With|By|To|Its|His|Her|Their|Both|Some|Many|China|India|\")\b"
)


def _titled(before: str) -> bool:
    """Tell whether the full stop belongs to a title or an initial rather than to an end."""
    return bool(_TITLES.search(before)) and not re.search(r"\b[A-Z]\.[A-Z]$", before)


def _starts(following: str) -> bool:
    return bool(_STARTERS.match(following))

"""Quotations: pairs of quotation marks, straight or curly, and quotations that run on."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_OPEN, _CLOSE = "“„«", "”»"
_PARAGRAPH = re.compile(r"\n[ \r\t]*\n")


@dataclass(frozen=True)
class Quotation:
    """What stands between quotation marks.

    ``start`` and ``end`` include the marks, ``inner`` and ``outer`` do not; ``runs_on`` marks a
    paragraph of a longer quotation that is closed only later.
    """

    start: int
    end: int
    inner: int
    outer: int
    runs_on: bool = False

    def words(self, text: str) -> int:
        """Count the words inside."""
        return len(text[self.inner : self.outer].split())


def quotations(text: str, folded: str) -> list[Quotation]:
    """Find the quotations of a text; an unclosed one ends with its paragraph.

    Curly marks pair by their shape, straight ones by what stands beside them (a mark after a blank
    opens, before a blank closes). Single marks count only where no double ones are used, as in
    British print, since apostrophes look the same.
    """
    found: list[Quotation] = []
    bounds = [0, *[m.end() for m in _PARAGRAPH.finditer(folded)], len(folded)]
    for left, right in itertools.pairwise(bounds):
        found.extend(_paragraph(text, folded, left, right))
    if not found:
        found = _single(text, folded)
    return [q for q in found if q.outer > q.inner]


def _paragraph(text: str, folded: str, left: int, right: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    at = folded.find('"', left, right)
    while at >= 0:
        mark = text[at]
        before = folded[at - 1] if at > left else " "
        after = folded[at + 1] if at + 1 < right else " "
        if mark in _OPEN:
            opens = True
        elif mark in _CLOSE:
            opens = False
        elif opened is None:
            opens = not after.isspace() or before.isspace()
        else:
            # A second opening mark inside an open quotation: the first one was never closed.
            opens = before.isspace() and after.isalnum() and folded.count('"', at, right) % 2 == 0
        if folded[max(left, at - 1) : at].isdigit() and opened is None:
            opens = False  # inches and seconds, not speech
        if opens:
            if opened is not None and mark in _OPEN:
                at = folded.find('"', at + 1, right)
                continue
            opened = at
        elif opened is not None:
            found.append(Quotation(opened, at + 1, opened + 1, at))
            opened = None
        at = folded.find('"', at + 1, right)
    if opened is not None:
        end = right
        while end > opened + 1 and folded[end - 1].isspace():
            end -= 1
        if folded[left:opened].strip() == "" or end - opened < 400:
            found.append(Quotation(opened, end, opened + 1, end, runs_on=True))
    return found


_SINGLE = re.compile(r"(?<![A-Za-z0-9])'(?=[A-Za-z])([^'\n]*(?:'(?=[a-z])[^'\n]*)*)'(?![A-Za-z])")


def _single(text: str, folded: str) -> list[Quotation]:
    found = []
    for m in _SINGLE.finditer(folded):
        if text[m.start()] in "’" and text[m.end() - 1] in "’":
            continue  # two apostrophes
        if len(m.group(1).split()) >= 2:
            found.append(Quotation(m.start(), m.end(), m.start() + 1, m.end() - 1))
    return found

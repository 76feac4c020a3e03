"""Triggers: one number that says which rules a sentence may match, by the words it holds.

Every set of trigger words gets a bit of its own. A sentence looks its words up once; each rule, and
each function that tries several rules, then asks with a single bitwise *and*.
"""

from __future__ import annotations

from collections.abc import Iterable

_BITS: dict[str, int] = {}
_COUNT = [0]


def register(words: Iterable[str]) -> int:
    """Give a set of trigger words its bit; to be called when a module is loaded."""
    bit = 1 << _COUNT[0]
    _COUNT[0] += 1
    for word in words:
        _BITS[word] = _BITS.get(word, 0) | bit
    return bit


def bits(words: Iterable[str]) -> int:
    """Return the bits of all sets that hold one of some words."""
    found = 0
    get = _BITS.get
    for word in words:
        found |= get(word, 0)
    return found

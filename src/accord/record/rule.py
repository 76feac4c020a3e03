"""A rule: a pattern that is only tried on sentences which hold one of its trigger words.

Most sentences hold no word of most rules; looking that up in a set is some hundred times cheaper
than running the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from accord.record.scene import Line
from accord.record.trigger import register


class Rule:
    """A pattern and the words of which a sentence must hold at least one.

    Parameters
    ----------
    words
        Trigger words in lower case, as a blank-separated string or any iterable; of a longer
        phrase its first word counts.
    pattern
        Regular expression over the mask or text of a sentence.
    flags
        Flags of :func:`re.compile`.
    """

    __slots__ = ("bit", "pattern")

    def __init__(self, words: str | Iterable[str], pattern: str, flags: int = 0) -> None:
        phrases = words.split() if isinstance(words, str) else words
        self.bit = register({m.group() for p in phrases if (m := re.search(r"[a-z]+", p.lower()))})
        self.pattern = re.compile(pattern, flags)

    def on(self, line: Line, text: str | None = None) -> Iterable[re.Match[str]]:
        """Iterate over the matches in a sentence (its open mask unless another text is given)."""
        if not line.bits & self.bit:
            return ()
        return self.pattern.finditer(line.open if text is None else text)

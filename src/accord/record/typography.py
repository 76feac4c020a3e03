"""Typography folded for rules, one character for one character, so that offsets stay true."""

from __future__ import annotations

_FOLD = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‒": "-", "―": "-", "‐": "-", "‑": "-", "−": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ", "\u2002": " ",
    "\u2003": " ", "\u200b": " ", "\ufeff": " ", "\t": " ",
    "…": ".", "％": "%", "＄": "$",
}  # fmt: skip
_TABLE = str.maketrans(_FOLD)


def fold(text: str) -> str:
    """Return ``text`` with plain quotation marks, dashes and blanks; same length, same offsets."""
    return text.translate(_TABLE)


_MARKS = set("\"'“”„‟«»″‘’‚‛′`´")
_DASHES = set("-–—‒―‐‑−")


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Find ``quote`` in ``text`` up to quotation marks, dashes and white space.

    Returns
    -------
    tuple of int or None
        Offsets into ``text`` itself, so that ``text[start:end]`` is the source's own wording, or
        ``None`` where the words do not occur. Letters are never altered or skipped.
    """
    needle, _ = _squeeze(quote)
    if not needle:
        return None
    hay, offsets = _squeeze(text)
    at = hay.find(needle)
    if at < 0:
        return None
    return offsets[at], offsets[at + len(needle) - 1] + 1


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Fold and drop repeated blanks; return the characters and where each one came from."""
    kept: list[str] = []
    offsets: list[int] = []
    for i, raw in enumerate(text):
        char = '"' if raw in _MARKS else "-" if raw in _DASHES else _FOLD.get(raw, raw)
        if char.isspace():
            char = " "
            if not kept or kept[-1] == " ":
                continue
        kept.append(char)
        offsets.append(i)
    while kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return "".join(kept), offsets

"""One spelling for what typists write in many: case, hyphens, thin spaces, subscripts.

Every replacement is one character for one, so that a position in the plain text is the same
position in the text as it was typed, and an error can mark the word that the user sees.
"""

from __future__ import annotations

import string

_HYPHENS = "‐‑‒–—―−﹣－⁃"
_SPACES = (
    "\t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u202f\u205f\u3000\ufeff"
)
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_PLAIN = (
    {ord(upper): upper.lower() for upper in string.ascii_uppercase}
    | {ord(hyphen): "-" for hyphen in _HYPHENS}
    | {ord(space): " " for space in _SPACES}
    | {ord(digit): str(value) for value, digit in enumerate(_SUBSCRIPTS)}
    | {ord(digit): str(value) for value, digit in enumerate(_SUPERSCRIPTS)}
    | {ord(mark): '"' for mark in "“”„‟«»"}
    | {ord(mark): "'" for mark in "‘’‚‛"}
    | {ord("％"): "%", ord("＄"): "$", ord("："): ":", ord("；"): ";", ord("，"): ","}
)


def plain(text: str) -> str:
    """Return ``text`` in lower case with plain hyphens, spaces, digits and quotation marks.

    The result has the same length; only ASCII letters are lowered, since others may change length.
    """
    return text.translate(_PLAIN)

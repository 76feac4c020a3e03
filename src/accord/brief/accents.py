"""Party accents: the same everywhere; ``templates/style.css`` defines them for light and dark."""

from __future__ import annotations

_OWN = frozenset({"USA", "CHN", "EU27", "IND", "AOSIS"})


def accent(code: str) -> str:
    """Return the CSS colour of a party; a party without one of its own gets that of the others."""
    return f"var(--{code})" if code in _OWN else "var(--OTH)"

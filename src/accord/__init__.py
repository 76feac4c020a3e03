"""Accord: why climate talks are stuck, what the words add up to, and which deal could hold.

>>> import accord
>>> result = accord.assess("China: peak CO2 emissions before 2030")  # a what-if on the bundled case
>>> result.convention.extension
'hold-rate'

Names are loaded when they are first used, so that ``import accord`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accord.assessment import Assessment as Assessment
    from accord.assessment.chain import assess as assess
    from accord.language import parse as parse
    from accord.language import say as say
    from accord.ledger import Case as Case
    from accord.ledger import load_case as load_case
    from accord.ledger.convention import Convention as Convention

__version__ = "2026.11.0"

_HOME = {
    "Assessment": "accord.assessment",
    "Case": "accord.ledger",
    "Convention": "accord.ledger.convention",
    "assess": "accord.assessment.chain",
    "load_case": "accord.ledger",
    "parse": "accord.language",
    "say": "accord.language",
}

__all__ = ["Assessment", "Case", "Convention", "assess", "load_case", "parse", "say"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'accord' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])

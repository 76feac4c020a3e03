"""Years and periods as they are said: "2030", "FY2030", "fiscal 2013", "2008-2012", "2020/21"."""

from __future__ import annotations

import re

_YEARS = re.compile(r"((?:19|20)\d\d)(?:\D+(\d{2,4}))?$")


def year(text: str) -> int:
    """Return the year in ``text``; a fiscal year is taken as the year that names it."""
    return int(text[-4:])


def period(text: str) -> tuple[int, int]:
    """Return first and last year of a period; "2020-21" ends in 2021."""
    match = _YEARS.search(text)
    if match is None:
        raise ValueError(text)
    first, last = match.groups()
    if last is None:
        return int(first), int(first)
    return int(first), int(last if len(last) == 4 else first[:2] + last)

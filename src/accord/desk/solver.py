"""The solver's own thread: it may be asked from everywhere, and works on one question at a time.

Z3's default context must not be used from two threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import get_ident
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_THREAD: dict[str, Any] = {}


def submit(
    question: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Future[Answer]:
    """Hand a question to the solver's thread."""
    if "pool" not in _THREAD:
        _THREAD["pool"] = ThreadPoolExecutor(
            1, "solver", initializer=lambda: _THREAD.update(ident=get_ident())
        )
    pool: ThreadPoolExecutor = _THREAD["pool"]
    return pool.submit(question, *args, **kwargs)


def ask(
    question: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Answer:
    """Ask the solver's thread and wait for the answer."""
    if _THREAD.get("ident") == get_ident():
        return question(*args, **kwargs)
    return submit(question, *args, **kwargs).result()

"""Words of a phrase, one at a time: the grammar's terminals, as the parser's state accepts them.

This is what Lark's contextual lexer does, for a program that must start fast: one scanner for all
states instead of one for each, and no check of every pattern at start-up (the tests do that). A
second scanner is made for a state only where the first one's word is not accepted there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lark import Token
from lark.lexer import Lexer


class UnreadError(Exception):
    """No accepted word starts at ``position``."""

    def __init__(self, position: int, accepted: Iterable[str]) -> None:
        self.position = position
        self.accepted = set(accepted)
        super().__init__(position)


class PhraseLexer(Lexer):
    """Lexer for :mod:`accord.language.grammar`; words of one's own (``FREE``) come last."""

    __future_interface__ = 2  # Lark hands over the parser's state, and takes tokens as they come

    def __init__(self, conf: Any) -> None:
        terminals = sorted(conf.terminals, key=lambda one: (-one.priority, -len(one.pattern.value)))
        self._patterns = {one.name: one.pattern.to_regexp() for one in terminals}
        self._ignored = frozenset(conf.ignore)
        self._scanner = self._compile(set(self._patterns) - {"FREE"})
        self._by_state: dict[int, re.Pattern[str]] = {}

    def _compile(self, names: set[str]) -> re.Pattern[str]:
        return re.compile(
            "|".join(
                f"(?P<{name}>{form})" for name, form in self._patterns.items() if name in names
            )
        )

    def _scanner_of(self, state: int, accepted: Mapping[str, Any]) -> re.Pattern[str]:
        scanner = self._by_state.get(state)
        if scanner is None:
            scanner = self._compile((accepted.keys() & self._patterns.keys()) | self._ignored)
            self._by_state[state] = scanner
        return scanner

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        """Yield the tokens of a phrase; raise :class:`UnreadError` where no accepted one starts."""
        text: str = getattr(lexer_state.text, "text", lexer_state.text)
        states = parser_state.parse_conf.states
        position, end = 0, len(text)
        while position < end:
            state = parser_state.position
            accepted = states[state]
            match = self._scanner.match(text, position)
            name = match.lastgroup if match is not None else None
            ignored = name in self._ignored
            if name not in accepted and (not ignored or "FREE" in accepted):
                match = self._scanner_of(state, accepted).match(text, position)
                if match is None:
                    raise UnreadError(position, accepted)
                name = match.lastgroup
                ignored = name in self._ignored
            assert match is not None and name is not None
            if not ignored:
                yield Token(name, match.group(), position, end_pos=match.end())
            position = match.end()

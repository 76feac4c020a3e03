"""The quick lexer finds the words that Lark's own contextual lexer finds."""

from importlib import resources

import lark
from test_documented_phrases import examples
from test_variants import SAME

from accord.language.grammar import _lark
from accord.language.spelling import plain


def test_both_lexers_make_the_same_clauses_of_every_example() -> None:
    text = resources.files("accord.language").joinpath("pledge.lark").read_text("utf-8")
    slow = lark.Lark(text, parser="lalr", lexer="contextual", maybe_placeholders=False)
    for phrase in [*examples("pledge"), *(canonical for _, canonical in SAME)]:
        body = plain(phrase.split(": ", 1)[1])
        assert _lark().parse(body) == slow.parse(body), phrase

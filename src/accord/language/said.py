"""What the clauses of one phrase say, each thing once, with where it was said."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NoReturn, cast

from accord.language import period, quantity
from accord.language.grammar import unreadable
from accord.language.quantity import Amount
from accord.language.target import Bound, Gas

if TYPE_CHECKING:
    from lark import Token, Tree

GASES: dict[str, Gas] = {
    "CO2": "CO2",
    "GHG": "GHG",
    "CH4": "CH4",
    "N2O": "N2O",
    "F_GASES": "F-gases",
    "CO2_FOSSIL": "CO2 fossil",
    "CO2_LAND": "CO2 land",
}
SOURCES = {
    "NON_FOSSIL": "non-fossil",
    "RENEWABLE": "renewable",
    "COAL": "coal",
    "CLEAN": "clean",
    "NUCLEAR": "nuclear",
    "WIND_AND_SOLAR": "wind and solar",
    "WIND": "wind",
    "SOLAR": "solar",
    "HYDRO": "hydro",
}
TOTALS = {
    "PRIMARY_ENERGY": "primary energy",
    "FINAL_ENERGY": "final energy",
    "ELECTRICITY": "electricity",
    "POWER_CAPACITY": "power capacity",
    "ENERGY": "energy",
}
BOUNDS: dict[str, Bound] = {
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
    "OVER": "over",
    "ABOVE": "over",
    "ABOUT": "about",
    "EXACTLY": "exactly",
}
_UNITS = {"HALF", "PERCENT", "TONNES", "POWER", "STOCK", "AREA"}
_FLIPPED: dict[Bound, Bound] = {"at least": "at most", "at most": "at least"}
_Span = tuple[int, int]


def flip(bound: Bound) -> Bound:
    """Return the bound on a cut that a bound on a rise means: at most 8 % up, at least -8 % cut."""
    return _FLIPPED.get(bound, bound)


class Said:
    """What the clauses of one phrase say, each thing once."""

    def __init__(self, tree: Tree[Token], plain: str, text: str, offset: int) -> None:
        self.plain, self.text, self.offset = plain, text, offset
        self.verbs: dict[str, Token] = {}
        self.gas: Gas | None = None
        self.gas_word = ""
        self.source: str | None = None
        self.total: str | None = None
        self.topics: dict[str, Token] = {}
        self.amount: Amount | None = None
        self.base: int | Literal["peak", "bau"] | None = None
        self.direction: Literal["below", "from", "above", "back", "of"] = "from"
        self.bau: float | None = None
        self.when: str = ""
        self.years: tuple[int, int] | None = None
        self.from_to = False
        self.lulucf: Literal["including", "excluding"] | None = None
        self.condition: str | None = None
        self.a_year = False
        self.purpose: str | None = None
        self.recipient: str | None = None
        self.seller: str | None = None
        self.policy: str | None = None
        self._taken: dict[str, _Span] = {}
        for child in tree.children:
            self._hear(child)

    # Errors -------------------------------------------------------------------------------------

    def fail(self, message: str, span: _Span | None = None, *accepted: str) -> NoReturn:
        """Raise the error for the words at ``span`` (the whole undertaking where there is none)."""
        start, end = span or (0, len(self.plain.rstrip()))
        raise unreadable(
            message, self.text, self.offset + start, self.offset + end, tuple(accepted)
        )

    def span(self, what: str) -> _Span | None:
        """Return where ``what`` was said."""
        return self._taken.get(what)

    def _once(self, what: str, first: Token, last: Token) -> None:
        span = (first.start_pos or 0, last.end_pos or 0)
        if what in self._taken:
            self.fail(f"a second {what}; one phrase holds one target, write ';' between two", span)
        self._taken[what] = span

    # Clauses ------------------------------------------------------------------------------------

    def _hear(self, child: Tree[Token] | Token) -> None:
        if isinstance(child, str):  # POLICY and its words
            if child.type == "POLICY_TEXT":
                self.policy = self._typed(child)[1:].strip()
            return
        _HEAR[child.data](self, cast("list[Token]", child.children), child.data)

    def _typed(self, token: Token) -> str:
        start = self.offset + (token.start_pos or 0)
        words = self.text[start : start + len(token)]
        return words[1:-1] if token.type == "QUOTED" else words

    def _verb(self, tokens: list[Token], _: str) -> None:
        (token,) = tokens
        if token.type in {"MODAL", "AVERAGE", "REACH"}:
            return
        kind = "NEUTRAL" if token.type == "NEUTRAL" else "verb"
        if token.type not in {"PEAK", "GROWTH"}:
            self._once("verb" if kind == "verb" else "neutrality", token, token)
        self.verbs[token.type] = token

    def _subject(self, tokens: list[Token], _: str) -> None:
        token = tokens[-1]
        kind = token.type
        if kind in GASES:
            self._once("gas", token, token)
            self.gas, self.gas_word = GASES[kind], str(token)
        elif kind in SOURCES:
            self._once("energy source", token, token)
            self.source = SOURCES[kind]
        elif kind in TOTALS:
            self._once("energy total", token, token)
            self.total = TOTALS[kind]
        elif kind in {"NET", "GROSS"}:
            self._once("LULUCF clause", token, token)
            self.lulucf = "including" if kind == "NET" else "excluding"
        self.topics[kind] = token

    def _figure(self, tokens: list[Token], role: str) -> None:
        self._once("amount", tokens[0], tokens[-1])
        word = role.removeprefix("amount").removeprefix("_") or "plain"
        self.amount = self._amount(tokens, cast(quantity.Role, word))

    def _amount(self, tokens: list[Token], role: quantity.Role = "plain") -> Amount:
        figures: list[Decimal] = []
        bound: Bound | None = None
        kind: quantity.Kind = "percent"
        of: str | None = None
        last_unit = next(token for token in reversed(tokens) if token.type in _UNITS)
        sizes: list[Decimal] = []
        for token in tokens:
            if token.type == "NUMBER":
                figures.append(self._figure_of(token))
                sizes.append(Decimal(0))
            elif token.type == "HALF":
                figures, sizes = [Decimal(50)], [Decimal(1)]
            elif token.type in _UNITS:
                if token.type != last_unit.type:
                    self.fail("the two ends of the range have different units", _at(token))
                kind, size, of = self._unit(token)
                sizes = [old or size for old in sizes]
            elif token.type in BOUNDS and not figures:
                bound = BOUNDS[token.type]
        values = [value * size for value, size in zip(figures, sizes, strict=True)]
        start, end = _at(tokens[0])[0], _at(tokens[-1])[1]
        return Amount(
            low=min(values),
            high=max(values),
            kind=kind,
            of=of,
            bound=bound,
            role=role,
            start=start,
            end=end,
        )

    def _figure_of(self, token: Token) -> Decimal:
        if len(token) > 18:
            self.fail("a figure with so many digits is not meant", _at(token))
        return quantity.figure(token)

    def _unit(self, token: Token) -> tuple[quantity.Kind, Decimal, str | None]:
        if token.type == "TONNES":
            size, of = quantity.tonnes(token)
            return "tonnes", size, of
        if token.type == "POWER":
            return "power", quantity.power(token), None
        if token.type == "STOCK":
            return "stock", quantity.stock(token), None
        if token.type == "AREA":
            return "area", quantity.area(token), None
        return "percent", Decimal(1), None

    def _money(self, tokens: list[Token], _: str) -> None:
        self._once("amount", tokens[0], tokens[-1])
        bound: Bound | None = None
        figures: list[Decimal] = []
        sizes: list[Decimal] = []
        codes: set[str] = set()
        for token in tokens:
            if token.type == "NUMBER":
                figures.append(self._figure_of(token))
                sizes.append(Decimal(0))
            elif token.type == "SCALE":
                sizes = [old or quantity.multiple(token) for old in sizes]
            elif token.type in {"CURRENCY", "CURRENCY_NAME"}:
                codes.add(quantity.currency(token))
            elif token.type in BOUNDS and not figures:
                bound = BOUNDS[token.type]
        if len(codes) > 1:
            self.fail("two currencies in one amount", self.span("amount"))
        values = [value * (size or 1) for value, size in zip(figures, sizes, strict=True)]
        self.amount = Amount(
            low=min(values),
            high=max(values),
            kind="money",
            of=codes.pop(),
            bound=bound,
            start=_at(tokens[0])[0],
            end=_at(tokens[-1])[1],
        )

    def _base(self, tokens: list[Token], how: str) -> None:
        self._once("base", tokens[0], tokens[-1])
        if tokens[0] in {"below", "under", "beneath"}:
            self.direction = "below"
        if how == "base_peak":
            self.base = "peak"
        elif how == "base_bau":
            self.base = "bau"
            for number, unit in itertools.pairwise(tokens):
                if unit.type == "TONNES":
                    size, _ = quantity.tonnes(unit)
                    self.bau = float(self._figure_of(number) * size / 10**6)
        else:
            self.base = period.year(next(token for token in tokens if token.type == "YEAR"))
            turned: dict[str, Literal["above", "back", "of"]]
            turned = {"rise_year": "above", "back_to": "back", "of_year": "of"}
            self.direction = turned.get(how, self.direction)

    def _time(self, tokens: list[Token], when: str) -> None:
        self._once("time", tokens[0], tokens[-1])
        self.when = {"in_year": "in"}.get(when, when)
        years = [period.year(token) for token in tokens if token.type == "YEAR"]
        self.from_to = tokens[0].type == "FROM"
        spans = [period.period(token) for token in tokens if token.type == "PERIOD"]
        self.years = spans[0] if spans else (years[0], years[-1])
        if self.years[1] < self.years[0]:
            self.fail("the period ends before it starts", self.span("time"))

    def _accounting(self, tokens: list[Token], _: str) -> None:
        (token,) = tokens
        said: Literal["including", "excluding"] = (
            "including" if token.type == "INCLUDING" else "excluding"
        )
        net = self.span("LULUCF clause")
        if net is not None and said == self.lulucf:
            return
        self._once("LULUCF clause", token, token)
        self.lulucf = said

    def _condition(self, tokens: list[Token], _: str) -> None:
        self._once("condition", tokens[0], tokens[-1])
        if tokens[-1].type != "UNCONDITIONAL":
            self.condition = self._typed(tokens[-1]).strip()

    def _per_year(self, tokens: list[Token], _: str) -> None:
        self._once("rate", tokens[0], tokens[-1])
        self.a_year = True

    def _words(self, tokens: list[Token], what: str) -> None:
        self._once(what, tokens[0], tokens[-1])
        setattr(self, what, self._typed(tokens[-1]).strip())


def _at(token: Token) -> _Span:
    return token.start_pos or 0, token.end_pos or 0


_HEAR: dict[str, Callable[[Said, list[Token], str], None]] = {
    "verb": Said._verb,
    "subject": Said._subject,
    "amount": Said._figure,
    "amount_to": Said._figure,
    "amount_by": Said._figure,
    "amount_of": Said._figure,
    "amount_below": Said._figure,
    "money": Said._money,
    "base_year": Said._base,
    "rise_year": Said._base,
    "base_peak": Said._base,
    "base_bau": Said._base,
    "back_to": Said._base,
    "of_year": Said._base,
    "by": Said._time,
    "before": Said._time,
    "in_year": Said._time,
    "around": Said._time,
    "over": Said._time,
    "accounting": Said._accounting,
    "condition": Said._condition,
    "per_year": Said._per_year,
    "purpose": Said._words,
    "recipient": Said._words,
    "seller": Said._words,
}

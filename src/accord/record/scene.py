"""The scene of a document: its sentences with everybody in them masked, ready for rules.

Rules are regular expressions over a *mask* of the sentence: same length, same offsets, but every
phrase that names somebody is one run of :data:`WHO`, every relative clause behind it a run of
:data:`SUCH`, and every quotation a run of :data:`SAID`. So ``WHO+ rejected`` reads "somebody
rejected" whatever the name, its office and its apposition are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.cast import Cast, find
from accord.record.dates import Published, may_date, published, resolve
from accord.record.document import Document
from accord.record.figure import Figure, figures
from accord.record.mention import Mention
from accord.record.quotation import Quotation, quotations
from accord.record.sentence import Sentence, split
from accord.record.trigger import bits
from accord.record.typography import fold

WHO, SUCH, SAID = "\ue000", "\ue002", "\ue001"
#: A subject in a mask: a name with what hangs on it, several joined, or a pronoun.
SUBJECT = rf"(?:(?<!{WHO})(?:\b[Tt]he\s)?{WHO}++{SUCH}*(?:(?:,\s(?:the\s)?{WHO}++{SUCH}*)*,?\sand\s(?:(?:the|his|her|its|their)\s)?{WHO}++{SUCH}*)?|\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|[Bb]oth sides|[Tt]he (?:two )?sides|[Tt]he (?:two|three|four|five) (?:countries|governments|leaders|ministers|presidents|sides|parties|delegations)))"

_RELATIVE = re.compile(
    rf"(?<={WHO}),\s(?:who|which|whose)\s[^.;:{WHO}{SAID}]*?(?:{WHO}++[^.;:,{WHO}{SAID}]*?)*?,(?=\s)"
)
_APPOSITION = re.compile(
    rf"(?<={WHO}),\s(?:an?|the|one of|its|whose)\s[^,.;:{WHO}{SAID}]{{3,80}}?(?:{WHO}++[^,.;:{WHO}{SAID}]{{0,40}})?,(?=\s(?:[a-z]+\s)?[a-z]+ed\b|\s(?:said|has|had|told|says|is|was|will|would|who)\b)"
)
_RELATIVE_OPEN = re.compile(rf"(?<={WHO})\s(?:who|that)\s(?:\w+\s){{1,4}}?(?=(?:said|told|says)\b)")


_BACKED = re.compile(
    rf"(?<={WHO}),\s(?:for|on behalf of|speaking for|speaking on behalf of|representing|supported by|backed by|joined by|echoed by|seconded by|opposed by|with|along with|together with|as expected|as ever|meanwhile|however|in contrast|in turn|too|in response)(?:\s[^.;:,{SAID}]{{2,70}})?,(?=\s)"
)
_WORD = re.compile(r"[a-z]+")


@dataclass
class Line:
    """One sentence of the scene.

    Attributes
    ----------
    sentence
        Where it stands.
    mask
        The sentence with people, relative clauses and quotations masked.
    open
        The same without masking quotations: for what is asked or refused inside them.
    mentions
        Who is named, with offsets in the document.
    words
        Its words in lower case.
    bits
        Which rules its words may match (:mod:`accord.record.trigger`).
    bare
        The sentence with people masked and nothing else.
    flat
        The folded sentence with the points of decimals and abbreviations replaced.
    """

    sentence: Sentence
    mask: str
    open: str
    mentions: list[Mention]
    words: frozenset[str] = frozenset()
    bits: int = 0
    bare: str = ""
    flat: str = ""
    _figures: list[Figure] | None = None
    _dated: bool | None = None

    @property
    def figures(self) -> list[Figure]:
        """The figures of the sentence, with positions in it; found once."""
        if self._figures is None:
            self._figures = figures(self.text, self.words)
        return self._figures

    @property
    def dated(self) -> bool:
        """Whether a word of it may belong to a date."""
        if self._dated is None:
            self._dated = may_date(self.words, self.text)
        return self._dated

    @property
    def start(self) -> int:
        """Offset of the sentence in the document."""
        return self.sentence.start

    @property
    def text(self) -> str:
        """The folded sentence."""
        return self.sentence.text

    def who(self, at: int) -> Mention | None:
        """Return the mention whose phrase covers position ``at`` of the sentence."""
        offset = self.start + at
        covering = [
            m
            for m in self.mentions
            if m.left <= offset < m.right and m.form not in ("adjective", "place")
        ]
        return max(covering, key=lambda m: (m.right - m.left, m.start), default=None)

    def people(self, start: int, end: int) -> list[Mention]:
        """Return those named between two positions of the sentence, in order."""
        left, right = self.start + start, self.start + end
        inside = [
            m
            for m in self.mentions
            if m.start >= left and m.end <= right and m.form not in ("adjective", "place")
        ]
        if len(inside) < 2:
            return inside
        return [
            m
            for m in inside
            if not any(
                o is not m and o.left <= m.start and m.end <= o.right and o.start != m.start
                for o in inside
            )
        ]


@dataclass
class Scene:
    """A document prepared for the rules."""

    document: Document
    folded: str
    published: Published | None
    quotes: list[Quotation]
    cast: Cast
    lines: list[Line]
    speakers: dict[int, Mention] = field(default_factory=dict)

    @property
    def day(self) -> str | None:
        """ISO date or prefix of the document."""
        return self.published.value if self.published else None

    def recent(self) -> str | None:
        """Return the date of what is told without a date: the week before publication."""
        day = self.day
        if day is None or len(day) < 10:
            return day
        return day[:7] if int(day[8:10]) > 7 else day[:4]

    def told(self, phrase: str) -> str | None:
        """Resolve the day on which something was said: not one that lies ahead or is a term."""
        for when in resolve(phrase, self.day):
            if _AHEAD.search(phrase[: when.start]) is None:
                return when.value
        return None

    def date(self, phrase: str, *, future: bool = False) -> str | None:
        """Resolve the first date expression of a phrase, if there is one."""
        found = resolve(phrase, self.day, future=future)
        return found[0].value if found else None


_AHEAD = re.compile(
    r"\b(?:before|ahead of|until|by|since|next|will|upcoming|due|planned|scheduled|for)\b[^,.;]{0,45}$"
)


def prepare(document: Document) -> Scene:
    """Read a document into a scene: date, sentences, quotations, people and masks."""
    folded = fold(document.text)
    dated = published(folded, document.declared)
    quotes = quotations(document.text, folded)
    sentences = split(folded, quotes)
    cast = find(folded, sentences, dated.value if dated else None)
    scene = Scene(document, folded, dated, quotes, cast, [])
    queue = cast.mentions
    at = 0
    for sentence in sentences:
        while at < len(queue) and queue[at].end <= sentence.start:
            at += 1
        here = []
        i = at
        while i < len(queue) and queue[i].start < sentence.end:
            here.append(queue[i])
            i += 1
        scene.lines.append(_line(sentence, here))
    return scene


_INNER_DOT = re.compile(
    r"\.(?:(?<=\d\.)(?=\d)|(?<=\b[A-Z]\.)(?=[A-Z]\.)|(?<=\b[A-Z]\.[A-Z]\.)(?=\s[a-z(])|(?<=\b(?:Mr|Ms|Dr)\.)|(?<=\bMrs\.))"
)


def _flat(text: str) -> str:
    """Replace the points of decimals and abbreviations, so that a rule's "up to the next point" holds."""
    return _INNER_DOT.sub("·", text) if "." in text else text


def _line(sentence: Sentence, mentions: list[Mention]) -> Line:
    chars = list(sentence.text)
    base, size = sentence.start, len(sentence.text)
    for mention in mentions:
        if mention.form in ("adjective", "place"):
            continue
        left, right = max(mention.left - base, 0), min(mention.right - base, size)
        if right > left:
            chars[left:right] = WHO * (right - left)
            if right < size and chars[right] == "," and mention.right > mention.end:
                chars[right] = WHO
    plain = bare = _flat("".join(chars))
    if f"{WHO}, " in plain:
        plain = _BACKED.sub(lambda m: SUCH * len(m.group()), plain)
        plain = _RELATIVE.sub(lambda m: SUCH * len(m.group()), plain)
        plain = _APPOSITION.sub(lambda m: SUCH * len(m.group()), plain)
    masked = list(plain)
    for quote in sentence.quotes:
        left, right = quote.start - base, min(quote.end - base, size)
        masked[left:right] = SAID * (right - left)
    words = frozenset(_WORD.findall(sentence.text.lower()))
    return Line(
        sentence,
        "".join(masked),
        plain,
        mentions,
        words,
        bits(words),
        bare,
        _flat(sentence.text),
    )

"""Attribution: who says something in a sentence, with which words, to whom and through whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.mention import Mention
from accord.record.rule import Rule
from accord.record.scene import SAID, SUBJECT, SUCH, WHO, Line, Scene
from accord.record.verbs import BASE_FORMS, SAID_WORDS, SAYING_WORDS

_ADVERB = (
    r"(?:also|then|later|earlier|now|recently|today|yesterday|again|further|repeatedly|already|once|still|instead|"
    r"publicly|privately|reportedly|clearly|only|meanwhile|however|simply|even|rightly|first|later on|"
    r"on \w+day|this week|last week|last month|on [A-Z]\w+ \d+|in (?:a|an) [\w\s]{3,25}|\w+ly)"
)
_AUX = r"(?:has|have|had|would|will|is|was|were|are|been|be|did|does|do|might|may|could)"
_FILL = rf"(?:(?:,?\s(?:{_ADVERB}|{_AUX}),?)){{0,3}}"
_NOUN = r"(?:(?:'s)?\s(?:analysis|report|study|statement|paper|assessment|data|figures|research|spokesperson|spokesman|spokeswoman|officials?|website|delegation|delegate|lead negotiator)(?:\sthat\s[\w\s']{3,40}?|\spublished\s[\w\s]{3,20}?|\sreleased\s[\w\s]{3,20}?)?)?"
_WITH = rf"(?:,\s(?:for|on behalf of|speaking for|representing)\s(?:the\s)?{WHO}++,?)?"

_FORWARD = Rule(
    SAID_WORDS.split("|"),
    rf"(?:\b(?:[Aa]n?|[Tt]he)\s(?:[\w-]+\s)?(?:report|study|analysis|survey|assessment|paper)\s(?:by|from)\s(?:the\s)?)?(?P<who>{SUBJECT})(?:\s(?:of|from)\s[A-Z]\w+(?:\s[A-Z]\w+)?)?{_NOUN}{_WITH}(?:\sthat)?,?(?:,\s(?!and\b|but\b)[^,{SAID}{WHO}]{{2,60}},)?{_FILL}\s(?P<verb>{SAID_WORDS})\b",
)
_INVERTED = Rule(
    SAID_WORDS.split("|"),
    rf"(?<=[,{SAID}?!])\s(?P<verb>{SAID_WORDS})\s(?:(?:the|its|his|her|their|a)\s)?(?P<who>{WHO}++{SUCH}*)",
)
_ACCORDING = Rule(
    "according words said",
    rf"\b(?P<verb>[Aa]ccording to|in the words of|said to)\s(?:[\w\s'{WHO}-]{{0,90}}?\bby\s(?:[\w-]+\s){{0,3}})?(?:an?\s|the\s|(?:two|three|four|several|some|many|other)\s)?(?P<who>{WHO}++|\w+ (?:official|source|diplomat)s?)",
)
_PARTICIPLE = Rule(
    SAYING_WORDS.split("|"),
    rf"[,;]?\s(?:(?:while|before|and)\s)?(?:also\s)?(?P<verb>{SAYING_WORDS})\b(?=\s|,|:)",
)
_QUOTED = Rule(
    "saying telling",
    rf"(?P<by>{WHO}++)\s(?:reported|quoted|cited)\s(?P<who>{WHO}++)\s(?P<verb>as saying|as telling)"
    rf"|(?P<who2>{WHO}++)\s(?:was|is|were|has been)\s(?:also\s)?(?P<verb2>quoted|cited)(?:\sby\s(?P<by2>{WHO}++))?\sas saying(?:\sby\s(?P<by3>{WHO}++))?",
)
_LABEL = Rule(
    "called calls call described describes dismissed dismisses branded labelled labeled denounced hailed characterised characterized decried welcomed praised criticised criticized condemned hoped hopes agreed wants want wanted promised vowed pledged refused rejected urged demanded asked pressed invited",
    rf"(?P<who>{SUBJECT}){_WITH}{_FILL}\s(?P<verb>called|calls|call|described|describes|dismissed|dismisses|branded|labell?ed|denounced|hailed|characteri[sz]ed|decried|welcomed|praised|criticised|criticized|condemned|hoped|hopes|agreed|wants|want|wanted|promised to|vowed to|pledged to|refused|rejected|urged|demanded|asked|pressed|called for|calls for|called on|invited)\b",
)
_AND = Rule(
    SAID_WORDS.split("|"),
    rf"\b(?:and|but|while)\s(?:(?:also|then|later)\s)?(?P<who>(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\s)?(?:(?:also|then|later)\s)?(?P<verb>{SAID_WORDS})\b",
)
_COLON = re.compile(r":\s*$")
_TOLD = re.compile(
    rf"^\s(?:to\s)?(?:the\s)?(?P<to>{WHO}++|(?:the\s|a\s|an\s|his\s|her\s|their\s|fellow\s)?(?:[\w-]+\s){{0,3}}?(?:reporters|journalists|delegates|lawmakers|ministers|parliament|audience|"
    r"crowd|supporters|colleagues|students|broadcaster|newspaper|magazine|agency|assembly|delegation|plenary|negotiators|counterparts|leaders|diplomats|investors|members|senators|committee|panel|chamber|summit|conference|meeting|forum|session|gathering|council|congress|briefing|rally|ceremony)\b|[A-Z][\w&]+(?:\s[A-Z][\w&]+){{0,3}}(?=\s(?:that|on|in|last|this|he|she|it|they|the)\b))"
)
_TELLS = frozenset(
    ["told", "tell", "tells", "telling", "assured", "informed", "reminded", "warned"]
)
_VENUE = re.compile(
    r"\b(?:summit|conference|meeting|forum|session|gathering|briefing|rally|ceremony)$"
)
_SPOKE_TO = re.compile(
    rf"\b(?:in|during|at)\s(?:a|an|another|the|his|her|their)\s(?:[\w-]+\s){{0,3}}(?:meeting|talks|call|conversation|interview|letter|message)\s(?:with|to)\s(?P<to>{WHO}++)"
)
_BY_OUTLET = Rule(
    "according reported comments interview interviewed remarks cited quoted",
    rf"\b(?:[Aa]ccording to|[Aa]s reported by|reported by|in comments to|in an interview with|interviewed by|in remarks to|cited by|quoted by)\s(?:the\s)?(?P<by>{WHO}++)",
)


@dataclass
class Cue:
    """A sign that somebody speaks: positions in the sentence, the verb, the speaker.

    ``kind`` is ``before`` (A said ...), ``after`` (..., said A), ``according``, ``participle`` or
    ``label`` (A called it "...").
    """

    start: int
    end: int
    verb: str
    speaker: Mention | None
    kind: str
    who: str = ""
    addressee: str | None = None
    outlet: str | None = None


class Voices:
    """Who speaks, sentence by sentence; remembers the last speaker for pronouns and run-on quotes."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.last: Mention | None = None
        self.last_person: Mention | None = None
        self.last_body: Mention | None = None
        self.seen: list[Mention] = []

    def cues(self, line: Line) -> list[Cue]:
        """Find the cues of one sentence, in order; ``self.last`` is updated by :meth:`note`."""
        mask = line.mask
        found: list[Cue] = []
        outlet = self._outlet(line)
        for m in _QUOTED.on(line, mask):
            group = "who" if m["who"] else "who2"
            speaker = line.who(m.start(group))
            by = next((line.who(m.start(g)) for g in ("by", "by2", "by3") if m[g]), None)
            found.append(Cue(m.start(), m.end(), m["verb"] or m["verb2"], speaker, "before",
                             outlet=by.name if by else outlet))  # fmt: skip
        for m in _FORWARD.on(line, mask):
            if _covered(found, m.start(), m.end()):
                continue
            cue = Cue(
                m.start("who"),
                m.end(),
                m["verb"],
                self._speaker(line, m),
                "before",
                m["who"],
                outlet=outlet,
            )
            self._addressee(line, cue)
            found.append(cue)
        for m in _INVERTED.on(line, mask):
            if _covered(found, m.start(), m.end()):
                continue
            found.append(
                Cue(m.start(), m.end(), m["verb"], line.who(m.start("who")), "after", outlet=outlet)
            )
        for m in _ACCORDING.on(line, mask):
            who = line.who(m.start("who"))
            if who is not None and who.type == "media" and any(c.kind == "before" for c in found):
                continue  # "According to the AFP, Wei told ...": the outlet only passes it on
            if who is None:
                continue
            found.append(Cue(m.start(), m.end("who"), "according to", who, "according"))
        for m in _LABEL.on(line, mask):
            if re.search(
                r"\b(?:be|been|was|were|is|are|being)\s$", mask[m.start() : m.start("verb")]
            ):
                continue
            if not _covered(found, m.start(), m.end()):
                found.append(
                    Cue(
                        m.start("who"),
                        m.end(),
                        m["verb"],
                        self._speaker(line, m),
                        "label",
                        m["who"],
                        outlet=outlet,
                    )
                )
        for m in _PARTICIPLE.on(line, mask):
            if not _covered(found, m.start(), m.end()):
                speaker = next(
                    (
                        c.speaker
                        for c in reversed(found)
                        if c.end <= m.start() and c.kind in ("before", "after", "label")
                    ),
                    None,
                )
                speaker = speaker or self._main_subject(line, m.start())
                found.append(
                    Cue(m.start(), m.end(), m["verb"], speaker, "participle", outlet=outlet)
                )
                self._addressee(line, found[-1])
        for m in _AND.on(line, mask):
            if m["verb"] in BASE_FORMS:
                continue
            if not _covered(found, m.start(), m.end()):
                speaker = next(
                    (
                        c.speaker
                        for c in reversed(found)
                        if c.end <= m.start() and c.kind in ("before", "after", "label")
                    ),
                    None,
                )
                found.append(
                    Cue(
                        m.start(),
                        m.end(),
                        m["verb"],
                        speaker or self._main_subject(line, m.start()),
                        "participle",
                        outlet=outlet,
                    )
                )
                self._addressee(line, found[-1])
        found.sort(key=lambda c: c.start)
        return found

    def note(self, line: Line, speaker: Mention | None) -> None:
        """Remember who spoke and who was named in a sentence."""
        if speaker is not None:
            self.last = speaker
            self._remember(speaker)
            return
        subject = next(
            (
                m
                for m in line.people(0, len(line.mask))
                if m.form != "common" or m.type == "official"
            ),
            None,
        )
        if subject is not None:
            self._remember(subject)

    def _remember(self, who: Mention) -> None:
        if who.type in ("official", "person"):
            self.last_person = who
        elif who.type != "document":
            self.last_body = who

    def pronoun(self, word: str, line: Line, at: int) -> Mention | None:
        """Resolve a pronoun by the people named before it."""
        lower = word.lower()
        before = [
            m for m in line.people(0, at) if m.acts and line.mask[m.start - line.start] == WHO
        ]
        if lower in ("he", "she", "his", "her", "i", "him"):
            named = [m for m in before if m.type in ("official", "person")]
            return named[0] if named else self.last_person
        if lower in ("they", "their", "them"):
            named = [
                m
                for m in before
                if m.type in ("officials", "group", "state", "organisation", "ngo")
            ]
            return named[-1] if named else self.last_body or self.last or self.last_person
        if lower in ("it", "its"):
            named = [
                m
                for m in before
                if m.type in ("state", "group", "organisation", "ngo", "body", "media")
            ]
            if named and not (line.mask[:at].count(SAID) and self.last is not None):
                return named[0]
            if self.last is not None and self.last.type in (
                "organisation",
                "ngo",
                "body",
                "media",
                "state",
                "group",
            ):
                return self.last
            return self.last_body
        if lower == "we":
            return self.last
        return None

    def _speaker(self, line: Line, m: re.Match[str]) -> Mention | None:
        words = m["who"]
        if WHO in words:
            at = m.start("who") + words.index(WHO)
            who = line.who(at)
            if who is not None and who.type == "document":
                return self._document(who, line)
            return who
        if words.lower().startswith(("both ", "the ")):
            sides = [
                p
                for p in line.people(0, m.start("who"))
                if p.type in ("state", "group", "official")
            ]
            return sides[0] if sides else self.last_body or self.last
        return self.pronoun(words, line, m.start("who"))

    def _document(self, who: Mention, line: Line) -> Mention:
        """Return who speaks in a statement: whoever issued it, if that is plain; else for itself."""
        issuer = [
            m
            for m in line.people(0, who.start - line.start)
            if m.type in ("organisation", "body", "ngo", "media", "state", "group")
        ]
        if issuer and line.text.find("that", who.end - line.start, who.end - line.start + 6) >= 0:
            return issuer[0]
        if (
            who.name in ("statement", "readout", "communiqué", "letter", "memo")
            and self.last is not None
        ):
            return self.last
        return who

    def _main_subject(self, line: Line, end: int) -> Mention | None:
        pronoun = re.match(r"(?:But\s|And\s|Still,?\s)?([Hh]e|[Ss]he|[Ii]t|[Tt]hey)\b", line.mask)
        if pronoun is not None:
            return self.pronoun(pronoun[1], line, 0)
        people = [m for m in line.people(0, end) if m.type != "document"]
        return people[0] if people else self.last

    def _addressee(self, line: Line, cue: Cue) -> None:
        rest = line.mask[cue.end :]
        if cue.verb in _TELLS:
            m = _TOLD.match(rest)
            if m is not None:
                who = line.who(cue.end + m.start("to")) if WHO in m["to"] else None
                cue.addressee = (
                    who.name if who else None if _VENUE.search(m["to"]) else _words(m["to"])
                )
                if who is not None and who.type == "media":
                    cue.outlet = who.name
                elif who is None and m["to"][0].isupper():
                    cue.outlet = m["to"]
                cue.end += m.end()
        if cue.addressee is None and (m := _SPOKE_TO.search(rest)) is not None:
            who = line.who(cue.end + m.start("to"))
            if who is not None:
                cue.addressee = who.name
                if who.type == "media":
                    cue.outlet = who.name

    def _outlet(self, line: Line) -> str | None:
        for m in _BY_OUTLET.on(line, line.mask):
            who = line.who(m.start("by"))
            if who is not None and who.type == "media":
                return who.name
        return None


def _words(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an|his|her|their|fellow)\s", "", phrase)


def _covered(found: list[Cue], start: int, end: int) -> bool:
    return any(start < c.end and end > c.start for c in found)

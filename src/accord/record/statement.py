"""Statements: what was said, verbatim, in fragments or in the reporter's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.attribution import Cue, Voices
from accord.record.mention import Mention
from accord.record.quotation import Quotation
from accord.record.scene import SAID, SUBJECT, SUCH, WHO, Line, Scene
from accord.record.verbs import SAID_WORDS

#: Reporting verbs that take no content clause: what follows them is no paraphrase.
_NO_CLAUSE = frozenset(
    (
        "told tell tells telling replied responded commented denied deplored agreed continued "
        "continues"
    ).split()
) - {"told", "tells", "tell", "telling"}
_CLAUSE_START = re.compile(
    rf"^\s?(?:,\s[^,]{{3,50}},\s)?(?P<of>(?:of|about|on|at|in|during|after|before)\s[^,]{{3,60}}?\s(?=that\b)|(?:on|at|in|during)\s(?:the|a)\s[\w\s-]{{3,30}}?\s(?=(?:the\s)?{WHO}))?"
    rf"(?P<time>(?:(?:(?:on|last|this|late|early|earlier)\s)*(?:\w+day|yesterday|today|week|month)(?:\s(?:morning|afternoon|evening|night))?|afterwards|later|earlier|recently|in\s[A-Z][a-z]+(?:\s\d{{4}})?(?=\s(?:that|it|he|she|they|the|{WHO})))\s)?(?P<that>that\s|how\s|why\s)?(?P<clause>\S.*)$",
    re.S,
)
_SUBJECT_WORD = re.compile(
    rf"^(?:{WHO}|[Hh]e\b|[Ss]he\b|[Ii]t\b|[Tt]hey\b|[Ww]e\b|I\b|[Tt]here\b|[Tt]h(?:e|is|at|ese|ose)\b|[Aa]n?\b|[Nn]o\b|[Ii]ts\b|[Hh]is\b|[Hh]er\b|[Tt]heir\b|"
    r"[Aa]ll\b|[Bb]oth\b|[Aa]ny\b|[Ss]ome\b|[Mm]any\b|[Mm]ost\b|[Mm]ore\b|[Oo]ne\b|[Nn]ot\b|[Ff]urther\b|[Oo]nly\b|[Nn]either\b|[Ee]ach\b|[Ee]very\b|[Nn]either\b|"
    r"[Ii]f\b|[Ww]ithout\b|[Uu]nless\b|[Ww]hile\b|[Ww]hat\b|[Ss]uch\b|[Tt]wo\b|\d|[A-Za-z-]+(?:\s[a-z-]+){0,6}?\s(?:is|are|was|were|will|would|has|have|had|must|should|could|can|cannot|may|might|do|does|did|need|needs|remain|remains)\b)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|has|have|had|must|should|shall|could|can|cannot|may|might|does|do|did|"
    r"won't|can't|isn't|aren't|wasn't|don't|doesn't|didn't|wouldn't|couldn't|'s|'re|'ll|'ve|needs?|wants?|remain(?:s|ed)?|[a-z]+ed|[a-z]{3,}s)\b"
)
_TRAIL = re.compile(
    rf"(?:\s-+\s(?:something|an?|the)\b.*|,\s(?:a|an|the)\s(?:decision|move|demand|step|figure|claim|remark|charge|view|position|offer|proposal)\s(?:that|which)\b.*"
    rf"|,\s(?:setting|dashing|drawing|prompting|leaving|raising|signalling|citing|referring|speaking|according|echoing|marking|describing|comparing|urging|asking|pointing|calling|insisting|stressing|two days after|days after|hours after|adding to)\b.*"
    rf"|,\s(?:while|whereas)\s{WHO}.*|,\s(?:but|and)\s(?:s?he|they|it|{WHO}++)\s(?:did not|also|later|added|acknowledged|offered|demanded|refused|declined|said|warned|urged|called)\b.*|\s(?:and|but)\s(?:also\s)?(?:invited|urged|called|asked|raised|thanked|welcomed|expressed|pledged|promised|stressed|demanded|announced|met|stopped|declined|refused|left|stayed|failed|proposed|rejected|pressed|offered|agreed to)\b.*|;.*)$",
    re.S,
)
_TAIL_DATE = re.compile(
    r"\s(?:on\s\w+day|yesterday|today|earlier\s(?:this|on)\s\w+|last\s(?:week|month)|this\sweek)$"
)
_DATE_WORD = re.compile(
    r"(?:day|week|month|year|morning|night|\d{4}|[A-Z][a-z]{2,8} \d|\d [A-Z][a-z]{2}|ago\b|in [A-Z][a-z]+)"
)


@dataclass
class Statement:
    """A statement found: offsets in the document, speaker, mode and circumstances."""

    start: int
    end: int
    mode: str
    speaker: Mention | None
    cue: str = ""
    addressee: str | None = None
    outlet: str | None = None
    date: str | None = None
    heading: bool = False


def statements(scene: Scene) -> list[Statement]:
    """Find the statements of a document, in order."""
    voices = Voices(scene)
    found: list[Statement] = []
    context = _Context()
    for number, line in enumerate(scene.lines):
        cues = voices.cues(line)
        here = _of_line(scene, line, cues, voices, context)
        if not here and context.colon is not None and not line.sentence.quotes:
            here = _block(scene, number, line, context)
        found.extend(here)
        context.after(scene, line, cues, here, voices)
    return found


class _Context:
    """What carries over from sentence to sentence: the colon before a quotation, the day spoken of."""

    def __init__(self) -> None:
        self.colon: Cue | None = None
        self.paragraph = -1
        self.quoted: Statement | None = None
        self.cue: Cue | None = None
        self.dates: dict[str, str] = {}

    def after(
        self, scene: Scene, line: Line, cues: list[Cue], here: list[Statement], voices: Voices
    ) -> None:
        real = [c for c in cues if c.speaker is not None and c.kind != "label"]
        self.colon = None
        if line.text.rstrip().endswith(":") and real:
            self.colon = real[-1]
        self.paragraph = line.sentence.paragraph
        own = scene.told(_outside(line, here)) if line.dated else None
        subject = next((m for m in line.people(0, len(line.mask))), None)
        if own is not None and subject is not None:
            self.dates[subject.name] = own
        speaker = next((s.speaker for s in reversed(here) if s.speaker is not None), None)
        voices.note(line, speaker or (real[-1].speaker if real else None))
        direct = [s for s in here if s.mode != "paraphrase"]
        if direct:
            self.quoted = direct[-1]
        if real:
            self.cue = real[-1]
        for statement in here:
            line_speaker = statement.speaker
            if line_speaker is not None:
                scene.speakers[statement.start] = line_speaker


def _outside(line: Line, here: list[Statement]) -> str:
    """Return the sentence without what was said: where the date of speaking stands."""
    text = list(line.mask.replace(WHO, " ").replace(SUCH, " "))
    for s in here:
        left, right = max(0, s.start - line.start), min(len(text), s.end - line.start)
        text[left:right] = " " * (right - left)
    return "".join(text).replace(SAID, " ")


def _of_line(
    scene: Scene,
    line: Line,
    cues: list[Cue],
    voices: Voices,
    context: _Context,
) -> list[Statement]:
    here: list[Statement] = []
    for quote in line.sentence.quotes:
        statement = _quoted(scene, line, quote, cues, voices, context)
        if statement is not None:
            here.append(statement)
    if not line.sentence.heading:
        here.extend(_paraphrases(_unmask(line, here), cues, here))
    here.sort(key=lambda s: s.start)
    date = scene.told(_outside(line, here)) if line.dated else None
    for s in here:
        told = date or context.dates.get(s.speaker.name if s.speaker else "")
        if told and s.speaker:
            context.dates[s.speaker.name] = told
        s.date = told or scene.recent()
        if s.addressee is None and context.quoted is not None and context.paragraph == line.sentence.paragraph \
                and s.speaker is not None and context.quoted.speaker is not None and s.cue == "" \
                and s.speaker.name == context.quoted.speaker.name:  # fmt: skip
            s.addressee, s.outlet = context.quoted.addressee, s.outlet or context.quoted.outlet
        s.heading = line.sentence.heading
    return here


def _unmask(line: Line, here: list[Statement]) -> Line:
    """Show quoted terms again: they are words of the sentence, not speech."""
    spoken = {s.start for s in here}
    terms = [q for q in line.sentence.quotes if q.inner not in spoken]
    if not terms:
        return line
    chars = list(line.mask)
    for q in terms:
        left, right = q.start - line.start, q.end - line.start
        chars[left:right] = line.open[left:right]
    return Line(
        line.sentence,
        "".join(chars),
        line.open,
        line.mentions,
        line.words,
        line.bits,
        line.bare,
        line.flat,
    )


def _quoted(scene: Scene, line: Line, quote: Quotation, cues: list[Cue], voices: Voices, context: _Context) -> Statement | None:  # fmt: skip
    left, right = quote.start - line.start, quote.end - line.start
    words = quote.words(scene.folded)
    inner = scene.folded[quote.inner : quote.outer]
    cue = _nearest(line, left, right, cues)
    predicate = _PREDICATE.search(line.mask[:left])
    if (
        predicate is not None
        and not re.match(rf"{SAID}*,?\s(?:{WHO}|said\b|the\b|he\b|she\b)", line.mask[left:])
        and re.match(rf"(?:{SAID_WORDS})\b", inner)
    ):
        subject = _subject_of(line, predicate, voices)
        if subject is not None:
            return Statement(quote.inner, quote.outer, "partial", subject, inner.split()[0])
    if (
        words <= 4
        and all(w[:1].isupper() or w in ("of", "for", "the", "and") for w in inner.split())
        and re.match(r"\s[a-z]", line.mask[right:])
    ):
        return None  # a name in quotation marks, not speech
    alone = len(line.mask.strip()) - (right - left) < 4
    if line.sentence.heading and words < 6 and not alone:
        return None
    if words <= 3 and (
        cue is None
        or (
            cue.kind == "label"
            and cue.verb
            in ("agreed", "wants", "want", "wanted", "promised to", "vowed to", "pledged to")
        )
    ):
        return None
    if words <= 2 and cue is not None and _is_term(line, left, right, cue):
        return None
    if cue is None:
        if context.colon is not None:
            cue = context.colon
        elif (
            context.quoted is not None
            and (alone or _capital(inner))
            and (context.paragraph == line.sentence.paragraph or alone)
        ):
            past = context.quoted
            return Statement(
                quote.inner,
                quote.outer,
                _mode(inner, words),
                past.speaker,
                "",
                past.addressee,
                past.outlet,
            )
        elif words <= 4:
            return None
        else:
            subject = next((m for m in line.people(0, left) if m.type != "document"), None)
            if subject is None and context.paragraph == line.sentence.paragraph:
                subject = voices.last
            if subject is None:
                return None
            return Statement(quote.inner, quote.outer, _mode(inner, words), subject)
    if cue.speaker is None:
        return None
    return Statement(
        quote.inner,
        quote.outer,
        _mode(inner, words),
        cue.speaker,
        cue.verb,
        cue.addressee,
        cue.outlet,
    )


_PREDICATE = re.compile(
    rf"(?P<who>{SUBJECT})(?:\s(?:also|then|later|has|had|again|further|clearly|repeatedly)){{0,2}}\s$"
)


def _subject_of(line: Line, m: re.Match[str], voices: Voices) -> Mention | None:
    words = m["who"]
    if WHO in words:
        return line.who(m.start("who") + words.index(WHO))
    return voices.pronoun(words, line, m.start("who"))


def _is_term(line: Line, left: int, right: int, cue: Cue) -> bool:
    """Tell whether a short quoted word is a term in a paraphrase, not a fragment of speech."""
    before = line.mask[max(0, left - 25) : left]
    if cue.kind in ("before", "participle") and cue.end <= left:
        lead, rest = line.mask[cue.end : left].split(), line.mask[right:].strip(" .,")
        spoken = re.match(
            r"\"?(?:[a-z]+ed|made|is|are|was|were|have|has|had|will|would|could|can|cannot|must|should|not|fell|falls|never)\b",
            line.open[left:],
        )
        if len(lead) >= 4 and len(rest.split()) >= 4 and spoken is None:
            return True
    return bool(re.search(r"\b(?:language|term|word|phrase|so-called|known as|the word|called)\s$", before)) or (
        cue.kind in ("label",) and cue.verb not in ("called", "calls", "call", "described", "describes", "dismissed", "dismisses",
                                                    "branded", "denounced", "hailed", "condemned", "decried", "labelled", "labeled")
    )  # fmt: skip


def _nearest(line: Line, left: int, right: int, cues: list[Cue]) -> Cue | None:
    """Pick the cue to which a quotation belongs: one right behind it, else the last before it."""
    speaking = [c for c in cues if c.speaker is not None]
    for cue in speaking:
        gap = line.mask[right : cue.start]
        if cue.start >= right - 1 and len(gap) < 4 and not re.search(r"\w", gap):
            return cue
    before = [c for c in speaking if c.end <= left + 1]
    strong = [c for c in before if c.kind != "label"]
    if before:
        last = before[-1]
        if (
            last.kind == "label"
            and strong
            and re.search(r"\b(?:that|to)\b", line.mask[strong[-1].end : last.start])
        ):
            return strong[-1]
        if last.kind == "label" and strong and last.who and not re.search(WHO, last.who):
            return strong[-1]
        if (
            last.kind == "label"
            and strong
            and strong[-1].verb in ("told", "said")
            and last.verb in ("hoped", "pressed", "urged", "asked")
        ):
            return strong[-1]
        return last
    after = [c for c in speaking if c.start >= right]
    return next((c for c in after if c.kind != "label"), None)


def _capital(inner: str) -> bool:
    return bool(inner[:1].isupper()) and len(inner.split()) > 3


def _mode(inner: str, words: int) -> str:
    return (
        "verbatim"
        if (inner[:1].isupper() or inner.startswith(("but ", "and ", "we ", "if "))) and words >= 4
        else "partial"
    )


def _paraphrases(line: Line, cues: list[Cue], direct: list[Statement]) -> list[Statement]:
    found: list[Statement] = []
    mask = line.mask
    real = [c for c in cues if c.kind != "label" and c.speaker is not None]
    for i, cue in enumerate(real):
        if cue.kind in ("before", "participle") and (
            cue.verb not in _NO_CLAUSE or mask[cue.end : cue.end + 6] == " that "
        ):
            following = [
                c.start
                for c in real[i + 1 :]
                if c.kind in ("participle", "according")
                or (c.kind == "before" and _joined(mask, c.start))
            ]
            end = min(following, default=len(mask))
            statement = _content(line, cue, cue.end, end)
            if statement is not None and not _overlaps(direct, statement):
                found.append(statement)
                continue
        if (
            cue.kind == "before"
            and re.search(r",\s$", mask[: cue.start])
            and re.match(r",\s\w", mask[cue.end :])
        ):
            statement = _span(line, cue, 0, len(mask))
            if statement is not None and not _overlaps(direct + found, statement) and cue.start > 4:
                lead = re.match(r"(?:But|And|Still|Yet|So),?\s", mask)
                statement.start += lead.end() if lead else 0
                found.append(statement)
                continue
        if cue.kind in ("before", "after", "according"):
            statement = _preceding(line, cue, cues, direct)
            if statement is not None and not _overlaps(direct + found, statement):
                found.append(statement)
                continue
        if cue.kind == "according" and cue.start < 3:
            end = min((c.start for c in real[i + 1 :]), default=len(mask))
            m = re.match(r"(?:\s(?:who|that)\s[^,]{3,60})?,\s", mask[cue.end :])
            if m is not None:
                statement = _span(line, cue, cue.end + m.end(), end)
                if statement is not None and not _overlaps(direct, statement):
                    found.append(statement)
    return found


def _joined(mask: str, start: int) -> bool:
    return bool(re.search(r"(?:,\s(?:and|but|while)\s|;\s|,\s)$", mask[:start]))


def _content(line: Line, cue: Cue, start: int, end: int) -> Statement | None:
    """Read the content clause behind a verb: ``said (that) CLAUSE``."""
    rest = line.mask[start:end]
    m = _CLAUSE_START.match(rest)
    if m is None:
        return None
    clause = m["clause"]
    if clause[0] in ",;:":
        return None
    plain = _PLAIN_SAYING.match(cue.verb) is not None and not re.match(
        r"(?:in|on|at|to|of|with|by|during|after|before|nothing|little|so|as|yes|goodbye|about|for|and|but|from|when|while)\b",
        clause,
    )
    if not m["that"] and not plain and not _SUBJECT_WORD.match(clause):
        return None
    if (
        not m["that"]
        and not plain
        and re.match(r"^(?:the|a|an|its|their|his|her|no)\s", clause)
        and not _clausal(clause)
    ):
        return None
    if not plain and not _FINITE.search(clause.replace(WHO, "")):
        return None
    if (
        cue.verb
        in (
            "found",
            "finds",
            "find",
            "showed",
            "shows",
            "show",
            "report",
            "reported",
            "reports",
            "held",
            "mention",
            "mentioned",
            "highlighted",
            "proposed",
            "recommended",
            "proposes",
        )
        and not m["that"]
    ):
        return None
    at = start + m.start("clause")
    return _span(line, cue, at, end)


_PLAIN_SAYING = re.compile(
    r"(?:said|says|say|saying|told|tells|argu|insist|warn|claim|contend|maintain|added|adding|adds|conclud|complain|predict|assert|counter)"
)


def _clausal(clause: str) -> bool:
    """Tell a clause from a noun phrase: a finite verb must follow the noun, not a relative."""
    head = re.split(r"\b(?:that|which|who|of|for|to)\b", clause, maxsplit=1)[0]
    if re.search(
        r"\b(?:is|are|was|were|will|would|has|have|had|must|should|could|can|cannot|may|might|does|did|do|need|needs|remain|remains|remained|exempts|lacks|makes|means|goes|faces|depends|requires|wants)\b",
        head,
    ):
        return True
    verb = re.search(
        r"\b(?:is|are|was|were|will|would|has|have|had|must|should|could|can|cannot|may|might|does|did)\b",
        clause,
    )
    gap = re.search(r"\b(?:that|which|who)\b", clause)
    return verb is not None and (
        gap is None or verb.start() < gap.start() or clause.count(" ", gap.end(), verb.start()) > 4
    )


def _preceding(line: Line, cue: Cue, cues: list[Cue], direct: list[Statement]) -> Statement | None:
    """Read a clause before its cue: ``CLAUSE, A said``."""
    head = line.mask[: cue.start]
    m = re.search(rf",\s$|(?<={SAID})\s$" if cue.kind != "after" else r",?\s?$", head)
    if m is None and not (cue.kind == "according" and head.strip()):
        return None
    if m is not None and cue.kind in ("before", "after") and not head[: m.start()].strip():
        return None
    tail = line.mask[cue.end :]
    if (
        cue.kind == "before"
        and re.match(r"\s(?:that\b|he\b|she\b|it\b|they\b|the\b|a\b)", tail)
        and not re.match(r"\s(?:the|a)\s\S+\s(?:on|in|at)\b", tail)
        and cue.verb not in ("told",)
    ):
        return None
    start = 0
    lead = re.match(r"^(?:But|And|Still|Meanwhile|However|Yet|So),?\s", head)
    if lead:
        start = lead.end()
    for s in direct:  # text behind an earlier quotation of the same sentence
        if s.end - line.start < cue.start and SAID in head:
            quote = head.rfind(SAID)
            between = head[quote + 1 : m.start() if m else len(head)]
            if len(between.split()) < 5:
                first = head.index(SAID)
                part = head[start:first]
                if (
                    re.search(r",\s$", part)
                    and len(part.split()) >= 5
                    and _FINITE.search(part.replace(WHO, ""))
                ):
                    return _span(line, cue, start, start + len(part.rstrip(" ,")))
                return None
            return None
    if SAID in head:
        return None
    end = m.start() if m else len(head.rstrip())
    others = [
        c for c in cues if c is not cue and c.end <= end and c.kind in ("before", "participle")
    ]
    if others and cue.kind != "according":
        return None
    if len(head[start:end].split()) < 3 or not _FINITE.search(head[start:end].replace(WHO, "")):
        return None
    if (
        cue.kind == "before"
        and re.match(
            r"(?:In|On|At|After|During|Speaking|As|While|When|If|For|With|By|Asked|Following|Since|Despite|Under|Although|According)\b",
            head[start:end],
        )
        and "," not in head[start:end]
    ):
        return None
    return _span(line, cue, start, end)


def _span(line: Line, cue: Cue, start: int, end: int) -> Statement | None:
    words = line.mask[start:end]
    cut = _TRAIL.search(words)
    if cut is not None:
        words = words[: cut.start()]
    words = words.rstrip(" ,.;:!?")
    while words and words[0] == " ":
        start, words = start + 1, words[1:]
    if len(words.split()) < 3 and len(words) < 12:
        return None
    if SAID in words:
        lead = words[: words.index(SAID)]
        if not lead.endswith(", ") or len(lead.split()) < 4:
            return None
        words = lead.rstrip(" ,")
    return Statement(
        line.start + start,
        line.start + start + len(words),
        "paraphrase",
        cue.speaker,
        cue.verb,
        cue.addressee,
        cue.outlet,
    )


def _overlaps(found: list[Statement], one: Statement) -> bool:
    return any(one.start < s.end and one.end > s.start for s in found)


def _block(scene: Scene, number: int, line: Line, context: _Context) -> list[Statement]:
    """Read a block quotation: a paragraph of its own behind "She added:"."""
    cue = context.colon
    previous = scene.lines[number - 1]
    if (
        cue is None
        or previous.sentence.paragraph == line.sentence.paragraph
        or len(previous.text.split()) > 14
    ):
        return []
    if cue.kind not in ("before", "after") or re.match(r"\s*(?:\d+[.)]|[-*•])", line.text):
        return []
    end = line.sentence.end
    for later in scene.lines[number + 1 :]:
        if later.sentence.paragraph != line.sentence.paragraph:
            break
        end = later.sentence.end
    return [
        Statement(
            line.sentence.start,
            end,
            "verbatim",
            cue.speaker,
            cue.verb,
            cue.addressee,
            cue.outlet,
            scene.recent(),
        )
    ]

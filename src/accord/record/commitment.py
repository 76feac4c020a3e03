"""Commitments: what a party undertakes, by metric, value, base and target year.

The phrase found is put into the words of the pledge language and read by its parser
(:func:`accord.language.parse`): one grammar for what a user writes and what an article reports.
Where the text leaves a slot open that the grammar needs (no base year), the slots stand alone and
``says`` is absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.clause import Voiced, trimmed
from accord.record.figure import Figure, figures
from accord.record.mention import Mention
from accord.record.scene import SUBJECT, WHO, Scene
from accord.record.trigger import register

_YEAR = r"(?:19[89]\d|20\d\d)"
_TARGET_YEAR = re.compile(
    rf"\b(?:by|before|around|until|in|no later than|by the end of|over|to)\s(?:the year\s|about\s|around\s|mid-)?(?P<year>{_YEAR})(?:-(?P<to>\d{{2,4}}))?\b|\bby the (?P<same>same) (?:year|date)\b|\b(?P<mid>mid-century)\b|\bby (?:the )?end of (?:the|this) (?P<decade>decade)\b"
)
_BASE_YEAR = re.compile(
    rf"\b(?:below|from|compared (?:with|to)|relative to|against|on|over|versus|under|(?<!end )of)\s(?:their\s|its\s|the\s)?(?:levels?\s(?:in|of)\s)?(?P<year>{_YEAR})(?:\slevels?)?\b|\b(?P<year2>{_YEAR})\s(?:levels?|baseline|base year)\b"
)

#: Kinds of pledge: pattern over the open mask, metric, direction. The pattern's span is the words.
_CUT = r"(?:cut|cuts|cutting|reduc(?:e|es|ed|ing|tion)|reductions?|slash(?:ing|es)?|lower(?:ing|s)?|curb(?:ing|s)?|shrink(?:ing)?|decreas(?:e|ing)|bring(?:ing)? down|trim(?:ming)?)"
_PERCENT = (
    r"(?:[\w\s]{0,14}\d[\d.,]*(?:\s?(?:-|to|and)\s?\d[\d.,]*)?\s?(?:%|per ?cent|percent|pc|pct))"
)
_TABLE: list[tuple[re.Pattern[str], str, str]] = [
    (re.compile(rf"\b{_CUT}\s[^.;]{{0,40}}?\"?(?:carbon|emissions?|energy|CO2|greenhouse[- ]gas)[- ]intensity\"?[^.;]{{0,110}}?{_PERCENT}[^.;]{{0,60}}", re.I), "emissions_intensity", "cut"),
    (re.compile(rf"\b{_CUT}\s[^.;]{{0,60}}?emissions?\s(?:per|for each|for every)\s(?:unit|dollar)[^.;]{{0,60}}?{_PERCENT}[^.;]{{0,60}}", re.I), "emissions_intensity", "cut"),
    (re.compile(rf"\b{_CUT}\s[^.;]{{0,40}}?methane[^.;]{{0,60}}?{_PERCENT}[^.;]{{0,60}}", re.I), "methane", "cut"),
    (re.compile(rf"\b(?:{_CUT}|limit(?:ing)?)\s[^.;]{{0,60}}?\b(?:emissions?|greenhouse gases|carbon(?: dioxide)?|CO2|pollution)\b[^.;]{{0,50}}?(?:{_PERCENT}|\bby half\b|\bin half\b)[^.;]{{0,70}}", re.I), "emissions", "cut"),
    (re.compile(rf"\b(?:a|an|its|their|the)\s{_PERCENT}\s(?:cut|reduction)\s(?:in|of)\s[^.;]{{0,30}}?emissions[^.;]{{0,60}}", re.I), "emissions", "cut"),
    (re.compile(rf"\b(?:its|their|the)\s(?:{_YEAR}\s)?(?:target|goal|pledge)\s(?:to|of|from)\s[^.;]{{0,20}}?{_PERCENT}\s(?:cut|reduction)?\s?(?:by\s{_YEAR}\s)?(?:from|below|on)\s{_YEAR}(?:\slevels)?(?:\sby\s{_YEAR})?", re.I), "emissions", "cut"),
    (re.compile(rf"\b(?:unveil(?:s|ed|ing)?|announc(?:es|ed|ing)|sets?|adopt(?:s|ed|ing)?|propos(?:es|ed|ing))\s(?:an?|its)\s(?:\w+\s)?(?:target|goal)\sof\s{_PERCENT}(?:\s(?:by|below|from)\s[^.;,]{{3,30}})?", re.I), "emissions", "cut"),
    (re.compile(rf"\b(?:a|an|its)\s(?:cut|reduction)\sof\s{_PERCENT}\s(?:on|from|below|compared with|against)\s{_YEAR}(?:\slevels?)?(?:\sby\s{_YEAR})?", re.I), "emissions", "cut"),
    (re.compile(r"\b(?:limit(?:ing)?|hold(?:ing)?|keep(?:ing)?|cap(?:ping)?)\s[^.;]{0,40}?\bemissions\b\s(?:to|at|below|under)\s[^.;]{0,15}?\d[^.;]{0,60}", re.I), "emissions", "limit"),
    (re.compile(r"\b(?:halve|halving)\s[^.;]{0,40}?emissions[^.;]{0,60}", re.I), "emissions", "cut"),
    (re.compile(rf"\b(?:(?:peak(?:ing|s)?|cap(?:ping|s)?)\s(?:its\s|their\s|the\s|our\s|national\s)*(?:carbon dioxide\s|carbon\s|CO2\s|greenhouse[- ]gas\s)?emissions?(?:\sgrowth)?|(?:carbon\s|CO2\s|its\s|their\s)?(?:emissions|carbon dioxide emissions)\s(?:to\s|will\s|would\s|should\s)?peak(?:ing)?|reach(?:ing)?\s(?:a\s)?peak(?:\sin)?\s[\w\s]{{0,25}}?emissions|peaking of (?:its |CO2 |carbon )*emissions|reach(?:ing)? (?:peak emissions|a carbon peak)|peak carbon)\s[^.;,]{{0,20}}?(?:by|before|around|in)\s(?:about\s)?(?:the year\s)?{_YEAR}", re.I), "emissions_peak", "peak"),
    (re.compile(rf"(?:\b(?:reach|reaching|achiev(?:e|ing)|become|becoming|go|going|be|attain|attaining|target(?:ing)?|set|commit(?:ting|ted)? to|hit|hitting|bring|bringing)\s[^.;,]{{0,40}}?)?\"?\b(?:carbon[- ]neutral(?:ity)?|climate[- ]neutral(?:ity)?|net[- ]zero(?:\s(?:carbon|greenhouse[- ]gas)?\s?emissions)?|GHG neutrality|zero net emissions|(?:carbon|emissions) neutrality)\"?[^.;,]{{0,25}}?(?:by|before|around|in|no later than)\s(?:the year\s)?(?:{_YEAR}|mid-century)", re.I), "net_zero", "reach"),
    (re.compile(r"\b(?:(?:have|install(?:ing)?|build(?:ing)?|add(?:ing)?|reach(?:ing)?|raise|raising|bring(?:ing)?|deploy(?:ing)?|expand(?:ing)?|increase|increasing|triple|tripling|double|doubling)\s)[^.;]{0,70}?\b(?:GW|gigawatts?|MW)\b[^.;]{0,60}", re.I), "renewable_capacity", "increase"),
    (re.compile(rf"\b(?:triple|tripling)\s(?:global\s|its\s|their\s|the world's\s)?renewable\s[^.;]{{0,40}}?(?:by|before)\s{_YEAR}", re.I), "renewable_capacity", "increase"),
    (re.compile(rf"\b(?:get|generat(?:e|ing)|source|sourcing|obtain|draw|produc(?:e|ing)|raise|raising|increase|increasing|lift|lifting|meet|meeting|reach|reaching|have|boost|boosting|bring|bringing)\s[^.;]{{0,60}}?(?:{_PERCENT}[^.;]{{0,60}}?\b(?:renewables?|non-fossil|clean|wind|solar|low-carbon)\b|\b(?:renewables?|non-fossil|clean|wind|solar|low-carbon)\b[^.;]{{0,50}}?{_PERCENT})[^.;]{{0,40}}", re.I), "renewable_share", "increase"),
    (re.compile(rf"\b(?:the|its|their)\sshare\sof\s(?:renewables?|renewable energy|non-fossil fuels?|clean (?:energy|power)|wind and solar|low-carbon power)\s[^.;]{{0,40}}?\b(?:rise|grow|increase|climb|reach|be raised|go up)\s[^.;]{{0,12}}?{_PERCENT}[^.;]{{0,30}}", re.I), "renewable_share", "increase"),
    (re.compile(rf"\b(?:phase|phasing)\s(?:out|down)\s(?:its\s|their\s|all\s|unabated\s|domestic\s|the use of\s)*coal[^.;]{{0,40}}?(?:by\s|before\s|in\s|between\s{_YEAR}\sand\s){_YEAR}|\b(?:quit(?:ting)?|end(?:ing)?|exit(?:ing)?|stop(?:ping)?(?: using| burning)?|clos(?:e|ing))\s(?:its\s|all\s|the last\s|using\s|burning\s|the use of\s)*coal(?:[- ](?:fired\s)?(?:power|plants?|stations?|use|generation))*\s[^.;]{{0,25}}?(?:by|before|in)\s{_YEAR}", re.I), "coal", "end"),
    (re.compile(r"\b(?:not build|stop (?:building|financing|funding)|end (?:financing|funding|finance|support)(?: for| of)?|no longer (?:build|finance|fund)|halt (?:financing|funding))\s[^.;]{0,40}?\bcoal\b[^.;]{0,40}?\b(?:(?:plants?|projects?|power)\b(?:[^.;,]{0,15}\b(?:abroad|overseas))?|abroad|overseas|in other countries|internationally)", re.I), "coal_finance", "end"),
    (re.compile(rf"\b(?:end(?:ing)?|halt(?:ing)?|stop(?:ping)?|eliminat(?:e|ing)|zero|revers(?:e|ing)|cut(?:ting)?|reduc(?:e|ing))\s(?:and reverse\s|illegal\s|all\s|net\s|Amazon\s|its\s|forest loss and\s)*(?:deforestation|forest loss)[^.;]{{0,50}}?(?:(?:by|before|in)\s{_YEAR}|{_PERCENT}[^.;]{{0,40}})", re.I), "deforestation", "end"),
    (re.compile(r"\b(?:submit|present|table|deliver|put forward|hand in)\s(?:its\s|their\s|a\s|an\s)(?:new\s|updated\s|more ambitious\s|stronger\s|enhanced\s|national\s|second\s)*(?:climate\s)?(?:plan|NDC|target|nationally determined contribution|pledge|INDC)[^.;]{0,30}?(?:by|before|in|this year|next year|ahead of)\b[^.;,]{0,20}", re.I), "ndc_submission", "submit"),
    (re.compile(rf"\b(?:step(?:ping)? up|increas(?:e|ing)|rais(?:e|ing)|boost(?:ing)?)\s(?:its\s|their\s)?purchases\s(?:of|from)\s[^.;,]{{3,50}}?\s(?:in|over|by|during)\s{_YEAR}(?:-\d{{2,4}})?|\b(?:buy|purchase)\s[^.;]{{0,30}}?(?:\$|billion|million)[^.;]{{0,60}}", re.I), "trade_purchases", "increase"),
    (re.compile(r"(?<=promised to )(?:ratify|join|sign)\s[^.;,]{5,60}|(?<=pledged to )(?:ratify|join|sign)\s[^.;,]{5,60}|(?<=vowed to )(?:ratify|join|sign)\s[^.;,]{5,60}", re.I), "ratification", "ratify"),
    (re.compile(rf"\b(?:ratify|join|accede to)\s(?:the\s)?(?:Paris|Kyoto|Kigali|Doha|Montreal)\s(?:agreement|protocol|amendment|accord)[^.;,]{{0,15}}?(?:by|before|this|next|in)\s(?:{_YEAR}|year|month|the end of[^.;,]{{0,12}})", re.I), "ratification", "ratify"),
]  # fmt: skip
#: Words of which a sentence must hold one before the patterns of a metric are tried on it.
_TRIGGERS: dict[str, int] = {
    metric: register(words.split())
    for metric, words in {
        "emissions_intensity": "intensity unit dollar",
        "methane": "methane",
        "emissions": "emissions emission greenhouse carbon co pollution target goal pledge cut reduction",
        "emissions_peak": "peak peaking peaks cap caps capping",
        "net_zero": "neutral neutrality zero",
        "renewable_capacity": "gw gigawatt gigawatts mw renewable",
        "renewable_share": "renewable renewables non clean wind solar low",
        "coal": "coal",
        "coal_finance": "coal",
        "deforestation": "deforestation forest",
        "ndc_submission": "plan ndc target nationally pledge indc",
        "trade_purchases": "purchases buy purchase",
        "ratification": "ratify join accede sign",
    }.items()
}
#: Rows that begin with a verb of cutting, and the words of which a sentence must then hold one.
_CUT_FIRST = (rf"\b{_CUT}", rf"\b(?:{_CUT}|")
_CUTS = register(
    "cut cuts cutting reduce reduces reduced reducing reduction reductions slash slashing slashes lower lowering lowers "
    "curb curbing curbs shrink shrinking decrease decreasing bring bringing trim trimming limit limiting".split()
)
_FINANCE_VERB = re.compile(
    r"\b(?P<verb>pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|offer(?:s|ed|ing)?|provid(?:e|es|ed|ing)|contribut(?:e|es|ed|ing)|commit(?:s|ted|ting)?|give|gives|gave|mobili[sz](?:e|es|ed|ing)|donat(?:e|es|ed|ing)|spend|invest|announc(?:e|es|ed|ing)|deliver(?:s|ed|ing)?|doubl(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|pay|set aside|allocat(?:e|es|ed|ing)|put(?: up)?|chip in|reaffirm(?:s|ed|ing)?|reiterat(?:es|ed|ing))\b"
)
_PLEDGES = re.compile(r"^(?:pledg|promis|offer|commit|announc|reaffirm|reiterat|restat)")
_PROMISE = r"(?:pledge|contribution|promise|commitment|offer|package|donation)"
_FUTURE = re.compile(
    r"\b(?:will|would|to|plans? to|aims? to|intends? to|agreed to|going to)\s(?:\w+ly\s|also\s|jointly\s)?$"
)
_PAST = re.compile(
    r"\b(?:has|have|had)\s(?:already\s|so far\s|long\s)?(?:disbursed|spent|delivered|paid|received|given|invested)"
)
_ASKED = re.compile(
    r"\b(?:called? (?:on|for)|urg\w+|demand\w*|press\w*|ask\w*|should|must|need(?:s|ed)? to|wants?|expects?|fail(?:ed|s)? to agree|expectation that|invit\w+|the need for)\b[^.;]{0,70}$",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|n't|never|refus\w+ to|declin\w+ to|without|unwilling to|reject\w*|oppos\w*)\s(?:\w+\s){0,3}$",
    re.I,
)
_HOW = re.compile(
    r"\b(?:plans? to|aims? to|vow\w* to|pledg\w+ to|promis\w+ to|commit\w* to|agree\w* to|will|would|goal of|target of|hop\w+ to|intend\w* to|set (?:a |the )?(?:goal|target)|decid\w+ to|in order to|ready to|going to|aim of|objective of)\b",
    re.I,
)


@dataclass
class Pledged:
    """A commitment found: offsets in the document and its slots."""

    start: int
    end: int
    party: str
    code: str
    metric: str
    direction: str
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    base_year: int | None = None
    target_year: int | None = None
    status: str = "announced"
    says: str | None = None
    source: Mention | None = None


_MAY_PLEDGE = re.compile(r"\d|carbon|neutral|net[- ]zero|coal|mid-century")


def commitments(scene: Scene, lines: list[Voiced]) -> list[Pledged]:
    """Find the commitments of a document."""
    found: list[Pledged] = []
    year: int | None = None
    for item in lines:
        if _MAY_PLEDGE.search(item.line.text) is None:
            continue
        here = [*_from_table(item, year), *_from_money(item)]
        heading = item.line.sentence.heading
        for one in here:
            if heading and any(p.metric == one.metric for p in found):
                continue
            found.append(one)
            year = one.target_year or year
    # A headline only repeats what the text says: keep it where the text does not.
    return _distinct(found, scene)


def _distinct(found: list[Pledged], scene: Scene) -> list[Pledged]:
    headings = {line.start for line in scene.lines if line.sentence.heading}
    out: list[Pledged] = []
    for one in found:
        in_heading = any(
            line.start <= one.start < line.sentence.end and line.start in headings
            for line in scene.lines
        )
        same = [
            o
            for o in found
            if o is not one
            and (o.code, o.metric, o.target_year) == (one.code, one.metric, one.target_year)
        ]
        if in_heading and same:
            continue
        out.append(one)
    return out


def _from_table(item: Voiced, year: int | None) -> list[Pledged]:
    found: list[Pledged] = []
    text = item.line.flat
    bits = item.line.bits
    for pattern, metric, direction in _TABLE:
        if not bits & _TRIGGERS[metric] or (
            pattern.pattern.startswith(_CUT_FIRST) and not bits & _CUTS
        ):
            continue
        for m in pattern.finditer(text):
            start, end = m.start(), _stop(text, m.start(), m.end())
            if any(
                start < p.end - item.line.start and end > p.start - item.line.start for p in found
            ):
                continue
            before = text[:start]
            if _NEGATED.search(before[-40:]):
                continue
            party = _party(item, start, end)
            asked = _ASKED.search(before[-110:])
            if party is None or (
                asked is not None
                and not re.search(r"(?:plans?|has|is|was) (?:to|asked)", before[-20:])
                and metric not in ("net_zero", "emissions_peak")
            ):
                continue
            if (
                asked is not None
                and metric in ("net_zero", "emissions_peak")
                and re.search(
                    r"\b(?:called? (?:on|for)|urg\w+|demand|press|should|must)\b", asked.group()
                )
            ):
                continue
            one = _slots(item, start, end, party, metric, direction, found, year)
            if one is not None:
                found.append(one)
    return found


_STOP = re.compile(
    r",\s(?:which|but|while|and (?:said|has|also|\w+ed)|a (?:goal|target|pledge)|although|despite|saying|adding|the|he|she|it|they|president|prime|according|setting|two|after|whose|"
    + WHO
    + r")|\sand\s(?:cut|reduce|reach|achieve|become|raise|replace|to\s\w+|has|have|said|will|peak|spend|plant)\b|\s(?:unless|if|provided|as long as|conditional on|because|when|who|said)\b|,\s(?:[A-Z]\w+\s){1,3}(?:said|told)|\"(?!\s(?:by|before|in|from|to)\b|,\sor\b|\w)(?=[\s,.])|--|\s-\s"
)


def _stop(text: str, start: int, end: int) -> int:
    """End a pledge before whatever no longer belongs to it: at the latest behind its last year or unit."""
    m = _STOP.search(text, start + 12, end)
    if m is not None and re.search(r"\d|half", text[start : m.start()]):
        end = m.start()
    ends = list(
        re.finditer(
            rf"\b{_YEAR}(?:-\d{{2,4}})?(?:\slevels?)?\b|(?:%|per ?cent|percent|pc)(?=\W|$)|\btonnes\b|\bGW\b|\b(?:same|mid-century)(?:\syear)?\b|\bhalf\b|\bprojects?\b|\boverseas\b|\babroad\b|\bdecade\b",
            text[start:end],
        )
    )
    return start + ends[-1].end() if ends else end


def _slots(
    item: Voiced,
    start: int,
    end: int,
    who: Mention,
    metric: str,
    direction: str,
    before: list[Pledged],
    year: int | None,
) -> Pledged | None:
    words = item.line.text[start:end]
    target = list(_TARGET_YEAR.finditer(words))
    base = _BASE_YEAR.search(words)
    target_year: int | None = None
    base_year = int(base["year"] or base["year2"]) if base else None
    between = re.search(rf"\bbetween\s({_YEAR})\sand\s({_YEAR})\b", words)
    if between is not None:
        base_year, target_year = int(between[1]), int(between[2])
    stated = re.match(rf"(?:its|their|the)\s({_YEAR})\s(?:target|goal|pledge)", words)
    if stated is not None:
        target_year = int(stated[1])
    for t in target:
        if t["same"]:
            earlier = re.findall(rf"\b({_YEAR})\b", item.line.text[:start])
            target_year = (
                int(earlier[-1]) if earlier else before[-1].target_year if before else year
            )
        elif t["decade"]:
            target_year = item.decade
        elif t["mid"]:
            target_year = 2050
        elif t["year"] and int(t["year"]) != base_year:
            target_year = (
                int(t["year"]) if not t["to"] else int(t["year"][: 4 - len(t["to"])] + t["to"])
            )
    amount = _amount(words, metric)
    if (
        metric
        in ("emissions", "emissions_intensity", "methane", "renewable_capacity", "renewable_share")
        and amount is None
        and not re.search(r"\bhal(?:f|ve|ving)\b|tripl", words)
    ):
        return None
    if base_year is not None and target_year is None and re.search(rf"by\s{base_year}", words):
        base_year, target_year = None, base_year
    code = who.code
    one = Pledged(
        item.line.start + start,
        item.line.start + end,
        who.side if who.type != "media" else who.name,
        code,
        metric,
        direction,
        source=who,
    )
    if amount is not None:
        one.value, one.value_high, one.unit = amount.value, amount.value_high, amount.unit
    elif re.search(r"\bhal(?:f|ve|ving)\b", words):
        one.value, one.unit = 50.0, "percent"
    one.base_year, one.target_year = base_year, target_year
    left, right = trimmed(item.line.text, start, end)
    one.start, one.end = item.line.start + left, item.line.start + right
    _status(item, start, one)
    one.says = canonical(one, words)
    return one


def _amount(words: str, metric: str) -> Figure | None:
    found = figures(words)
    units = {
        "renewable_capacity": ("GW", "MW", "TW"),
        "emissions": ("percent", "tonnes"),
        "finance": ("USD", "EUR"),
        "trade_purchases": ("USD",),
    }.get(metric, ("percent",))
    return next((f for f in found if f.unit in units), None)


def _status(item: Voiced, start: int, one: Pledged) -> None:
    before = item.line.text[max(0, start - 60) : start]
    if re.search(r"\b(?:reaffirm|reiterat|restat|repeat|yet to|already)\w*", before):
        one.status = "existing"
    elif re.search(r"\b(?:could|might|may|consider\w*|propos\w+|would have)\b", before):
        one.status = "proposed"
    elif re.search(r"\b(?:offer\w*|suggest\w*)\b", before):
        one.status = "offered"


def _from_money(item: Voiced) -> list[Pledged]:
    """Read promises of money: a verb of giving and an amount, not yet paid."""
    found: list[Pledged] = []
    text = item.line.text
    for figure in item.line.figures:
        if figure.unit not in _CURRENCIES:
            continue
        verbs = [
            v for v in _FINANCE_VERB.finditer(text, 0, figure.start) if figure.start - v.end() < 60
        ]
        noun = re.search(
            rf"\b(?:its|their|his|a|an|the)\s(?:\w+\s)?{_PROMISE}\sof\s(?:\w+\s)?$",
            text[: figure.start],
        )
        if noun is not None and not any(figure.start - v.end() < 25 for v in verbs):
            who = _party(item, noun.start(), figure.end)
            if who is not None and not _ASKED.search(
                text[max(0, noun.start() - 60) : noun.start()]
            ):
                found.append(Pledged(item.line.start + noun.start(), item.line.start + figure.end, who.side, who.code, "finance", "provide",
                                     figure.value, figure.value_high, figure.unit, source=who))  # fmt: skip
            continue
        if not verbs:
            continue
        verb = verbs[-1]
        lead = text[max(0, verb.start() - 60) : verb.start()]
        between = text[verb.end() : figure.start]
        if (
            _ASKED.search(text[max(0, verb.start() - 80) : verb.start()])
            or _NEGATED.search(lead[-30:])
            or re.search(r"[.;]", between)
        ):
            continue
        if not _PLEDGES.match(verb["verb"]) and not _FUTURE.search(lead):
            continue
        if re.search(
            r"\b(?:expectation|expects?|hopes?)\b", text[max(0, verb.start() - 60) : verb.start()]
        ):
            continue
        if "of which" in between or re.match(
            r"\s(?:of which\s)?(?:has|have|had|was|were)\s(?:already\s)?(?:been\s)?(?:paid|delivered|disbursed|spent)",
            text[figure.end :],
        ):
            continue
        start = verb.start()
        head = re.search(r"\b(?:has|have|had)\s$", text[:start])
        who = _party(item, start, figure.end)
        if who is None:
            continue
        end = figure.end
        tail = re.match(
            r"(?:\s(?:a year|per year|annually|each year))?(?:\s(?:for|to|in|of|on|over|by|towards?|into)\s[^.,;:]{2,70})?",
            text[end:],
        )
        if tail is not None:
            end = _stop_money(text, end, end + tail.end())
        one = Pledged(item.line.start + (head.start() if head else start), item.line.start + end, who.side, who.code, "finance", "provide",
                      figure.value, figure.value_high, figure.unit, source=who)  # fmt: skip
        years = _TARGET_YEAR.search(text[figure.end : end + 12])
        if years is not None and years["year"]:
            one.target_year = int(years["year"])
        _status(item, start, one)
        if verb["verb"].startswith("offer"):
            one.status = "offered"
        one.says = canonical(one, text[start:end], per_year=figure.period == "year")
        found.append(one)
    return found


def _stop_money(text: str, start: int, end: int) -> int:
    m = re.search(
        r"\s(?:and\s(?:to|has|will|said)|who|which|that|after|before|as|when|because|since|said)\b",
        text[start:end],
    )
    return start + m.start() if m else end


_CURRENCIES = frozenset(
    ("USD EUR GBP JPY CNY INR AUD CAD NZD KRW ZAR BRL CHF NOK SEK DKK MXN SGD RUB IDR HKD").split()
)
_SUBJECT = re.compile(SUBJECT)


def _party(item: Voiced, start: int, end: int) -> Mention | None:
    """Find whose pledge it is: the nearest subject before it, the speaker behind "we" or "his country"."""
    mask = item.line.open
    before = [
        m
        for m in item.line.people(0, start)
        if m.type in ("state", "group", "organisation", "official", "officials", "person", "body")
    ]
    window = mask[:start]
    speaker = item.speaker_at(start)
    own = re.search(
        r"\b([Ww]e|[Oo]ur country|[Hh]is country|[Hh]er country|[Hh]is government|[Hh]er government|[Tt]he country|[Oo]ur government|[Tt]he government|I)\b[^.;]{0,60}$",
        window,
    )
    if own is not None and not re.search(WHO, window[own.end() :]):
        who = speaker or (item.said[0].speaker if item.said else None) or item.voices.last_person
        if who is not None:
            return who
    pronoun = re.search(r"\b(?:it|they|he|she)\b[^.;]{0,60}$", window, re.I)
    if pronoun is not None and not re.search(WHO, window[pronoun.start() :]):
        if before:
            return before[-1]
        return (
            item.voices.pronoun(
                window[pronoun.start() : pronoun.start() + 4].split()[0], item.line, pronoun.start()
            )
            or speaker
        )
    subjects = [m for m in before if m.type != "body"]
    if subjects:
        nearest = subjects[-1]
        if nearest.type in ("state", "group") or nearest.code or nearest.affiliation:
            joined = _coordinated(item, subjects)
            return joined or nearest
    if speaker is not None:
        return speaker
    inside = item.line.people(start, end)
    if inside and inside[0].type in ("state", "group"):
        return inside[0]
    after = [m for m in item.line.people(end, len(mask)) if m.type in ("official", "state")]
    if re.match(r"\s*(?:,|for|by|from)", mask[end:]) and after and not before:
        return after[0]
    if item.line.text[:start].strip() == "" or re.search(
        r"\b[Bb]oth sides|[Tt]he sides|two (?:ministers|sides|countries)", window
    ):
        return item.voices.last or item.voices.last_person or (after[0] if after else None)
    return None


def _coordinated(item: Voiced, subjects: list[Mention]) -> Mention | None:
    """Of "France, Germany and the EU have offered South Africa" take the first giver."""
    first = subjects[0]
    m = _SUBJECT.match(item.line.open, first.left - item.line.start)
    if m is not None and len(item.line.people(m.start(), m.end())) > 1:
        return first
    return None


_PHRASE = {
    "emissions_intensity": "cut CO2 emissions per unit of GDP by {amount} below {base} by {year}",
    "emissions": "cut greenhouse gases by {amount} below {base} by {year}",
    "emissions_peak": "peak CO2 emissions {when} {year}",
    "net_zero": "reach {scope} {when} {year}",
}


def canonical(one: Pledged, words: str, *, per_year: bool = False) -> str | None:
    """Put a found pledge into the pledge language, or return ``None`` where that cannot be done.

    Returns
    -------
    str or None
        The canonical phrase as :func:`accord.language.say` writes it.
    """
    from accord.language import parse, say

    if not one.code:
        return None
    amount = ""
    if one.value is not None and one.unit == "percent":
        amount = f"{one.value:g}-{one.value_high:g}%" if one.value_high else f"{one.value:g}%"
    when = "before" if re.search(r"\bbefore\b", words) else "by"
    scope = (
        "net zero emissions"
        if re.search(r"net.zero", words, re.I)
        else "climate neutrality"
        if "climate" in words
        else "carbon neutrality"
    )
    phrase = _phrase(one, words, amount, when, scope, per_year)
    if phrase is None:
        return None
    try:
        return say(parse(f"{one.code}: {phrase}"))
    except Exception:
        return None


def _phrase(
    one: Pledged, words: str, amount: str, when: str, scope: str, per_year: bool
) -> str | None:
    if one.metric in ("emissions", "emissions_intensity") and not (
        amount and one.base_year and one.target_year
    ):
        if one.metric == "emissions" and one.unit == "tonnes" and one.target_year and one.value:
            high = f"-{one.value_high / 1e6:g}" if one.value_high else ""
            return f"limit emissions to {one.value / 1e6:g}{high} MtCO2e by {one.target_year}"
        return None
    if one.metric in _PHRASE and one.target_year:
        return _PHRASE[one.metric].format(
            amount=amount, base=one.base_year, year=one.target_year, when=when, scope=scope
        )
    if one.metric == "renewable_capacity" and one.unit == "GW" and one.target_year and one.value:
        source = next(
            (
                s
                for s in ("non-fossil", "wind and solar", "solar", "wind", "nuclear", "renewable")
                if s in words
            ),
            "renewable",
        )
        return f"{one.value:g} GW of {source} capacity by {one.target_year}"
    if one.metric == "finance" and one.value and one.unit in ("USD", "EUR", "GBP"):
        sign = {"USD": "$", "EUR": "€", "GBP": "£"}[one.unit]
        rate = " a year" if per_year else ""
        year = f" by {one.target_year}" if one.target_year else ""
        return f"provide {sign}{one.value / 1e9:g} billion{rate} in climate finance{year}"
    return None

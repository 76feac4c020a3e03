"""Issue areas: which quarrels a text touches, each with the words that show it."""

from __future__ import annotations

import re

from accord.record.scene import Scene
from accord.record.trigger import register

#: Evidence for each area, strongest first; a match becomes the span, widened to its phrase.
AREAS: dict[str, tuple[str, ...]] = {
    "mitigation_form": (
        r"(?:cut|cutting|reduce|reducing|cap|capping|limit|limiting|peak|curb|curbing|lower|lowering|slash|slashing)\s(?:its\s|their\s|the\s|our\s|national\s|greenhouse\s)*(?:carbon\s|greenhouse[ -]gas\s|CO2\s|methane\s)?(?:emissions?(?:\sgrowth|\sintensity)?|carbon intensity)(?:\s(?:by|to|below|before|from)\s[^.;:]{3,50}?(?:20\d\d|levels|percent|per cent|%|tonnes))?",
        r"\"?(?:carbon|emissions) intensity\"?",
        r"(?:carbon|climate|emissions?) neutral(?:ity)?\"?(?: (?:by|before) 20\d\d)?",
        r"net[- ]zero(?: emissions)?(?: (?:by|before) 20\d\d)?",
        r"peak (?:carbon|emissions)(?: and carbon neutrality)?",
        r"emissions? (?:target|cap|limit|reduction|cut)s?",
        r"mitigation (?:target|commitment|pledge|ambition)s?(?: are \w+)?",
        r"(?:carbon|emissions) caps?",
        r"binding emissions? limits?",
        r"(?:deeper|steeper|sharper|bigger) (?:emissions? )?cuts",
        r"net emissions",
        r"cut from (?:19|20)\d\d levels",
        r"(?:20\d\d|emissions?|climate|national|reduction) targets?",
        r"cut (?:net )?(?:greenhouse gas |carbon )*emissions[^.;]{0,40}",
        r"emissions must fall[^.,;]{0,20}",
        r"economy-wide (?:reduction|target)s?",
        r"carbon dioxide cuts",
        r"\d[\d.]*\s?(?:%|per ?cent) (?:below|from|on|under) (?:19|20)\d\d(?: levels)?[^.,;]{0,12}",
        r"halv(?:e|es|ed|ing) (?:its |their |our |greenhouse gas |carbon )*emissions[^.,;]{0,30}",
    ),
    "legal_form": (
        r"(?:non-)?legally[- ]binding(?:\s\w+)?",
        r"binding (?:emissions? )?(?:limits?|targets?|commitments?|cuts|treaty|agreement|deal|obligations?)",
        r"ratif(?:y|ied|ication|ying)\s(?:of\s)?(?:the\s)?[^.,;]{0,30}",
        r"legal form",
        r"(?:a|new) (?:protocol|treaty)\b",
        r"second commitment period[^.,;]{0,30}",
        r"legal(?:ly)? (?:force|status|nature|obligation)s?",
        r"withdraw(?:al|ing)? from the (?:Paris|Kyoto)[^.,;]{0,15}",
        r"voluntary (?:pledges?|targets?|commitments?|basis)",
        r"politically binding",
        r"compliance mechanism",
        r"(?:contributions|cuts|action|steps|measures) (?:to be |should be |must be |remain |are )?(?:purely |strictly )?voluntary",
    ),
    "finance": (
        r"climate (?:finance|funding|aid)",
        r"(?:finance|financing|funding|money|funds|grants|loans|aid|compensation|support)\s(?:for|to)\s(?:the\s)?(?:adaptation|poor\w*|developing|vulnerable|climate|mitigation|clean)[^.,;]{0,30}",
        r"amount of money [^.,;]{3,70}",
        r"Green Climate Fund[^.,;]{0,30}",
        r"financial (?:support|assistance|aid|help|commitments?|mechanism|contribution)s?",
        r"(?:collective|new|long-term|mid-term|fast-start) (?:collective )?(?:quantified )?finance (?:goal|target|pledge)?",
        r"[$€£]\s?\d[\d.,]*\s?(?:billion|bn|million|trillion|tn)?(?:\s\w+){0,2}\s(?:in|of)\s(?:\w+\s){0,3}(?:finance|funding|aid|loans|grants|support)(?: and \w+)?",
        r"(?:\d[\d.,]*\s)?(?:billion|million|trillion)\s(?:US |U\.S\. )?(?:dollars|euros|pounds)(?:\sa year|\sannually)?\b",
        r"level of financ\w+",
        r"pay (?:its|their|our) (?:part|share)",
        r"(?:pay|money) for (?:adaptation|the transition)",
        r"grants? (?:and|or) loans?|loans? (?:and|or) grants?",
        r"(?:multilateral|development) (?:development )?banks?",
        r"donor(?:s| countries)",
        r"[Oo]n finance",
        r"fund for (?:the )?(?:poor|poorer|developing|vulnerable)[^.,;]{0,20}",
        r"a year (?:fund|in aid)",
        r"adaptation finance[^.,;]{0,20}",
        r"contributor base",
        r"lev(?:y|ies) on [^.,;]{3,25}",
        r"(?:global |climate |new )*finance (?:goal|target|pledge)s?",
        r"new money",
        r"[$€£]\s?\d[\d.,]*\s?(?:billion|bn|million|trillion)",
        r"compensation",
        r"promise of [$€£][^.,;]{3,25}",
    ),
    "offsets_double_counting": (
        r"double[- ]?count\w*(?: [^.,;]{0,30})?",
        r"(?:international |carbon |forest )?offsets?(?: (?:projects?|credits?))?",
        r"corresponding adjustments?",
        r"hot air",
        r"Clean Development Mechanism",
        r"\bCDM\b",
        r"counted twice",
        r"surplus (?:units|allowances|permits|credits)",
        r"Article 6\b",
        r"carbon credits",
        r"carry-?over credits",
    ),
    "mrv": (
        r"\bMRV\b",
        r"measur\w+, report\w+ and verif\w+",
        r"verification(?: of [^.,;]{3,30})?",
        r"transparency system",
        r"(?:outside|international|independent) scrutiny",
        r"transparency (?:framework|rules?|of [^.,;]{3,30})",
        r"international (?:scrutiny|inspection|monitoring|consultations? and analysis)",
        r"report(?:ing)? (?:of|on) (?:their |its )?emissions",
        r"emissions (?:inventor\w+|reporting|data)",
        r"verif(?:y|iable|ied) [^.,;]{3,30}",
        r"must be tracked",
        r"monitoring (?:of|and) [^.,;]{3,30}",
        r"biennial (?:transparency )?reports?",
        r"national communications",
        r"(?:on|for|about|over) transparency",
        r"(?:intrusive|outside|independent) (?:monitoring|checks|verification|review)",
    ),
    "differentiation": (
        r"common but differentiated responsibilit\w+(?: [^.,;]{0,30})?",
        r"developing[- ]country\W? status",
        r"historical(?:ly)? responsib\w+[^.,;]{0,20}",
        r"historical emissions",
        r"(?:status|claim) (?:as|that they are) a developing (?:country|nation)",
        r"developing (?:nation|country)\b(?! \w+ status)",
        r"(?:most|more) of the responsibility [^.;]{3,70}",
        r"equity\b",
        r"fair share",
        r"exempt(?:s|ed|ing)? (?:developing|poor|China|India)[^.,;]{0,40}",
        r"(?:aren't|not) mirrored by \w+",
        r"(?:obligations?|commitments?|limits|targets) (?:for|on|by) (?:poorer|developing|emerging|large developing)[^.,;]{0,20}",
        r"unless (?:developing|other|all|major|China|India)[^.;]{3,60}",
        r"used up (?:most|much|more)[^.,;]{0,40}",
        r"caused the (?:problem|crisis|warming)",
        r"developed (?:countries|nations) (?:should|must|have to|need to)[^.;]{3,60}",
        r"(?:rich|developed|industriali[sz]ed) (?:countries|nations|world) (?:should|must|to) (?:take the )?lead",
        r"different(?:ial)? (?:responsibilities|treatment)",
        r"firewall",
        r"Annex I\b",
        r"per[- ]capita emissions",
        r"graduat\w+ from",
        r"other (?:major|big|large) emitters[^.,;]{0,30}",
        r"right to develop(?:ment)?",
        r"(?:developed|rich|industriali[sz]ed) (?:countries|nations) (?:to )?take the lead[^.,;]{0,25}",
        r"comparable (?:efforts?|action|commitments?)",
    ),
    "trade_competitiveness": (
        r"carbon border (?:adjustment|tax|levy)[^.,;]{0,20}",
        r"border (?:carbon )?(?:adjustments?|tax(?:es)?|levy|measures?)",
        r"\bCBAM\b",
        r"carbon tariffs?",
        r"competitive (?:edge|advantage|disadvantage)[^.,;]{0,25}",
        r"competitiveness",
        r"carbon leakage",
        r"(?:another\s)?commercial advantage",
        r"industries would[^.,;]{0,20} move (?:overseas|abroad)",
        r"(?:American |British |European )?jobs (?:abroad|overseas)",
        r"send [^.,;]{0,20}jobs (?:abroad|overseas)",
        r"(?:unilateral )?trade (?:measures?|barriers?|restrictions?|sanctions?)",
        r"protectionis[mt]\w*",
        r"(?:unfair|uneven) (?:competition|playing field)",
        r"level(?:ling)? playing field",
        r"(?:import |high |punitive )?tariffs on [^.,;]{3,40}",
        r"overcapacity",
        r"cost (?:American |US |thousands of )?jobs",
        r"(?:hurt|harm|damage|wreck|cripple)\w* (?:the |its |our |their )?(?:economy|industry|industries|growth)",
        r"economic interest[^.,;]{0,30}",
    ),
    "carbon_market": (
        r"(?:(?:the |an? )?(?:world's |EU |European |national |nationwide |largest |global )*)?emissions?[- ]trading(?: (?:scheme|system|market|program(?:me)?)s?)?",
        r"carbon (?:market|trading|pricing|price|tax)s?",
        r"cap[- ]and[- ]trade",
        r"\bETS\b",
        r"(?:spare|surplus|emission|carbon) (?:permits|allowances|units|credits)",
        r"carry-over of [^.,;]{3,20}",
    ),
    "science_temperature": (
        r"(?:limit\w*|keep\w*|hold\w*)\s(?:global\s)?(?:warming|temperatures?|temperature rise)?\s?(?:rise\s)?(?:to|below|at|well below|under)\s(?:\d(?:\.\d)?|one and a half|two)\s?(?:°\s?C|degrees?(?: Celsius| C)?|C\b)",
        r"(?:a limit of |the )?\d(?:\.\d)?\s?(?:°\s?C|degrees? (?:Celsius|C|centigrade))(?: (?:goal|limit|target|warmer|threshold))?",
        r"\d(?:\.\d)?-degree(?:s)?(?: (?:goal|limit|target|threshold|guardrail))?",
        r"(?:global )?carbon budget",
        r"\bIPCC\b",
        r"scientists (?:say|said|expect|warn)[^.,;]{0,40}",
        r"(?:the |latest )science\b",
        r"temperature (?:rise|goal|limit|target)s?",
        r"(?:one and a half|two|three|four) degrees",
        r"temperatures to rise[^.,;]{0,30}",
        r"\d(?:\.\d)?C pathway",
        r"parts per million|\bppm\b",
        r"warming (?:of|by|above)[^.,;]{3,20}",
        r"(?:human activit(?:y|ies)|people|man|mankind|emissions) (?:is|are|was|were) (?:warming|heating|changing) the (?:planet|climate|earth|world)",
        r"(?:man-made|human-caused|human-induced) [^.,;]{0,25}",
    ),
    "bilateral_linkage": (
        r"(?:overall |broader |wider |whole )(?:bilateral |US-China |China-US )?(?:relations?|relationship|ties)",
        r"bilateral (?:relations|ties|relationship)[^.,;]{0,40}",
        r"(?:relations|ties|relationship) between (?:the )?[^.,;]{5,40}? (?:have|are|has|is)[^.,;]{3,30}",
        r"prism of [^.,;]{3,50}",
        r"compartmentali[sz]\w+[^.,;]{0,40}",
        r"(?:separate|separated|isolated|insulat\w+|decoupled?|standalone|oasis|divorced) (?:climate |issue |track |area )?(?:from|in)[^.,;]{3,50}",
        r"stand-?alone (?:issue|area|track)",
        r"(?:has to|must|should|can|cannot) stand alone",
        r"trad\w+ away [^.,;]{3,40}",
        r"(?:linked|linking|tied|hostage) to (?:other|wider|the wider|broader|trade|Taiwan|human rights|security)[^.,;]{0,30}",
        r"geopolitical (?:tensions?|rivalry)",
    ),
    "wording": (
        r"(?:language|wording|phrase|term|words?|text)\s(?:\"[^\"]{3,40}\"|on [^.,;]{3,40}|such as[^.,;]{3,40})(?: being in the text)?",
        r"bracket(?:s|ed)(?: [^.,;]{0,20})?",
        r"(?:delete|remove|drop|strike|insert|replace)(?:d|s|ing)? (?:the |any )?(?:words?|phrase|reference|paragraph|sentence|language|mention)s?[^.,;]{0,40}",
        r"\"?phase[- ]?(?:down|out)\"? (?:instead of|rather than|versus|or|to) \"?phas\w+[- ]?(?:down|out)?\"?",
        r"watered[- ]down (?:text|language|wording)",
        r"draft (?:text|decision|language)",
        r"(?:language|wording|text|paragraph|words) (?:that|which) would[^.,;]{3,40}",
        r"the wording",
        r"deletion of (?:any |the |all )?references?[^.,;]{0,30}",
        r"references? to [^.,;]{3,40} (?:in|from) the (?:text|agreement|document)",
    ),
    "adaptation_loss_damage": (
        r"loss and damage(?: (?:fund|facility|finance))?",
        r"(?:finance for |money for )?adaptation(?: (?:for|fund|finance|in|to)[^.,;]{0,30})?",
        r"climate refugees",
        r"reparations",
        r"(?:sea[- ]level rise|rising seas)",
        r"(?:islands?|atolls?) (?:will|may|could|face)[^.,;]{3,40}",
        r"climate (?:damage|impacts|disasters|victims)",
        r"resilience",
        r"vulnerable (?:countries|nations|communities)",
        r"displaced",
    ),
    "energy_transition": (
        r"(?:phas\w+[- ]?(?:out|down)(?: of)?|quit\w*|exit\w*|end\w*(?: to)?|stop\w*|clos\w+|ban\w*|replac\w+|retir\w+|wean\w*)\s(?:the |its |their |our |all |new |unabated |from |using |of |off |overseas |down )*(?:coal|fossil fuels?|oil|gas)(?:[- ](?:fired )?(?:plants?|power(?: plants?)?|drilling|mines?|use|boilers|financing|projects))?",
        r"coal (?:should|must) be phased out[^.,;]{0,25}",
        r"(?:new )?coal (?:power )?(?:plants?|mines?|projects|stations)",
        r"coal[- ](?:fired )?power",
        r"coal phase[- ]?out",
        r"coal-fired capacity",
        r"(?:overseas )?coal (?:financing|finance|deadline)",
        r"share of non-fossil fuels[^.,;]{0,30}",
        r"non-fossil fuels?",
        r"(?:non-fossil|renewable|clean|green|solar|wind|nuclear|low-carbon) (?:power|energy|electricity|sources?)(?: (?:capacity|targets?|sources))?",
        r"renewables?",
        r"fossil[- ]fuels?(?: subsidies| production| phase-?out)?",
        r"(?:green|energy|clean energy|just) transition",
        r"decarboni[sz]ation(?: agenda| plans)?",
        r"oil and gas (?:security|production|drilling|exploration)?",
        r"new oil (?:drilling|fields?|licen[cs]es)",
        r"electric (?:cars|vehicles)",
        r"energy (?:security|system|transition)",
        r"(?:new |oil |gas |offshore |deep-sea )+(?:mines?|mining|wells?|fields?|drilling)",
        r"drilling\b",
    ),
    "national_determination": (
        r"(?:should |must |can )?(?:and must )?be (?:determined|decided|set) by (?:the |each |every )?[^.,;]{0,25}?(?:itself|themselves|alone)(?:, rather than [^.;\"]{3,40})?",
        r"nationally determined",
        r"(?:rather than |not )(?:be )?(?:influenced|dictated|imposed|pressured)[^.,;]{0,10} (?:by|from|on|to)[^.,;]{3,20}",
        r"(?:national )?sovereignty",
        r"interfer\w+ in [^.,;]{3,30}(?:affairs|policy)",
        r"(?:each|every) (?:country|nation|state|party|government) (?:\w+ )?(?:to |will |would |can |may |should |must )?(?:be |free |left |pursue|set|choose|decide)[^.,;]{3,40}",
        r"(?:its|their|our) own (?:pace|path|way|goals?|targets?|terms|circumstances)",
        r"no (?:country|one|outsider) (?:can|should|may|has the right to) (?:tell|dictate|lecture|impose)[^.,;]{0,30}",
        r"national circumstances",
        r"dictat(?:e|ing|ed) (?:to|by|terms|anything)[^.,;]{0,20}",
        r"internal affairs?",
    ),
}
_COMPILED = {
    area: [re.compile(rf"(?<![\w-])(?:{p})", re.I) for p in patterns]
    for area, patterns in AREAS.items()
}
#: Words of which a sentence must hold one before the patterns of an area are tried on it.
_TRIGGERS = {
    area: frozenset(words.split())
    for area, words in {
        "mitigation_form": "levels below halve halves halved halving emission emissions neutral neutrality zero intensity peak carbon mitigation cap caps greenhouse co economy dioxide cuts",
        "legal_form": "legal legally binding ratify ratified ratification ratifying protocol treaty commitment withdrawal withdrawing voluntary politically compliance",
        "finance": "levy levies finance financing funding aid money funds fund grants grant loans loan compensation support billion bn million trillion tn pay donor donors banks financial dollars euros pounds",
        "offsets_double_counting": "double counted count offset offsets adjustment adjustments air mechanism cdm surplus article credits units",
        "mrv": "mrv measured measuring measurement verify verified verifiable verification transparency scrutiny inspection monitoring consultations reporting report inventory inventories data biennial communications tracked system scrutiny intrusive outside independent",
        "differentiation": "differentiated developing historical historically responsibility equity fair exempt exempts exempted exempting mirrored obligations commitments limits targets unless used caused developed rich industrialised industrialized different differential firewall annex capita graduate graduated graduating emitters develop development status claim",
        "trade_competitiveness": "border cbam tariff tariffs competitive competitiveness leakage commercial industries jobs trade protectionism protectionist unfair uneven playing overcapacity economy economic industry growth",
        "carbon_market": "trading market markets pricing price tax trade ets permits allowances units credits carry",
        "science_temperature": "human man mankind people induced degrees degree warming temperature temperatures c budget ipcc scientists science ppm parts",
        "bilateral_linkage": "relations relationship ties prism compartmentalise compartmentalize compartmentalising compartmentalizing compartmentalised compartmentalized separate separated isolated insulated insulating decoupled decouple standalone stand linked linking tied hostage geopolitical oasis divorced",
        "wording": "paragraph deletion language wording phrase term word words text bracket brackets bracketed delete remove drop strike insert replace deleted removed dropped phase phasing watered draft reference references",
        "adaptation_loss_damage": "loss adaptation refugees reparations sea seas islands island atolls atoll climate resilience vulnerable displaced",
        "energy_transition": "mine mines mining well wells field fields drilling offshore coal fossil oil gas renewable renewables energy power nuclear solar wind transition decarbonization decarbonisation electric clean green",
        "national_determination": "determined decided set nationally rather sovereignty interfere interfering interference each every own country one national dictate dictating dictated internal affairs not",
    }.items()
}  # fmt: skip


_AREA_BITS = {area: register(words) for area, words in _TRIGGERS.items()}


def areas(scene: Scene) -> list[tuple[str, int, int]]:
    """Find the issue areas of a text: (area, start, end), one span per area.

    The span is the first match of the strongest pattern that occurs; weaker patterns are used only
    where no stronger one does.
    """
    found: list[tuple[str, int, int]] = []
    for area, patterns in _COMPILED.items():
        triggers = _AREA_BITS[area]
        lines = [line for line in scene.lines if line.bits & triggers]
        hit = next(
            ((m, line) for p in patterns for line in lines if (m := p.search(line.text))), None
        )
        if hit is not None:
            m, line = hit
            words = m.group().rstrip(" ,;:\n")
            found.append((area, line.start + m.start(), line.start + m.start() + len(words)))
    return sorted(found, key=lambda item: item[1])


def touches(words: str) -> bool:
    """Tell whether some words touch any issue area."""
    held = _LETTERS.findall(words.lower())
    return any(
        pattern.search(words)
        for area, patterns in _COMPILED.items()
        if not _TRIGGERS[area].isdisjoint(held)
        for pattern in patterns
    )


_LETTERS = re.compile(r"[a-z]+")

"""Mentions: where in a text somebody who acts is named, and who that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record import office
from accord.record.conference import conferences
from accord.record.gazetteer import (
    METONYMS,
    TOKEN,
    Name,
    lexicon,
    office_on,
    party_name,
    plain,
    surnames,
)
from accord.record.sentence import Sentence
from accord.record.verbs import SAID_WORDS


@dataclass
class Mention:
    """One naming of somebody.

    Attributes
    ----------
    start, end
        The name itself.
    left, right
        The whole phrase with office and apposition.
    name, type, code, affiliation, role
        Who it is; ``code`` is the party it is or belongs to.
    form
        ``name``, ``adjective``, ``place``, ``title`` (the minister), ``pronoun`` or ``common``.
    """

    start: int
    end: int
    name: str
    type: str
    code: str = ""
    affiliation: str = ""
    role: str = ""
    form: str = "name"
    left: int = -1
    right: int = -1
    short: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.left = self.start if self.left < 0 else self.left
        self.right = self.end if self.right < 0 else self.right

    @property
    def acts(self) -> bool:
        """Whether it can be the subject of a deed: not an adjective, not a place."""
        return self.form not in ("adjective", "place")

    @property
    def side(self) -> str:
        """The state, group or body for which it stands."""
        if self.type == "organisation" and _LEGISLATURE.search(self.name):
            return self.name
        if self.type in ("official", "officials", "organisation", "person") and self.code:
            return party_name(self.code)
        if self.type in ("official", "officials", "person") and self.affiliation:
            return self.affiliation
        return self.name


_LEGISLATURE = re.compile(
    r"\b(?:Congress|Senate|House of|Parliament|parliament|Bundestag|Duma|Court|Assembly|Lok Sabha)\b"
)
_CITIES = frozenset(c.city for c in conferences())
_COUNTRIES_OF_COPS = frozenset(c.country for c in conferences())
_EVENT_NOUN = re.compile(
    r"\s(?:(?:climate|change|environment|global|international|UN|economic|leaders'?|G20|G7)\s){0,3}"
    r"(?:accord|agreement|protocol|summit|conference|talks|meeting|treaty|deal|pact|declaration|mandate|rulebook"
    r"|round|negotiations|session|consensus|action plan|road ?map|ministerial|dialogue|amendment|outcome|COP|goals?)\b",
    re.I,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|throughout|across|inside|through|around)\s(?:the\s|central\s|downtown\s)?$"
    r"|\b(?:visit(?:ed|s|ing)?|tour(?:ed|ing)?|left|leav(?:es|ing)|reach(?:ed)?)\s$"
    r"|\b(?:trip|visit|travel\w*|flew|fly|flying|return\w*|went|go|going|came|tour|way|journey|back|heading|headed|move)\sto\s$"
    r"|\b(?:city|capital|town|province|north|south|east|west)\sof\s$"
    r"|\b(?:from|for)\s(?=$)(?<=\bleft for )|\bexports? (?:to|from)\s$",
    re.I,
)
_AFTER_CITY = re.compile(
    r"(?P<in>\b(?:[Ii]n|[Aa]t|near|outside|of|from|to)\s|^|\n)(?P<city>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z-]+)?),\s$"
)
_PLACE_OK_TO = re.compile(r"\bto\s$")

ORG_HEAD = (
    r"(?:Ministry|Department|Agency|Institute|Council|Commission|Bank|Fund|University|Foundation|Association|"
    r"Federation|Alliance|Coalition|Party|Parliament|Congress|Senate|House|Committee|Secretariat|Organisation|"
    r"Organization|Network|Centre|Center|Office|Authority|Board|Court|Bureau|Academy|Chamber|Corporation|Union|"
    r"Company|Monitor|Tracker|Project|Initiative|Watch|Movement|Action|International|Forum|Society|Trust|Observatory|Delegation|Embassy|Cabinet|Assembly|Group|Laboratory|College|School|"
    r"News|Times|Post|Journal|Wire|Press|Herald|Tribune|Gazette|Courier|Daily|Television|Radio|Media|Agency|Conference)"
)
_ORG = re.compile(
    rf"\b(?:(?:[A-Z][\w'&-]*|of|for|and|on|the|de|in)\s)*?(?:[A-Z][\w&-]*(?:'s)?\s){{1,5}}{ORG_HEAD}s?\b"
    r"(?:\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][\w&-]+)(?:(?:\s|,\s|\sand\s|\sof\s|\sfor\s|\sand the\s)[A-Z][\w&-]+){0,5})?"
    rf"|\b{ORG_HEAD}\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][\w&-]+)(?:(?:\s|,\s|\sand\s|\sof\s|\sfor\s)[A-Z][\w&-]+){{0,5}}"
)
_MINISTRY = re.compile(
    r"\b(?P<what>(?:[Ff]oreign|[Ee]nvironment|[Ee]nergy|[Ff]inance|[Cc]ommerce|[Tt]rade|[Cc]limate|[Ee]conomy|[Oo]il|"
    r"[Ii]nterior|[Dd]efen[cs]e|[Ss]tate|[Tt]reasury|[Aa]griculture|[Ff]orestry|[Pp]lanning)\s"
    r"(?:[Mm]inistry|[Dd]epartment))\b"
)
_ADMINISTRATION = re.compile(
    r"\b(?:[Tt]he\s)?(?P<who>(?:US|U\.S\.|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?))\s(?:administration|government|White House)\b"
)
_GOVERNMENT = re.compile(r"\b[Tt]he (?P<what>administration)\b")
_COUNTRY_GROUP = re.compile(
    r"\b(?P<mods>(?:(?:all|most|many|other|large|major|big|bigger|rich|richer|richest|wealthy|wealthier|poor|poorer|poorest|small|smaller|"
    r"vulnerable|low-lying|industriali[sz]ed|industrial|advanced|developed|developing|emerging|least|island|donor|"
    r"high-income|low-income|middle-income|western|African|Asian|Latin American|Arab|Pacific|Caribbean|European|"
    r"northeast|southeast|Northeast|Southeast|north|south|east|west|central|Amazon|oil-producing|oil|rainforest|forest|"
    r"climate-vulnerable|coal-producing|coal-dependent|Asia|Nordic|Baltic|Gulf|nuclear|Annex I|non-Annex I|G7|G20|BASIC|OPEC|member)"
    r"(?:,\s(?=\w+\s\w+)|\s))+)"
    r"(?P<head>countries|nations|economies|states|world|parties|emitters|polluters|powers|islands|governments)\b",
    re.I,
)
_GROUP_HEAD = re.compile(
    r"\b(?:countries|nations|economies|states|world|parties|emitters|polluters|powers|islands|governments)\b",
    re.I,
)
_BARE_GROUP = re.compile(
    r"\b(?:non-)?Annex (?:I|II|1)(?: (?:parties|countries|Parties))?\b|\bindustrialized world\b|\bGlobal South\b|\bglobal South\b"
)
OFFICIALS = (
    r"officials|ministers|delegates|negotiators|diplomats|lawmakers|leaders|counterparts|envoys|senators|"
    r"representatives|authorities|delegations?|legislators|regulators|bureaucrats|policymakers|policy makers|officers|commissioners"
)
PEOPLE = (
    r"activists|campaigners|environmentalists|scientists|analysts|experts|observers|NGOs|critics|opponents|"
    r"voters|farmers|protesters|advocates|executives|investors|researchers|economists|groups|supporters|"
    r"sceptics|skeptics|industries|businesses|companies|unions|citizens|students|academics|conservationists|"
    r"non-governmental organi[sz]ations|organi[sz]ations|charities|commentators|think tanks|media|youth|"
    r"Republicans|Democrats|conservatives|liberals|indigenous leaders|sources|people|manufacturers|utilities"
)
_COMMON = re.compile(
    rf"\b(?P<mods>(?:(?:senior|top|some|most|many|several|other|environmental|green|climate|government|local|"
    rf"environment|finance|foreign|prime|trade|US|U\.S\.|EU|UN|civil society|youth|domestic|political|business|industry|congressional|Congressional|"
    rf"western|European|developing-country|developing country|indigenous|Indigenous|aid|development|leading|two|three|"
    rf"both|independent|campaign|advocacy|conservation|lobby|trade|energy|foreign|conservative|human rights|street|"
    rf"[A-Z][a-z]+(?:an|ese|ish|ian|ch|i)|[A-Z][a-z]+'s)\s)*)(?P<head>{OFFICIALS}|{PEOPLE})\b"
)
_SINGLE_PERSON = re.compile(
    r"\b(?P<det>[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?P<mods>(?:[A-Za-z.'-]+\s){0,3}?)(?P<head>official|spokes(?:person|man|woman)|diplomat|"
    r"delegate|negotiator|source|adviser|aide|expert|scientist|campaigner|activist|person familiar with the \w+|minister|envoy|"
    r"analyst|lawmaker|senator|resolution|statement|communiqu[eé]|readout|editorial|commentary|report|study|letter|memo)\b"
    r"(?P<tail>\s(?:for|from|of|at|with)\s(?:the\s)?(?:[A-Z][\w&'.-]*)(?:\s(?:of\s|for\s|and\s|the\s)*[A-Z][\w&'.-]*){0,5})?"
)
_NAME_RUN = re.compile(
    r"\b[A-ZÀ-Ý](?:\.|[^\W\d_]+(?:-[^\W\d_]+)*|'[A-Z][^\W\d_]+)(?:\s(?:(?:de|da|do|dos|del|van|von|der|den|bin|al|el|la|le|ben|ter)\s){0,2}"
    r"[A-ZÀ-Ý](?:\.|[^\W\d_]+(?:-[^\W\d_]+)*|'[A-Z][^\W\d_]+)){1,3}(?=\W|$)"
)
_NOT_NAMES = frozenset(
    ["Climate", "Change", "Summit", "Conference", "Protocol", "Agreement", "Accord", "Convention", "Framework", "Treaty", "United", "Nations", "North", "South", "East", "West", "Asia", "Europe", "Africa", "America", "Americas", "Pacific", "Atlantic", "Ocean", "Arctic", "City", "Street", "Avenue", "Global", "Green", "New", "Development", "Action", "Plan", "Goal", "Goals", "Declaration", "Energy", "Environment", "Foreign", "Prime", "Minister", "President", "Premier", "Secretary", "Chancellor", "Senator", "Ministry", "Department", "Office", "Union", "Party", "Parties", "Group", "Dialogue", "Ministerial", "Forum", "Week", "Day", "World", "National", "Security", "International", "Economic", "Science", "Special", "Envoy", "Executive", "Director", "General", "High", "Level", "Joint", "Working", "The", "A", "An", "In", "On", "At", "But", "And", "Or", "If", "As", "When", "While", "After", "Before", "For", "Under", "With", "By", "To", "Its", "His", "Her", "Their", "Our", "My", "It", "He", "She", "They", "We", "This", "That", "These", "Those", "However", "Yet", "So", "From", "Of", "Since", "Until", "Because", "Although", "Though", "Meanwhile", "Last", "Next", "Earlier", "Later", "Also", "Both", "Some", "Many", "Most", "All", "Not", "No", "Yesterday", "Today", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Copyright", "Reserved", "Rights", "Nobody", "Day", "Press", "Release", "Readout", "Statement", "Bulletin", "News", "Wire", "Post", "Times", "Daily", "Journal", "Reuters", "Deal", "Court", "Law", "Act", "Bill", "Two", "Three", "Four", "Five", "First", "Second", "Third", "Fund", "Bank", "Carbon", "Emissions", "Trading", "Scheme", "System", "Border", "Adjustment", "Mechanism", "Inflation", "Reduction", "Clean", "Power", "Paris", "Kyoto", "Copenhagen", "Cancun", "Durban", "Doha", "Warsaw", "Lima", "Glasgow", "Dubai", "Baku", "Bonn", "Bali", "Least", "Developed", "Countries", "Small", "Island", "States", "Republic", "Federation", "Kingdom", "State", "Government", "Congress", "House", "Committee", "Council", "Commission", "Send", "Share", "Follow", "Updated", "Published", "Posted", "Photo", "Image", "Getty", "Read", "More", "Comments", "Getting", "Real", "Don", "Keep", "What", "Why", "How", "Here", "There", "Now", "Then", "Other", "Under", "Over", "Big", "Steps", "Log", "In", "Out", "Up", "Welcome", "Guest", "View", "Watch", "Live"]
)
_GIVEN = frozenset(
    ["John", "James", "Robert", "Michael", "William", "David", "Richard", "Joseph", "Thomas", "Charles", "Christopher", "Daniel", "Matthew", "Anthony", "Mark", "Donald", "Steven", "Paul", "Andrew", "Kenneth", "George", "Joshua", "Kevin", "Brian", "Edward", "Ronald", "Timothy", "Jason", "Jeffrey", "Ryan", "Jacob", "Gary", "Nicholas", "Eric", "Jonathan", "Stephen", "Larry", "Justin", "Scott", "Brandon", "Frank", "Benjamin", "Gregory", "Samuel", "Raymond", "Patrick", "Alexander", "Jack", "Dennis", "Jerry", "Tyler", "Aaron", "Jose", "Henry", "Adam", "Douglas", "Nathan", "Peter", "Zachary", "Kyle", "Walter", "Harold", "Jeremy", "Ethan", "Carl", "Keith", "Roger", "Gerald", "Sean", "Austin", "Arthur", "Lawrence", "Jesse", "Dylan", "Bryan", "Joe", "Billy", "Bruce", "Bill", "Bob", "Jim", "Tom", "Tony", "Mike", "Steve", "Chris", "Dan", "Dave", "Ed", "Greg", "Ken", "Nick", "Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Jessica", "Sarah", "Karen", "Lisa", "Nancy", "Betty", "Margaret", "Sandra", "Ashley", "Emily", "Kimberly", "Donna", "Michelle", "Carol", "Amanda", "Dorothy", "Melissa", "Deborah", "Stephanie", "Rebecca", "Laura", "Sharon", "Cynthia", "Kathleen", "Amy", "Angela", "Shirley", "Anna", "Brenda", "Pamela", "Emma", "Nicole", "Helen", "Samantha", "Katherine", "Christine", "Debra", "Rachel", "Carolyn", "Janet", "Catherine", "Maria", "Heather", "Diane", "Ruth", "Julie", "Olivia", "Joyce", "Virginia", "Victoria", "Kelly", "Lauren", "Christina", "Joan", "Evelyn", "Judith", "Megan", "Andrea", "Cheryl", "Hannah", "Jacqueline", "Martha", "Gloria", "Teresa", "Ann", "Sara", "Madison", "Frances", "Kathryn", "Janice", "Jean", "Alice", "Julia", "Grace", "Ines", "Ana", "Carlos", "Luis", "Juan", "Pedro", "Miguel", "Antonio", "Manuel", "Francisco", "Javier", "Fernando", "Pablo", "Diego", "Ricardo", "Eduardo", "Sergio", "Marco", "Paolo", "Giulia", "Hans", "Klaus", "Jürgen", "Stefan", "Andreas", "Wolfgang", "Martin", "Matthias", "Sabine", "Ursula", "Anja", "Pierre", "François", "Michel", "Philippe", "Claude", "Mohammed", "Mohamed", "Ahmed", "Ali", "Hassan", "Ibrahim", "Omar", "Yusuf", "Fatima", "Aisha", "Raj", "Sanjay", "Amit", "Rahul", "Priya", "Sunita", "Anil", "Vijay", "Arun", "Hiroshi", "Takashi", "Kenji", "Yuki", "Akira", "Ivan", "Sergei", "Dmitri", "Vladimir", "Alexei", "Olga", "Natalia", "Lars", "Erik", "Anders", "Ola", "Sven", "Ingrid"]
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Madam|Sen|Rep|Gov|Amb)\.?\s$")
_BYLINE = re.compile(r"(?:^|\n|\.\s)\s*(?:By|by|Written by|Story by|Posted by)\s$")
_OF_BODY = re.compile(
    rf"\s(?:of|from|at|with)\s(?:the\s)?(?:think tank\s|campaign group\s|advocacy group\s)?[A-Z][\w&' -]{{1,45}}?(?:,|\s(?:{SAID_WORDS})\b|\.(?=\s|$))"
)
_SPEECH_AFTER = re.compile(
    rf"^,?\s(?:has\s|had\s|also\s|then\s|later\s|recently\s|who\s)?(?:{SAID_WORDS})\b|^,\s(?:who|whose|\d\d,)\b|^'s\s"
)
_SPEECH_BEFORE = re.compile(rf"(?:\b(?:{SAID_WORDS})|\baccording to|\bsaid by)\s$")


@dataclass
class Cast:
    """Everybody named in a document, in order of the text."""

    mentions: list[Mention]

    def at(self, offset: int) -> Mention | None:
        """Return the mention whose phrase covers ``offset``."""
        for mention in self.mentions:
            if mention.left <= offset < mention.right:
                return mention
        return None

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions whose names lie in a span."""
        return [m for m in self.mentions if m.start >= start and m.end <= end]


def find(folded: str, sentences: list[Sentence], day: str | None) -> Cast:
    """Find everybody named in a text.

    Parameters
    ----------
    folded
        The folded text.
    sentences
        Its sentences.
    day
        Date of the document (ISO prefix): offices are taken as of that day.
    """
    found = _known(folded)
    taken = _Taken(found)
    _administrations(folded, found, taken)
    _organisations(folded, found, taken)
    _groups(folded, found, taken)
    _people(folded, sentences, found, taken)
    _short_forms(folded, found, taken, day)
    _commons(folded, found, taken)
    found.sort(key=lambda m: m.start)
    _offices(folded, sentences, found, day)
    _titles(folded, found, taken)
    _unnamed(folded, found, taken)
    found.sort(key=lambda m: m.start)
    return Cast(found)


_OWNED = re.compile(
    r"'s\s(?:[a-z-]+\s){0,3}?(?P<head>(?:foreign |prime |environment |climate |energy |lead |chief )*(?:minister|negotiator|envoy|delegate|delegation|ambassador|spokes(?:person|man|woman)|president|premier|government|diplomats?|representative|official|leader))\b(?!\s[A-Z]|,\s[A-Z]|\s(?:of|for|in)\s)"
)


_HEADED = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?P<head>president|negotiator|envoy|delegate|ambassador|government|administration|prime minister|secretary of state)\b(?!\s[A-Z]|,\s[A-Z]|\s(?:of|for|in)\s)"
)


def _unnamed(folded: str, found: list[Mention], taken: _Taken) -> None:
    """Find "Tuvalu's negotiator": an office without a name speaks for its state, unless it was named."""
    for state in [f for f in found if f.type in ("state", "group") and f.form in ("name", "place")]:
        m = _OWNED.match(folded, state.end)
        if m is None and state.name in ("United States", "European Union", "United Kingdom"):
            m = _HEADED.match(folded, state.end)
        if m is None or not taken.free(state.end, m.end()):
            continue
        head = m["head"].split()[-1]
        named = next(
            (
                f
                for f in found
                if f.type == "official"
                and f.form == "name"
                and f.code == state.code
                and f.end < state.start
                and (head in f.role.lower() or (state.start - f.end < 400 and not f.role))
            ),
            None,
        )
        state.form = "adjective"
        if named is not None and head not in ("government", "delegation"):
            found.append(
                Mention(
                    state.start,
                    m.end(),
                    named.name,
                    named.type,
                    named.code,
                    named.affiliation,
                    form="title",
                )
            )
            named.role = named.role or m["head"]
        else:
            found.append(
                Mention(
                    state.start,
                    state.end,
                    state.name,
                    state.type,
                    state.code,
                    left=state.start,
                    right=m.end(),
                )
            )
        taken.add(state.start, m.end())


_TITLE_ALONE = re.compile(
    r"\b[Tt]he (?P<mods>(?:(?:[A-Z][\w-]+|foreign|prime|environment|climate|energy|deputy|lead|chief|US|Chinese|Indian|executive)\s){0,3}?)"
    r"(?P<head>[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Ee]nvoy|[Cc]ommissioner|[Aa]mbassador|"
    r"[Ss]pokes(?:person|man|woman)|[Vv]ice-[Pp]resident|[Vv]ice-[Pp]remier|[Nn]egotiator|[Ss]enator|[Aa]dministrator|[Cc]hair(?:man|woman)?|"
    r"[Pp]rofessor|[Dd]irector|[Gg]overnor|[Dd]iplomat|[Dd]elegate)\b(?!\s(?:of|for|[A-Z])|'s|,\s[A-Z])"
)


def _titles(folded: str, found: list[Mention], taken: _Taken) -> None:
    """Find "the minister": whoever of that office was named last before it."""
    for m in _TITLE_ALONE.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        head = m["head"].lower()
        mods = [
            w.lower()
            for w in m["mods"].split()
            if w.lower() not in ("executive", "us", "chinese", "indian")
        ]
        earlier = [f for f in found if f.type == "official" and f.start < m.start() and head in f.role.lower() and f.form == "name"
                   and all(w in f.role.lower() for w in mods)]  # fmt: skip
        if not earlier:
            if "deputy" in mods or "prime" in mods:
                host = next(
                    (
                        f
                        for f in sorted(found, key=lambda f: -f.start)
                        if f.end <= m.start() and f.code
                    ),
                    None,
                )
                found.append(
                    Mention(
                        m.start(),
                        m.end(),
                        m.group()[4:],
                        "official",
                        host.code if host else "",
                        host.affiliation or host.name if host else "",
                        form="common",
                    )
                )
                taken.add(m.start(), m.end())
            continue
        who = earlier[-1]
        found.append(
            Mention(m.start(), m.end(), who.name, who.type, who.code, who.affiliation, form="title")
        )
        taken.add(m.start(), m.end())


class _Taken:
    """Which characters already belong to a name."""

    def __init__(self, found: list[Mention]) -> None:
        self.spans = {(m.start, m.end) for m in found if m.form != "adjective"}
        self.cover = bytearray(0)
        self._grow(found)

    def _grow(self, found: list[Mention]) -> None:
        for m in found:
            if m.form != "adjective":
                self.add(m.start, m.end)

    def add(self, start: int, end: int) -> None:
        if end > len(self.cover):
            self.cover.extend(bytes(end + 1000 - len(self.cover)))
        self.cover[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        return not any(self.cover[start:end])


def _known(folded: str) -> list[Mention]:
    names = lexicon()
    found: list[Mention] = []
    done = 0
    for m in _CAPITAL.finditer(folded):
        start = m.start()
        if start < done:
            continue
        options = names.get(plain(m.group()))
        if options is None:
            continue
        for key, name, exact in options:
            end = _matched(folded, m, key, exact)
            if end:
                done = end
                mention = _placed(folded, start, end, name)
                if mention is not None:
                    found.append(mention)
                break
    return found


_CAPITAL = re.compile(
    r"U\.S\.A\.|U\.S\.|U\.K\.|U\.N\.|E\.U\.|P\.R\.C\.|D\.C\.|350\.org|E&E"
    r"|(?<![^\W\d_])[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*"
)


def _matched(folded: str, m: re.Match[str], key: tuple[str, ...], exact: bool) -> int:
    """Return where a known name that starts at ``m`` ends, or 0 if the text goes on otherwise."""
    first = m.group()
    if exact and not first.replace(".", "").isupper():
        return 0
    end = m.end()
    for part in key[1:]:
        following = TOKEN.search(folded, end, end + 40)
        if following is None or plain(following.group()) != part:
            return 0
        gap = folded[end : following.start()]
        if len(gap) > 2 or gap.strip(" -'/.&"):
            return 0
        end = following.end()
    return end


def _place_or_name(folded: str, start: int, end: int, name: Name) -> str:
    """Tell whether a state's name or capital acts here (``name``) or is only where (``place``)."""
    word, after, before = folded[start:end], folded[end : end + 60], folded[max(0, start - 40) : start]
    capital = name.form == "capital"
    if _PLACE_BEFORE.search(before) or (name.type == "state" and _in_city(before, name)):
        return "place"
    event_place = capital or name.name in _COUNTRIES_OF_COPS
    if event_place and name.code not in ("CHN", "USA", "EU27") and _EVENT_NOUN.match(after):
        return "place"
    if not capital:
        shout = word.isupper() and len(word) > 4
        return "place" if shout and re.match(r",?\s.{0,25}\(|,\s[A-Z][a-z]+", after) else "name"
    if word not in METONYMS or (word in _CITIES - {"New Delhi"} and not _ACTS_AFTER.match(after)):
        return "place"
    if word.isupper() or not re.match(r"'s\b|\s[a-z]|[,.]|-", after):
        return "place"
    if re.match(r",?\s\(|,\s(?:\d|[A-Z][a-z]+\s\d)", after) or _CITY_USE.match(after):
        return "place"
    return "name"


_CITY_USE = re.compile(
    r"\s(?:think tank|climate conference|conference|office|airport|suburb|bureau|metro|street|headquarters)"
)


def _placed(folded: str, start: int, end: int, name: Name) -> Mention | None:
    """Decide whether a name is an actor here, an adjective, or only a place."""
    form = name.form
    word = folded[start:end]
    after = folded[end : end + 60]
    before = folded[max(0, start - 40) : start]
    if name.type in ("state", "group") and form != "adjective":
        form = _place_or_name(folded, start, end, name)
    if re.match(r"\sdollars?\b", after):
        return None
    if form == "adjective" and (side := re.match(r"\sside\b", after)) is not None:
        form, end = "name", end + side.end()
    if name.name == "US Treasury" and re.match(r"\sSecretary\b", after):
        return None
    mention = Mention(start, end, name.name, name.type, name.code, name.affiliation, form=form)
    if name.type in ("official", "person"):
        mention.short = surnames(name.name, name.code)
    return mention


_ACTS_AFTER = re.compile(
    r"\s(?:has|had|have|will|would|could|says?|said|wants?|insists?|argues?|[a-z]{3,}ed|is\s[a-z]+ing)\b(?!\s(?:conference|talks|by))"
)


def _in_city(before: str, name: Name) -> bool:
    """Tell whether a state's name only says where a city lies ("in Davos, Switzerland")."""
    m = _AFTER_CITY.search(before)
    if m is None:
        return False
    for key, known, _ in lexicon().get(plain(m["city"].split()[0]), ()):
        if len(key) == len(m["city"].split()) and known.type in ("state", "group"):
            return known.form == "capital" and known.code == name.code
    where = next((c for c in conferences() if c.city.casefold() == m["city"].casefold()), None)
    return where is None or where.country == name.name


def _administrations(folded: str, found: list[Mention], taken: _Taken) -> None:
    for m in _ADMINISTRATION.finditer(folded):
        start = m.start("who")
        who = m["who"]
        person = next((f for f in found if f.start == start), None)
        code = person.code if person else ""
        if m.group().endswith("administration"):
            code = code or "USA"
            name = f"{who} administration"
        elif person is not None and person.type in ("state", "group"):
            name = folded[start : m.end()]
        else:
            continue
        found[:] = [f for f in found if not (f.start >= start and f.end <= m.end())]
        found.append(Mention(start, m.end(), name, "organisation", code, party_name(code)))
        taken.add(start, m.end())
    for m in _GOVERNMENT.finditer(folded):
        if taken.free(m.start("what"), m.end()) and any(f.code == "USA" for f in found):
            found.append(
                Mention(
                    m.start(), m.end(), "US administration", "organisation", "USA", "United States"
                )
            )
            taken.add(m.start(), m.end())


def _organisations(folded: str, found: list[Mention], taken: _Taken) -> None:
    for m in _MINISTRY.finditer(folded):
        if taken.free(m.start(), m.end()):
            nation = _nation_before(folded, m.start(), found)
            start = nation.start if nation and nation.form == "adjective" else m.start()
            name = f"{folded[start : m.start()]}{m['what']}" if start < m.start() else m["what"]
            code = nation.code if nation else ""
            left = nation.start if nation else m.start()
            found.append(
                Mention(
                    start,
                    m.end(),
                    name,
                    "organisation",
                    code,
                    party_name(code) if code else "",
                    left=left,
                )
            )
            if nation is not None and nation.form == "adjective":
                found.remove(nation)
            taken.add(m.start(), m.end())
    for m in _ORG.finditer(folded):
        start, end = m.start(), m.end()
        words = folded[start:end]
        trimmed = re.sub(
            r"^(?:(?:The|A|An|In|On|At|But|And|For|By|Of|If|When|While|As|of|for|and|on|the|in|de|With|From|To|According to|After|Before|Since|Under|Meanwhile|Last|This)\s)+",
            "",
            words,
        )
        start += len(words) - len(trimmed)
        if "\n" in trimmed or not taken.free(start, end):
            inner = next(
                (f for f in found if f.start >= start and f.end <= end and f.form != "adjective"),
                None,
            )
            if (
                "\n" in trimmed
                or inner is None
                or inner.type in ("organisation", "ngo", "body", "media", "official", "person")
                or inner.end == end
            ):
                continue
            if folded[inner.end : inner.end + 2] == "'s" or inner.start != start:
                continue
            found.remove(inner)
        head = re.search(rf"{ORG_HEAD}s?$|^{ORG_HEAD}", trimmed)
        tokens = trimmed.split()
        if len(tokens) < 2 or (
            head
            and head.group() in ("Conference", "Congress", "Agreement")
            and "Climate" in trimmed
        ):
            continue
        if all(
            t in _NOT_NAMES or t in ("of", "for", "and", "on", "the") for t in tokens[:-1]
        ) and tokens[-1] in ("Conference", "Group", "Office", "Press", "Wire", "Daily", "Post"):
            continue
        if re.search(r"\bConferences?\b|\bForum\b", trimmed):
            continue
        press = re.search(
            r"(?:News|Times|Post|Journal|Wire|Press|Herald|Tribune|Gazette|Courier|Daily|Television|Radio|Media)$",
            trimmed,
        )
        adjective = next((f for f in found if f.start == start and f.form == "adjective"), None)
        name = re.sub(r"^(?:[A-Z]\w+'s\s)", "", trimmed)
        if (
            re.match(r"COP ?\d", trimmed)
            or (re.search(
                r"\b(?:at|in|from|outside|inside) the $", folded[max(0, start - 12) : start]
            )
            and re.search(r"(?:Center|Centre|House|Court)$", trimmed))
        ):
            continue
        nation = adjective or _nation_before(folded, start, found)
        if (
            nation is not None
            and nation is adjective
            and not re.search(
                r"Ministry|Department|Agency|Parliament|Congress|Senate|Council|Commission|Embassy|Cabinet|Assembly|Delegation|Party|Academy",
                trimmed,
            )
        ):
            nation = None
        code = nation.code if nation else ""
        found.append(
            Mention(
                start,
                end,
                name,
                "media" if press else "organisation",
                code,
                party_name(code) if code else "",
            )
        )
        taken.add(start, end)
    if re.search(r"\bthe House\b", folded) and any(f.code == "USA" for f in found):
        for m in re.finditer(r"\b[Tt]he (House|Senate)\b(?! of)", folded):
            if taken.free(m.start(1), m.end(1)):
                name = "US House of Representatives" if m[1] == "House" else "US Senate"
                found.append(
                    Mention(
                        m.start(1),
                        m.end(1),
                        name,
                        "organisation",
                        "USA",
                        "United States",
                        left=m.start(),
                    )
                )
                taken.add(m.start(), m.end())
    elif (m0 := re.search(r"\b[Tt]he Senate\b", folded)) is not None and taken.free(
        m0.start(), m0.end()
    ):
        code = "USA" if any(f.code == "USA" for f in found) else ""
        found.append(
            Mention(
                m0.start() + 4,
                m0.end(),
                "US Senate" if code else "Senate",
                "organisation",
                code,
                party_name(code) if code else "",
            )
        )
        taken.add(m0.start(), m0.end())


def _nation_before(folded: str, at: int, found: list[Mention]) -> Mention | None:
    for f in found:
        if (
            f.type in ("state", "group")
            and f.end <= at <= f.end + 3
            and folded[f.end : at] in (" ", "'s ", "' ")
        ):
            return f
    return None


def _groups(folded: str, found: list[Mention], taken: _Taken) -> None:
    for at in _GROUP_HEAD.finditer(folded):
        m = _COUNTRY_GROUP.search(folded, max(0, at.start() - 70), at.end())
        while m is not None and m.end() != at.end():
            m = _COUNTRY_GROUP.search(folded, m.end(), at.end())
        if m is None:
            continue
        start, head = m.start(), m["head"].lower()
        mods = m["mods"].lower()
        words = re.sub(r"^(?:all|most|many|other|the)\s", "", folded[start : m.end()])
        if head == "world" and not re.search(
            r"develop|industr|rich|poor|emerging|wealth|arab", mods
        ):
            continue
        if head in ("powers", "parties", "states", "governments", "islands") and mods.strip() in (
            "most",
            "many",
            "other",
            "major",
            "big",
        ):
            continue
        if (
            not re.search(r"\w", mods)
            or (mods.strip() in ("other", "many", "most", "european")
            and head in ("countries", "nations", "states"))
        ):
            continue
        inner = [
            f for f in found if f.start >= start and f.end <= m.end() and f.form != "adjective"
        ]
        if not inner and not taken.free(start, m.end()):
            continue
        if inner and inner[0].code not in ("ANNEX_I", "NON_ANNEX_I", "G7", "G20", "BASIC", "OPEC"):
            continue
        for f in inner:
            found.remove(f)
        found[:] = [f for f in found if not (f.start >= start and f.end <= m.end())]
        name = words
        if re.search(r"\ball\b", mods):
            name = folded[start : m.end()]
        found.append(Mention(start, m.end(), name, "group"))
        taken.add(start, m.end())
    for m in re.finditer(
        r"\b(?:all|each|every) (?:countries|nations|parties|Parties|sides)\b|\bthe (?:international community|rest of the world)\b",
        folded,
    ):
        if taken.free(m.start(), m.end()):
            found.append(Mention(m.start(), m.end(), m.group(), "group", form="common"))
            taken.add(m.start(), m.end())


def _people(folded: str, sentences: list[Sentence], found: list[Mention], taken: _Taken) -> None:
    """Find persons who are in no table, by office, verb of saying, title or given name."""
    for m in _NAME_RUN.finditer(folded):
        start, end = m.start(), m.end()
        run = folded[start:end].rstrip(".")
        end = start + len(run)
        tokens = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", run)
        for cut, token in enumerate(tokens):
            if cut >= 2 and token in _NOT_NAMES:
                end = start + run.index(token, len(tokens[0])) - 1
                tokens = tokens[:cut]
                break
        while tokens and (
            tokens[0] in _NOT_NAMES
            or plain(tokens[0]) in _OFFICE_WORDS
            or _nationality(folded, start, found)
        ):
            skip = re.match(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?\s*", folded[start:end])
            if skip is None:
                break
            start += skip.end()
            tokens.pop(0)
        if (
            len(tokens) < 2
            or tokens[0][0].islower()
            or any(t in _NOT_NAMES for t in tokens)
            or not taken.free(start, end)
        ):
            continue
        if end - start > 40 or folded[start:end].isupper():
            continue
        before = folded[max(0, start - 60) : start]
        after = folded[end : end + 60]
        floor = max((s.start for s in sentences if s.start <= start), default=0)
        evidence = (
            office.role_before(folded, start, floor) is not None
            or office.role_after(folded, end) is not None
            or _TITLE.search(before)
            or _BYLINE.search(before)
            or _SPEECH_AFTER.match(after)
            or _SPEECH_BEFORE.search(before)
            or _OF_BODY.match(after)
            or tokens[0] in _GIVEN
        )
        if not evidence:
            continue
        if (
            re.match(r"^'s\s", after)
            and tokens[0] not in _GIVEN
            and office.role_before(folded, start, floor) is None
        ):
            continue
        name = folded[start:end]
        kind = "person"
        mention = Mention(start, end, name, kind)
        mention.short = surnames(name)
        if _BYLINE.search(before):
            outlet = next(
                (
                    f
                    for f in found
                    if f.type == "media" and (f.start < 400 or f.start > len(folded) - 400)
                ),
                None,
            )
            mention.role, mention.affiliation = "reporter", outlet.name if outlet else ""
        found.append(mention)
        taken.add(start, end)


_OFFICE_WORDS = frozenset(
    ["president", "premier", "minister", "secretary", "envoy", "ambassador", "chancellor", "commissioner", "senator", "representative", "governor", "chairman", "chairwoman", "chair", "director", "spokesman", "spokeswoman", "spokesperson", "professor", "prime", "vice", "deputy", "king", "queen", "prince", "pope", "executive", "mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "prof", "general", "administrator", "counterpart", "leader"]
)


def _nationality(folded: str, start: int, found: list[Mention]) -> bool:
    return any(f.start == start and f.type in ("state", "group") for f in found)


def _short_forms(folded: str, found: list[Mention], taken: _Taken, day: str | None) -> None:
    """Find surnames of people introduced by their full name, and titled surnames of officials."""
    people = [f for f in found if f.type in ("official", "person") and f.short]
    by_short: dict[str, Mention] = {}
    for person in sorted(people, key=lambda p: p.start):
        for short in person.short:
            by_short.setdefault(short, person)
        first = person.name.split()[0]
        by_short.setdefault(first, person)
    words = [w for w in by_short if len(w) > 1]
    if words:
        pattern = re.compile(
            r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b"
        )
        for m in pattern.finditer(folded):
            if not taken.free(m.start(), m.end()):
                continue
            who = by_short[m.group()]
            if (
                m.group() == who.name.split()[0]
                and m.group() not in who.short
                and m.start() < who.start
            ):
                continue
            after = folded[m.end() : m.end() + 2]
            if after[:1] == " " and after[1:2].isupper() and m.group() not in who.short:
                continue
            found.append(
                Mention(
                    m.start(),
                    m.end(),
                    who.name,
                    who.type,
                    who.code,
                    who.affiliation,
                    short=who.short,
                )
            )
            taken.add(m.start(), m.end())
    for m in _TITLED.finditer(folded):
        if not taken.free(m.start("name"), m.end("name")):
            continue
        holder = _holder(m["name"], m["title"], day)
        name = holder or m["name"]
        current = office_on(holder, day) if holder else None
        code = current.affiliation if current else ""
        mention = Mention(m.start("name"), m.end("name"), name, "official" if holder or m["title"] not in ("Mr", "Ms", "Mrs", "Dr") else "person",
                          code, party_name(code) if code else "", short=(m["name"],))  # fmt: skip
        found.append(mention)
        taken.add(mention.start, mention.end)
    _famous(folded, found, taken, day)


_TITLED = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Dr|President|Premier|Prime Minister|Chancellor|Minister|Secretary|Secretary-General|Senator|Vice-President|"
    r"Vice President|Vice-Premier|Commissioner|Ambassador|King|Pope|Special Envoy|Environment Minister|Foreign Minister)\.?\s"
    r"(?P<name>[A-ZÀ-Ý][^\W\d_]+(?:-[^\W\d_]+)?)\b(?!\s[A-Z])"
)


def _holder(surname: str, title: str, day: str | None) -> str | None:
    """Find the one official of that surname who held the office on that day."""
    options = _by_surname().get(surname, [])
    now = [
        h for h in options if (o := office_on(h, day)) is not None and (day is None or o.held(day))
    ]
    fit = [
        h
        for h in now or options
        if title.rsplit(maxsplit=1)[-1].lower()
        in (office_on(h, day).role.lower() if office_on(h, day) else "")
    ]  # type: ignore[union-attr]
    for pool in (fit, now, options):
        if len(set(pool)) == 1:
            return pool[0]
    return None


_SURNAMES: dict[str, list[str]] = {}


def _by_surname() -> dict[str, list[str]]:
    if not _SURNAMES:
        from accord.record.gazetteer import offices

        for holder, held in offices().items():
            _SURNAMES.setdefault(surnames(holder, held[-1].affiliation)[0], []).append(holder)
    return _SURNAMES


_ORDINARY = frozenset(
    ["Major", "Brown", "May", "Rice", "Baker", "Price", "Stern", "Wheeler", "Perry", "Morgan", "Hunt", "Gore", "Lee", "Park", "Moon", "Ban", "Silva", "Johnson", "Wong", "Martin", "Harper", "Dion", "Anderson", "Wright", "Miller", "Jackson", "Johnson", "Meyer", "Davey", "Fu", "Gao", "Li", "Su", "Ma", "Hu", "He", "Han", "Tong", "Fry", "Duke", "Smith", "Hare", "Stone", "King", "Pope", "Regan", "Khan", "Williams", "Moses", "Heine", "George", "Shaw", "Wilkinson", "Taylor", "Abbott", "Carney", "Watson", "Stege", "Lewis", "Clinton", "Bush"]
)


def _famous(folded: str, found: list[Mention], taken: _Taken, day: str | None) -> None:
    """Find bare surnames of officials in office on the day of the document."""
    if day is None:
        return
    for m in re.finditer(r"\b[A-ZÀ-Ý][^\W\d_]{2,}\b", folded):
        if m.group() not in _by_surname() or not taken.free(m.start(), m.end()):
            continue
        options = [
            h
            for h in _by_surname()[m.group()]
            if (o := office_on(h, day)) is not None
            and o.held(day)
            and o.role in ("President", "Prime Minister", "Chancellor", "Secretary of State")
        ]
        if m.group() in _ORDINARY and not (m.group() in ("Clinton", "Bush") and options):
            continue
        if (
            len(options) == 1
            and not re.match(r"\s[A-Z]", folded[m.end() : m.end() + 2])
            and not re.search(r"[A-Z][a-z]+\s$", folded[max(0, m.start() - 12) : m.start()])
        ):
            current = office_on(options[0], day)
            code = current.affiliation if current else ""
            found.append(
                Mention(
                    m.start(),
                    m.end(),
                    options[0],
                    "official",
                    code,
                    party_name(code),
                    short=(m.group(),),
                )
            )
            taken.add(m.start(), m.end())


def _commons(folded: str, found: list[Mention], taken: _Taken) -> None:
    """Find people named by what they are: "senior Chinese officials", "campaigners"."""
    for m in _COMMON.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        start = m.start()
        mods = m["mods"]
        if re.match(r"(?:some|most|many|several|other|both|two|three)\s", mods, re.I) and m[
            "head"
        ] not in ("NGOs",):
            lead = re.match(r"(?:(?:some|most|many|several|other|both|two|three)\s)+", mods, re.I)
            start += lead.end() if lead else 0
        inner = [f for f in found if f.start >= start and f.end <= m.start("head")]
        nation = inner[-1] if inner else _nation_before(folded, start, found)
        if nation is not None and not inner:
            if (
                folded[nation.end : start] != " "
                or nation.form == "place"
                or nation.type not in ("state", "group")
            ):
                nation = None
            else:
                start = nation.start
                inner = [nation]
        if nation is not None and nation.type in ("official", "person"):
            if not re.match(r"'s\s", folded[nation.end :]):
                continue
        for f in inner:
            found.remove(f)
        officials = re.fullmatch(OFFICIALS, m["head"]) is not None
        if m["head"] == "sources" and not re.search(
            r"senior|government|official|EU|diplomatic|several", mods
        ):
            found.extend(inner)
            continue
        if (
            (officials
            and not inner
            and re.search(r"\b(?:[Tt]he two|[Bb]oth)\s$", folded[max(0, start - 8) : start]))
            or (re.match(r"(?:two|both)\s", mods)
            and officials
            and not inner)
        ):
            continue
        if (
            officials
            and nation is None
            and (at := re.match(r"\sin\s", folded[m.end() :])) is not None
        ):
            nation = next(
                (
                    f
                    for f in found
                    if f.start == m.end() + at.end()
                    and f.type in ("state", "group")
                    and folded[f.start : f.end] in METONYMS
                ),
                None,
            )
        code = nation.code if nation else ""
        name = folded[start : m.end()]
        found.append(Mention(start, m.end(), name, "officials" if officials else "group", code,
                             party_name(code) if code else "", form="common"))  # fmt: skip
        taken.add(start, m.end())
    for m in _SINGLE_PERSON.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        owned = (
            m["det"].lower() in ("its", "their", "his", "her")
            and re.match(
                r"(?:official|spokes|diplomat|delegate|negotiator|envoy|minister)", m["head"]
            )
            is not None
        )
        if (
            m["det"].lower() in ("the", "its", "his", "her", "their")
            and not m["tail"]
            and not owned
            and not re.match(
                r"person|statement|resolution|communiqu|readout|editorial|commentary|report|study|letter|memo",
                m["head"],
            )
        ):
            continue
        inner = [f for f in found if f.start >= m.start() and f.end <= m.end()]
        host = inner[-1] if inner else None
        code = host.code if host else ""
        name = re.sub(
            r"^(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s", "", m.group()
        )
        if host is not None and host.type in ("official", "person"):
            continue
        if owned and host is None:
            host = next(
                (
                    f
                    for f in sorted(found, key=lambda f: -f.start)
                    if f.end <= m.start()
                    and f.type
                    in (
                        ("state", "group", "organisation")
                        if m["det"].lower() in ("its", "their")
                        else ("official",)
                    )
                    and f.form == "name"
                ),
                None,
            )
            code = host.code if host else ""
        paper = re.match(
            r"statement|resolution|communiqu|readout|editorial|commentary|report|study|letter|memo",
            m["head"],
        )
        found.append(Mention(m.start(), m.end(), name, "document" if paper else "official", code,
                             host.name if host else "", form="common"))  # fmt: skip
        if not paper:
            taken.add(m.start("head"), m.end("head"))


def _offices(folded: str, sentences: list[Sentence], found: list[Mention], day: str | None) -> None:
    """Give people their office, affiliation and full phrase."""
    starts = [s.start for s in sentences]
    at = 0
    last_side: Mention | None = None
    for mention in found:
        while at + 1 < len(starts) and starts[at + 1] <= mention.start:
            at += 1
        floor = starts[at] if starts else 0
        if mention.type not in ("official", "person"):
            if (
                mention.acts
                and mention.type in ("state", "group", "organisation", "ngo")
                and mention.form == "name"
            ):
                last_side = mention
            continue
        if mention.form == "common":
            continue
        if (
            mention.type == "official"
            and (held := office_on(mention.name, day)) is not None
            and held.held(day)
        ):
            mention.affiliation = party_name(held.affiliation)
            mention.code = held.affiliation if held.affiliation in _party_codes() else mention.code
        _one_office(folded, floor, mention, found, day, last_side)


def _one_office(
    folded: str,
    floor: int,
    mention: Mention,
    found: list[Mention],
    day: str | None,
    last: Mention | None,
) -> None:
    before = office.role_before(folded, mention.start, floor)
    titled = _TITLE.search(folded[max(0, mention.start - 8) : mention.start])
    role = ""
    if before is not None:
        mention.left, role = before
    elif titled:
        mention.left = mention.start - (
            8 - titled.start() if mention.start >= 8 else mention.start - titled.start()
        )
        mention.left = mention.start - len(titled.group())
    elif (
        owner := next(
            (
                f
                for f in found
                if f.type in ("state", "group")
                and f.end + 3 == mention.start
                and folded[f.end : mention.start] == "'s "
            ),
            None,
        )
    ) is not None:
        mention.left = owner.start
        mention.code, mention.affiliation = (
            mention.code or owner.code,
            mention.affiliation or owner.name,
        )
        if mention.type == "person":
            mention.type = "official"
    body_after = next(
        (
            f
            for f in found
            if f.type in ("organisation", "ngo", "body", "media")
            and f.start > mention.end
            and re.fullmatch(
                r"\s(?:of|from|at|with)\s(?:the\s)?(?:[a-z]+\s){0,3}", folded[mention.end : f.start]
            )
        ),
        None,
    )
    if body_after is not None:
        mention.right = body_after.end
        mention.affiliation = body_after.name
    after = office.role_after(folded, mention.end)
    if after is not None and body_after is None:
        mention.right = after[0]
        role = f"{role}; {after[1]}" if role else after[1]
    if not role:
        return
    span = (mention.left, mention.right)
    inner = [f for f in found if f is not mention and f.start >= span[0] and f.end <= span[1]]
    body = next(
        (f for f in reversed(inner) if f.type in ("organisation", "body", "ngo", "media")), None
    )
    state = next(
        (
            f
            for f in inner
            if f.type in ("state", "group") and (f.form != "place" or f.start < mention.start)
        ),
        None,
    )
    known = mention.affiliation
    mention.role = _clean_role(role)
    if mention.role.split()[-1:] == ["counterpart"]:
        mention.role = ""
    if mention.type == "person" and _OFFICIAL_ROLE.search(role):
        mention.type = "official"
    if body is not None:
        mention.affiliation = body.name
        mention.code = mention.code or body.code
    elif state is not None and state.form != "place":
        mention.affiliation = state.name
        mention.code = state.code
    elif not known:
        possessive = re.search(
            r"\b([Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]he country's)\s$",
            folded[max(0, mention.left - 15) : mention.left],
        )
        if last is not None and (possessive or mention.type == "official"):
            mention.affiliation = last.affiliation if last.type == "official" else last.name
            mention.code = last.code


def _party_codes() -> set[str]:
    from accord.parties import PARTIES

    return set(PARTIES)


_OFFICIAL_ROLE = re.compile(
    r"\b(?:president|premier|minister|secretary|envoy|negotiator|ambassador|spokes\w+|commissioner|chancellor|administrator|senator|"
    r"representative|governor|mayor|diplomat|delegate|official|king|queen|prince|lawmaker|congress\w+|adviser|advisor|whip|speaker|mp)\b",
    re.I,
)


def _clean_role(role: str) -> str:
    role = re.sub(r"\s+", " ", role).strip(" ,")
    return re.sub(r"^(?:the|a|an|its|his|her|their)\s", "", role)

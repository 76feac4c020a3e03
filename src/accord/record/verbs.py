"""Verbs of diplomacy, by what they do: the tables on which the rules stand.

Each table is a set of verbs in the forms in which print uses them. ``forms`` inflects a list of
lemmas; irregular forms are written out.
"""

from __future__ import annotations

import re


def forms(lemmas: str) -> list[str]:
    """Inflect regular lemmas: third person, past, participle; multi-word verbs bend the first word."""
    out: list[str] = []
    for lemma in lemmas.split():
        head, _, rest = lemma.replace("_", " ").partition(" ")
        tail = f" {rest}" if rest else ""
        out.append(head + tail)
        if head.endswith("e"):
            bent = [head + "s", head + "d", head[:-1] + "ing"]
        elif re.search(r"[^aeiou]y$", head):
            bent = [head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
        elif re.search(r"(?:s|x|z|ch|sh)$", head):
            bent = [head + "es", head + "ed", head + "ing"]
        elif head in _DOUBLING:
            bent = [head + "s", head + head[-1] + "ed", head + head[-1] + "ing"]
        else:
            bent = [head + "s", head + "ed", head + "ing"]
        out.extend(word + tail for word in bent)
    return out


_DOUBLING = frozenset(
    ("admit commit permit refer regret quip rebut plan drop stop step submit prefer defer").split()
)


def either(words: list[str]) -> str:
    """Join words to one alternative, longest first."""
    return "|".join(
        re.escape(w).replace(r"\ ", " ") for w in sorted(set(words), key=lambda w: (-len(w), w))
    )


_SAY_FINITE = (
    [w for w in forms(
        "state note insist suggest signal stress emphasise emphasize underline underscore warn argue claim declare announce "
        "explain remark observe comment reply respond concede acknowledge admit assert maintain contend caution reiterate repeat "
        "reaffirm affirm confirm report reveal add conclude recall vow pledge promise predict joke quip indicate "
        "point_out lament regret hint complain protest disclose estimate highlight mention allege testify propose "
        "recommend find clarify counter deny deplore agree object sigh snap muse fume exclaim cry retort interject boast bemoan"
    ) if not w.endswith("ing")]
    + "shot_back hit_back fired_back shouted signalled signalling chanted read reads said says say told tells tell wrote writes write held made_clear makes_clear found finds spoke_out shows showed show".replace("_", " ").split(" ")
)  # fmt: skip
_SAY_FINITE = (
    [
        w
        for w in _SAY_FINITE
        if w
        not in {"held", "made", "makes", "clear", "spoke", "out", "shot", "hit", "fired", "back"}
    ]
    + ["shot back", "hit back", "fired back"]
    + ["made clear", "makes clear", "made it clear", "went on", "continued", "continues"]
)

#: Reporting verbs in their finite forms.
SAID_WORDS = either(_SAY_FINITE)
#: Reporting participles (", saying that ...", ", adding ...").
SAYING_WORDS = either([w for w in forms(
    "state note insist suggest signal stress emphasise emphasize underline underscore warn argue claim declare announce explain remark "
    "observe comment concede acknowledge admit assert maintain contend caution reiterate reaffirm affirm confirm reveal add conclude "
    "recall vow pledge promise indicate point_out complain say tell write"
) if w.split()[0].endswith("ing")] + ["writing", "making clear"])  # fmt: skip
#: Verbs of thinking: what they introduce is an attitude, not words.
THOUGHT_WORDS = either(
    forms(
        "view consider regard fear believe think see hope expect worry doubt feel deem describe call"
    )
    + ["saw", "sees", "seen", "thought", "thinks", "felt"]
)
#: Verbs that ask something of somebody.
ASKED_WORDS = either(
    list(
        forms(
            "urge press ask demand request call_on call_upon appeal_to push implore pressure invite challenge exhort lobby"
        )
    )
    + ["beseech", "besought"]
)

#: Base forms: infinitives and imperatives look the same, so a rule may have to leave them out.
BASE_FORMS = frozenset(
    w
    for w in _SAY_FINITE
    if not w.endswith(("ed", "s"))
    and w
    not in {"said", "told", "wrote", "held", "found", "made clear", "made it clear", "went on"}
)

"""Every form of every verb, to its dictionary form.

>>> forms_of("paid")
(('pay', 'past'), ('pay', 'participle'))
"""

from __future__ import annotations

from assay.authoring.english.lexicon.verbs import COMPARE_VERBS, PARTICLES, SELF_VERBS, VERBS

_IRREGULAR: dict[str, tuple[str, str]] = {
    "resell": ("resold", "resold"), "cut": ("cut", "cut"), "draw": ("drew", "drawn"),
    "come": ("came", "come"),
    "pay": ("paid", "paid"), "send": ("sent", "sent"), "give": ("gave", "given"),
    "sell": ("sold", "sold"), "buy": ("bought", "bought"), "keep": ("kept", "kept"),
    "hold": ("held", "held"), "get": ("got", "gotten"), "make": ("made", "made"),
    "tell": ("told", "told"), "build": ("built", "built"), "write": ("wrote", "written"),
    "take": ("took", "taken"), "put": ("put", "put"), "bid": ("bid", "bid"),
    "lend": ("lent", "lent"), "repay": ("repaid", "repaid"), "prepay": ("prepaid", "prepaid"),
    "split": ("split", "split"), "freeze": ("froze", "frozen"), "begin": ("began", "begun"),
    "hit": ("hit", "hit"), "withdraw": ("withdrew", "withdrawn"), "outbid": ("outbid", "outbid"),
    "undertake": ("undertook", "undertaken"), "cast": ("cast", "cast"), "set": ("set", "set"),
    "withhold": ("withheld", "withheld"), "sublet": ("sublet", "sublet"),
    "do": ("did", "done"), "drop": ("dropped", "dropped"), "go": ("went", "gone"),
    "bear": ("bore", "borne"), "arise": ("arose", "arisen"), "win": ("won", "won"),
    "lose": ("lost", "lost"), "leave": ("left", "left"), "break": ("broke", "broken"),
    "forbid": ("forbade", "forbidden"), "teach": ("taught", "taught"),
    "bring": ("brought", "brought"),
    "drive": ("drove", "driven"), "sing": ("sang", "sung"), "feed": ("fed", "fed"),
    "fall": ("fell", "fallen"), "rise": ("rose", "risen"), "become": ("became", "become"),
    "spend": ("spent", "spent"), "show": ("showed", "shown"), "beat": ("beat", "beaten"),
    "sew": ("sewed", "sewn"), "sweep": ("swept", "swept"),
    "choose": ("chose", "chosen"), "swap": ("swapped", "swapped"), "dig": ("dug", "dug"),
}  # fmt: skip
_DOUBLED = {"submit", "ship", "transfer", "refer", "stop", "tip", "chip", "swap", "cancel",
"airdrop",
            "allot", "remit", "permit", "cut", "put", "split", "set", "sublet", "let", "get", "bid",
            "drop", "outbid", "occur", "incur", "defer", "omit", "commit", "admit", "enrol",
            "concur", "recur", "prefer", "plan", "ban", "scan", "hit", "emit", "begin"}  # fmt: skip
_VOWELS = "aeiou"


def _ending(lemma: str, suffix: str) -> str:
    if lemma in _DOUBLED:
        return lemma + lemma[-1] + suffix
    if lemma.endswith("ee") and suffix == "ed":
        return lemma + "d"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return (lemma if suffix == "ed" else lemma[:-1]) + suffix.removeprefix(
            "e" if suffix == "ed" else ""
        )
    if lemma.endswith("y") and lemma[-2] not in _VOWELS and suffix == "ed":
        return lemma[:-1] + "ied"
    return lemma + suffix


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "z", "o")) else "s")


def _all_forms() -> dict[str, list[tuple[str, str]]]:
    lemmas = {*VERBS, *SELF_VERBS, *(verb for verb, _ in PARTICLES), "take", "cast", "effect",
              "serve", "file", "exceed", "reach", "fall", "drop", "rise", "remain", "do",
              "fail", "become", "stay", "decline", "grow", "elect", "choose", "decide", "opt",
              "wind",
              "deem", "prove", "refuse", "neglect", "omit"}  # fmt: skip
    forms: dict[str, list[tuple[str, str]]] = {}
    for lemma in sorted(lemmas):
        past, participle = _IRREGULAR.get(lemma, (_ending(lemma, "ed"), _ending(lemma, "ed")))
        pairs = [(lemma, "base"), (_third(lemma), "third"), (past, "past"),
                 (participle, "participle"), (_ending(lemma, "ing"), "gerund")]  # fmt: skip
        for form, tag in pairs:
            forms.setdefault(form, []).append((lemma, tag))
    forms["canceled"] = [("cancel", "past"), ("cancel", "participle")]
    forms["canceling"] = [("cancel", "gerund")]
    return forms


_FORMS = _all_forms()
COMPARING = frozenset(COMPARE_VERBS)


def forms_of(word: str) -> tuple[tuple[str, str], ...]:
    """What verbs a word can be a form of: pairs of dictionary form and the form's name."""
    return tuple(_FORMS.get(word, ()))


def participle_of(lemma: str) -> str:
    """The past participle of a verb: "paid" of "pay"."""
    return _IRREGULAR.get(lemma, ("", _ending(lemma, "ed")))[1]


def lemma_of(word: str, *tags: str) -> str | None:
    """The verb that a word is one of the named forms of."""
    for lemma, tag in _FORMS.get(word, ()):
        if tag in tags:
            return lemma
    return None

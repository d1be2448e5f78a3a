"""Who takes part without being in any list: known by the ending of a noun, or by what it does.

>>> sorted(unlisted(tokens("The outfitter pays the observatory, which may reject the crate.")))
['outfitter']
>>> sorted(unlisted(tokens("The Observatory shall pay the broker for the container.")))
['observatory']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.money import KNOWN_TOKENS, MONEY_NOUNS
from assay.authoring.english.lexicon.nobody import NOBODY
from assay.authoring.english.lexicon.verbs import NOUNS
from assay.authoring.english.lexing.nodes import Node
from assay.authoring.english.lexing.tokens import Token, tokens

__all__ = ["named_before", "tokens", "unlisted"]

_ENDINGS = ("er", "or", "ee", "ician", "ologist", "arian", "wright", "smith", "person", "woman",
            "man", "ographer")  # fmt: skip
_ACTING = frozenset(
    "pay deliver notify repay refund transfer deposit give provide supply send buy sell indemnify "
    "terminate cancel reject accept inspect approve confirm appoint reimburse purchase lease rent "
    "hire invoice submit propose vote contribute subscribe lend borrow remit withdraw "
    "maintain repair disclose assign owe compensate".split()
)
"""What only somebody does, in the active."""
_DUTIES = frozenset("shall must will may can agrees undertakes promises covenants agree "
                    "undertake".split())  # fmt: skip
_BETWEEN = frozenset({"not", "to", "also", "then", "hereby", "duly", "either", "only", "promptly",
                      "immediately", "forthwith", "in", "turn", "itself"})  # fmt: skip
_HEADS = frozenset({"the", "a", "an", "each", "every", "any", "no", "either", "such", "said"})


def unlisted(found: Sequence[Token]) -> set[str]:
    """The nouns of a text that name somebody, in lower case and in the singular."""
    people: set[str] = set()
    for index, token in enumerate(found):
        if index == 0 or token.kind != "word" or not _may_be(token.lower):
            continue
        noun = words.singular(token.lower)
        headed = found[index - 1].lower in _HEADS or found[index - 1].text.istitle()
        if headed and (_ends_so(noun) or _acts(found, index)) and not _goes_on(found, index):
            people.add(noun)
    return people


_NO_PEOPLE = frozenset(
    words.THINGS | words.APPROVED | MONEY_NOUNS | NOUNS.keys() | words.ROLES | NOBODY
    | words.ADJECTIVES | words.DETERMINERS
)  # fmt: skip


def _may_be(word: str) -> bool:
    noun = words.singular(word)
    return (
        len(noun) > 3
        and noun not in _NO_PEOPLE
        and noun.upper() not in KNOWN_TOKENS
        and not any(tag in ("base", "participle", "past") for _, tag in forms_of(noun))
    )


def _ends_so(noun: str) -> bool:
    return noun.endswith(_ENDINGS) and len(noun) > 4


def _acts(found: Sequence[Token], index: int) -> bool:
    """Whether a verb that only somebody can do follows a noun: "the Ministry shall not pay"."""
    at = index + 1
    if at >= len(found) or found[at].lower not in _DUTIES:
        return False
    while at + 1 < len(found) and found[at + 1].lower in _BETWEEN:
        at += 1
    verb = lemma_of(found[at + 1].lower, "base") if at + 1 < len(found) else None
    return verb in _ACTING


_HANDING = frozenset(
    (
        "pay send give wire owe refund reimburse transfer lend repay tip grant get receive keep "
        "ship deliver sell buy return deposit stake lock"
    ).split()
)
_NAMELIKE = ("ly", "s", "ing")


def acts_or_receives(found: Sequence[Token], index: int) -> bool:
    """Whether a word that looks like an adverb or a plural is a name: "Emily pays James 5 ETH"."""
    token = found[index]
    noun = words.singular(token.lower)
    listed = words.ROLES | words.THINGS | words.DETERMINERS | words.PLURALIA | NOUNS.keys()
    if not (token.text.istitle() and token.lower.endswith(_NAMELIKE)) or noun in listed:
        return False
    if forms_of(token.lower) or token.lower in words.FILLERS | MONEY_NOUNS:
        return False
    after = found[index + 1] if index + 1 < len(found) else None
    if after is not None and lemma_of(after.lower, "third") in _HANDING:
        return True
    before = found[index - 1].lower if index else ""
    counted = after is not None and (after.kind == "number" or after.text in "$€£¥")
    return counted and lemma_of(before, "third", "base") in _HANDING


def _goes_on(found: Sequence[Token], index: int) -> bool:
    """Whether a noun only stands before another: "the forwarder fee"."""
    follower = found[index + 1] if index + 1 < len(found) else None
    if follower is None or follower.kind != "word" or follower.lower in _DUTIES:
        return False
    known = words.singular(follower.lower) in words.THINGS | words.APPROVED | MONEY_NOUNS
    return known and not forms_of(follower.lower)


def named_before(nodes: Sequence[Node], parties: Mapping[str, str], start: int) -> set[str]:
    """Whose names stand before a character of a sentence, whether or not they do anything."""
    return {
        parties[node.lower]
        for node in nodes
        if node.start < start and node.text.istitle() and node.lower in parties
    }

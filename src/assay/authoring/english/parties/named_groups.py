"""Groups whose members are named: "2 of the 3 directors Alice, Bob and Carol", "2 of Ann and Bo".

Names behind the noun of a group only tell who belongs to it, so they go. Where no noun stands, the
names together are the group: all of them have to agree, or as many as are said.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node, counted
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.language.quantities import Quantity

_OPENING = frozenset({":", ",", "(", "namely", "being", "-", "–", "—"})
_ASSENTS = frozenset({"approve", "sign", "agree", "consent", "confirm", "vote", "authorise",
                      "authorize", "accept", "sign off"})  # fmt: skip
_ASSENTED_BY = ("approved by", "signed by", "authorised by", "authorized by", "confirmed by",
                "agreed by", "signed off by", "accepted by")  # fmt: skip


def groups_named(context: Context) -> None:
    """Rewrites the nodes of a sentence in which the members of a group are named."""
    text = context.text
    index = 0
    while index < len(text):
        listed = _names_at(text, index)
        if listed is None:
            index += 1
            continue
        names, end = listed
        noun = _noun_before(text, index, len(names))
        if noun is not None:
            end += text.lower(noun + 1) == "(" and text.lower(end) == ")"
            end += text.lower(noun + 1) == "," and text.lower(end) == ","
            del text.nodes[noun + 1 : end]
            index = noun + 1
        elif _agree(context, index, end):
            _count(context, index, end, len(names))
            index += 2
        else:
            index = end


def _names_at(text: Line, index: int) -> tuple[list[Node], int] | None:
    """Two or more names in a row, "Alice, Bob and Carol", and the index after them."""
    names: list[Node] = []
    at = index
    while _is_name(text, at):
        names.append(text.nodes[at])
        last = len(names) > 1 and text.lower(at - 1) in ("and", "or", "&")
        at += 1
        step = text.skip(at, (",",))
        step = text.skip(step, ("and", "or", "&"))
        if last or step == at or not _is_name(text, step):
            return (names, at) if last else None
        at = step
    return None


def _is_name(text: Line, index: int) -> bool:
    """Whether the name of a person stands here: a capital, and a word of no list."""
    if text.kind(index) != "word" or not text.nodes[index].text.istitle():
        return False
    lower = text.lower(index)
    known = words.ROLES | words.THINGS | words.DETERMINERS | words.PREPOSITIONS
    plain = words.singular(lower) not in known and not forms_of(lower)
    return plain and lower not in words.CONJUNCTIONS | words.PRONOUNS


def _noun_before(text: Line, index: int, many: int) -> int | None:
    """Where the noun stands that names a group of so many: "the three directors"."""
    at = index - 1
    at -= text.lower(at) in _OPENING
    if text.kind(at) != "word" or text.lower(at) == words.singular(text.lower(at)):
        return None
    for back in range(at - 1, max(-1, at - 4), -1):
        node = text.nodes[back]
        if node.kind == "quorum":
            return at if counted(node)[1] == many else None
        if isinstance(node.value, Quantity):
            counts = node.value.amount == str(many)
            return at if counts else None
        if node.kind != "word":
            return None
    return None


def _agree(context: Context, index: int, end: int) -> bool:
    """Whether the names are of those who have to agree to something."""
    text = context.text
    lead = index - (text.lower(index - 1) == "both")
    by = any(text.match(lead - len(phrase.split()), phrase) for phrase in _ASSENTED_BY)
    of = text.lower(lead - 1) in ("of", "from", "by") and text.lower(lead - 2) in APPROVAL_NOUNS
    after = end + (text.lower(end) in words.MODALS)
    after += text.lower(after) in ("have", "all", "both", "first")
    after += text.lower(after) == "to"
    acts = {verb for verb, _ in forms_of(text.lower(after))}
    return by or of or bool(acts & _ASSENTS) or _counted_before(context, index) is not None


def _counted_before(context: Context, index: int) -> int | None:
    """Where "two of" begins that counts the names at an index."""
    text = context.text
    if text.lower(index - 1) != "of":
        return None
    amount = text.kind(index - 2) == "amount" and quorum_at(context, index - 2) is None
    value = text.nodes[index - 2].value
    whole = amount and isinstance(value, Quantity) and (value.amount or ".").isdigit()
    return index - 2 if whole else None


def _count(context: Context, index: int, end: int, many: int) -> None:
    """Puts how many of how many in front, and the names together as who they are."""
    text = context.text
    span = text.span(index, end)
    said = context.words(span)
    name = said.lower()
    needed, start = many, index
    at = _counted_before(context, index)
    if at is not None:
        value = text.nodes[at].value
        assert isinstance(value, Quantity)
        needed, start = int(value.amount or many), at
    elif text.lower(index - 1) == "both":
        start = index - 1
    elif any(text.lower(step) == "or" for step in range(index, end)):
        needed = 1
    here = text.nodes[start]
    quorum = replace(here, kind="quorum", text=f"{needed} of {many}", lower=f"{needed} of {many}",
                     value=(needed, many))  # fmt: skip
    together = replace(word(text.nodes[index], name), text=said, end=span[1])
    context.names.add_party(name, name, span)
    context.names.parties[name] = name
    text.nodes[start:end] = [quorum, together]

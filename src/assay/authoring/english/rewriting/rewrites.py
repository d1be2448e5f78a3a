"""Short forms brought into the shape of a whole sentence before it is read.

"ETH under $1,500 -> sell 3 ETH" is "if ETH is below $1,500, sell 3 ETH". Words that are put in
take the place of the sign that they spell out, so that every span stays one of the text.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS
from assay.authoring.english.lexing.made import mark
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.named_groups import groups_named
from assay.authoring.english.rewriting.approvals import approval_needed
from assay.authoring.english.rewriting.interposed import moved_behind_paid
from assay.authoring.english.rewriting.lateness import cost_by_lateness
from assay.authoring.english.rewriting.loosely import said_loosely
from assay.authoring.english.rewriting.plainly import said_plainly

_SIGNS = {("<",): "below", (">",): "above", ("≤",): "at most", ("≥",): "at least",
          ("<", "="): "at most", (">", "="): "at least"}  # fmt: skip
_ARROWS = (("-", ">"), ("=", ">"), ("→",), ("⇒",), ("➔",), ("—", ">"))
_REQUIRES = ("requires", "require", "needs", "is subject to", "are subject to", "shall require")
_THEN = ("thereupon", "whereupon", "upon which", "and thereupon")


def without_list_marks(line: Line) -> Line:
    """Leaves out "(a)", "(ii)", "1." before the parts of a list, and a colon before the first."""
    nodes: list[Node] = []
    index = 0
    while index < len(line):
        if line.lower(index) == "(" and line.lower(index + 2) == ")" and _is_mark(line, index + 1):
            index += 3
            continue
        if line.lower(index) == ":" and nodes and nodes[-1].lower in (*words.MODALS, "to", "not",
                                                                      "following"):  # fmt: skip
            index += 1
            continue
        nodes.append(line.nodes[index])
        index += 1
    return Line(nodes)


def _is_mark(line: Line, index: int) -> bool:
    text = line.lower(index)
    return (len(text) == 1 and (text.isalnum())) or (
        len(text) <= 4 and text != "" and set(text) <= set("ivx")
    )


def in_full(context: Context) -> None:
    """Rewrites the nodes of a sentence where it is in a short form."""
    text = context.text
    cost_by_lateness(context)
    moved_behind_paid(text)
    said_plainly(context)
    said_loosely(context)
    _label(text)
    _whoever(text)
    _one_each(text)
    _at_the_latest(text)
    _approval_first(text)
    _approval_before(text)
    groups_named(context)
    approval_needed(context)
    _arrow(text)
    _signs(text)
    _participle(text)


def _whoever(text: Line) -> None:
    """ "Whoever breaks the rules is removed": anyone who does."""
    acts = text.lower(1).endswith("s") or lemma_of(text.lower(1), "third", "past")
    if text.lower(0) == "whoever" and acts:
        text.nodes[:1] = [_word(text.nodes[0], "anyone"), _word(text.nodes[0], "who")]


_LABELS = frozenset("milestone stage phase tranche step part instalment installment lot".split())


_LATEST = ("and in no event later than", "but in no event later than", "in no event later than",
           "and in any event no later than", "and in any event not later than",
           "and in any case no later than", "but in any case no later than")  # fmt: skip


def _at_the_latest(text: Line) -> None:
    """ "in no event later than": no later than."""
    for index in range(1, len(text)):
        found = text.match_any(index, _LATEST)
        if found is not None:
            here = text.nodes[index]
            text.nodes[index : found[1]] = [_word(here, word) for word in ("no", "later", "than")]
            return


def _one_each(text: Line) -> None:
    """ "in six instalments, one every two months": how often, and no further amount."""
    for index in range(2, len(text) - 1):
        counted = text.lower(index) == "one" and text.kind(index) == "amount"
        if counted and text.lower(index - 1) == "," and text.kind(index + 1) == "recurrence":
            del text.nodes[index - 1 : index + 1]
            return


def _label(text: Line) -> None:
    """ "Milestone 1 (wireframes): 1,500 USDC, payable on": the label of what follows."""
    stop = next((at for at in range(1, min(len(text), 12)) if text.lower(at) == ":"), None)
    if stop is None or text.lower(0) not in _LABELS or text.kind(stop + 1) != "amount":
        return
    del text.nodes[: stop + 1]
    if text.lower(1) == "," and text.lower(2) in ("payable", "due"):
        del text.nodes[1:3]


def _participle(text: Line) -> None:
    """ "100k DAI locked till 2028": is locked."""
    known = (
        "locked",
        "released",
        "refunded",
        "burned",
        "burnt",
        "minted",
        "issued",
        "paid",
        "held",
    )
    after = (
        "till",
        "until",
        "on",
        "when",
        "if",
        "once",
        "after",
        "over",
        "to",
        "by",
        "for",
        "upon",
    )
    plain = len(text) > 3 and text.kind(0) == "amount" and text.lower(1) in known
    if plain and text.lower(2) in after:
        text.nodes.insert(1, _word(text.nodes[1], "is"))


def _word(node: Node, word: str) -> Node:
    return replace(node, kind="word", text=word, lower=word, value=None)


def _arrow(text: Line) -> None:
    for index in range(1, len(text) - 1):
        arrow = next((sign for sign in _ARROWS if _stands(text, index, sign)), None)
        if arrow is None:
            continue
        comma = mark(text.nodes[index], ",")
        text.nodes[index : index + len(arrow)] = [comma]
        led = text.match_any(0, markers.FINITE) or text.match_any(0, markers.NOMINAL)
        if led is None:
            _compare(text, index)
            text.nodes.insert(0, _word(text.nodes[0], "if"))
        return


def _stands(text: Line, index: int, sign: tuple[str, ...]) -> bool:
    first = text.lower(index) == sign[0]
    return first and all(text.lower(index + step) == part for step, part in enumerate(sign))


def _compare(text: Line, end: int) -> None:
    """ "ETH under $1,500": a comparison without its verb."""
    for index in range(1, end):
        word = text.lower(index)
        if word in words.BE or lemma_of(word, "third", "past"):
            return
        if text.match_any(index, markers.COMPARING) or (word in ("<", ">", "≤", "≥")):
            text.nodes.insert(index, _word(text.nodes[index], "is"))
            return


def _signs(text: Line) -> None:
    for index in range(len(text) - 1, 0, -1):
        for sign in sorted(_SIGNS, key=len, reverse=True):
            after = index + len(sign)
            if _stands(text, index, sign) and text.kind(after) in ("amount", "duration"):
                spelled = [_word(text.nodes[index], word) for word in _SIGNS[sign].split()]
                bare = text.lower(index - 1) not in words.BE
                verb = [_word(text.nodes[index], "is")] if bare else []
                text.nodes[index:after] = [*verb, *spelled]
                break


def _approval_first(text: Line) -> None:
    """ "A resolution requires the approval of the board; thereupon": with this approval."""
    joint = next((at for at in range(1, len(text)) if text.match_any(at, _THEN)), None)
    if joint is None:
        return
    lead = next((at for at in range(1, joint) if text.match_any(at, _REQUIRES)), None)
    if lead is None or not {text.lower(at) for at in range(lead, joint)} & APPROVAL_NOUNS:
        return
    found, then = text.match_any(lead, _REQUIRES), text.match_any(joint, _THEN)
    assert found is not None
    assert then is not None
    closing = joint - 1 if text.lower(joint - 1) in (";", ",") else joint
    comma = mark(text.nodes[joint], ",")
    text.nodes[closing : text.skip(then[1], (",",))] = [comma]
    text.nodes[: found[1]] = [_word(text.nodes[found[1] - 1], "with")]


_OBTAINS = ("needs", "need", "requires", "must obtain", "shall obtain", "must get", "must have",
            "shall seek", "must seek", "shall get", "has to obtain", "has to get")  # fmt: skip


def _approval_before(text: Line) -> None:
    """ "The board needs the approval of the members before it sells land": it may not, without."""
    before = next((at for at in range(2, len(text)) if text.lower(at) == "before"), None)
    if before is None or text.lower(before - 1) == ",":
        return
    lead = next((at for at in range(1, before) if text.match_any(at, _OBTAINS)), None)
    if lead is None or not {text.lower(at) for at in range(lead, before)} & APPROVAL_NOUNS:
        return
    found = text.match_any(lead, _OBTAINS)
    pronoun = text.lower(before + 1) in ("it", "he", "she", "they")
    act = before + 2 if pronoun else before + 1
    lemma = lemma_of(text.lower(act), "third", "base") if pronoun else None
    lemma = lemma or (None if pronoun else lemma_of(text.lower(act), "gerund"))
    end = next((at for at in range(act, len(text)) if text.lower(at) in (",", ";", ".")), len(text))
    if found is None or lemma is None:
        return
    banned = [_word(text.nodes[act], word) for word in ("shall", "not", lemma)]
    consent = [_word(text.nodes[lead], "without"), *text.nodes[found[1] : before]]
    text.nodes[lead:end] = [*banned, *text.nodes[act + 1 : end], *consent]

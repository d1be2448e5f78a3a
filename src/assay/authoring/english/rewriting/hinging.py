"""Duties that say of themselves what they hang on, brought into a clause with its condition.

"The Fund's obligation to pay is conditional upon a report" is "the Fund shall pay conditional upon
a report"; "but not otherwise" says no more than the condition before it.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at


def hung_on_conditions(context: Context) -> None:
    """Rewrites the nodes of a sentence that says of a duty what it hangs on."""
    _hangs_on(context)
    _not_otherwise(context.text)
    _still_so(context.text)
    _ever(context.text)


_OWED = {"obligation": "shall", "duty": "shall", "liability": "shall", "undertaking": "shall",
         "commitment": "shall", "right": "may", "entitlement": "may", "option": "may",
         "power": "may", "authority": "may", "freedom": "may"}  # fmt: skip
_IS = ("is", "are", "shall be", "will be", "is expressly", "shall always be", "is always",
       "shall at all times be", "shall in each case be")  # fmt: skip
_WAYS = ("subject to", "conditional upon", "conditional on", "contingent upon", "contingent on",
         "conditioned upon", "conditioned on", "dependent upon", "dependent on")  # fmt: skip
_ARISES = ("arises only", "shall arise only", "only arises", "shall only arise", "exists only",
           "applies only", "shall apply only", "only applies", "shall only apply", "arises",
           "shall arise", "accrues only", "shall accrue only")  # fmt: skip
_ACTS = frozenset({"payment", "release", "delivery", "transfer", "issue", "refund", "return"})


def _hangs_on(context: Context) -> None:
    """ "the Buyer's obligation to pay is subject to", "arises only if": the Buyer shall pay."""
    text = context.text
    told = next((found for at in range(3, len(text) - 2)
                 if (found := _hinge(text, at)) is not None), None)  # fmt: skip
    if told is None:
        return
    at, end = told
    owner = next((step for step in range(at) if text.lower(step) in _OWED), None)
    if owner is None:
        opens = text.skip(0, words.DETERMINERS)
        if text.lower(opens) in _ACTS and text.lower(opens + 1) in ("of", "by", "to"):
            del text.nodes[at:end]
        return
    modal = word(text.nodes[owner], _OWED[text.lower(owner)])
    if text.kind(owner - 1) == "possessive" and text.lower(owner + 1) == "to":
        if lemma_of(text.lower(owner + 2), "base") is not None:
            text.nodes[owner - 1 : end] = [modal, *text.nodes[owner + 2 : at]]
        return
    who = phrase_at(text, owner + 2, context.names) if text.lower(owner + 1) == "of" else None
    if (
        who is None
        or text.lower(who[1]) != "to"
        or lemma_of(text.lower(who[1] + 1), "base") is None
    ):
        return
    start = owner - (text.lower(owner - 1) in words.DETERMINERS)
    text.nodes[start:end] = [*text.nodes[owner + 2 : who[1]], modal, *text.nodes[who[1] + 1 : at]]


def _hinge(text: Line, index: int) -> tuple[int, int] | None:
    """Where the words stand that join a duty to what it hangs on, and where they end."""
    led = text.match_any(index, _IS)
    if led is not None and text.match_any(led[1], _WAYS):
        return index, led[1]
    arises = text.match_any(index, _ARISES)
    return (index, arises[1]) if arises is not None else None


_NOT_OTHERWISE = ("but not otherwise", "and not otherwise", "but in no other case",
                  "and in no other case", "but in no other circumstances", "and only then",
                  "but only then", "and not before")  # fmt: skip


def _not_otherwise(text: Line) -> None:
    """ ", but not otherwise,": what "if" says already."""
    for index in range(len(text) - 1, 2, -1):
        found = text.match_any(index, _NOT_OTHERWISE)
        if found is None or text.kind(found[1]) not in ("", "punct"):
            continue
        start = index - (text.lower(index - 1) == ",")
        del text.nodes[start : found[1]]


_STILL = ("and is continuing", "and be continuing", "and is then continuing", "and continues",
          "and is subsisting", "and is still continuing", "and remains unremedied",
          "and are continuing", "and is outstanding", "or is continuing")  # fmt: skip


def _still_so(text: Line) -> None:
    """ "no default has occurred and is continuing": that none has occurred, or none goes on."""
    for index in range(4, len(text)):
        found = text.match_any(index, _STILL)
        occurred = text.lower(index - 1) in ("occurred", "occurs", "arisen", "exists")
        if found is not None and occurred and text.kind(found[1]) in ("", "punct"):
            del text.nodes[index : found[1]]
            return


_EVER = ("at any time", "at any point", "at any stage", "at any point in time", "ever", "at any "
         "given time", "at any relevant time")  # fmt: skip


def _ever(text: Line) -> None:
    """ "does not at any time exceed", "has not at any time been": does not, has not."""
    for index in range(2, len(text) - 1):
        found = text.match_any(index, _EVER)
        denied = text.lower(index - 1) == "not" or text.lower(index - 1).endswith("n't")
        if found is not None and denied and text.kind(found[1]) == "word":
            del text.nodes[index : found[1]]
            return

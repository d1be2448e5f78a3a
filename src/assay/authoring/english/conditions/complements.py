"""What a form of "be" says of its subject: a comparison or a state."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.durations import Duration
from assay.authoring.model import Comparator

_SIGNS: dict[str, Comparator] = {"exact": "=", "least": ">=", "most": "<="}

_STOPS = frozenset(
    "and or then if when unless until by within upon after before while according otherwise where "
    "for but as during provided".split()
)
_LITTLE = (
    frozenset("to of in on at by the a an its their his her this that with into from".split())
    | words.BE
)


_AGAINST = frozenset({"against", "under", "over", "beyond", "outside", "inside", "towards"})


def content_words(spoken: str) -> str:
    """The words of a state that carry meaning."""
    return " ".join(word for word in spoken.lower().split() if word not in _LITTLE)


def complement(context: Context, index: int, draft: Draft) -> int:
    """Reads what follows a form of "be"; the index after it."""
    text = context.text
    comparing = text.match_any(index, markers.COMPARING)
    if comparing is not None:
        found = phrase_at(text, comparing[1], context.names)
        if found is not None:
            comparator = markers.COMPARING[comparing[0]]
            draft.group = replace(draft.group, kind="compare", comparator=comparator)
            draft.compared = found[0]
            return found[1]
    delay = delay_at(context, index, draft)
    if delay is not None:
        return delay
    inner = phrase_at(text, index, context.names)
    if inner is not None and inner[0].quantity is not None:
        sign = _SIGNS[inner[0].quantity.limit]
        draft.group = replace(draft.group, kind="compare", comparator=sign)
        draft.compared = inner[0]
        return inner[1]
    return _state(context, index, draft)


def delay_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "delayed by more than three hours", "more than 5 days late"."""
    text = context.text
    at = index + 1 if text.lower(index) in ("delayed", "late", "overdue") else index
    at = text.skip(at, ("by", "for"))
    comparing = text.match_any(at, markers.COMPARING)
    beyond = text.lower(at) == "beyond" and at > index
    at = comparing[1] if comparing is not None else at + beyond
    if text.kind(at) != "duration":
        return None
    after = at + 1
    word = text.lower(index) if at > index and text.kind(index) == "word" else ""
    if word not in ("delayed", "late", "overdue"):
        word = text.lower(after)
        if word not in ("late", "delayed", "overdue"):
            return None
        after += 1
    lasting = text.nodes[at].value
    assert isinstance(lasting, Duration)
    comparator: Comparator = ">" if beyond else "="
    comparator = markers.COMPARING[comparing[0]] if comparing is not None else comparator
    draft.group = replace(draft.group, kind="compare", comparator=comparator)
    draft.delay = lasting.iso
    return after


def _acts(text: Line, index: int) -> bool:
    """Whether the verb of whoever is described stands here: "is late loses the deposit"."""
    taken = text.kind(index + 1) == "amount" or text.lower(index + 1) in words.DETERMINERS
    return taken and lemma_of(text.lower(index), "third") is not None


def _state(context: Context, index: int, draft: Draft) -> int:
    text = context.text
    start = index
    while index < len(text) and text.kind(index) in ("word", "possessive", "reference"):
        word = text.lower(index)
        if (word in _STOPS and index > start) or word in words.MODALS:
            break
        if (word in words.SPEAKERS or word in words.PRONOUNS) and index > start:
            break
        if index > start and _acts(text, index):
            break
        governed = text.lower(index - 1) in _LITTLE or text.lower(index - 1) in _AGAINST
        if word in words.DETERMINERS and index > start and not governed:
            break
        index += 1
    if text.lower(index) == "by" and index > start:
        who = phrase_at(text, index + 1, context.names)
        if who is not None and who[0].quantity is None:
            index = who[1]
    if index > start:
        span = text.span(start, index)
        draft.complement = content_words(context.words(span))
    return index


def own_time(context: Context, index: int, draft: Draft) -> int | None:
    """ "if not sold by 30 June": the time of the act, not of what follows from it."""
    lead, behind = context.text.lower(index), context.text.kind(index + 1)
    if lead not in ("by", "within", "before") or behind not in ("date", "duration"):
        return None
    draft.conditional = True
    return context.adjunct_at(context, index, draft)

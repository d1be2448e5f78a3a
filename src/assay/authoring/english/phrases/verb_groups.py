"""A verb with what makes it a duty, a permission, a ban, a fact or a failure.

>>> group = verb_group_at(line("shall not be required to pay"), 0)
>>> group.force, group.verb.action
('waived', 'pay')
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.lexicon import modality, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexing.nodes import Line, line
from assay.authoring.english.phrases.groups import (
    _PARTICIPLE,
    BASE,
    Group,
    _noun_duty,
    act_at,
    adverbs,
    be_at,
    complement_at,
    forced,
    negation_at,
)

__all__ = ["Group", "line", "verb_group_at", "verb_phrase_at"]


_FINITE = ("third", "base", "past")


def _after_modal(text: Line, index: int) -> Group | None:
    force = modality.MODALS[text.lower(index)]
    group = Group(end=index, modal=True)
    index, negated = negation_at(text, index + 1)
    index, group = adverbs(text, index, group)
    if not negated:
        index, negated = negation_at(text, index)
    if force == "must_not":
        force, negated = "must", True
    found = _modal_idiom(text, index, force, negated, group)
    if found is not None:
        return found
    if text.lower(index) == "be":
        inner = be_at(text, index + 1, replace(group, negated=negated))
        if inner is None:
            return None
        return inner if inner.force else forced(force, negated, inner)
    if text.lower(index) == "have" and (perfect := _perfect(text, index + 1, group)):
        return forced(force, negated, perfect)
    inner = act_at(text, index, group, BASE)
    return forced(force, negated, inner) if inner is not None else None


def _modal_idiom(text: Line, index: int, force: Force, negated: bool, group: Group) -> Group | None:
    """ "shall have the right to", "shall use best efforts to", "shall refrain from"."""
    if text.lower(index) in ("have", "has"):
        idiom = text.match_any(index + 1, modality.AFTER_HAVE)
        if idiom is not None:
            inner_force, form = modality.AFTER_HAVE[idiom[0]]
            inner = complement_at(text, idiom[1], form, group)
            if inner is not None:
                waived = negated and inner_force == "must"
                return (
                    replace(inner, force="waived")
                    if waived
                    else forced(inner_force, negated, inner)
                )
    for phrases, soft in ((modality.SOFT, True), (modality.PASS_THROUGH, False)):
        found = text.match_any(index, phrases)
        if found is not None:
            inner = complement_at(text, found[1], "to", replace(group, soft=soft))
            return forced(force, negated, inner) if inner else None
    found = text.match_any(index, modality.REFRAIN)
    if found is not None:
        form = "to" if found[0].endswith("to") else "gerund"
        inner = complement_at(text, found[1], form, group)
        if inner is not None:
            return forced(force, not negated, inner)
    found = text.match_any(index, ("need to", "have to"))
    if found is not None:
        inner = complement_at(text, found[1], "to", group)
        return forced("waived" if negated else "must", False, inner) if inner else None
    return None


def _perfect(text: Line, index: int, group: Group) -> Group | None:
    """What follows "has": a participle, or "been" and a participle."""
    index, negated = negation_at(text, index)
    index, group = adverbs(text, index, group)
    failed = group.failed or negated
    group = replace(group, failed=False)
    if text.lower(index) == "been":
        inner = be_at(text, index + 1, group)
        return replace(inner, negated=inner.negated or failed) if inner else None
    inner = act_at(text, index, replace(group, past=True), _PARTICIPLE)
    return replace(inner, negated=failed) if inner else None


def _promise(text: Line, index: int) -> Group | None:
    group = Group(end=index, modal=True)
    index, group = adverbs(text, index, group)
    found = text.match_any(index, modality.PROMISES)
    if found is not None:
        force, form = modality.PROMISES[found[0]]
        inner = complement_at(text, found[1], form, group)
        return forced(force, False, inner) if inner else None
    if text.lower(index) in ("has", "have"):
        return _modal_idiom(text, index, "must", False, group)
    return None


def _fails(text: Line, index: int) -> Group | None:
    found = text.match_any(index, modality.FAILS)
    if found is None:
        return None
    group = Group(end=index, failed=True, negated=True)
    after = text.skip(found[1], ("to", "either"))
    inner = act_at(text, after, group, ("base", "gerund"))
    if inner is None and text.lower(after) == "be":
        inner = be_at(text, after + 1, replace(group, negated=False))
        inner = replace(inner, failed=True, negated=True) if inner else None
    return inner or _noun_duty(text, after, group)


def _plain(text: Line, index: int) -> Group | None:
    """A verb without a modal: "pays", "is paid", "has paid", "does not pay"."""
    group = Group(end=index)
    index, group = adverbs(text, index, group)
    word = text.lower(index)
    if word in words.BE and (
        word not in ("be", "been", "being") or (text.inverted and word == "be")
    ):
        return be_at(text, index + 1, replace(group, negated="n't" in word))
    if word in words.HAVE:
        return _perfect(text, index + 1, replace(group, failed="n't" in word))
    if word in words.DO:
        after, negated = negation_at(text, index + 1)
        inner = act_at(text, after, group, BASE)
        return replace(inner, negated=negated or "n't" in word) if inner else None
    index, negated = negation_at(text, index)
    if negated:
        inner = act_at(text, index, group, ("participle", "base", "third"))
        passive = inner is not None and lemma_of(text.lower(index), "participle") is not None
        return replace(inner, negated=True, passive=passive) if inner else None
    past = lemma_of(word, "past") is not None and lemma_of(word, "base", "third") is None
    return act_at(text, index, replace(group, past=past), _FINITE)


def verb_group_at(text: Line, index: int) -> Group | None:
    """The verb group that begins at an index; None where there is none."""
    start, lead = adverbs(text, index, Group(end=index))
    start, negated = negation_at(text, start)
    if text.lower(start) == "provided" and text.lower(start + 1) in ("that", "nothing", "nobody"):
        return None
    fails = text.lower(start + 1) == "fail" and text.lower(start) in ("shall", "should", "will")
    if fails and text.lower(start + 2) == "to":
        group = _fails(text, start + 1)
    elif text.lower(start) in modality.MODALS:
        group = _after_modal(text, start)
    else:
        group = _promise(text, start) or _fails(text, start) or _plain(text, start)
    if group is None:
        return None
    if negated:
        group = forced(group.force, True, group) if group.force else replace(group, negated=True)
    return replace(
        group,
        automatic=group.automatic or lead.automatic,
        at_once=group.at_once or lead.at_once,
        vague=group.vague or lead.vague,
    )


def verb_phrase_at(text: Line, index: int, *tags: str) -> Group | None:
    """A verb without a subject in one of the given forms: an imperative, a gerund."""
    negated = False
    for phrase in ("do not", "don't", "never", "not"):
        after = text.match(index, phrase)
        if after is not None:
            index, negated = after, True
            break
    if text.lower(index) in MONEY_NOUNS and text.lower(index + 1) == "of":
        return None
    if text.lower(index) == "be" and "base" in tags:
        inner = be_at(text, index + 1, Group(end=index))
    else:
        inner = act_at(text, index, Group(end=index), tags)
    return replace(inner, negated=negated) if inner is not None and negated else inner

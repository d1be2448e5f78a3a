"""What a verb in a condition shares with the one before it: its subject and its denial.

"if we cancel and refunds it" has two subjects, "fails to pay and collect" one denial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.english.drafts import Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.english.phrases.verb_groups import Group, verb_phrase_at

_SINGULAR = frozenset({"is", "has", "does", "was", "isn't", "hasn't", "doesn't", "wasn't"})
_PLURAL = frozenset({"are", "have", "do", "aren't", "haven't", "don't"})
_SINGULAR_PRONOUNS = frozenset({"it", "he", "she", "this", "that"})
_BETWEEN = frozenset("also then never not automatically immediately only either just".split())
_APART = frozenset({"if", "unless", "otherwise"})


def agrees(text: Line, index: int, subjects: Sequence[Phrase]) -> bool:
    """Whether the verb at an index has an ending that goes with these subjects."""
    at = text.skip(index, _BETWEEN)
    word = text.lower(at)
    tags = {tag for _, tag in forms_of(word)}
    singular = word in _SINGULAR or tags == {"third"}
    plural = word in _PLURAL or tags == {"base"}
    if not (singular or plural) or not subjects:
        return True
    several = len(subjects) > 1 or _is_plural(text, subjects[0])
    if several:
        return not singular
    one = subjects[0].pronoun in _SINGULAR_PRONOUNS or subjects[0].determined
    return not (plural and one and subjects[0].party != "parties")


def _is_plural(text: Line, subject: Phrase) -> bool:
    """Whether a subject takes a verb in the plural: "we", "you", "guests", "they"."""
    if subject.pronoun is not None:
        return subject.pronoun in ("they", "them")
    spoken = [node for node in text.nodes if subject.start <= node.start < subject.end]
    if not spoken or spoken[0].lower in ("i", "you", "we", "both"):
        return bool(spoken)
    last = spoken[-1]
    return last.text.islower() and last.lower != words.singular(last.lower)


def goes_apart(text: Line, index: int) -> bool:
    """Whether a condition of its own stands behind a verb: "and returns it if", "otherwise"."""
    return text.lower(index) in _APART


def denied_too(text: Line, index: int, before: Draft) -> Group | None:
    """ "fails to leave and hand over the keys", "does not pay or deliver": the second is denied
    with the first."""
    group = before.group
    if not (group.failed or group.negated) or group.passive or group.nobody:
        return None
    if lemma_of(text.lower(group.end - 1), "base") is None:
        return None
    further = verb_phrase_at(text, index, "base")
    if further is None or further.kind != "act" or further.negated:
        return None
    return replace(further, negated=True, failed=group.failed)


def neither(text: Line, index: int, before: Draft | None) -> bool:
    """ "have not been fulfilled or waived": what is denied of the first is denied of both."""
    if before is None or not before.group.negated or text.lower(index - 1) != "or":
        return False
    plain = lemma_of(text.lower(index), "base") is not None and not before.group.failed
    return plain or lemma_of(text.lower(index), "participle") is not None

"""Relative clauses as conditions on the noun before: "who has not paid", "that fails a test"."""

from __future__ import annotations

from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.reading import ask_about_rest
from assay.authoring.english.conditions.told import conditions_of
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.phrases.groups import is_unknown_verb
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.model import Condition


def relative_condition(context: Context, index: int, phrase: Phrase, draft: Draft) -> int | None:
    """ "who has not completed identity verification": a condition on the noun before."""
    group = verb_group_at(context.text, index + 1)
    if group is None or group.force is not None:
        return None
    inner = Draft(group, subjects=[phrase], conditional=True)
    after = context.arguments(context, group.end, inner)
    span = context.text.span(index, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span))
    if phrase.party is None and inner.notices:
        draft.notices.extend(inner.notices)
        inner.notices = []
    ask_about_rest(inner, draft, span)
    draft.doubts.extend(inner.doubts)
    further = context.text.lower(after) == "and" and _inflected(context, after + 1)
    return relative_condition(context, after, phrase, draft) or after if further else after


def _inflected(context: Context, index: int) -> bool:
    """Whether a verb here can't be one of a clause with "may": "and does not answer"."""
    word = context.text.lower(index)
    return word in ("does", "has", "is", "was", "have", "did") or (
        lemma_of(word, "third") is not None and lemma_of(word, "base") is None
    )


def whose(context: Context, index: int, draft: Draft) -> int | None:
    """ "a member whose contribution is outstanding may not vote": what is so of what is theirs."""
    found = context.clause_at(context, index + 1, True)
    if found is None or found[0].group.force is not None or (
        verb_follows(context, found[1]) is None
    ):  # fmt: skip
        return in_own_words(context, index, draft)
    span = context.text.span(index, found[1])
    owner = draft.subjects[-1].party
    draft.conditions.extend(
        one.model_copy(update={"actor": owner}) if one.kind == "breach" and not one.actor else one
        for one in conditions_of(found[0], context, "if", span)
    )
    draft.doubts.extend(found[0].doubts)
    return found[1]


_LONGEST = 14


def in_own_words(context: Context, index: int, draft: Draft) -> int | None:
    """ "whose address does not appear on the register may": up to the modal, as it is said."""
    text = context.text
    end = next((at for at in range(index + 2, min(index + _LONGEST, len(text)))
                if text.lower(at) in words.MODALS), None)  # fmt: skip
    owned = phrase_at(text, index + 1, context.names) if text.lower(index) == "whose" else None
    start = owned[1] if owned is not None else index + 1
    if end is None or start >= end or any(
        text.kind(at) not in ("word", "possessive") or text.lower(at) in _JOINING
        for at in range(index + 1, end)
    ):  # fmt: skip
        return None
    spoken = [text.lower(at) for at in range(start, end)]
    whom = draft.subjects[-1]
    subject = owned[0].full if owned is not None else whom.party or whom.full
    span = text.span(index, end)
    value = content_words(" ".join(one for one in spoken if one not in _DENIALS | words.DO))
    if not value or lemma_of(spoken[0], "gerund") is not None:
        return None
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=subject, value=value,
                  negated=bool(_DENIALS & {*spoken}))
    )  # fmt: skip
    return end


_JOINING = frozenset(
    "if when whenever once where unless until till while whilst provided after "
    "before except because although since whereas and or who which that".split()
)
_DENIALS = frozenset({"not", "never", "doesn't", "isn't", "hasn't", "don't", "haven't", "didn't",
                      "aren't", "wasn't"})  # fmt: skip


def who_somehow(context: Context, index: int, draft: Draft) -> int | None:
    """ "a player who cheats loses his stake": a verb that no list has, and nothing behind it."""
    text = context.text
    word, after = text.lower(index + 1), index + 2
    third = word.endswith("s") and not word.endswith("ss") and is_unknown_verb(text, index + 1)
    if not third or verb_follows(context, after) is None:
        return in_own_words(context, index, draft)
    span = text.span(index, after)
    subject = draft.subjects[-1].party or draft.subjects[-1].full
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=subject, value=word)
    )
    return after

"""Votes that go against something: "if a majority votes against the sale", "if it is voted down".

A vote against a thing is no vote for it, so it is told as a state in the words that were used.
"""

from __future__ import annotations

from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.states import with_time
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.model import Condition

_VOTES = frozenset({"vote", "votes", "voted"})
_AGAINST = frozenset({"against", "no", "down"})
_ENDS = frozenset({",", ";", ".", ":", "then", "and", "or", "unless", "but", "(", ""})
_TIMES = frozenset({"within", "by", "before", "after", "on", "in", "during", "until"})
_HELPING = words.BE | {"have", "has", "had", "been"}


def voted_against(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """Reads a vote against something from an index on; where it ends."""
    text, verb = context.text, index + 1
    while text.lower(verb) not in _VOTES or text.lower(verb + 1) not in _AGAINST:
        if text.lower(verb) in _ENDS:
            return None
        verb += 1
    end = verb + 2
    while text.lower(end) not in _ENDS | _TIMES and text.kind(end) not in ("punct", ""):
        if text.lower(end) in words.MODALS:
            return None
        end += 1
    who = [text.lower(at) for at in range(index, verb)]
    none = "no" in who[:1]
    named = [one for one in who if one not in words.DETERMINERS | _HELPING | {"no"}]
    span = text.span(start, end)
    value = content_words(" ".join(text.lower(at) for at in range(verb, end)))
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=" ".join(named),
                  value=value, negated=(kind in ("unless", "until")) != none)
    )  # fmt: skip
    return with_time(context, end, draft)

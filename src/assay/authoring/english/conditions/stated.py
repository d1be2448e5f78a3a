"""Conditions on what is so of somebody or something."""

from __future__ import annotations

import re

from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.facts import is_contest
from assay.authoring.english.conditions.judged import PERSONAL
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon.verbs import CARRIERS, NOUNS
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.model import Condition, Span

_IN_TROUBLE = frozenset({"default", "breach", "arrears", "insolvent", "bankrupt", "liquidation"})
"""What only somebody is in, never a thing."""
_FOR_WHOM = re.compile(
    r"\b(?:decide|rule|find|side|judge)\w*\s+(?:for|against|in\s+favou?r\s+of|with)\s.+",
    re.IGNORECASE | re.DOTALL,
)
"""How somebody decides: for whom is what counts, and tells one ruling from another."""
_WEATHER = frozenset({"rain", "snow", "hail", "freeze", "storm"})


def state_of(inner: Draft, context: Context, negated: bool, words: str, span: Span) -> Condition:
    """What is so of a subject, or what a source says is so: "the goods are defective"."""
    group = inner.group
    subject = full_name(inner.subjects[0]) if inner.subjects else None
    if inner.subjects and inner.subjects[0].pronoun is not None:
        thing = inner.subjects[0].means_thing or context.thing
        subject = party_name(inner.subjects[0], context)
        lemma = group.verb.lemma if group.verb is not None else ""
        personal = lemma in PERSONAL or bool(_IN_TROUBLE & {*(inner.complement or "").split()})
        one = thing is not None and not thing.plural and thing.quantity is None
        personal = personal or (one and inner.subjects[0].pronoun == "they")
        known = thing is not None and bool(thing.name)
        if thing is not None and known and inner.subjects[0].pronoun in ("it", "they") and not (
            personal and subject not in (None, "it", "they")
        ):  # fmt: skip
            subject = thing.name
        if subject in (None, "it", "they", "this", "that"):
            subject = context.subject if inner.subjects[0].pronoun == "it" else None
            if lemma not in _WEATHER:
                inner.doubts.append(Doubt("pronoun", "What is meant here?", span, "conditions"))
    elif inner.subjects and inner.subjects[0].party is not None:
        subject = party_name(inner.subjects[0], context)
        context.mention(subject)
        context.subject = subject
    elif inner.subjects and inner.subjects[0].name:
        context.thing = context.may_mean(inner.subjects[0])
    value = inner.complement
    if group.kind != "be":
        named = group.verb.lemma.split() if group.verb is not None else []
        several = len(named) > 1 and named[-1] == context.text.lower(group.end - 1)
        spoken = [*(named[:-1] if several else []), context.text.lower(group.end - 1)]
        spoken += [full_name(item.means_thing or item) for item in inner.objects]
        spoken += [full_name(item) for item in inner.recipients]
        if inner.agent is not None:
            spoken.append(full_name(inner.agent))
        if ruled := _FOR_WHOM.search(words):
            spoken = [ruled[0].casefold()]
        value = content_words(" ".join(spoken))
    told = inner.source is not None and group.kind == "be"
    source = party_name(inner.source, context, "") if told and inner.source is not None else None
    outside = told or is_contest(inner)
    return Condition(kind="oracle" if outside else "state", text=words, span=span, subject=subject,
                     value=value, negated=negated, actor=source)  # fmt: skip


def is_carried(inner: Draft) -> bool:
    """ "the second payment is made": the act that its noun names."""
    verb, subject = inner.group.verb, inner.subjects[0] if inner.subjects else None
    carries = inner.group.passive and verb is not None and verb.lemma in CARRIERS
    return carries and subject is not None and subject.head in NOUNS


_OVER = frozenset({"pass", "expire", "elapse", "lapse", "arrive", "end", "close"})


def lasting_of(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "the goods remain sealed", "the deadline of 1 October has passed"."""
    group = inner.group
    stays = context.text.lower(group.end - 2) in ("remains", "remain", "stays", "stay")
    if stays and group.passive and inner.subjects:
        return Condition(kind="state", text=words, span=span, negated=negated != group.negated,
                          subject=full_name(inner.subjects[0]),
                          value=context.text.lower(group.end - 1))  # fmt: skip
    when = inner.subjects[0].date if inner.subjects else None
    if when is not None and group.verb is not None and group.verb.lemma in _OVER:
        return Condition(kind="time", text=words, span=span, value=when,
                          comparator="<=" if negated != group.negated else ">")  # fmt: skip
    return None

"""Where one clause ends and the next begins."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import INTRANSITIVE, NOUNISH, NOUNS, SELF_VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.groups import is_unknown_verb
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at, verb_phrase_at

_AFTER_SUBJECT = frozenset({"each", "both", "all", "jointly", "severally", "together", "hereby"})


_AND = ("and", "or", ",", "and/or")


def subjects_at(context: Context, index: int) -> tuple[list[Phrase], int] | None:
    """One or several noun phrases: "the Buyer", "the Buyer and the Seller each"."""
    text = context.text
    first = phrase_at(text, index, context.names)
    if first is None:
        return None
    found, after = [first[0]], first[1]
    quantity = first[0].quantity
    unit = phrase_at(text, after + 1, context.names) if text.lower(after) == "per" else None
    if quantity is not None and unit is not None and verb_follows(context, unit[1]) is not None:
        rate = replace(quantity, share_of=unit[0].name)
        found, after = [replace(first[0], quantity=rate, rate=True)], unit[1]
    joints = ("and", "or", ",", "and/or", "nor") if first[0].negative else _AND
    if first[0].party is not None and text.lower(after) == "of":
        whole = phrase_at(text, after + 1, context.names)
        if whole is not None and verb_follows(context, whole[1]) is not None:
            after = whole[1]
    while text.lower(after) in joints:
        at = after + 1
        if text.lower(at) in ("and", "or", "nor"):
            at += 1
        more = phrase_at(text, at, context.names)
        if more is None or not (more[0].party or more[0].name):
            break
        if text.lower(after) == "," and not _list_goes_on(context, more[1]):
            break
        act = words.singular(first[0].head) in {*NOUNS, "order", "booking", "request"}
        if first[0].party is None and act and (more[0].party or more[0].pronoun):
            break
        found.append(more[0])
        after = more[1]
    if len(found) > 1 and verb_follows(context, after) is None:
        return [first[0]], first[1]
    return found, text.skip(after, _AFTER_SUBJECT)


def _list_goes_on(context: Context, index: int) -> bool:
    return context.text.lower(index) in (",", "and", "or")


def verb_follows(context: Context, index: int) -> Group | None:
    """The verb group behind a subject, perhaps after "each"."""
    at = context.text.skip(index, _AFTER_SUBJECT)
    if context.text.lower(at - 1) == "all" and at > index:
        helping = words.MODALS | words.BE | words.HAVE
        at = at if context.text.lower(at) in helping else index
    group = verb_group_at(context.text, at)
    return group if group is not None and group.end > at else None


def begins_purpose(text: Line, index: int) -> bool:
    """Whether "to" stands before a verb with its object: "to inspect the goods"."""
    known = lemma_of(text.lower(index + 1), "base") is not None
    return known and text.lower(index + 2) in words.DETERMINERS | words.PRONOUNS


def duty_follows(context: Context, index: int) -> bool:
    """Whether a clause with a subject and a verb begins at an index."""
    index = context.text.skip(index, (",", "then"))
    found = subjects_at(context, index)
    if found is None:
        return False
    text = context.text
    parted = text.lower(found[1]) in words.MODALS and text.lower(found[1] + 1) == ","
    return parted or verb_follows(context, found[1]) is not None


def clause_starts(context: Context, index: int, draft: Draft) -> bool:
    """Whether a new clause begins at an index, so that the one before has ended."""
    text = context.text
    index = text.skip(index, ("then", "thereafter", "afterwards", "thereupon"))
    if text.match_any(index, markers.ALTERNATIVES) or duty_follows(context, index):
        return True
    found = subjects_at(context, index)
    if found is not None and text.lower(found[1]) == "," and found[0][0].party:
        return True
    if found is not None and draft.conditional and (
        _acts_somehow(text, found[1]) or _acts_alone(context, index)
    ):  # fmt: skip
        return True
    if text.lower(index) in words.MODALS or failure_at(text, index) is not None:
        return True
    index = text.skip(index, ("to",)) if verb_phrase_at(text, index + 1, "base") else index
    shared = verb_phrase_at(text, index, "base", "third")
    if shared is not None and shared.kind == "act":
        return not (draft.objects and _is_plural_noun(text, index, shared))
    if draft.conditional and lemma_of(text.lower(index), "third") in INTRANSITIVE | {"leave"}:
        return True
    participle = verb_phrase_at(text, index, "participle") if draft.group.passive else None
    return participle is not None and participle.kind == "act"


def _acts_somehow(text: Line, index: int) -> bool:
    """ "and Otto likes it": a verb that no list has, behind who does it."""
    word, behind = text.lower(index), text.lower(index + 1)
    third = word.endswith("s") and not word.endswith("ss") and is_unknown_verb(text, index)
    return third and behind in words.PRONOUNS | words.DETERMINERS | {",", ".", ""}


def _acts_alone(context: Context, index: int) -> bool:
    """ "and the seller grumbles,": who, with a verb that no list has and that ends the clause."""
    text = context.text
    at = text.skip(index, words.DETERMINERS)
    known = text.lower(at) in words.ROLES and at > index
    third = text.lower(at + 1).endswith("s") and not text.lower(at + 1).endswith("ss")
    ends = text.lower(at + 2) in (",", ".", "")
    return known and third and ends and is_unknown_verb(text, at + 1)


def _is_plural_noun(text: Line, index: int, verb: Group) -> bool:
    """ "the chairs and tables,": a form that is as often a noun, where nothing stands behind."""
    lemma = verb.verb.lemma if verb.verb is not None else ""
    alone = verb.end == index + 1 and text.lower(verb.end) in (",", ".", "", "and", "or", "to")
    return alone and lemma in NOUNISH and lemma not in SELF_VERBS and text.lower(index) != lemma


def held_back(context: Context, index: int, draft: Draft) -> bool:
    """ "shall pay to the Lessor, monthly in advance, a rent of": an object behind a time."""
    verb, given = draft.group.verb, draft.objects
    whom = len(given) == 1 and given[0].party is not None and given[0].quantity is None
    taken = given and not (whom and verb is not None and verb.frame == "give")
    taken = taken or draft.conditional or draft.group.passive or draft.group.kind != "act"
    if taken or verb is None or verb.frame == "self" or context.text.lower(index) == "no":
        return False
    if verb.action in ("terminate", "renew", "extend", "cancel"):
        return False
    found = phrase_at(context.text, index, context.names)
    thing = found is not None and (found[0].quantity is not None or found[0].determined)
    ends = found is not None and verb_follows(context, found[1]) is None
    if found is not None and context.text.lower(found[1]) in ("off", "discount"):
        return False
    return bool(thing and ends and found is not None and not found[0].party)


def states_follow(context: Context, index: int) -> bool:
    """Whether what is told without "that" is a fact: "confirms the goods have arrived"."""
    found = subjects_at(context, index)
    group = verb_follows(context, found[1]) if found is not None else None
    return group is not None and (group.kind == "be" or group.passive or group.past)


def goes_on_outside(context: Context, index: int, draft: Draft) -> bool:
    """ "pays Ann when the parcel arrives, or refunds Bo": what somebody does, not the parcel."""
    inner = context.condition
    thing = inner is not None and inner.subjects and inner.subjects[0].party is None
    acts = lemma_of(context.text.lower(index), "third") is not None
    return bool(thing and draft.subjects and acts)


def is_one(before: Draft) -> bool:
    """ "the buyer deposits first, release on": a bare verb is none of a single party's."""
    who = before.subjects[-1] if before.subjects else None
    speaking = ("i", "you", "we", "they", "parties", "anyone")
    modal = before.group.modal or before.imperative or before.group.passive
    single = who is not None and not who.plural and who.party not in speaking
    return single and not modal and who is not None and not who.pronoun


_FAILURES = frozenset({"failure", "default", "breach", "non-payment", "delay", "violation",
                       "infringement", "defect", "event", "omission", "nonpayment",
                       "non-compliance"})  # fmt: skip
_LASTS = ("continues", "persists", "is not remedied", "is not cured", "remains unremedied",
          "remains uncured", "has not been remedied", "has not been cured", "is not rectified",
          "has continued", "shall continue", "continue", "is continuing", "is not made good",
          "is not corrected", "remains outstanding", "has not been rectified",
          "is irremediable", "is incapable of remedy", "is not capable of remedy")  # fmt: skip


def failure_at(text: Line, index: int) -> tuple[int, int] | None:
    """ "such failure continues": the index of its noun, and the one behind the verb."""
    at = text.skip(index, words.DETERMINERS | {"such", "said"})
    lasts = text.match_any(at + 1, _LASTS) if at > index else None
    return (at, lasts[1]) if lasts is not None and text.lower(at) in _FAILURES else None


def _clause_at(context: Context, index: int) -> int | None:
    """The index after a subject that has a verb behind it, without reading the clause."""
    found = subjects_at(context, index)
    if found is None or verb_follows(context, found[1]) is None:
        return None
    first, text = found[0][0], context.text
    verb = lemma_of(text.lower(index), "base") is not None and not (first.party or first.determined)
    if verb and text.lower(index + 1) in words.DETERMINERS and not first.quantity:
        return None
    return found[1]


def _is_described(text: Line, index: int) -> bool:
    """ "sell or transfer vested tokens": a verb with an object that a participle describes."""
    joined = text.lower(index - 1) in _AND and lemma_of(text.lower(index), "base")
    while joined and text.lower(index + 1) in _AND and lemma_of(text.lower(index + 2), "base"):
        index += 2
    named = text.kind(index + 2) == "word" and text.lower(index + 2) not in (
        words.PREPOSITIONS | words.DETERMINERS | words.MODALS | {"and", "or", "but"}
    )
    return bool(joined) and named and lemma_of(text.lower(index + 1), "participle") is not None


def is_bare_verb(context: Context, index: int) -> bool:
    """Whether the words at an index are a verb rather than a subject with a verb behind it."""
    if _is_described(context.text, index):
        return True
    return _clause_at(context, index) is None

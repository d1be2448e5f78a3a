"""What belongs to a verb: objects, receivers, agents, purposes, times, conditions."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.colours import colour_at
from assay.authoring.english.acts.fillers import source_at, weightless_at
from assay.authoring.english.attaching.behind import (
    behind_object,
    describes,
    each_one,
    is_given,
    participle_behind,
    per_unit,
)
from assay.authoring.english.attaching.dated import begins_own, leads_amount
from assay.authoring.english.attaching.deadlines import adjunct_at, ends_recurrence
from assay.authoring.english.attaching.instalments import instalments
from assay.authoring.english.attaching.pointing import any_that, nothing_due, whatever
from assay.authoring.english.attaching.prepositions import (
    governed_at,
    prepositional_at,
    share_on,
)
from assay.authoring.english.attaching.priced import price, price_terms
from assay.authoring.english.attaching.purposes import actor_of
from assay.authoring.english.attaching.shares import ratio_at
from assay.authoring.english.attaching.telling import SHOWING, that_clause
from assay.authoring.english.conditions.boundaries import (
    clause_starts,
    duty_follows,
    held_back,
    states_follow,
    verb_follows,
)
from assay.authoring.english.conditions.complements import complement, delay_at
from assay.authoring.english.conditions.either import either
from assay.authoring.english.conditions.measures import described
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.verbs import ABSTRACT
from assay.authoring.english.lexing.durations import times_in
from assay.authoring.english.lexing.references import reference_at
from assay.authoring.english.parties.givers import taken_back_later
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.phrase_parts import DESCRIBING, limited_amount


def arguments(context: Context, index: int, draft: Draft) -> int:
    """Reads everything that belongs to a verb; the index of the first node that does not."""
    text = context.text
    if draft.group.kind == "be":
        index = complement(context, index, draft)
    while index < len(text):
        if text.lower(index) in (";", ".", ":"):
            break
        after = _one_argument(context, index, draft)
        if after is None:
            break
        index = after
    draft.end = text.nodes[max(index - 1, 0)].end
    if draft.objects and draft.objects[0].negative and draft.group.kind == "act":
        _nothing(draft)
    return index


def _nothing(draft: Draft) -> None:
    """ "gets no refund", "pays nothing": the act is not done."""
    group = draft.group
    if group.force in ("must", "may"):
        draft.group, draft.turned = replace(group, force="must_not"), True
    elif draft.conditional:
        draft.group = replace(group, negated=not group.negated)
    if any(item.quantity is not None and not item.negative for item in draft.objects[1:]):
        span = (draft.start, max(draft.start, draft.end))
        draft.doubts.append(Doubt("negation_scope", "Which of these is not due?", span))
    draft.objects = [replace(item, negative=False) for item in draft.objects]


def _one_argument(context: Context, index: int, draft: Draft) -> int | None:
    text = context.text
    if text.lower(index) == "," or text.lower(index) in words.CONJUNCTIONS:
        return _joined_argument(context, index, draft)
    pointing = reference_at(text, index)
    if pointing is not None:
        return pointing
    if text.lower(index) in DESCRIBING and index > 0 and text.kind(index - 1) == "word":
        noun = words.singular(text.lower(index - 1))
        told = Phrase(*text.span(index - 1, index), name=noun, full=noun, head=noun)
        which = described(context, index, told, draft)
        if which is not None:
            return which
    moving = draft.group.verb is not None and draft.group.verb.lemma in _MOVING
    late = delay_at(context, index, draft) if moving and draft.conditional else None
    if late is not None:
        return late
    for rule in (_amount, ratio_at, weightless_at, instalments, price, governed_at, share_on,
                 _adjunct, source_at, per_unit, prepositional_at, colour_at, each_one,
                 _object):  # fmt: skip
        after = rule(context, index, draft)
        if after is not None:
            return after
    return None


_MOVING = frozenset({"arrive", "land", "leave", "start", "begin", "open", "depart"})


def _adjunct(context: Context, index: int, draft: Draft) -> int | None:
    if draft.conditional and context.text.lower(index) in ("unless", "provided", "except", "if",
                                                           "otherwise"):  # fmt: skip
        return None
    trial = draft.trial()
    after = adjunct_at(context, index, trial)
    if after is None:
        return None
    if draft.deadline and trial.deadline and draft.deadline != trial.deadline:
        often = times_in(trial.deadline, draft.recurrence) if trial.lasts else None
        if ends_recurrence(context, index, after, draft, trial):
            return after
        if often is None or draft.occurrences is not None:
            return None  # a second deadline belongs to something else
        draft.occurrences = often
        return after
    draft.take(trial)
    return after


def _joined_argument(context: Context, index: int, draft: Draft) -> int | None:
    """What stands behind a comma or an "and": the next object or adjunct, or the next clause."""
    text = context.text
    at = index + 1
    if text.lower(index) == "," and text.lower(at) in words.CONJUNCTIONS:
        at += 1
    later = text.lower(at) == "thereafter" and (draft.deadline or draft.conditions)
    if later or (draft.conditional and text.lower(at) in ("until", "till")):
        return None
    filler = text.match_any(at, markers.WEIGHTLESS) if not draft.objects else None
    if filler is not None and text.lower(index) == "," == text.lower(filler[1]):
        return filler[1] + 1
    if at >= len(text) or clause_starts(context, at, draft):
        return None
    if draft.conditional and text.lower(index) == ",":
        measured = draft.group.kind in ("compare", "be")
        source = source_at(context, at, draft) if measured else None
        return source if source is not None and text.lower(source) in (",", "", ".") else None
    named = text.match_any(at, ("being", "i.e.", "namely", "that is", "which is", "amounting to"))
    if named is not None and draft.objects and limited_amount(text, named[1]):
        worth = phrase_at(text, named[1], context.names)
        if worth is not None and draft.objects[-1].quantity is None:
            draft.objects[-1] = replace(draft.objects[-1], quantity=worth[0].quantity)
            return worth[1]
    terms = price_terms(context, at, draft)
    if terms is not None:
        return terms
    lent = draft.group.verb is not None and draft.group.verb.lemma in ("lend", "loan")
    if text.lower(at) == "repayable" and lent:
        return None
    if text.lower(at) in ("payable", "due", "repayable") and text.lower(index) == ",":
        return at + 1
    handed = text.lower(at) in ("vesting", "vested", "unlocking", "unlocked", "released")
    if handed and text.lower(index) == "," and (
        text.kind(at + 1) in ("recurrence", "duration") or text.lower(at + 1) in _UNLOCKING
    ):  # fmt: skip
        return at + 1
    if text.lower(at) in ("from", "to") and text.lower(index) == ",":
        who = phrase_at(text, at + 1, context.names)
        if who is not None and who[0].party is not None and not clause_starts(context, at, draft):
            return prepositional_at(context, at, draft)
    out = text.match_any(at, ("paid out", "paid over", "payable", "paid", "credited", "sent"))
    if out is not None and text.lower(index) == "," and draft.objects and (
        text.lower(out[1]) in ("once", "when", "as", "if", "after", "upon")
    ):  # fmt: skip
        return out[1]
    billed = text.lower(at) in ("paid", "billed", "charged", "settled", "invoiced", "due")
    if billed and text.lower(index) == "," and (
        text.kind(at + 1) == "recurrence" or text.lower(at + 1) in ("within", "in", "on", "upfront")
    ):  # fmt: skip
        return at + 1
    if (draft.fragment or draft.group.passive) and limited_amount(text, at):
        return None
    left = phrase_at(text, at, context.names) if draft.group.passive else None
    if left is not None and left[0].left_over:
        return None
    if text.kind(at) == "reference":
        return at + 1
    held, until = len(draft.conditions), draft.deadline
    after = _joined_adjunct(context, at, draft)
    if after is not None:
        more = len(draft.conditions) > held or draft.deadline != until
        if "or" in (text.lower(index), text.lower(at - 1)) and more:
            either(draft, text.span(index, after))
        return after
    if after is None and _is_adjunct(context, at, draft):
        return None
    part = text.match_any(at, ("part thereof", "any part thereof"))
    return part[1] if part is not None else _joined_object(context, index, at, draft)


_OUTCOMES = frozenset({"get", "receive", "earn", "lose", "forfeit", "owe", "pay", "gets",
                       "receives", "earns", "loses", "forfeits", "owes", "pays"})  # fmt: skip
"""Verbs of the main clause behind a relative one: "investors who buy before May get"."""


_UNLOCKING = frozenset({"linearly", "over", "in", "with", "after", "on", "at", "evenly", "from"})


def _is_adjunct(context: Context, index: int, draft: Draft) -> bool:
    return adjunct_at(context, index, draft.trial()) is not None


def _joined_adjunct(context: Context, index: int, draft: Draft) -> int | None:
    """A further time or condition, unless it begins the next clause."""
    for rule in (weightless_at, instalments, price, _adjunct, source_at):
        trial = draft.trial()
        after = rule(context, index, trial)
        if after is None:
            continue
        paid = bool(draft.objects) and draft.objects[-1].quantity is not None
        apart = paid and leads_amount(context, index)
        if rule is _adjunct and (duty_follows(context, after) or apart):
            return None
        often = times_in(trial.deadline, draft.recurrence) if trial.lasts else None
        if often is not None and draft.deadline and draft.occurrences is None:
            draft.occurrences = often
            return after
        draft.ask_which_time(trial)
        draft.take(trial)
        return after
    return None


def _joined_object(context: Context, index: int, at: int, draft: Draft) -> int | None:
    text = context.text
    joint = text.lower(index)
    behind = joint == "," and held_back(context, at, draft)
    known = draft.objects or draft.recipients
    if not known and not behind:
        return None
    beside = draft.objects and draft.objects[-1].end >= text.nodes[index - 1].end
    apart = joint == "or" or (draft.objects and draft.objects[-1].quantity is not None)
    if not beside and draft.objects and apart:
        return None
    if joint == "," and text.lower(at - 1) == "," and not (
        behind or _list_ahead(context, at)
    ):  # fmt: skip
        return None
    further = phrase_at(text, at, context.names)
    if further is not None and draft.conditional and (
        further[0].quantity and not known[-1].quantity
    ):  # fmt: skip
        return None
    if known and not behind and begins_own(context, at, draft, known[-1]):
        return None
    before = len(draft.objects) + len(draft.recipients)
    after = prepositional_at(context, at, draft) if text.lower(at) in ("to", "for", "of") else None
    after = after or _object(context, at, draft)
    if after is None or len(draft.objects) + len(draft.recipients) == before:
        return after
    if "or" in (joint, text.lower(at - 1)) and draft.group.force == "must":
        draft.doubts.append(
            Doubt(
                "alternative", "Which of these, and who chooses?", text.span(index, after), "asset"
            )
        )
    return after


def _list_ahead(context: Context, index: int) -> bool:
    """Whether what stands at an index is a middle part of a list: "a, b and c"."""
    found = phrase_at(context.text, index, context.names)
    return found is not None and context.text.lower(found[1]) in (",", "and", "or")


def _amount(context: Context, index: int, draft: Draft) -> int | None:
    """An object before anything else can claim its words: an amount behind the verb."""
    last = draft.objects[-1] if draft.objects else None
    if limited_amount(context.text, index) and last is not None and last.party is None and (
        last.quantity is None and last.pronoun is None and context.text.kind(index) == "word"
    ):  # fmt: skip
        bound = phrase_at(context.text, index, context.names)
        beside = context.text.nodes[index - 1].end == last.end
        if bound is not None and bound[0].quantity is not None and beside:
            draft.objects[-1] = replace(last, quantity=bound[0].quantity)
            return bound[1]
    if limited_amount(context.text, index) and draft.group.kind in ("act", "self"):
        return _object(context, index, draft)
    return None


def _object(context: Context, index: int, draft: Draft) -> int | None:
    """What the verb acts on."""
    text = context.text
    if draft.group.kind == "be" or (draft.group.kind == "self" and not draft.conditional):
        return None
    goes = draft.group.verb is not None and draft.group.verb.lemma in (
        "go", "go back", "come back", "flow back", "fall back"
    )  # fmt: skip
    verb = draft.group.verb
    plain = goes and verb is not None and verb.lemma == "go"
    if _full(context, index, draft) or (goes and not (plain and draft.conditional)):
        return None
    if draft.group.light and text.lower(index) == "of":
        index += 1
    tells = verb is not None and verb.action in ("confirm", "notify", "report", "accept")
    telling = tells or (verb is not None and verb.lemma in SHOWING)
    if text.lower(index) == "that" and not telling and draft.group.kind == "act":
        return None
    if text.lower(index) == "that" and draft.group.kind != "compare":
        return that_clause(context, index + 1, draft)
    if verb is not None and verb.action in ("confirm", "notify", "report"):
        stated = states_follow(context, index) or not draft.conditional
        told = (
            that_clause(context, index, draft) if stated and duty_follows(context, index) else None
        )
        if told is not None:
            return told
    if text.lower(index) == "nothing" and nothing_due(draft, text.span(index, index + 1)):
        return index + 1
    if describes(text, index):
        return participle_behind(context, index)
    pointing = any_that(context, index, draft) or whatever(context, index, draft)
    found = phrase_at(text, index, context.names) if pointing is None else None
    if found is None or (draft.conditional and text.lower(index) in _OUTCOMES):
        return pointing
    phrase, after = found
    next_clause = draft.conditional and phrase.quantity is None
    ended = draft.group.kind == "compare" or draft.group.passive
    acts = phrase.pronoun in words.ACTING  # "if the team loses it pays 100 USDC"
    if next_clause and (ended or acts) and verb_follows(context, after):
        return None
    if draft.group.kind == "compare":
        if draft.compared is not None:
            return None
        draft.compared = phrase
        return after
    for node in phrase.unread:
        if text.kind(node) == "recurrence" and text.nodes[node].value:
            draft.recurrence = str(text.nodes[node].value)
        elif text.kind(node) == "duration":
            draft.doubts.append(
                Doubt(
                    "duration", "What has to last this long?", text.span(node, node + 1), "deadline"
                )
            )
    phrase = settled(phrase, context, actor_of(draft, context), draft)
    phrase = taken_back_later(phrase, context) if text.lower(after) == "back" else phrase
    named = phrase.pronoun is None and phrase.party is None
    indefinite = text.lower(index) in ("a", "an", "any", "each", "every")
    tried = verb is not None and verb.lemma in ("pass", "fail")
    if named and not tried and (indefinite or phrase.head not in _POINTS_AT_NOTHING):
        context.hand(phrase)
        coined = phrase.quantity is not None and phrase.quantity.asset != phrase.name
        context.goods = context.goods if coined or not phrase.name else phrase.name
    draft.objects.append(phrase)
    if draft.group.verb is not None and draft.group.verb.frame == "give" and (
        phrase.party is None and phrase.pronoun is None and text.kind(after) == "amount"
    ):  # fmt: skip
        context.mention(phrase.full)
    return behind_object(context, after, phrase, draft)


_POINTS_AT_NOTHING = ABSTRACT | {"here", "there", "everything", "something"}


def _full(context: Context, index: int, draft: Draft) -> bool:
    """Whether the verb has all its objects and nothing joins a further one."""
    text = context.text
    if text.lower(index - 1) in ("and", "or", ",", "and/or", "plus") and draft.objects:
        return False
    verb = draft.group.verb
    takes_two = verb is not None and (
        verb.frame in ("give", "inform") or verb.lemma in ("charge", "bill")
    )
    first = draft.objects[0] if draft.objects else None
    if first is None:
        return False
    receiver = (
        first.party is not None
        or first.pronoun is not None
        or (text.kind(index) == "amount" and first.quantity is None)
        or (takes_two and is_given(context, index, first))
    )
    second = takes_two and len(draft.objects) == 1 and receiver
    return not second and draft.group.kind in ("act", "self")

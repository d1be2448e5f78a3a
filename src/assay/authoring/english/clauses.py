"""A clause: somebody, a verb, and everything that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.attaching.deadlines import adjunct_at, within_at
from assay.authoring.english.attaching.granting import granted_to
from assay.authoring.english.conditions.boundaries import is_one, subjects_at, verb_follows
from assay.authoring.english.conditions.facts import measured_over
from assay.authoring.english.conditions.marked import tells_which
from assay.authoring.english.conditions.measures import described
from assay.authoring.english.conditions.relatives import (
    in_own_words,
    relative_condition,
    who_somehow,
    whose,
)
from assay.authoring.english.conditions.told import conditions_of
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.modality import NEVER, REFRAIN, Force
from assay.authoring.english.lexicon.verbs import ABSTRACT, NOUNS
from assay.authoring.english.lexing.references import reference_at
from assay.authoring.english.links import spoken_of
from assay.authoring.english.parties.quorums import add_approval, jointly
from assay.authoring.english.parties.referents import party_name, settled
from assay.authoring.english.phrases.groups import is_unknown_verb
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import DESCRIBING, is_adverb
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at, verb_phrase_at


def _inserted(context: Context, index: int, draft: Draft) -> int:
    """ ", within 30 days of delivery," between a subject and its verb."""
    text = context.text
    if text.lower(index) != ",":
        return index
    at = index + 1
    while (after := adjunct_at(context, at, draft)) is not None:
        at = after
        if text.lower(at) == "," and verb_follows(context, at + 1) is not None:
            return at + 1
        at = text.skip(at, (",", "and"))
    return index


_MEASURES = frozenset({"value", "price", "amount", "level", "number", "rate", "ratio"})
_OF_THINGS = frozenset("renew expire end terminate lapse begin start run last extend close "
                       "continue".split())  # fmt: skip
_MOVED_ALONG = frozenset({"go", "flow", "fall", "pass", "revert"})
_BEFORE_VERB = frozenset(
    "shall must will may can cannot can't mustn't not "
    "never hereby agrees undertakes has the right to be is are "
    "entitled obliged required permitted".split()
)
_DENYING = frozenset({"not", "never", "cannot", "can't", "mustn't"})
_LEADS = frozenset(", within on upon no by at from in if after not during without".split())


def _between(context: Context, index: int) -> Draft | None:
    """Takes out what stands between a modal and its verb, ", upon delivery,": it holds for the
    verb and for all that are joined to it."""
    text = context.text
    modal = text.skip(index, _BEFORE_VERB)
    never = text.match_any(modal, NEVER)
    modal = never[1] if never is not None else modal
    if modal == index or text.lower(modal) not in _LEADS:
        return None
    comma = text.lower(modal) == ","
    start = modal + 1 if comma else modal
    banned = never is not None or any(text.lower(step) in _DENYING for step in range(index, modal))
    held = Draft(Group(start, force="must_not" if banned else "must"))
    end = _adjuncts_end(context, start, held)
    closing = end + 1 if comma and text.lower(end) == "," else end
    if closing > end and verb_phrase_at(text, text.skip(closing, ("to",)), "base") is None:
        more = _adjuncts_end(context, text.skip(closing, ("and",)), held)
        closing = more + 1 if more > closing and text.lower(more) == "," else more
    if end == start or (comma and closing == end):
        return None
    verb = text.skip(closing, ("to",))
    known = verb_phrase_at(text, verb, "base") or text.match_any(verb, REFRAIN)
    if known is None and not (comma and is_unknown_verb(text, verb)):
        return None
    del text.nodes[modal:closing]
    return held


def _adjuncts_end(context: Context, start: int, held: Draft) -> int:
    end = start
    while True:
        filler = context.text.match_any(end, markers.WEIGHTLESS)
        idle = filler is not None and filler[0].startswith("without")
        after = adjunct_at(context, end, held) if not idle else None
        if after is None and filler is not None:
            after = filler[1]
        if after is None:
            after = reference_at(context.text, end)
        if after is None and context.text.lower(end) == "and" and end > start:
            further = _adjuncts_end(context, end + 1, held)
            after = further if further > end + 1 else None
        if after is None:
            return end
        end = after


def clause_at(context: Context, index: int, conditional: bool) -> tuple[Draft, int] | None:
    """A clause with a subject and a verb, and the index after it."""
    text = context.text
    only = text.lower(index) == "only"
    joint = jointly(context, index) if not conditional else None
    found = subjects_at(context, joint[1] if joint is not None else index + only)
    if found is None:
        return None
    subjects, after = found
    draft = Draft(Group(after), subjects=subjects, conditional=conditional)
    if joint is not None:
        add_approval(context, draft, subjects[0], joint[0], False, (index, after))
    draft.subjects = [settled(phrase, context, None, draft) for phrase in subjects]
    if text.lower(after) in DESCRIBING and subjects[-1].name:
        after = described(context, after, draft.subjects[-1], draft) or after
    after = _reduced(context, after, draft)
    after = _relative(context, after, draft)
    draft.restricted = list(draft.conditions)
    after = _inserted(context, after, draft)
    held = _between(context, after) if not conditional else None
    group = _has_time(context, after, draft) or verb_group_at(text, after)
    singled = {text.lower(index - 1), *subjects[0].full.split()} & _SINGLING
    if group is None and text.lower(after) == "to" and not (conditional or only or singled):
        bare = verb_phrase_at(text, after + 1, "base")
        group = replace(bare, force="must", modal=True) if bare is not None else None
    if group is None or (conditional and tells_which(text, after, group)):
        return None
    if held is not None:
        held.group, draft.held = group, held
    if subjects[0].negative and (group.force in ("must", "may") or not conditional):
        group = replace(group, force="must_not")
    elif subjects[0].negative:
        group = replace(group, negated=True, nobody=True)
    if group.failed and group.force is None and not conditional:
        return None
    told = group.past and not group.passive
    if group.force is None and not conditional and group.kind == "act" and not told:
        group = replace(group, force="must_not" if group.negated else "must")
    caused = _procured(context, group, draft) if not conditional else None
    if caused is not None:
        return caused
    granted = granted_to(context, group, draft)
    if granted is not None:
        group = granted
    draft.group = group
    if held is not None:
        held.group = group
        draft.take(held)
    draft.start = text.nodes[index].start
    named = party_name(draft.subjects[-1], context)
    if draft.subjects[-1].party is not None and not group.passive and named != "contract":
        context.subject = named
    elif draft.subjects[-1].party is None and not group.passive and group.kind == "act" and not (
        group.verb is not None and group.verb.lemma.split()[0] in _MOVED_ALONG
    ):  # fmt: skip
        context.subject = named
        context.mention(named)
        if group.verb is not None and group.verb.lemma in _OF_THINGS:
            context.thing = draft.subjects[-1]
    elif draft.subjects[-1].head in ABSTRACT:
        pass
    elif draft.subjects[-1].party is None and draft.subjects[-1].pronoun is None:
        thing = draft.subjects[-1]
        measured = thing.head in _MEASURES and thing.of is not None
        context.thing = context.may_mean((thing.of if measured else None) or thing)
    return draft, _who(context, arguments(context, group.end, draft), draft)


_SINGLING = frozenset({"first", "last", "next", "second", "only"})
"""What "to" behind a person says more of: "the first person to solve it" has no duty to."""


def _who(context: Context, index: int, draft: Draft) -> int:
    """ "nobody may vote who has not paid": what singles out the subject stands behind the verb."""
    subject = draft.subjects[-1]
    anybody = subject.negative or subject.party == "anyone"
    if draft.conditional or not anybody or context.text.lower(index) != "who":
        return index
    return relative_condition(context, index, replace(subject, negative=False), draft) or index


_PROCURING = frozenset({"procure", "ensure", "cause", "guarantee", "arrange"})


def _procured(context: Context, group: Group, draft: Draft) -> tuple[Draft, int] | None:
    """ "shall procure that title is transferred": what is to be done, by who sees to it."""
    lemma = group.verb.lemma if group.verb is not None else ""
    if lemma not in _PROCURING or context.text.lower(group.end) != "that":
        return None
    found = clause_at(context, group.end + 1, False)
    if found is None:
        return None
    inner = found[0]
    if inner.group.passive and inner.agent is None:
        inner.agent = draft.subjects[0]
    inner.take(replace(draft, group=inner.group, doubts=[]))
    return found


def _has_time(context: Context, index: int, draft: Draft) -> Group | None:
    """ "shall have seven days from publication within which to vote": may, in that time."""
    text = context.text
    at = text.skip(index, ("shall", "will"))
    if text.lower(at) not in ("have", "has", "gets", "get") or text.kind(at + 1) != "duration":
        return None
    held = draft.trial()
    after = within_at(context, at + 1, held)
    tail = text.match_any(after, ("within which", "in which", "during which"))
    after = tail[1] if tail is not None else after
    group = verb_phrase_at(text, after + 1, "base") if text.lower(after) == "to" else None
    if group is None:
        return None
    due = group.verb is not None and group.verb.action == "pay"
    held.group = replace(group, force="must" if due else "may")
    draft.take(held)
    return draft.group


def _reduced(context: Context, index: int, draft: Draft) -> int:
    """What stands between a subject and its verb: "the price of ETH reported by Chainlink is",
    "addresses on the allow list may"."""
    text = context.text
    over = measured_over(context, index, draft) if draft.conditional else index
    if over > index:
        return _reduced(context, over, draft)
    filler = text.match_any(index, markers.WEIGHTLESS)
    if filler is not None and verb_follows(context, filler[1]) is not None and (
        text.lower(index) in ("under", "pursuant", "in")
    ):  # fmt: skip
        return filler[1]
    comma = text.lower(index) == ","
    source = text.match_any(index + 1 if comma else index, markers.SOURCES)
    if source is not None and source[0] not in ("from the", "on the", "at", "on"):
        found = phrase_at(text, source[1], context.names)
        ends = measured_over(context, found[1], draft) if found is not None else 0
        closed = ends + 1 if comma and text.lower(ends) == "," else 0
        if found is not None and verb_follows(context, closed or ends) is not None:
            draft.source = found[0]
            return closed or ends
    if text.lower(index) in ("on", "in", "at", "with", "for", "from", "against", "over", "to"):
        return _placed(context, index, draft)
    return _participle(context, index, draft)


_TITLES = frozenset({"title", "risk", "property", "ownership", "interest"})


def _placed(context: Context, index: int, draft: Draft) -> int:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or found[0].quantity is not None or verb_follows(context, found[1]) is None:
        return index
    titled = draft.subjects[0].head in _TITLES
    if draft.conditional and context.text.lower(index) == "on":
        draft.source = found[0]
    elif draft.conditional or context.text.lower(index) in ("against", "over") or titled:
        return found[1]
    elif not draft.subjects[0].head or context.text.lower(index) == "to":
        return index
    elif context.text.lower(index) == "for" and draft.subjects[0].head in ("payment", "payments"):
        return found[1]
    elif context.text.lower(index) == "from" and found[0].party and draft.subjects[0].head in NOUNS:
        draft.agent = found[0]
    else:
        draft.qualifier = (index, found[1], found[0].full)
    return found[1]


def _participle(context: Context, index: int, draft: Draft) -> int:
    """ "any amendment approved by the Council shall", "tokens held in escrow are"."""
    text, start = context.text, index
    index += is_adverb(text.lower(index)) and text.lower(index + 1).endswith("ed")
    if lemma_of(text.lower(index), "participle") is None and not text.lower(index).endswith("ed"):
        return start
    at = index + 1
    agent = None
    while text.lower(at) in ("by", "to", "in", "under", "from", "on", "into", "with", "at", "for"):
        if text.kind(at + 1) == "reference":
            at += 2
            continue
        over = measured_over(context, at, draft) if draft.conditional else at
        if over > at:
            at = over
            continue
        doing = text.lower(at) in ("in", "for") and lemma_of(text.lower(at + 1), "gerund")
        doing = doing if text.lower(at + 2) in words.DETERMINERS else None
        found = phrase_at(text, at + 1 + bool(doing), context.names)
        if found is None:
            return start
        agent = found[0] if text.lower(at) == "by" else agent
        at = found[1]
    follows = verb_follows(context, at)
    hands_out = follows is not None and follows.verb is not None and follows.verb.action in (
        "vest", "release"
    )  # fmt: skip
    if follows is None or not (
        follows.force or follows.kind in ("be", "compare", "self") or follows.passive or hands_out
    ):
        return index
    lemma = lemma_of(text.lower(index), "participle")
    if agent is not None and lemma in ("approve", "authorise", "authorize"):
        group = Group(at, verb=None)
        inner = Draft(group, subjects=[agent])
        draft.conditions.extend(conditions_of(inner, context, "approval", text.span(index, at)))
    return at


def _relative(context: Context, index: int, draft: Draft) -> int:
    """ "any tenant who fails to pay the rent shall": a condition on the subject."""
    at = index + 1 if context.text.lower(index) == "," else index
    if context.text.lower(at) == "whose":
        return whose(context, at, draft) or index
    if context.text.lower(at) not in ("who", "that", "which"):
        return index
    group = verb_group_at(context.text, at + 1)
    if group is None and context.text.lower(at) == "who":
        return who_somehow(context, at, draft) or index
    if group is None or (group.force is not None and not group.failed):
        return index
    inner = Draft(group, subjects=list(draft.subjects), conditional=True)
    inner.start = context.text.nodes[at].start
    after = arguments(context, group.end, inner)
    after = after + 1 if context.text.lower(after) == "," else after
    has = context.text.lower(after) in words.MODALS and context.text.lower(after + 1) == "have"
    if verb_follows(context, after) is None and not has:
        return in_own_words(context, at, draft) or index
    span = context.text.span(at, after)
    draft.conditions.extend(conditions_of(inner, context, "if", span))
    draft.doubts.extend(doubt for doubt in inner.doubts if doubt.kind != "vague_time")
    return after


def continued_at(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """A further verb of the same subject: "and deliver", "and shall deliver", "and may keep"."""
    text = context.text
    at = text.skip(
        index, ("then", "to", "also", "thereafter", "thereupon", "subsequently", "afterwards")
    )
    held = _between(context, at) if text.lower(at) in words.MODALS else before.held
    group = _shared_group(context, at, before)
    if group is None:
        group = verb_group_at(text, at)
        if group is not None and group.force is None and group.passive and (
            text.lower(at) in ("is", "are") and group.kind == "act"
        ):  # fmt: skip
            group = replace(group, force="must_not" if group.negated else "must")
        if group is None or group.force is None:
            return None
    draft = Draft(group, subjects=spoken_of(text, index, before, group),
                  imperative=before.imperative)  # fmt: skip
    granted = granted_to(context, group, draft) if draft.subjects and not group.passive else None
    if granted is not None:
        draft.group = group = granted
    draft.restricted = list(before.restricted)
    draft.conditions = list(before.restricted)
    if held is not None:
        draft.take(replace(held, group=group, doubts=[]))
        draft.held = held
    draft.start = text.nodes[index].start
    held_on = before.objects[-1] if before.objects and not before.group.passive else None
    if held_on is not None and held_on.determined and not (held_on.quantity or held_on.party):
        context.thing = held_on  # "keeps the deposit if guests break the lamp and returns it"
    return draft, arguments(context, group.end, draft)


def _shared_group(context: Context, index: int, before: Draft) -> Group | None:
    """A verb that shares the modal of the verb before: "shall pay and (shall) deliver"."""
    text = context.text
    passive, shared = False, None
    force: Force
    if before.group.passive:
        shared = verb_phrase_at(text, index, "participle")
        passive = shared is not None
    if shared is None:
        tags = ("base",) if before.group.modal or before.imperative else ("base", "third")
        tags = ("third",) if text.lower(index - 1) == "," and is_one(before) else tags
        shared = verb_phrase_at(text, index, *tags)
    if shared is None and before.group.modal and before.subjects and not before.group.passive:
        plain = verb_phrase_at(text, index, "third")
        if plain is not None and plain.kind == "act":
            force = "must_not" if plain.negated else "must"
            return replace(plain, force=force, negated=False)
    if shared is None or shared.kind != "act":
        return None
    force = "must" if before.turned else before.group.force or "must"
    force = "must_not" if shared.negated else force
    return replace(shared, force=force, passive=passive or shared.passive, negated=False,
                   modal=before.group.modal)  # fmt: skip

"""Conditions on nouns of acts: "upon delivery of the goods", "with the consent of the Landlord"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.english.boundaries import begins_purpose
from assay.authoring.english.conditions import either
from assay.authoring.english.consents import consent_with, owner_at
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.facts import public_noun
from assay.authoring.english.givers import is_goods, is_received
from assay.authoring.english.handing import Roles
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import ABSTRACT, NOUNS, verb_named
from assay.authoring.english.marked import marked_by
from assay.authoring.english.occasions import happening_at
from assay.authoring.english.phrases import Phrase, phrase_at
from assay.authoring.english.quorums import full_name
from assay.authoring.english.referents import party_name
from assay.authoring.english.roles import roles_of
from assay.authoring.english.terms import is_guarding
from assay.authoring.english.verb_groups import Group, verb_group_at, verb_phrase_at
from assay.authoring.model import Condition

_STATES = frozenset(
    "expiry expiration end maturity commencement start beginning occurrence closing close launch "
    "default death insolvency bankruptcy breach lapse completion success installation opening "
    "damage loss destruction theft resignation departure merger acquisition listing adoption "
    "registration incorporation change insolvency opening adjournment ratio outage".split()
)
_PART_OF_NAME = frozenset({"date", "period", "price", "fee", "account", "address", "term", "amount",
                           "conditions", "note", "schedule", "day", "notice", "order", "agreement",
                           "contract", "invoice", "certificate", "bond", "documents"})  # fmt: skip
_HANDLING = frozenset({"receiving", "making", "getting", "obtaining", "giving", "completing"})
_BEFORE_NOUN = frozenset(
    "the a an any such its their his her said full successful timely final written satisfactory "
    "due "
    "actual complete formal first initial partial valid proper prior proof evidence physical safe "
    "express joint mutual irrevocable signed duly "
    "that this each every prompt late early second third".split()
)


@dataclass(frozen=True)
class ActNoun:
    """An act named by a noun, and the index after its words."""

    after: int
    verb: str | None = None
    thing: Phrase | None = None
    actor: Phrase | None = None
    recipient: Phrase | None = None
    received: bool = False
    state: str | None = None
    failed: bool = False
    arrived: bool = False
    held: Draft | None = None


def act_noun_at(context: Context, index: int) -> ActNoun | None:
    """A noun of an act with what stands behind it: "receipt of payment from the Buyer"."""
    text = context.text
    owner = owner_at(context, index)
    at = owner[1] if owner else index
    at = text.skip(at, _BEFORE_NOUN)
    if text.lower(at - 1) == "late" and text.lower(at) in NOUNS:
        late = _with_arguments(
            context, at + 1, NOUNS[text.lower(at)], None, owner[0] if owner else None
        )
        return ActNoun(late.after, late.verb, late.thing, late.actor, late.recipient, failed=True)
    if text.lower(at) in ("failure", "non-payment", "nonpayment", "non-delivery", "default"):
        return _failure(context, at, owner[0] if owner else None)
    received = text.lower(at) == "receipt"
    if received:
        at += 1
        by = phrase_at(text, at + 1, context.names) if text.lower(at) == "by" else None
        if by is not None:
            owner, at = (by[0], by[1]), by[1]
        if by is None and text.lower(at) not in ("of", "from"):
            thing = context.thing if context.thing and is_received(context.thing) else None
            return ActNoun(at, "receive", thing, None, None, received=True)
        at = text.skip(at, _BEFORE_NOUN | {"of"})
        inner = act_noun_at(context, at) if text.lower(at) in NOUNS else None
        told = inner is not None and (inner.thing is None or text.lower(at) in ABSTRACT)
        if inner is not None and inner.verb is not None and told:
            who = inner.recipient or (owner[0] if owner else None)
            return replace(inner, recipient=who)
        return _received(context, at, owner[0] if owner else None)
    word = text.lower(at)
    compound = None
    if word not in NOUNS and word not in _STATES and (
        text.lower(at + 1) in NOUNS or text.lower(at + 1) in _STATES
    ):  # fmt: skip
        speaking = words.SPEAKERS.keys() | words.PRONOUNS | words.PREPOSITIONS | _HANDLING
        if word in speaking or text.kind(at) != "word":
            return None
        compound = Phrase(*text.span(at, at + 1), name=words.singular(word), head=word)
        at, word = at + 1, text.lower(at + 1)
    if word in NOUNS and text.lower(at + 1) not in _PART_OF_NAME:
        act = _with_arguments(context, at + 1, NOUNS[word], compound, owner[0] if owner else None)
        return replace(act, arrived=word == "arrival")
    if word in _STATES and text.lower(at + 1) not in _PART_OF_NAME:
        of = text.match(at + 1, "of") or text.match(at + 1, "by")
        found = phrase_at(text, of, context.names) if of is not None else None
        after = found[1] if found else at + 1
        thing = found[0] if found else (owner[0] if owner else None)
        if thing is None and text.lower(at - 1) in ("its", "their"):
            thing = context.thing
        if thing is None and compound is not None:
            thing = compound
        by = phrase_at(text, after + 1, context.names) if text.lower(after) == "by" else None
        if word == "breach" and thing is not None and by is not None and by[0].party:
            return ActNoun(by[1], state=f"breach of {full_name(thing)}", thing=by[0])
        return ActNoun(after, state=word, thing=thing)
    return None


def _failure(context: Context, index: int, who: Phrase | None) -> ActNoun | None:
    """ "failure by the Buyer to pay", "non-payment of the rent"."""
    text = context.text
    word = text.lower(index)
    if word in ("non-payment", "nonpayment", "non-delivery"):
        lemma = "deliver" if "delivery" in word else "pay"
        inner = _with_arguments(context, index + 1, lemma, None, who)
        return ActNoun(
            inner.after, inner.verb, inner.thing, inner.actor, inner.recipient, failed=True
        )
    owed = text.skip(index + 2, ("the", "due", "any")) if text.lower(index + 1) == "in" else index
    if word == "default" and owed > index and text.lower(owed) in NOUNS:
        inner = _with_arguments(context, owed + 1, NOUNS[text.lower(owed)], None, who)
        return replace(inner, failed=True)
    if word == "default":
        by = text.match(index + 1, "by") or text.match(index + 1, "of")
        found = phrase_at(text, by, context.names) if by is not None else None
        return ActNoun(found[1] if found else index + 1, state="in default",
                       thing=found[0] if found else who)  # fmt: skip
    at = index + 1
    if text.lower(at) in ("by", "of"):
        found = phrase_at(text, at + 1, context.names)
        if found is None:
            return None
        who, at = found
    start = text.match(at, "to")
    group = verb_phrase_at(text, start, "base") if start is not None else None
    if group is None or group.verb is None:
        return None
    inner = _with_arguments(context, group.end, group.verb.lemma, None, who, direct=True)
    held = Draft(group, conditional=True)
    end = context.adjunct_at(context, inner.after, held)
    timely = end is not None and held.deadline is not None and not held.conditions
    return ActNoun(end if timely and end else inner.after, inner.verb, inner.thing, who,
                   inner.recipient, failed=True, held=held if timely else None)  # fmt: skip


def _received(context: Context, index: int, who: Phrase | None) -> ActNoun | None:
    found = phrase_at(context.text, index, context.names)
    if found is None:
        thing = context.thing
        return ActNoun(index, "receive", thing, None, who, received=True)
    thing, after = found
    inner = _with_arguments(context, after, "receive", None, who)
    giver = inner.thing
    return ActNoun(inner.after, "receive", thing, giver, inner.actor or who, received=True)


def _with_arguments(context: Context, index: int, lemma: str, thing: Phrase | None,
                    actor: Phrase | None, direct: bool = False) -> ActNoun:  # fmt: skip
    """Of what, by whom, to whom."""
    text = context.text
    recipient: Phrase | None = None
    while True:
        index = text.match(index, "in writing") or index
        word = text.lower(index)
        found = None
        if direct and thing is None and word not in ("by", "to", "from"):
            found = phrase_at(text, index, context.names)
            after_word = index
        elif word == "to" and begins_purpose(text, index):
            return ActNoun(index, lemma, thing, actor, recipient)
        elif word in ("of", "by", "to", "from", "in", "into"):
            after_word = index + 1
            found = phrase_at(text, after_word, context.names)
        if word == "that":
            parsed = context.clause_at(context, index + 1, True)
            return ActNoun(parsed[1] if parsed else index, lemma, thing, actor, recipient)
        if found is None:
            return ActNoun(index, lemma, thing, actor, recipient)
        phrase, after = found
        if (
            word == "of"
            and phrase.party
            and lemma in ("confirm", "notify", "claim", "accept", "reject")
        ):
            actor = actor or phrase
        elif word == "by" and phrase.head in _MOMENTS:
            return ActNoun(index, lemma, thing, actor, recipient)
        elif word == "by" and actor is None and not phrase.quantity:
            actor = phrase
        elif word in ("to", "into") and recipient is None and not phrase.quantity:
            recipient = phrase
        elif (word == "from" and lemma == "receive" and thing is None) or (
            (word == "of" or direct) and thing is None
        ):
            thing = phrase
        elif word == "from" and actor is None and lemma in _GIVEN:
            actor, after = _joint(context, phrase, after)
        else:
            return ActNoun(index, lemma, thing, actor, recipient)
        index = after


_MOMENTS = frozenset({"date", "day", "deadline", "time", "end", "month", "year", "week"})
_GIVEN = frozenset({"pay", "confirm", "deliver", "notify", "approve", "claim", "return", "refund"})


def _joint(context: Context, phrase: Phrase, index: int) -> tuple[Phrase, int]:
    """ "instructions from the Buyer and the Seller": both of them."""
    text = context.text
    found = phrase_at(text, index + 1, context.names) if text.lower(index) == "and" else None
    both = phrase.party is not None and found is not None and found[0].party is not None
    if not both or found is None or verb_group_at(text, found[1]) is not None:
        return phrase, index
    name = f"{party_name(phrase, context)} and {party_name(found[0], context)}"
    return replace(phrase, name=name, full=name, party=None, end=found[0].end), found[1]


def noun_condition(context: Context, act: ActNoun, start: int, negated: bool) -> list[Condition]:
    """The condition that a noun of an act states."""
    span = context.text.span(start, act.after)
    text = context.words(span)
    if act.state is not None:
        subject = full_name(act.thing) if act.thing is not None else None
        if act.thing is not None and act.thing.party is not None:
            subject = party_name(act.thing, context)
        return [Condition(kind="state", text=text, span=span, subject=subject, value=act.state,
                          negated=negated)]  # fmt: skip
    assert act.verb is not None
    verb = verb_named(act.verb)
    group = Group(act.after, verb=verb, negated=act.failed)
    draft = Draft(group, subjects=[act.actor] if act.actor else [])
    if act.received:
        draft.subjects = [act.recipient] if act.recipient else []
        draft.source = act.actor
    elif act.recipient is not None:
        draft.recipients = [act.recipient]
    draft.objects = [act.thing] if act.thing is not None else []
    if act.arrived and act.thing is None and context.thing is not None and is_goods(context.thing):
        draft.objects = [context.thing]
    if act.thing is not None and act.thing.pronoun is None:
        context.thing = act.thing
    time = act.held
    return [
        Condition(kind="breach" if act.failed else "event", text=text, span=span,
                  comparator=time.time_comparator if time is not None else None,
                  value=time.deadline if time is not None else None,
                  subject=time.deadline_from if time is not None else None,
                  negated=negated, actor=roles.actor, action=roles.action, amount=roles.amount,
                  asset=roles.asset, recipient=roles.recipient)
        for roles in roles_of(draft, context) or [Roles(action=verb.action)]
    ]  # fmt: skip


def nominal_condition(context: Context, index: int, draft: Draft) -> int | None:
    """A condition on a noun: "upon receipt of payment", "before completion", "after signing"."""
    marker = context.text.match_any(index, markers.NOMINAL)
    if marker is None:
        return None
    kind, at = markers.NOMINAL[marker[0]], marker[1]
    if marker[0] == "against" and is_guarding(draft):
        return None
    consent = consent_with(context, at, draft, index, negated=kind == "unless")
    if consent is not None:
        return consent
    if marker[0] in ("with", "in exchange for", "in return for", "in respect of"):
        return None
    public = public_noun(context, at)
    if public is not None:
        span = context.text.span(index, public[2])
        draft.conditions.append(
            Condition(kind="oracle", text=context.words(span), span=span, subject=public[0],
                      value=public[1], negated=kind != "when")
        )  # fmt: skip
        return public[2]
    act = act_noun_at(context, at)
    happened = phrase_at(context.text, at, context.names) if act is None else None
    if happened is not None and marker[0].endswith(("occurrence of", "event of", "case of")):
        thing, after = happened
        act = ActNoun(after, state="occurrence", thing=thing)
    gerund = lemma_of(context.text.lower(at), "gerund") is not None
    if act is None and not gerund and marker[0] in _AFTER and not draft.conditional:
        return happening_at(context, at, draft, index)
    if act is None:
        return gerund_act(context, at, draft, index, kind in ("until", "unless"))
    draft.conditions.extend(noun_condition(context, act, index, kind in ("until", "unless")))
    after = marked_by(context, act.after, act.thing, draft)
    while context.text.lower(after) in ("and", "or"):
        again = act_noun_at(context, after + 1)
        if again is None:
            break
        if context.text.lower(after) == "or":
            either(draft, context.text.span(index, again.after))
        draft.conditions.extend(noun_condition(context, again, after + 1, kind != "when"))
        after = again.after
    return _in_time(context, after, draft) if index == 0 else after


_AFTER = frozenset({"after", "following", "immediately after", "shortly after", "before", "until"})


def _in_time(context: Context, index: int, draft: Draft) -> int:
    """ "against payment on or before 30 June, the Issuer shall": the act's time."""
    held = Draft(draft.group, conditional=True)
    after = context.adjunct_at(context, index, held)
    if after is None or context.text.lower(after) != ",":
        return index
    last = draft.conditions[-1]
    named = held.conditions[0] if len(held.conditions) == 1 else None
    if named is not None and named.kind == "time" and last.kind in ("event", "breach"):
        known = {"comparator": named.comparator, "value": named.value, "subject": named.subject}
        draft.conditions[-1] = last.model_copy(update=known)
        return after
    if held.deadline is None or held.conditions:
        return index
    draft.conditions[-1] = last.model_copy(
        update={"comparator": held.time_comparator, "value": held.deadline}
    )
    draft.doubts.extend(held.doubts)
    return after


def _deducted(context: Context, index: int, draft: Draft, start: int) -> int | None:
    """ "after deducting any unpaid rent": it lessens an amount, which is asked about."""
    found = phrase_at(context.text, index, context.names)
    if found is None:
        return None
    span = context.text.span(start, found[1])
    draft.doubts.append(
        Doubt("deduction", "How much is deducted, and who says so?", span, "amount")
    )
    return found[1]


_TOLD = frozenset({"tell", "notify", "inform", "advise", "alert", "pay", "reimburse"})
"""Acts that reach whoever they are done to: "within two days of being told"."""


def gerund_act(
    context: Context, index: int, draft: Draft, start: int, negated: bool = False
) -> int | None:
    """ "after receiving the goods", "without paying the fee", "within 14 days of subscribing"."""
    done = lemma_of(context.text.lower(index + 1), "participle")
    if context.text.lower(index) == "being" and done is not None:
        span, verb = context.text.span(start, index + 2), verb_named(done)
        told = draft.subjects and not draft.group.passive and verb.lemma in _TOLD
        who = party_name(draft.subjects[0], context) if told else None
        draft.conditions.append(
            Condition(kind="event", text=context.words(span), span=span, negated=negated,
                      action=verb.action, recipient=who)
        )  # fmt: skip
        tail = context.text.match_any(index + 2, ("to do so", "about it", "of it", "of this"))
        return tail[1] if tail is not None else index + 2
    if lemma_of(context.text.lower(index), "gerund") is None:
        return None
    group = verb_phrase_at(context.text, index, "gerund")
    if group is None or group.verb is None:
        return None
    actor = draft.subjects[0] if draft.subjects and not draft.group.passive else None
    if group.verb.lemma in ("deduct", "withhold", "subtract"):
        return _deducted(context, group.end, draft, start)
    if group.verb.frame == "receive":
        at = context.text.skip(group.end, _BEFORE_NOUN)
        inner = act_noun_at(context, at) if context.text.lower(at) in NOUNS else None
        act = inner or _received(context, at, actor)
        if inner is not None and inner.verb is not None and inner.recipient is None:
            act = replace(inner, recipient=actor)
        if act is None:
            return None
    else:
        inner = _with_arguments(context, group.end, group.verb.lemma, None, None, direct=True)
        act = ActNoun(inner.after, group.verb.lemma, inner.thing, actor, inner.recipient)
    draft.conditions.extend(noun_condition(context, act, start, negated))
    return act.after

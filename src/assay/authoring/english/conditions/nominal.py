"""Conditions on nouns of acts: "upon delivery of the goods", "with the consent of the Landlord"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from assay.authoring.english.acts.handing import Roles
from assay.authoring.english.acts.roles import roles_of
from assay.authoring.english.conditions.act_nouns import (
    BEFORE_NOUN,
    ActNoun,
    act_noun_at,
    received_at,
    with_arguments,
)
from assay.authoring.english.conditions.breaches import times
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.consents import consent_with
from assay.authoring.english.conditions.either import joined_by
from assay.authoring.english.conditions.facts import public_noun
from assay.authoring.english.conditions.marked import marked_by
from assay.authoring.english.conditions.occasions import happening_at
from assay.authoring.english.conditions.terms import is_guarding
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import NOUNS, verb_named
from assay.authoring.english.parties.givers import is_goods
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_phrase_at
from assay.authoring.english.times.notices import notice_had
from assay.authoring.model import Condition


def noun_condition(context: Context, act: ActNoun, start: int, negated: bool) -> list[Condition]:
    """The condition that a noun of an act states."""
    span = context.text.span(start, act.after)
    text = context.words(span)
    if act.state is not None:
        subject = full_name(act.thing) if act.thing else None
        if act.thing is not None and act.thing.party is not None:
            subject = party_name(act.thing, context)
        elif act.state == "occurrence" and act.thing is not None:
            context.thing = act.thing
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
        for roles in map(partial(_told_of, act), roles_of(draft, context)
                         or [Roles(action=verb.action)])
    ]  # fmt: skip


def _told_of(act: ActNoun, roles: Roles) -> Roles:
    """ "notice of the loss": what is told of, and nobody who is told."""
    thing = act.thing if act.verb == "notify" or roles.action == "notify" else None
    plain = thing is not None and thing.party is None and thing.pronoun is None
    if thing is None or not plain or act.recipient is not None or roles.asset is not None:
        return roles
    return replace(roles, asset=thing.name or None, recipient=None)


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
        closer = _closer(context, after) if thing.head in _CLOSER_TOLD else None
        if closer is not None:
            span = context.text.span(index, closer)
            value = content_words(context.words(context.text.span(after, closer)))
            draft.conditions.append(
                Condition(kind="state", text=context.words(span), span=span, subject=thing.head,
                          value=value)
            )  # fmt: skip
            return closer
        act = ActNoun(after, state="occurrence", thing=thing)
    if act is None and kind == "unless" and (lacks := _lacking(context, at, draft, index)):
        return lacks
    first = context.text.lower(at)
    gerund = lemma_of(first, "gerund") is not None or first in ("being", "having")
    if act is None and not gerund and marker[0] in _AFTER and not draft.conditional:
        happening = happening_at(context, at, draft, index)
        return happening or gerund_act(context, at, draft, index, kind in ("until", "unless"))
    if act is None:
        return gerund_act(context, at, draft, index, kind in ("until", "unless"))
    draft.conditions.extend(noun_condition(context, act, index, kind in ("until", "unless")))
    after = marked_by(context, act.after, act.thing, draft)
    while context.text.lower(after) in ("and", "or"):
        again = act_noun_at(context, after + 1)
        if again is None:
            break
        if again.failed and again.actor is None:  # "default in payment and failure to cure it"
            again = replace(again, actor=act.actor)
        joined_by(draft, context.text.lower(after), kind, context.text.span(index, again.after))
        draft.conditions.extend(noun_condition(context, again, after + 1, kind != "when"))
        after = again.after
    return _in_time(context, after, draft) if index == 0 else after


_CLOSER_TOLD = frozenset({"delay", "damage", "loss", "failure", "defect", "interruption"})
_TELLS = frozenset({"in", "of", "to", "attributable", "caused", "due", "for", "arising"})


def _closer(context: Context, index: int) -> int | None:
    """The index of the comma behind words that tell more of what happened: "in the event of any
    delay (in delivery attributable to the Supplier), ..."."""
    text = context.text
    stops = range(index, min(len(text), index + 12))
    stop = next((at for at in stops if text.kind(at) not in ("word", "possessive")), None)
    led = text.lower(index) in _TELLS and stop is not None and text.lower(stop) == ","
    return stop if led else None


_IDLE = frozenset("delay liability penalty notice cost charge prejudice deduction reason cause "
                  "interest limitation recourse fault obligation compensation exception "
                  "claim fee refund payment".split())  # fmt: skip


def _lacking(context: Context, index: int, draft: Draft, start: int) -> int | None:
    """ "without a ticket nobody may enter": that there is none."""
    found = phrase_at(context.text, index, context.names)
    if found is None or context.text.lower(index) not in ("a", "an", "any"):
        return None
    thing, after = found
    if thing.quantity is not None or thing.party or words.singular(thing.head) in _IDLE:
        return None
    span = context.text.span(start, after)
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=full_name(thing),
                  negated=True)
    )  # fmt: skip
    return after


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
    if last.kind == "state":
        draft.conditions.extend(times(held, last.text, context.text.span(index, after)))
        return after
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


def _did_somehow(
    context: Context, index: int, draft: Draft, start: int, negated: bool
) -> int | None:
    """ "after hearing both parties": what was done in its own words, where no list has the verb."""
    text, spoken = context.text, context.text.lower(index)
    object_ = text.lower(index + 1) in words.DETERMINERS | words.PRONOUNS | {"both", "all"}
    found = phrase_at(text, index + 1, context.names) if object_ else None
    if not spoken.endswith("ing") or len(spoken) < 6 or found is None:
        return None
    if found[0].quantity is not None or draft.group.passive or spoken in _NO_ACTS:
        return None
    span = text.span(start, found[1])
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, negated=negated,
                  subject=party_name(draft.subjects[0], context) if draft.subjects else None,
                  value=content_words(context.words(text.span(index, found[1]))))
    )  # fmt: skip
    return found[1]


_NO_ACTS = frozenset({"during", "following", "pending", "according", "including", "excluding",
                      "regarding", "concerning", "notwithstanding", "barring",
                      "failing"})  # fmt: skip
_TOLD = frozenset({"tell", "notify", "inform", "advise", "alert", "pay", "reimburse"})
"""Acts that reach whoever they are done to: "within two days of being told"."""


_OWNERS = frozenset({"landlord", "lessor", "owner", "host", "landlady", "agent"})
"""They let what somebody else moves out of."""


def gerund_act(
    context: Context, index: int, draft: Draft, start: int, negated: bool = False
) -> int | None:
    """ "after receiving the goods", "without paying the fee", "within 14 days of subscribing"."""
    notified = notice_had(context, index, draft, start)
    if notified is not None:
        return notified
    done = lemma_of(context.text.lower(index + 1), "participle")
    if context.text.lower(index) == "being" and done is not None:
        span, verb = context.text.span(start, index + 2), verb_named(done)
        told = draft.subjects and not draft.group.passive and verb.lemma in _TOLD
        who = party_name(draft.subjects[0], context) if told else None
        tail = context.text.match_any(index + 2, ("to do so", "about it", "of it", "of this",
                                                  "thereof"))  # fmt: skip
        end = tail[1] if tail is not None else index + 2
        by = context.text.lower(end) == "by"
        agent = phrase_at(context.text, end + 1, context.names) if by else None
        actor = agent[0] if agent is not None and agent[0].quantity is None else None
        draft.conditions.append(
            Condition(kind="event", text=context.words(span), span=span, negated=negated,
                      action=verb.action, recipient=who,
                      actor=party_name(actor, context, "") if actor is not None else None)
        )  # fmt: skip
        return agent[1] if agent is not None and actor is not None else end
    if lemma_of(context.text.lower(index), "gerund") is None:
        return _did_somehow(context, index, draft, start, negated)
    group = verb_phrase_at(context.text, index, "gerund")
    if group is None or group.verb is None:
        return None
    actor = draft.subjects[0] if draft.subjects and not draft.group.passive else None
    leaving = group.verb.lemma.startswith(("move", "vacate")) and group.verb.action == "return"
    if leaving and actor is not None and actor.head in _OWNERS:
        actor = None
    if group.verb.lemma in ("deduct", "withhold", "subtract"):
        return _deducted(context, group.end, draft, start)
    if group.verb.frame == "receive":
        at = context.text.skip(group.end, BEFORE_NOUN)
        inner = act_noun_at(context, at) if context.text.lower(at) in NOUNS else None
        act = inner or received_at(context, at, actor)
        if inner is not None and inner.verb is not None and inner.recipient is None:
            act = replace(inner, recipient=actor)
        if act is None:
            return None
    else:
        inner = with_arguments(context, group.end, group.verb.lemma, None, None, direct=True)
        act = ActNoun(inner.after, group.verb.lemma, inner.thing, actor, inner.recipient)
    draft.conditions.extend(noun_condition(context, act, start, negated))
    return act.after

"""What prepositions add to a verb: the receiver, the agent, the source, the purpose."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.attaching.agents import agent_at
from assay.authoring.english.attaching.purposes import actor_of, purpose_at
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.conditions.relatives import relative_condition
from assay.authoring.english.conditions.states import relative_state
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import WHOLES
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.model import Condition


def prepositional_at(context: Context, index: int, draft: Draft) -> int | None:
    """A preposition with what it governs: the receiver, the agent, the source, the purpose."""
    text = context.text
    receiver = text.match_any(index, markers.NAMED_ACCOUNT)
    verb = draft.group.verb
    sharing = verb is not None and verb.action == "distribute"
    if receiver is not None and (
        receiver[0] not in ("upon", "with", "between", "among", "amongst") or sharing
    ):
        if receiver[0] == "to" and lemma_of(text.lower(receiver[1]), "base") and (
            text.lower(receiver[1] + 1) in ("", ".", ",", ";", "the", "it", "them")
        ) and not context.names.role(text.lower(receiver[1])):  # fmt: skip
            return _infinitive(context, receiver[1])
        found = phrase_at(text, receiver[1], context.names)
        if found is not None and sharing and _is_crowd(found[0]):
            found = replace(found[0], quantity=None), found[1]
        if found is not None and found[0].quantity is None:
            return _receiver(context, found[0], found[1], draft)
    word = text.lower(index)
    if word == "with" and draft.group.verb is not None:
        return _with(context, index, draft)
    if word == "by" and draft.group.passive and draft.agent is None:
        return agent_at(context, index, draft)
    if word == "from":
        return _from(context, index, draft)
    return purpose_at(context, index, draft)


def _is_crowd(phrase: Phrase) -> bool:
    """ "between the three winners": people by their number."""
    quantity = phrase.quantity
    counted = quantity is not None and quantity.limit == "exact" and quantity.asset == phrase.name
    return counted and phrase.party is not None


def _infinitive(context: Context, index: int) -> int:
    """ "to enter", "to complete the works": a purpose."""
    found = phrase_at(context.text, index + 1, context.names)
    if found is not None and found[0].quantity is None:
        return found[1]
    return index + 1


_DEALS = frozenset({"deal", "agreement", "contract", "arrangement", "lease"})


def _from(context: Context, index: int, draft: Draft) -> int | None:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or found[0].quantity is not None:
        return None
    leaving = draft.group.verb is not None and draft.group.verb.lemma in ("walk away", "withdraw")
    if leaving and not draft.objects and found[0].head in _DEALS:
        draft.objects.append(found[0])
    elif draft.source is None:
        draft.source = found[0]
    owed = context.text.match_any(found[1], _OWED_TO)
    whose = phrase_at(context.text, owed[1], context.names) if owed is not None else None
    return whose[1] if whose is not None and whose[0].quantity is None else found[1]


_OWED_TO = tuple(
    f"{lead}{due} to"
    for lead in ("", "otherwise ", "then ", "or to become ")
    for due in ("due", "payable", "owed", "owing", "due or to become due", "due or payable")
)


def _receiver(context: Context, phrase: Phrase, after: int, draft: Draft) -> int:
    text = context.text
    if phrase.head in ("court", "law", "extent", "standard", "date", "time"):
        return after
    if phrase.head in _LISTS and draft.conditional:
        draft.recipients.append(replace(phrase, party=None))
        return after
    draft.recipients.append(settled(phrase, context, actor_of(draft, context), draft))
    after = _except(context, after, draft)
    after = _qualified_receiver(context, phrase, after, draft)
    while text.lower(after) in ("and", ","):
        at = text.skip(after, ("and", ",", "to"))
        more = phrase_at(text, at, context.names)
        named = text.kind(at) == "word" and text.nodes[at].text.istitle()
        if more is None or not (more[0].party or named) or more[0].quantity is not None:
            break
        if verb_follows(context, more[1]) is not None:
            break
        draft.recipients.append(more[0])
        after = more[1]
    return after


_LISTS = frozenset({"list", "whitelist", "allowlist", "register", "roster"})
"""What somebody is put on, and who is no receiver."""


def _except(context: Context, index: int, draft: Draft) -> int:
    """ "to everybody except the winner": a state that the receiver is not in."""
    text = context.text
    spared = text.match_any(index, ("except", "except for", "but not", "other than"))
    kept = phrase_at(text, spared[1], context.names) if spared is not None else None
    if kept is None or kept[0].quantity is not None:
        return index
    span = text.span(index, kept[1])
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, negated=True,
                  subject=kept[0].full)
    )  # fmt: skip
    return kept[1]


def _qualified_receiver(context: Context, phrase: Phrase, after: int, draft: Draft) -> int:
    """ "to any person who has not completed identity verification": a condition on the receiver."""
    if context.text.lower(after) not in ("who", "that", "which"):
        return after
    who = ("who", "that", "which")
    while context.text.lower(after) in who:
        end = relative_condition(context, after, phrase, draft)
        end = end or relative_state(context, after, phrase, draft)
        if end is None:
            return after
        after = end
        if context.text.lower(after) == "and" and context.text.lower(after + 1) in who:
            after += 1
    return after


def _with(context: Context, index: int, draft: Draft) -> int | None:
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or draft.group.verb is None:
        return None
    phrase, after = found
    action = draft.group.verb.action
    if action in ("provide", "supply") and draft.objects and not draft.recipients:
        draft.recipients.append(draft.objects.pop())
        draft.objects.append(phrase)
        return after
    if action in ("deposit", "lock", "disclose", "distribute") and (phrase.party or phrase.name):
        draft.recipients.append(phrase)
        return _qualified_receiver(context, phrase, after, draft)
    if action == "pay" and phrase.quantity is not None and draft.objects and (
        all(item.party and item.quantity is None for item in draft.objects)
    ):  # fmt: skip
        draft.recipients.extend(draft.objects)
        draft.objects[:] = [phrase]
        return after
    if draft.recipients and draft.recipients[-1].end >= context.text.nodes[index - 1].start:
        return None
    return purpose_at(context, index, draft)


def share_on(context: Context, index: int, draft: Draft) -> int | None:
    """ "5 % on each secondary sale": what a percentage is taken on."""
    text = context.text
    going = draft.group.verb is not None and draft.group.verb.lemma in ("go", "flow", "accrue")
    amounts = draft.objects or (draft.subjects if draft.group.passive or going else [])
    last = amounts[-1] if amounts else None
    quantity = last.quantity if last is not None else None
    if text.lower(index) != "on" or last is None or quantity is None or quantity.asset != "%":
        return None
    found = phrase_at(text, index + 1, context.names)
    if quantity.share_of is not None or found is None or found[0].quantity is not None:
        return None
    phrase, after = found
    single = words.singular(phrase.head)
    owned = text.lower(index + 1) in ("their", "your", "its", "his", "her", "my", "our")
    if not (owned or {phrase.head, single} & WHOLES) or verb_follows(context, after) is not None:
        return None
    amounts[-1] = replace(last, quantity=replace(quantity, share_of=phrase.full))
    return after


def governed_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "vote on each payment", "subscribe to the plan": a preposition that the verb asks for."""
    verb = draft.group.verb
    if verb is None or draft.objects or draft.group.passive:
        return None
    if (verb.lemma, context.text.lower(index)) not in _GOVERNED:
        return None
    found = phrase_at(context.text, index + 1, context.names)
    if found is None:
        return None
    draft.objects.append(found[0])
    return found[1]


_GOVERNED = frozenset({("decide", "on"), ("respond", "to"), ("reply", "to"), ("object", "to"),
                       ("decide", "upon"), ("enter", "into"), ("report", "on"), ("vote", "on"),
                       ("vote", "for"), ("bid", "on"), ("bid", "for"),
                       ("subscribe", "to"), ("subscribe", "for"), ("consent", "to"),
                       ("insure", "against"), ("agree", "to"), ("comply", "with"),
                       ("interfere", "with"), ("work", "on"), ("work", "for"),
                       ("invest", "in")})  # fmt: skip

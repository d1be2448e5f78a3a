"""Acts that a noun names, with what stands around it: "receipt of payment from the Buyer"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.english.conditions.boundaries import begins_purpose
from assay.authoring.english.conditions.consents import owner_at
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.verbs import ABSTRACT, NOUNS
from assay.authoring.english.parties.givers import is_received
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at, verb_phrase_at
from assay.authoring.language.quantities import Quantity

STATES = frozenset(
    "expiry expiration end maturity commencement start beginning occurrence closing close launch "
    "default death insolvency bankruptcy breach lapse completion success installation opening "
    "damage loss destruction theft resignation departure merger acquisition listing adoption "
    "registration incorporation change opening adjournment ratio outage signature execution "
    "conclusion notarisation notarization formation birth demise retirement accident emergency "
    "objection complaint protest dissent foreclosure seizure liquidation dissolution".split()
)
PART_OF_NAME = frozenset({"date", "period", "price", "fee", "account", "address", "term", "amount",
                           "conditions", "note", "schedule", "day", "notice", "order", "agreement",
                           "contract", "invoice", "certificate", "bond", "documents"})  # fmt: skip
_HANDLING = frozenset({"receiving", "making", "getting", "obtaining", "giving", "completing"})
BEFORE_NOUN = frozenset(
    "the a an any such its their his her said full successful timely final written satisfactory "
    "due "
    "actual complete formal first initial partial valid proper prior proof evidence physical safe "
    "express joint mutual irrevocable signed duly "
    "subsequent later further future additional secondary successive "
    "that this each every prompt late early missed second third fourth fifth last".split()
)
_LATE = frozenset({"late", "missed"})
_COUNTED = {"second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_PROOF = frozenset({"proof", "evidence"})
FAILURES = frozenset({"failure", "non-payment", "nonpayment", "non-delivery", "default"})


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
    at = text.skip(at, BEFORE_NOUN)
    if text.lower(at - 1) in _LATE and text.lower(at) in NOUNS:
        late = with_arguments(
            context, at + 1, NOUNS[text.lower(at)], None, owner[0] if owner else None
        )
        many = _COUNTED.get(text.lower(at - 2)) if late.thing is None else None
        thing = late.thing
        if many is not None:
            thing = Phrase(*text.span(at - 2, at), quantity=Quantity(many))
        return ActNoun(late.after, late.verb, thing, late.actor, late.recipient, failed=True)
    proof = text.lower(at - 1) in _PROOF and text.lower(at) == "of"
    at = text.skip(at + 1, BEFORE_NOUN) if proof else at
    if text.lower(at) in FAILURES:
        return _failure(context, at, owner[0] if owner else None)
    received = text.lower(at) == "receipt" and text.lower(at - 1) not in ("a", "an")
    if received:
        at += 1
        by = phrase_at(text, at + 1, context.names) if text.lower(at) == "by" else None
        if by is not None:
            owner, at = (by[0], by[1]), by[1]
        if by is None and text.lower(at) not in ("of", "from"):
            thing = context.thing if context.thing and is_received(context.thing) else None
            return ActNoun(at, "receive", thing, None, None, received=True)
        at = text.skip(at, BEFORE_NOUN | {"of"})
        inner = act_noun_at(context, at) if text.lower(at) in NOUNS else None
        told = inner is not None and (inner.thing is None or text.lower(at) in ABSTRACT)
        if inner is not None and inner.verb is not None and told:
            who = inner.recipient or (owner[0] if owner else None)
            return replace(inner, recipient=who)
        return received_at(context, at, owner[0] if owner else None)
    word = text.lower(at)
    compound = None
    if word not in NOUNS and word not in STATES and (
        text.lower(at + 1) in NOUNS or text.lower(at + 1) in STATES
    ):  # fmt: skip
        speaking = words.SPEAKERS.keys() | words.PRONOUNS | words.PREPOSITIONS | _HANDLING
        if word in speaking or text.kind(at) != "word":
            return None
        compound = Phrase(*text.span(at, at + 1), name=words.singular(word), head=word)
        at, word = at + 1, text.lower(at + 1)
    if word in NOUNS and text.lower(at + 1) not in PART_OF_NAME:
        act = with_arguments(context, at + 1, NOUNS[word], compound, owner[0] if owner else None)
        return replace(act, arrived=word == "arrival")
    if word in STATES and text.lower(at + 1) not in PART_OF_NAME:
        of = text.match(at + 1, "of") or text.match(at + 1, "by")
        found = phrase_at(text, of, context.names) if of is not None else None
        after = found[1] if found else at + 1
        after = of + 1 if of is not None and text.kind(of) == "reference" else after
        thing = found[0] if found else (owner[0] if owner else None)
        if thing is None and text.lower(at - 1) in ("its", "their"):
            thing = context.thing
        elif thing is None and text.lower(at - 1) in ("his", "her") and context.subject:
            thing = Phrase(*text.span(at - 1, at), name=context.subject, party=context.subject)
        if thing is None and compound is not None:
            thing = compound
        by = phrase_at(text, after + 1, context.names) if text.lower(after) == "by" else None
        if word == "breach" and by is not None and by[0].party:
            of_what = f"breach of {full_name(thing)}" if thing is not None else word
            return ActNoun(by[1], state=of_what, thing=by[0])
        return ActNoun(after, state=word, thing=thing)
    return None


def _failure(context: Context, index: int, who: Phrase | None) -> ActNoun | None:
    """ "failure by the Buyer to pay", "non-payment of the rent"."""
    text = context.text
    word = text.lower(index)
    if word in ("non-payment", "nonpayment", "non-delivery"):
        lemma = "deliver" if "delivery" in word else "pay"
        inner = with_arguments(context, index + 1, lemma, None, who)
        return ActNoun(
            inner.after, inner.verb, inner.thing, inner.actor, inner.recipient, failed=True
        )
    owed = text.skip(index + 2, ("the", "due", "any")) if text.lower(index + 1) == "in" else index
    if word == "default" and owed > index and text.lower(owed) in NOUNS:
        inner = with_arguments(context, owed + 1, NOUNS[text.lower(owed)], None, who)
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
    inner = with_arguments(context, group.end, group.verb.lemma, None, who, direct=True)
    held = Draft(group, conditional=True)
    end = context.adjunct_at(context, inner.after, held)
    timely = end is not None and held.deadline is not None and not held.conditions
    return ActNoun(end if timely and end else inner.after, inner.verb, inner.thing, who,
                   inner.recipient, failed=True, held=held if timely else None)  # fmt: skip


def received_at(context: Context, index: int, who: Phrase | None) -> ActNoun | None:
    found = phrase_at(context.text, index, context.names)
    if found is None:
        thing = context.thing
        return ActNoun(index, "receive", thing, None, who, received=True)
    thing, after = found
    inner = with_arguments(context, after, "receive", None, who)
    giver = inner.thing
    return ActNoun(inner.after, "receive", thing, giver, inner.actor or who, received=True)


def with_arguments(context: Context, index: int, lemma: str, thing: Phrase | None,
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
            phrase, after = _joint(context, phrase, after)
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
            sold = word == "of" and lemma in ("sell", "buy", "transfer")  # a company may be, too
            thing = replace(phrase, party=None) if sold else phrase
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

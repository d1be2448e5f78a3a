"""Somebody's consent as a condition: "with the prior written consent of the Landlord"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.either import joined_by
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.verbs import APPROVAL_NOUNS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import Quorum, add_approval, quorum_at
from assay.authoring.english.parties.referents import party_name, settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.model import Condition, Span


def owner_at(context: Context, index: int) -> tuple[Phrase, int] | None:
    """ "the Buyer's (confirmation)"."""
    at = context.text.skip(index, ("the", "a", "an"))
    for end in range(at + 1, min(at + 4, len(context.text))):
        if context.text.kind(end) == "possessive":
            name = " ".join(context.text.lower(step) for step in range(at, end))
            party = context.names.party(name, name) or context.names.role(name.split()[-1])
            span = context.text.span(at, end)
            return Phrase(*span, name=name, full=name, head=name, party=party), end + 1
    return None


def consent_with(
    context: Context, index: int, draft: Draft, start: int, negated: bool
) -> int | None:
    """ "with the prior written consent of the Landlord", "without the Seller's approval",
    "approval of Milestone 2 by the Committee"."""
    text = context.text
    owner = owner_at(context, index) or _own(context, index, draft, denied=negated)
    at = owner[1] if owner else index
    unanimous = False
    while text.lower(at) in _BEFORE_CONSENT:
        unanimous, at = unanimous or text.lower(at) == "unanimous", at + 1
    body = context.names.role(text.lower(at)) if owner is None else None
    if body is not None and text.lower(at + 1) in APPROVAL_NOUNS - {"agreement", "authority"}:
        span = text.span(at, at + 1)
        owner = Phrase(*span, name=body, full=body, head=body, party=body), at + 1
        at += 1
    if text.lower(at) not in APPROVAL_NOUNS:
        return None
    after = at + 1
    who = owner[0] if owner else None
    written = text.match(after, "in writing")
    after = written if written is not None and text.lower(written) in ("of", "from") else after
    quorum: Quorum = ("100%" if unanimous else None, None, None)
    thing = None
    while text.lower(after) in ("of", "from", "by", "to", "for"):
        joint = text.lower(after)
        found_quorum = quorum_at(context, after + 1)
        if found_quorum is not None:
            quorum, after = found_quorum[0], text.skip(found_quorum[1], ("of",)) - 1
        found = phrase_at(text, text.skip(after + 1, ("all", "both", "either")), context.names)
        if found is None:
            break
        if joint in ("to", "for") or (
            joint == "of" and not found[0].party and _by_ahead(text, found[1])
        ):
            thing, after = found[0], found[1]
            continue
        if who is not None:
            break
        who, after = found
    if who is None and context.text.lower(start) != "without":
        return None
    if who is None:
        span = context.text.span(start, after)
        draft.conditions.append(
            Condition(kind="approval", text=context.words(span), span=span, negated=negated)
        )
        return after
    signed = text.lower(at) == "signature" and not who.party and who.quantity is None
    if signed and quorum == (None, None, None):
        return None  # "on signature of the deed": a paper, and nobody who agrees
    if thing is not None:
        context.thing = thing
    if who.head in words.APPROVED and not who.party and owner is None:
        span = context.text.span(start, after)
        draft.conditions.append(
            Condition(kind="event", text=context.words(span), span=span, negated=negated,
                      action="approve", asset=who.name)
        )  # fmt: skip
        return after
    many = who.quantity if who.quantity is not None and who.quantity.asset != "%" else None
    counted = many.amount if many is not None and quorum[0] is None else None
    quorum = (counted, None, None) if counted is not None else quorum
    add_approval(context, draft, who, quorum, negated, (start, after))
    return _of_others(context, after, draft, start, negated)


_OWN = {"its": "it", "his": "he", "her": "she", "their": "they"}


def _own(context: Context, index: int, draft: Draft, *, denied: bool) -> tuple[Phrase, int] | None:
    """ "with its prior approval", "without his consent": nobody needs leave of himself."""
    text = context.text
    pronoun = _OWN.get(text.lower(index))
    if pronoun is None or text.lower(text.skip(index + 1, _BEFORE_CONSENT)) not in APPROVAL_NOUNS:
        return None
    acts = draft.subjects[0].party if draft.subjects else None
    whose = Phrase(*text.span(index, index + 1), pronoun=pronoun)
    if acts is not None and not denied and not draft.group.passive:
        return replace(whose, party=acts, pronoun=None), index + 1
    whose = settled(whose, context, acts, draft)
    if whose.means_party is None:
        at = (whose.start, whose.end)
        draft.doubts.append(Doubt("pronoun", "Whose consent is it?", at, "conditions"))
    return replace(whose, party=whose.means_party, pronoun=None), index + 1


def _of_others(context: Context, index: int, draft: Draft, start: int, negated: bool) -> int:
    """ "with the consent of the Owner and the Bank": of each of them."""
    text = context.text
    while text.lower(index) in ("and", "or", "and/or"):
        more = phrase_at(text, index + 1, context.names)
        if more is None or more[0].party is None or verb_group_at(text, more[1]) is not None:
            break
        add_approval(context, draft, more[0], (None, None, None), negated, (start, more[1]))
        joined_by(draft, text.lower(index), "unless" if negated else "if",
                  text.span(start, more[1]))  # fmt: skip
        index = more[1]
    return index


def _by_ahead(text: Line, index: int) -> bool:
    return text.lower(index) in ("by", "from")


_BEFORE_CONSENT = frozenset(
    "the prior written express a an unanimous explicit advance and any board's such first "
    "obtaining "
    "having obtained formal".split()
)


_GIVEN = frozenset({"give", "obtain", "grant", "receive", "secure", "get", "procure", "issue"})
_DENIED = frozenset({"withhold", "refuse", "reject", "deny", "decline", "revoke"})


def consent_told(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "the consent of the Lender has been obtained", "the Lender withholds its consent"."""
    verb, passive = inner.group.verb, inner.group.passive
    told = inner.subjects if passive else inner.objects
    thing = told[0] if told else None
    if verb is not None and verb.lemma == "sign" and thing is None and not passive:
        return _signed(inner, context, negated, words, span)
    if verb is None or thing is None or thing.head not in APPROVAL_NOUNS:
        return None
    if verb.lemma not in _GIVEN | _DENIED or thing.head == "agreement":
        return None
    who = inner.agent if passive else None
    party = thing.owner or (party_name(thing.of, context, "") if thing.of is not None else None)
    if party is None and (who is not None or not passive):
        who = who or (inner.subjects[0] if inner.subjects else None)
        party = party_name(who, context, "") if who is not None else None
    if party is None:
        return None
    context.mention(party)
    denied = (verb.lemma in _DENIED) != inner.group.negated
    return Condition(kind="approval", text=words, span=span, subject=party,
                     negated=negated != denied)  # fmt: skip


def _signed(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> Condition | None:
    """ "if the treasurer and the chairman both sign": the consent of each of them."""
    who = inner.subjects[0] if inner.subjects else None
    if who is None or who.party is None or inner.complement or who.quantity is not None:
        return None
    return Condition(kind="approval", text=words, span=span, subject=party_name(who, context),
                     negated=negated != inner.group.negated)  # fmt: skip


def consent_at(context: Context, index: int, draft: Draft, start: int) -> int | None:
    """A consent as the act that a time counts from: "after approval by the Committee"."""
    return consent_with(context, index, draft, start, negated=False)

"""Who a phrase is: the party that it names, or that a pronoun in it points back at."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon.given_names import is_surely, may_be
from assay.authoring.english.lexicon.words import GROUPS, OWN, singular
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.english.phrases.people import named_before

_MINE = {"my": "i", "your": "you", "our": "we"}
_BODIES = frozenset(
    "company bank shop council gallery label studio platform dao fund board agency club "
    "hotel school museum court city state foundation charity store firm university "
    "college clinic hospital insurer bakery mill factory depot festival theatre theater "
    "publisher magazine venue library municipality ministry government association "
    "cooperative union church committee treasury protocol network exchange marketplace "
    "airline railway bar restaurant gym kennel".split()
)
"""Who is never "he" or "she"."""
_SPEAKING = frozenset({"i", "you", "we"})
_ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody", "nobody", "person"})
"""Who is never "it"."""


def party_name(phrase: Phrase, context: Context, actor: str | None = None) -> str | None:
    """The canonical name of who a phrase is; None where it points at nobody known."""
    if phrase.means_party is not None:
        return phrase.means_party
    if phrase.pronoun is not None:
        return _referent(phrase, context, actor)
    if phrase.full in ("party", "parties") and phrase.party in ("party", "parties"):
        return "parties"
    if phrase.head == "side" and phrase.full in ("side", "other side"):
        return "parties" if phrase.full == "side" else "other party"
    if phrase.full in ("third party", "third parties"):
        return "third party"
    if phrase.head == "escrow" or phrase.name in ("escrow account", "escrow contract"):
        return "contract"
    if phrase.party is not None:
        named = GROUPS.get(phrase.party, phrase.party)
        longer = phrase.full.endswith(f" {named}") and named != "contract"
        return phrase.full if longer else named
    if phrase.head in ("wallet", "account", "address"):
        first = context.source[phrase.start : phrase.end].lower().split(" ")[0]
        if first in _MINE:
            return _MINE[first]
    if phrase.owner is not None and phrase.head in OWN:
        return phrase.owner
    return _SINGULAR.get(phrase.full, phrase.full) or None


_SINGULAR = {"people": "person"}


def _referent(phrase: Phrase, context: Context, actor: str | None) -> str | None:
    word = phrase.pronoun
    if word in ("he", "she", "him", "her"):
        return _person(context, actor, word)
    several = _several(phrase, context, actor) if word in ("they", "them") else None
    if several is not None:
        return several
    nobody = (actor, "parties", "third party")
    others = [party for party in context.mentioned if party not in nobody]
    if word in ("the other party", "the other", "each other", "one another"):
        known = [party for party in context.names.spans if party not in (actor, "parties")]
        only = others or known
        if context.subject == "parties":
            return "other party"
        return only[-1] if len(set(only)) == 1 and actor not in (None, "parties") else "other party"
    if word in ("the latter", "such party", "that party"):
        return context.mentioned[-1] if context.mentioned else None
    if word == "the former":
        return context.mentioned[-2] if len(context.mentioned) > 1 else None
    if actor is None and context.subject in _SPEAKING and word != "themselves":
        return next((party for party in reversed(others) if party not in _SPEAKING), None)
    if actor is None and word == "it":
        before = context.previous.subjects if context.previous is not None else []
        if before and before[0].party is not None and party_name(before[0], context) == "contract":
            return "contract"
        known = [one for one in context.mentioned if one not in _ANYBODY]
        own = context.subject if context.subject not in _ANYBODY else None
        return own or (known[-1] if known else None)
    if actor is None:
        return context.subject or (context.mentioned[-1] if context.mentioned else None)
    return others[-1] if others else None


def _several(phrase: Phrase, context: Context, actor: str | None) -> str | None:
    """Who "they" are where only one party was named in the plural: "refunds the buyers if they"."""
    found = {
        singular(node.lower)
        for node in context.text.nodes
        if node.start < phrase.start and node.text.islower() and node.lower != singular(node.lower)
    }
    named = [party for party in context.mentioned if party in found and party != actor]
    return named[0] if len(named) == 1 else None


def _person(context: Context, actor: str | None, word: str) -> str | None:
    """Who "he" or "she" is: never who speaks or is spoken to, nor a woman who is "he"."""
    speaking = {actor, "parties", "i", "you", "we", "contract", "anyone", *_BODIES}
    subject = context.subject
    if actor is None and subject not in (None, *speaking) and may_be(subject or "", word):
        return subject
    others = [one for one in context.mentioned if one not in speaking and may_be(one, word)]
    return others[-1] if others else None


def settled(phrase: Phrase, context: Context, actor: str | None, draft: Draft) -> Phrase:
    """A phrase with what it points back at, as known where it stands."""
    if phrase.pronoun is None:
        if phrase.party is not None:
            context.mention(party_name(phrase, context))
        return phrase
    named = _referent(phrase, context, actor)
    here = {party for party in context.here if party not in ("i", "you", "we", "contract")}
    if phrase.pronoun == "it" and actor is None and context.previous is None and len(here) > 1 and (
        not draft.conditional
    ):  # fmt: skip
        at, known = (phrase.start, phrase.end), tuple(sorted(here))
        draft.doubts.append(Doubt("pronoun", "Who is 'it'?", at, "actor", known))
    near = here - {actor, "parties", "third party"}
    if phrase.pronoun in ("they", "them") and actor is not None and len(near) > 1 and (
        not draft.conditional
    ):  # fmt: skip
        at, question = (phrase.start, phrase.end), f"Who is {phrase.pronoun!r}?"
        draft.doubts.append(Doubt("pronoun", question, at, "recipient", tuple(sorted(near))))
        named = None
    named_here = named_before(context.text.nodes, context.names.parties, phrase.start)
    others = {*context.mentioned, *named_here} - {actor, "i", "you", "we"}
    persons = {one for one in others if one.rsplit(" ", 1)[-1] not in _BODIES
               and may_be(one, phrase.pronoun)}  # fmt: skip
    others = persons if phrase.pronoun in ("he", "she", "him", "her") else others
    if phrase.pronoun in ("he", "she", "him", "her") and len(others) > 1:
        draft.doubts.append(
            Doubt("pronoun", f"Who is {phrase.pronoun!r}?", (phrase.start, phrase.end),
                  "conditions" if draft.conditional else "actor", tuple(sorted(others)))
        )  # fmt: skip
        named = None
    elif phrase.pronoun in ("he", "she", "him", "her") and named is None:
        found = others or {one for one in context.names.spans if is_surely(one, phrase.pronoun)}
        named = next(iter(found)) if len(found) == 1 else None
    if phrase.pronoun in ("he", "she", "him", "her") and named is None and len(others) < 2:
        question = f"Who is {phrase.pronoun!r}?"
        draft.doubts.append(Doubt("pronoun", question, (phrase.start, phrase.end), "actor"))
    return replace(phrase, means_party=named, means_thing=context.meant(phrase.pronoun))

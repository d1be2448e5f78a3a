"""Bans that a noun tells: "no refunds after 30 days", "no deposit"."""

from __future__ import annotations

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import Group

_BY_CONTRACT = frozenset({"refund", "release", "issue", "distribute", "burn", "vest"})


def ban_at(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "no refunds after 30 days": a noun of an act that is not to be."""
    text = context.text
    noun = singular(text.lower(index + 1))
    lemma = NOUNS.get(noun) or (noun if noun in VERBS else None)
    doing = lemma_of(noun, "gerund")
    lemma = lemma or (doing if doing in VERBS else None)
    if text.lower(index) == "no" and (lemma is None or noun == "deposit"):
        return _no_due(context, index)
    if text.lower(index) != "no" or lemma is None:
        return None
    verb = VERBS[lemma]
    nobody = verb.action not in _BY_CONTRACT
    group = Group(index + 2, force="must_not", verb=verb, passive=True, nobody=nobody)
    draft = Draft(group, bound=True)
    draft.start = text.nodes[index].start
    after = index + 2
    if text.lower(after) == "of":
        found = phrase_at(text, after + 1, context.names)
        if found is not None:
            draft.subjects, after = [found[0]], found[1]
    elif context.thing is not None and index > 0:
        draft.subjects = [context.thing]
    return draft, arguments(context, after, draft)


def _no_due(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "no kill fee", "no deposit": nothing of the kind is due."""
    found = phrase_at(context.text, index + 1, context.names)
    if found is None or found[0].quantity is not None or found[0].party is not None:
        return None
    if singular(found[0].head) not in MONEY_NOUNS | DUES:
        return None
    if context.text.lower(found[1]) not in ("", ",", ".", ";", "if", "when", "for", "on"):
        return None
    verb = VERBS["deposit" if found[0].head == "deposit" else "pay"]
    draft = Draft(Group(index + 1, force="must_not", verb=verb), objects=[found[0]], bound=True)
    draft.start = context.text.nodes[index].start
    return draft, arguments(context, found[1], draft)


DUES = frozenset({"fee", "deposit", "rent", "premium", "retainer", "bond", "collateral", "salary"})

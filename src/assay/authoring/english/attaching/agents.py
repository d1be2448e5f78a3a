"""Who does what a passive tells: "by the Buyer", "by 2 of 3 directors", "by 75 % of holders"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexing.nodes import counted
from assay.authoring.english.parties.quorums import quorum_at
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.language.quantities import Quantity


def agent_at(context: Context, index: int, draft: Draft) -> int | None:
    """Reads who acts, behind "by"."""
    text = context.text
    at = text.skip(index + 1, ("at", "least", "any"))
    if text.kind(at) == "quorum":
        who = phrase_at(text, text.skip(at + 1, ("of", "the")), context.names)
        return None if who is None else _quorum_agent(context, at, who, draft)
    voters = _share_of_voters(context, index + 1)
    if voters is not None:
        draft.agent = voters[0]
        return voters[1]
    found = phrase_at(text, index + 1, context.names)
    if found is None or found[0].quantity is not None:
        return None
    draft.agent = found[0]
    return found[1]


def _share_of_voters(context: Context, index: int) -> tuple[Phrase, int] | None:
    """ "by two thirds of the members", "by at least 75 % of the holders"."""
    counted_as = quorum_at(context, index)
    if counted_as is None or (context.text.lower(counted_as[1] - 1) != "of" and (
        context.text.lower(counted_as[1]) != "of"
    )):  # fmt: skip
        return None
    (many, total, sign), after = counted_as
    who = phrase_at(context.text, context.text.skip(after, ("of",)), context.names)
    if who is None or many is None or who[0].quantity is not None:
        return None
    held = Quantity(many, f"of {total}") if total is not None else Quantity(many[:-1], "%")
    if sign in (">", ">="):
        held = replace(held, limit="least")
    return replace(who[0], quantity=held), who[1]


def _quorum_agent(context: Context, at: int, who: tuple[Phrase, int], draft: Draft) -> int:
    many, total = counted(context.text.nodes[at])
    draft.agent = replace(who[0], quantity=Quantity(str(many), f"of {total}"))
    return who[1]

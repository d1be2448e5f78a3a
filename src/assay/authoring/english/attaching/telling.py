"""What somebody tells: "confirms that the goods were accepted", "reports that it is clean"."""

from __future__ import annotations

from assay.authoring.english.conditions.reading import one_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.phrases.verb_groups import Group

SHOWING = frozenset({"show", "reveal", "record", "display", "determine"})


def that_clause(context: Context, index: int, draft: Draft) -> int | None:
    """ "confirms that the goods were accepted": what is confirmed is no act of its own; what a
    source reports is what counts."""
    verb = draft.group.verb
    if draft.conditional and verb is not None and (
        verb.action == "report" or verb.lemma in SHOWING
    ):  # fmt: skip
        held = Draft(Group(index), conditional=True)
        end = one_condition(context, index, held, "if", index)
        draft.told = held.conditions
        return end
    parsed = context.clause_at(context, index, True)
    if parsed is not None:
        return parsed[1]
    confirms = verb is not None and verb.action in ("confirm", "notify")
    return _to_the_end(context, index) if confirms else None


def _to_the_end(context: Context, index: int) -> int | None:
    """ "that the foundations meet the specification": up to where the clause ends, whatever its
    verb is."""
    text = context.text
    end = index
    while text.kind(end) in ("word", "possessive", "reference") and text.lower(end) not in _ENDING:
        end += 1
    ends = text.kind(end) in ("", "punct") or text.lower(end) in ("and", "if", "unless")
    return end if ends and end > index + 2 else None


_ENDING = words.MODALS | frozenset("and or if unless until when once provided then but".split())

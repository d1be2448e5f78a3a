"""Phrases that only colour a duty, and the sources that a measure comes from."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import CERTIFYING
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at


def weightless_at(context: Context, index: int, draft: Draft) -> int | None:
    spared = _without_more(context.text, index)
    if spared is not None:
        return spared
    if context.text.lower(index) == "early" and context.text.lower(index + 1) in _BEHIND_EARLY:
        _ask_before_when(context, index, draft)
        return index + 1
    found = context.text.match_any(index, markers.WEIGHTLESS)
    if found is None or not _stands_alone(context, found):
        return None
    if found[0] == "into escrow" or found[0] == "in escrow" or found[0] == "to escrow":
        if draft.group.verb is not None and draft.group.verb.action in (
            "deposit",
            "pay",
            "transfer",
        ):
            kept = _kept_by(context, found[1])
            if kept is not None:
                draft.recipients.append(kept[0])
                return kept[1]
            draft.recipients.append(Phrase(*context.text.span(index, found[1]), name="escrow",
                                           full="escrow", head="escrow"))  # fmt: skip
        return found[1]
    verb = draft.group.verb
    if found[0] in _IN_SHAPE and verb is not None and verb.lemma == "keep":
        draft.group = replace(draft.group, verb=VERBS["maintain"])
    elif {*found[0].split()} & _SHAPE and (
        draft.conditional or _ends_condition(index, context, draft)
    ):
        question = f"Has it to be {found[0]!r} as well?"
        span = context.text.span(index, found[1])
        draft.doubts.append(Doubt("condition_part", question, span, "conditions"))
    last = found[0].split()[-1]
    if last in ("by", "of") and found[0].startswith(("by", "on", "at the request")):
        inner = phrase_at(context.text, found[1], context.names)
        return inner[1] if inner else None
    return found[1]


def _ask_before_when(context: Context, index: int, draft: Draft) -> None:
    """ "if it delivers the goods early": before which day, where something hangs on it."""
    if draft.conditional and draft.deadline is None:
        question = "Before which day is this early? Say it in the clause: 'before 1 May 2027'."
        span = context.text.span(index, index + 1)
        draft.doubts.append(Doubt("condition_part", question, span, "conditions"))


_SHAPE = frozenset({"condition", "repair", "order", "cause"})
"""What a thing is in, or why; with a duty it only colours it, but money may wait for it."""


def _ends_condition(index: int, context: Context, draft: Draft) -> bool:
    """Whether a condition stands right before: "on return of the bike in good condition"."""
    told = draft.conditions[-1].span if draft.conditions else None
    return told is not None and index > 0 and told[1] == context.text.nodes[index - 1].end


_BEHIND_EARLY = words.PREPOSITIONS | {"", ".", ",", ";", "if", "when", "and", "or", "but", "unless"}
"""What follows where "early" stands behind all that a verb takes."""


def _kept_by(context: Context, index: int) -> tuple[Phrase, int] | None:
    """ "in escrow with the Agent": who keeps it, and the index after."""
    if context.text.lower(index) != "with":
        return None
    keeper = phrase_at(context.text, index + 1, context.names)
    return keeper if keeper is not None and keeper[0].party is not None else None


_SPARED = frozenset("premium penalty charge deduction set-off setoff counterclaim notice liability "
                    "compensation interest withholding further any additional cost delay fee "
                    "recourse warranty prejudice obligation formality".split())  # fmt: skip


def _without_more(text: Line, index: int) -> int | None:
    """ "without premium or penalty", "free of any deduction, set-off or counterclaim"."""
    lead = text.match_any(index, ("without", "free of", "free from", "free and clear of"))
    if lead is None:
        return None
    after = text.skip(lead[1], _SPARED | {"or", ",", "and", "of", "whatsoever"})
    while after > lead[1] and text.lower(after - 1) in (",", "or", "and", "of"):
        after -= 1
    spared = [text.lower(at) for at in range(lead[1], after)]
    joined = len(spared) > 1 and {*spared} & {"or", "and", ",", "further"}
    ends = text.kind(after) in ("", "punct") or text.lower(after) in ("to", "and", "by", "on")
    return after if joined and ends and spared[-1] not in ("any", "further") else None


def _stands_alone(context: Context, found: tuple[str, int]) -> bool:
    """Whether "if any" is all there is, and not "if any instalment is late"."""
    opens = found[0] in ("if any", "if applicable", "where applicable", "if required")
    return not opens or context.text.kind(found[1]) != "word" or context.text.lower(found[1]) in (
        "and", "or", "to", "by", "of", "from", "in"
    )  # fmt: skip


_IN_SHAPE = frozenset({"in good condition", "in good repair", "in good order", "in repair",
                       "in force",
                       "in good working order", "in working order", "in full force and effect",
                       "in full force", "in a good state of repair"})  # fmt: skip


def source_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "as reported by Chainlink", "according to the weather station"."""
    found = context.text.match_any(index, markers.SOURCES) or _per_name(context.text, index)
    weak = ("on", "at", "on the", "from the", "provided by", "delivered by", "per")
    measured = draft.group.kind in ("be", "compare")
    told = draft.conditional and draft.group.passive and draft.agent is None
    if found is None or (found[0] in weak and not measured) or found[0] in ("at", "from the"):
        return None
    if found[0] in CERTIFYING and draft.conditional and draft.compared is None and not (
        draft.subjects and markers.OUTSIDE & {*draft.subjects[0].full.split()}
    ):  # fmt: skip
        return None  # what somebody says of an act is no report of a measure
    who = phrase_at(context.text, found[1], context.names)
    if who is None or who[0].quantity is not None:
        return None
    if measured or told:
        draft.source = who[0]
    return who[1]


def _per_name(text: Line, index: int) -> tuple[str, int] | None:
    """ "above 150,000 per Coinbase": who says so, and no unit."""
    named = text.kind(index + 1) == "word" and text.nodes[index + 1].text[:1].isupper()
    return ("per", index + 1) if text.lower(index) == "per" and named else None


def by_source(context: Context, index: int, held: Draft) -> int | None:
    """ "where, according to the station, rainfall exceeds": who says it before what it says."""
    found = context.text.match_any(index, markers.SOURCES)
    if found is None or found[0] in ("on", "at", "on the", "from the"):
        return None
    who = phrase_at(context.text, found[1], context.names)
    if who is None or who[0].quantity is not None:
        return None
    held.source = who[0]
    return who[1]

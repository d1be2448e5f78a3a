"""What stands before what is agreed: "the parties agree that", "please note that"."""

from __future__ import annotations

from assay.authoring.english.conditions.boundaries import subjects_at
from assay.authoring.english.drafts import Context
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at

_RESERVED = tuple(
    f"{lead} {how}provided {where}"
    for lead in ("save as", "except as", "unless")
    for how in ("", "expressly ", "otherwise ", "otherwise expressly ", "expressly otherwise ")
    for where in ("herein", "in this agreement", "in this contract", "in this deed")
)


def skip_agreement(context: Context) -> None:
    """Leaves out "the parties agree that", "X agrees with Y that" before what is agreed."""
    while _skip_one(context):
        pass


def _skip_one(context: Context) -> bool:
    text = context.text
    noted = text.match_any(0, ("please note that", "note that", "please be aware that",
                               "be aware that", "it is noted that"))  # fmt: skip
    noted = noted or text.match_any(0, _RESERVED)
    if noted is not None:
        del text.nodes[: text.skip(noted[1], (",",))]
        return True
    found = subjects_at(context, 0)
    at = found[1] if found is not None else 0
    at = text.skip(at, ("hereby", "further", "acknowledges", "acknowledge", "and", "is", "it"))
    if text.lower(at) not in ("agrees", "agree", "agreed", "understood", "understands", "ensures",
                              "acknowledged", "ensure", "confirms", "guarantees", "covenants",
                              "covenant", "undertakes",
                              "undertake", "promises", "promise", "warrants",
                              "procures"):  # fmt: skip
        return False
    at += 1
    if text.lower(at) == "with":
        other = phrase_at(text, at + 1, context.names)
        at = other[1] if other is not None else at
    if text.lower(at) == "that" and text.lower(at - 1) != "confirms":
        if found is not None and found[0][0].party is not None:
            context.subject = party_name(found[0][0], context)
        del text.nodes[: at + 1]
        return True
    return False

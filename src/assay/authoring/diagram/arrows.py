"""What a picture of an agreement shows: parties, and an arrow for each obligation.

picture = picture_of(specification)
mermaid(picture), svg(picture)
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.actions import CHINESE
from assay.authoring.model import Obligation, Specification

CONTRACT = {"en": "contract", "zh": "合约"}
_MODALS = {
    "en": {"must": "", "may": "may ", "must_not": "must not "},
    "zh": {"must": "", "may": "可", "must_not": "不得"},
}
_WHEN = {
    "en": ("if", "unless", "by", "every", "otherwise"),
    "zh": ("若", "除非", "限", "每", "否则"),
}


@dataclass(frozen=True, slots=True)
class Arrow:
    """One obligation.

    Attributes:
        notes: conditions, deadline and recurrence, a line each.
        dashed: it is allowed, or follows where another is not kept.
    """

    sender: str
    recipient: str
    label: str
    notes: tuple[str, ...] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Parties from left to right, arrows from top to bottom."""

    parties: tuple[str, ...]
    arrows: tuple[Arrow, ...]


def picture_of(specification: Specification) -> Picture:
    """In the order of the text; parties in the order of their first act."""
    arrows: list[Arrow] = []
    for obligation in specification.obligations:
        one: Obligation | None = obligation
        prefix = ""
        while one is not None:
            arrows.append(_arrow(specification, one, prefix))
            one, prefix = one.otherwise, f"{_WHEN[specification.language][4]}: "
    parties = dict.fromkeys(name for arrow in arrows for name in (arrow.sender, arrow.recipient))
    return Picture(tuple(parties), tuple(arrows))


def _arrow(specification: Specification, one: Obligation, prefix: str) -> Arrow:
    language = specification.language
    contract = CONTRACT[language]
    sender = contract if one.actor in (None, "contract") else str(one.actor)
    recipient = contract if one.recipient == "contract" else (one.recipient or sender)
    what = " ".join(part for part in (one.amount, one.asset) if part)
    action = one.action or "?"
    verb = CHINESE.get(action, action) if language == "zh" else action
    label = f"{prefix}{_MODALS[language][one.modality]}{verb} {what}".strip()
    if one.share_of:
        label += f" ({one.share_of})"
    if_, unless, by, every, _ = _WHEN[language]
    notes = [
        f"{unless if condition.negated else if_}: {condition.text}" for condition in one.conditions
    ]
    notes += [f"{by} {one.deadline}"] if one.deadline else []
    notes += [f"{every} {one.recurrence}"] if one.recurrence else []
    dashed = one.modality != "must" or bool(prefix)
    return Arrow(sender, recipient, label, tuple(notes), dashed)

"""Licences: 授予乙方两年的使用许可, 授权乙方使用商标 let whoever receives use something."""

from __future__ import annotations

from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Obligation

_GRANTS = frozenset({"授予", "许可", "授权", "授予使用权", "给予"})
_RIGHTS = ("使用许可", "使用权", "许可使用权", "使用授权", "许可权", "许可", "使用权利")


def licensed(predicate: Predicate, made: Obligation) -> Obligation:
    """The permission that a grant of a licence gives; other duties stay as they are."""
    let = predicate.allowed.value if predicate.allowed is not None else None
    if let is not None and made.modality == "must":
        changes = {"actor": made.recipient, "modality": "may", "recipient": None}
        return made.model_copy(update={**changes, "action": let.action})
    verb = predicate.verb.text if predicate.verb is not None else ""
    asset = made.asset or ""
    right = next((one for one in _RIGHTS if asset.endswith(one)), None)
    if verb not in _GRANTS or right is None or made.recipient is None:
        return made
    if made.modality != "must" or made.amount is not None:
        return made
    lengths = [
        token.value.iso
        for noun in (*predicate.objects, *([predicate.taken] if predicate.taken else []))
        for token in noun.tokens
        if token.kind == "duration"
    ]
    thing = asset.removesuffix(right).removesuffix("的")
    return made.model_copy(
        update={
            "actor": made.recipient,
            "modality": "may",
            "action": "use",
            "asset": thing or None,
            "recipient": None,
            "deadline": made.deadline or (lengths[0] if len(lengths) == 1 else None),
        }
    )

"""Things that a clause gives a name to: "two gearbox units (the "Equipment")" are the Equipment.

What a clause says of its units and what another says of the Equipment is said of one thing.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.model import Obligation, Specification

_NAMING = re.compile(
    r"(?:e?s)?\s*[(（]\s*(?:(?:together|collectively|jointly|each),?\s+)?"
    r"(?:hereinafter(?:\s+(?:called|referred\s+to\s+as))?,?\s+|以下(?:简称|统称|合称)?为?[:：]?\s*|下?称[:：]?\s*"
    r"|简称[:：]?\s*)?(?:the\s+|an?\s+)?[\"“”'‘「『](?P<term>[^\"“”'’」』]+)",
    re.IGNORECASE,
)


@remembered
def _names(specification: Specification) -> dict[str, str]:
    """The name that each thing is given right behind it."""
    things = {one.name: one for one in specification.assets if one.kind == "goods"}
    found: dict[str, str] = {}
    for one in things.values():
        naming = _NAMING.match(specification.text, one.span[1])
        term = naming["term"].casefold() if naming is not None else None
        for name in (term, (term or "").removesuffix("s")):
            if name in things and name != one.name:
                found[one.name] = name
    return found


def as_defined(specification: Specification, duty: Obligation) -> Obligation:
    """A duty with the names that the agreement gives to its things."""
    names = _names(specification)
    if not names:
        return duty
    conditions = tuple(
        one.model_copy(update={"asset": names[one.asset]}) if one.asset in names else one
        for one in duty.conditions
    )
    named = names.get(duty.asset or "", duty.asset)
    return duty.model_copy(update={"asset": named, "conditions": conditions})

"""Who is deemed to have accepted does nothing: that it counts as accepted is the contract's doing.

with_deemed_acts(specification)
"""

from __future__ import annotations

import re

from assay.authoring.blocks.clauses.approving import ASSENTING
from assay.authoring.model import Obligation, Specification

_DEEMED = re.compile(
    r"\b(?:deemed|considered|regarded|treated|taken)\s+(?:as\s+having|to\s+have)\b|视为|视同",
    re.IGNORECASE,
)


def with_deemed_acts(specification: Specification) -> Specification:
    """The same, with what counts as done without being done as an act of the contract."""
    obligations = tuple(
        one.model_copy(update={"actor": "contract"}) if _is_deemed(specification, one) else one
        for one in specification.obligations
    )
    return specification.model_copy(update={"obligations": obligations})


def _is_deemed(specification: Specification, one: Obligation) -> bool:
    assents = one.action in ASSENTING and one.modality == "must" and bool(one.conditions)
    words = specification.text[slice(*one.span)]
    return assents and one.actor is not None and _DEEMED.search(words) is not None

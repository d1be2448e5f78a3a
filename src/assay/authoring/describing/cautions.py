"""What a reader may expect of a contract that it cannot do: named, so that nobody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.held.penalties import is_flat_fee
from assay.authoring.blocks.model import Composition
from assay.authoring.describing.phrases import PHRASES
from assay.authoring.model import Specification


def cautions(specification: Specification, composition: Composition) -> Iterator[str]:
    """One sentence for each fee that nobody owes while the late act is not done."""
    phrases, seen = PHRASES[specification.language], set[int]()
    for index, duty in duties(specification):
        late = is_late_fee(duty) or is_flat_fee(specification, duty)
        if not late or index in seen or index not in composition.kept:
            continue
        seen.add(index)
        words = " ".join(specification.text[slice(*duty.span)].split())
        yield phrases["late_in_vain"].format(words=words)

"""Verdicts as whoever wrote the agreement reads them: beside what was read, and in its language.

told(specification, properties)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.audit.model import Property
from assay.authoring.audit.properties.in_chinese import in_chinese
from assay.authoring.describing.readings import in_words
from assay.authoring.model import Specification


def told(specification: Specification, properties: Sequence[Property]) -> tuple[Property, ...]:
    """The same properties with what was read of their clauses, in Chinese where these are."""
    read = [in_words(one, specification.language) for one in specification.obligations]
    found = [
        one if one.obligation is None else replace(one, read=read[one.obligation])
        for one in properties
    ]
    if specification.language == "zh":
        found = [
            replace(
                one,
                statement=in_chinese(one.statement),
                reason=in_chinese(one.reason),
                counterexample=tuple(map(in_chinese, one.counterexample)),
            )
            for one in found
        ]
    return tuple(found)

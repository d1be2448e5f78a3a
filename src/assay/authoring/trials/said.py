"""By which function a duty is carried out, and which duties only state something."""

from __future__ import annotations

from contextlib import suppress

from assay.authoring.blocks.clauses.rights import is_deemed, name_of_deeming, name_of_right
from assay.authoring.blocks.clauses.several import is_right_to_end
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import name_of
from assay.authoring.model import Obligation, Specification


def function_of(specification: Specification, index: int, duty: Obligation) -> str:
    """The name of the function that carries a duty out."""
    if is_deemed(duty):
        with suppress(NotBuildable):
            return name_of_deeming(specification, duty)
    name = name_of_right if is_right_to_end(duty) else name_of
    return name(specification, index, duty)


def is_said(duty: Obligation) -> bool:
    """Whether it only states something, and moves no money."""
    return is_right_to_end(duty) or is_deemed(duty)

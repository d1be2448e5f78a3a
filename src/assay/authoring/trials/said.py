"""By which function a duty is carried out, and which duties only state something, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.rights import is_deemed, name_of_deeming, name_of_right
from assay.authoring.blocks.clauses.several import is_right_to_end
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.first_word import excludes
from assay.authoring.blocks.guards.payments_made import name_of
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times


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


def is_decided(times: Times, deemed: Obligation, done: Sequence[Step]) -> bool:
    """Whether what counts as said by silence was said, or a last word against it."""
    said = deemed.model_copy(update={"actor": None})
    against = _against(times.specification, deemed)
    return any(times.of(act, done) is not None for act in (said, *against))


def _against(specification: Specification, deemed: Obligation) -> Iterator[Condition]:
    """The words that clauses wait for and after which silence counts no longer."""
    for _, duty in duties(specification):
        for one in duty.conditions:
            if one.kind != "event" or one.negated:
                continue
            with suppress(NotBuildable):
                first = acts.canonical(specification, one)
                if excludes(specification, first, acts.canonical(specification, deemed)):
                    yield one

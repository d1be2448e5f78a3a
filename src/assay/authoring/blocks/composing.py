"""A specification to one program: each block takes what it can carry out, nothing is left over.

    composition = compose(specification, BLOCKS, name="Purchase")

Whatever no block carries out is either an act outside the chain that people keep, and then is named
with the reason, or the contract is not built.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.duties import MONEY_ACTIONS
from assay.authoring.blocks.errors import NotBuildable, QuestionsOpen
from assay.authoring.blocks.model import Block, Claim, Composition
from assay.authoring.blocks.sums import bears_cost, is_held_sum
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.checking import check


def compose(
    specification: Specification, blocks: Sequence[Block], *, name: str, text: str = ""
) -> Composition:
    """The program that carries out what was agreed.

    Raises:
        QuestionsOpen: something is not answered, or was not understood.
        NotBuildable: money is to move as no block knows.
        ProgramWrong: the blocks together are not safe.
    """
    if specification.questions or specification.not_understood:
        raise QuestionsOpen(specification.questions, specification.not_understood)
    draft = Draft(specification, name, text)
    free = frozenset(range(len(specification.obligations)))
    claims: list[Claim] = []
    kept: dict[int, list[str]] = {}
    for block in blocks:
        for claim in block.claims(specification, free):
            free -= set(claim.obligations)
            claims.append(claim)
            for obligation, function in block.add(draft, claim):
                kept.setdefault(obligation, []).append(function)
    # An act that no function came to record is kept by people like any other.
    free |= {index for claim in claims for index in claim.obligations if index not in kept}
    outside = {
        index: _why_outside(specification, specification.obligations[index])
        for index in sorted(free)
    }
    if not claims:
        raise NotBuildable(specification.text, "nothing in it is for a contract to carry out")
    program = draft.program()
    check(program)
    functions = {index: tuple(names) for index, names in kept.items()}
    return Composition(program, tuple(claims), functions, outside)


def _why_outside(specification: Specification, obligation: Obligation) -> str:
    words = specification.text[slice(*obligation.span)]
    step: Obligation | None = obligation
    while step is not None:
        if (
            step.action in MONEY_ACTIONS
            and step.modality != "must_not"
            and _moves(specification, step)
        ):
            raise NotBuildable(words, f"no building block knows how to {step.action} like this")
        step = step.otherwise
    return (
        "it happens outside the chain: the parties keep it, the contract neither sees nor ends it"
    )


def _moves(specification: Specification, step: Obligation) -> bool:
    """Whether it is about what a contract could move: title to a car is not, nor are bare costs."""
    kinds = {one.name: one.kind for one in specification.assets}
    off_chain = kinds.get(step.asset or "") in ("goods", "service", "document", "right")
    if step.action in ("transfer", "buy", "keep", "burn", "lock", "vest", "deposit", "issue"):
        return not off_chain or is_held_sum(step)
    return not bears_cost(specification, step)

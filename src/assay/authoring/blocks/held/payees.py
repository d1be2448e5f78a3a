"""Who is paid out of held money, and who may set it off."""

from __future__ import annotations

from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Obligation, Specification


def recipient_of(specification: Specification, pot: Pot, duty: Obligation) -> str:
    """Who is paid: whoever takes it out themselves, and for a refund whoever paid it in.

    Raises:
        NotBuildable: it is nobody in particular.
    """
    if duty.recipient not in (None, *NOT_ONE):
        return str(duty.recipient)
    taken = duty.recipient is None and duty.action in ("withdraw", "keep", "claim")
    if taken and duty.actor not in (None, "contract", *NOT_ONE):
        return str(duty.actor)
    if duty.recipient is None and duty.action in ("refund", "return"):
        return str(pot.deposit.actor)
    raise NotBuildable(specification.text[slice(*duty.span)], "it is not clear who is paid")


def callers_of(draft: Draft, duty: Obligation) -> tuple[str, ...]:
    """Who may set it off: for a right who has it; for a duty whose conditions say all, anybody.

    So nobody can keep money from its recipient by doing nothing.

    Raises:
        NotBuildable: who has the right is nobody in particular.
    """
    if duty.actor in (None, "contract"):
        return ()
    if duty.actor in NOT_ONE:
        words = draft.specification.text[slice(*duty.span)]
        raise NotBuildable(words, f"who {duty.actor} is, is not said")
    if duty.modality == "must" and duty.conditions:
        return ()
    return (draft.party(str(duty.actor)),)

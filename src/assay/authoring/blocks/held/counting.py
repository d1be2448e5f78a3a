"""What a party has received out of held money, where it may have to give it back."""

from __future__ import annotations

from assay.authoring.blocks.clauses.sums import repayer, repayments
from assay.authoring.blocks.draft import Draft
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Name


def is_counted(specification: Specification, recipient: str) -> bool:
    """Whether what this party gets out of held money is to be given back in some case."""
    return any(repayer(duty) == recipient for _, duty in repayments(specification))


def received(draft: Draft, party: str) -> Name:
    """The variable that holds what a party has received and not given back."""
    name = f"{draft.party(party)}Received"
    return draft.variable(name, text="what it has received and not given back")

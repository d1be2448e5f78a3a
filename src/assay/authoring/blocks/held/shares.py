"""Parts of held money that are fixed when the contract is written.

Of shares that make up the whole the last takes what rounding leaves.
"""

from __future__ import annotations

from decimal import Decimal

from assay.authoring.blocks.clauses.sums import Pot, base_of, share_units, shares_of
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import name_of
from assay.authoring.model import Obligation
from assay.authoring.program.expressions import Name


def fixed_part(draft: Draft, pot: Pot, index: int, duty: Obligation) -> Name:
    """A constant with what one way out takes.

    Raises:
        NotBuildable: it is a share of something else.
    """
    name, asset = name_of(draft.specification, index, duty), str(pot.deposit.asset)
    words = draft.specification.text[slice(*duty.span)]
    if duty.asset != "%":
        return draft.amount(f"{name} amount", str(duty.amount), asset, words)
    decimals = draft.asset(asset).decimals
    base = base_of(draft.specification, duty.share_of, duty)
    if base.asset != asset:
        raise NotBuildable(words, f"it is a share of {base.asset}, which is not held")
    whole = int(base.amount.scaleb(decimals))
    units = share_units(str(duty.amount), whole)
    shares = shares_of(pot)
    complete = sum(Decimal(one.amount or 0) for _, one in shares) == 100
    if complete and shares[-1] == (index, duty):
        units = whole - sum(share_units(str(one.amount), whole) for _, one in shares[:-1])
    return draft.units(f"{name} amount", units, asset, words)

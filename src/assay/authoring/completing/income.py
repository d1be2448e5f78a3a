"""Income that is paid into the contract to be divided: 版税以USDC支付到合约, 合约收到后按比例分配.

    with_income(specification)   # shares of it, in the token that the words name, on its receipt

How much comes in nobody knows beforehand: each payment is divided when it comes.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.patterns.split import brings_income, is_income, is_part
from assay.authoring.model import Condition, Obligation, Specification

_IN_COIN = re.compile(r"(?:以|用|\bin )(?:the )?([A-Z][A-Z0-9]{1,9})(?![a-z])")


def with_income(specification: Specification) -> Specification:
    """The same, where what is divided on receipt is a share of what comes in."""
    received = tuple(_on_receipt(specification, one) for one in _all(specification))
    told = specification.model_copy(update={"obligations": received})
    coins = {
        found[1]
        for one in _all(told)
        if brings_income(told, one)
        for words in (told.text[slice(*one.span)], f"以{one.asset}")
        if (found := _IN_COIN.search(words)) is not None
    }
    if len(coins) != 1:
        return told
    coin = coins.pop()
    obligations = tuple(
        one.model_copy(update={"share_of": coin})
        if is_part(one) and is_income(one.share_of)
        else one
        for one in _all(told)
    )
    return told.model_copy(update={"obligations": obligations})


def _all(specification: Specification) -> tuple[Obligation, ...]:
    return specification.obligations


def _on_receipt(specification: Specification, duty: Obligation) -> Obligation:
    """合约收到版税后,按70%和30%分配: a share of each payment, and nothing to wait for."""
    received = len(duty.conditions) == 1 and _is_receipt(duty.conditions[0])
    bare = duty.model_copy(update={"conditions": ()})
    if not received or not is_part(bare):
        return duty
    what = duty.share_of or duty.conditions[0].asset
    income = "收入" if specification.language == "zh" else "revenue"
    return bare.model_copy(update={"share_of": what if is_income(what) and what else income})


def _is_receipt(condition: Condition) -> bool:
    paid = condition.kind == "event" and condition.action in ("pay", "deposit", "transfer")
    into = condition.recipient == "contract" and condition.actor != "contract"
    return paid and into and condition.amount is None and not condition.negated

"""Whether what a party is to pay comes out of what it has put into the contract.

"The Insurer shall deposit 3,000 USDC" beside "the Insurer shall pay 2,400 USDC if it did not rain":
the deposit may be the purse of the payment, or a payment may come on top of it. It is asked once
for each deposit; `deposit` lets the contract pay, `itself` leaves it to the party.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.sums import is_moved
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Obligation, Question, Specification

KIND = "paid_from"
DEPOSIT, ITSELF = "deposit", "itself"
_TOLD = frozenset({"oracle", "approval", "event"})


def purses(specification: Specification) -> Iterator[Question]:
    """One question for each deposit whose payer also owes conditional payments of its own."""
    for index, deposit in enumerate(specification.obligations):
        owed = [specification.obligations[one] for one in _owed(specification, deposit)]
        if not owed:
            continue
        sums = ", ".join(f"{one.amount} {one.asset} ({one.recipient})" for one in owed)
        held = f"{deposit.amount} {deposit.asset}"
        yield Question(
            id=f"{KIND}.{index + 1}",
            kind=KIND,
            text=(
                f"Are these paid out of the {held} that {deposit.actor} puts into the contract: "
                f"{sums}? `{DEPOSIT}`: the contract pays them; `{ITSELF}`: {deposit.actor} pays "
                "them on top."
                if specification.language == "en"
                else f"以下款项是否从{deposit.actor}存入合约的{held}中支付:{sums}?"
                f"`{DEPOSIT}`:由合约支付;`{ITSELF}`:由{deposit.actor}另行支付。"
            ),
            suggestions=(DEPOSIT, ITSELF),
            obligation=index,
            span=deposit.span,
        )


def put_purse(specification: Specification, question: Question, text: str) -> Specification:
    """The contract pays what its purse is for.

    Raises:
        ValueError: it is neither of the two answers.
    """
    if text not in (DEPOSIT, ITSELF):
        raise ValueError(f"say {DEPOSIT} or {ITSELF}")
    if text == ITSELF:
        return specification
    assert question.obligation is not None, "it is about a deposit"
    paid = _owed(specification, specification.obligations[question.obligation])
    obligations = tuple(
        one.model_copy(update={"actor": "contract"}) if index in paid else one
        for index, one in enumerate(specification.obligations)
    )
    return specification.model_copy(update={"obligations": obligations})


def _owed(specification: Specification, deposit: Obligation) -> tuple[int, ...]:
    into = deposit.action == "deposit" and deposit.recipient in (None, "contract")
    if not into or deposit.amount is None or deposit.actor in (None, "contract"):
        return ()
    if deposit.modality == "must_not" or not is_moved(specification, deposit.asset):
        return ()
    return tuple(
        index
        for index, one in enumerate(specification.obligations)
        if one.actor == deposit.actor
        and one.action in ("pay", "transfer")
        and (one.modality, one.limit) == ("must", "exact")
        and one.asset == deposit.asset
        and one.amount is not None
        and one.recipient not in (None, "contract", deposit.actor)
        and one.recurrence is None
        and (one.deadline is None or is_duration(one.deadline))
        and any(each.kind in _TOLD and not each.negated for each in one.conditions)
    )

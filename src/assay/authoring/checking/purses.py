"""Whether what a party is to pay comes out of what it has put into the contract.

"The Insurer shall deposit 3,000 USDC" beside "the Insurer shall pay 2,400 USDC if it did not rain":
the deposit may be the purse of the payment, or a payment may come on top of it. It is asked once
for each deposit; `deposit` lets the contract pay, `itself` leaves it to the party.

"The Landlord shall refund the Tenant 125 USDC" beside a deposit of the Tenant's is asked too: paid
out of that, the Tenant would get back what was theirs, and the Landlord would pay nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.clauses.sums import is_moved, pots, share_of_pot
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition, Obligation, Question, Specification

KIND = "paid_from"
DEPOSIT, ITSELF = "deposit", "itself"
_TOLD = frozenset({"oracle", "approval", "event"})


def purses(specification: Specification) -> Iterator[Question]:
    """For each deposit, what its payer owes besides, and what others give back to its payer."""
    yield from _given_back(specification)
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
    assert question.obligation is not None, "it is about a deposit, or what is given back"
    asked = specification.obligations[question.obligation]
    back = asked.action in _BACK
    if text == ITSELF and not back:
        return specification
    paid = (question.obligation,) if back else _owed(specification, asked)
    # What is paid by its own means is no way out of what is held.
    update = {"action": "pay"} if text == ITSELF else {"actor": "contract"}
    obligations = tuple(
        one.model_copy(update=update) if index in paid else one
        for index, one in enumerate(specification.obligations)
    )
    return specification.model_copy(update={"obligations": obligations})


def _given_back(specification: Specification) -> Iterator[Question]:
    """Sums that one party gives back to another, which has money of its own in the contract."""
    for pot in pots(specification):
        deposit = pot.deposit
        for index, one in pot.outflows:
            if not _is_from_another(specification, deposit, one):
                continue
            paid, held = (f"{each.amount} {each.asset}" for each in (one, deposit))
            yield Question(
                id=f"{KIND}.{index + 1}",
                kind=KIND,
                text=(
                    f"Who pays the {paid} that {one.actor} gives back to {deposit.actor}? "
                    f"`{ITSELF}`: {one.actor} pays them; `{DEPOSIT}`: they come out of the {held} "
                    f"that {deposit.actor} itself puts into the contract."
                    if specification.language == "en"
                    else f"{one.actor}退给{deposit.actor}的{paid}由谁支付?"
                    f"`{ITSELF}`:由{one.actor}自己支付;"
                    f"`{DEPOSIT}`:从{deposit.actor}自己存入合约的{held}中支付。"
                ),
                suggestions=(ITSELF, DEPOSIT),
                obligation=index,
                field="actor",
                span=one.span,
            )


def _is_from_another(specification: Specification, deposit: Obligation, one: Obligation) -> bool:
    """Whether a party gives a sum to a depositor that is not the whole of the deposit, nor said to
    be a part of it."""
    parted = one.action in _BACK and one.amount not in (None, deposit.amount)
    other = one.actor not in (None, "contract", deposit.actor) and one.actor not in NOT_ONE
    fixed = one.asset == deposit.asset and one.recipient in (None, deposit.actor)
    words = specification.text[slice(*one.span)].casefold()
    for condition in one.conditions:
        words = words.replace(condition.text.casefold(), "")
    return parted and other and fixed and not any(noun in words for noun in _OF_WHAT_IS_HELD)


_BACK = frozenset({"refund", "return"})
_OF_WHAT_IS_HELD = (
    *("deposit", "collateral", "escrow", "pledge", "stake", "held", "balance", "rest", "out of"),
    *("押金", "保证金", "定金", "订金", "质押", "托管", "存入", "其中", "余款", "剩余"),
)


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
        and (one.asset == deposit.asset or _is_left(specification, deposit, one))
        and one.amount is not None
        and one.recipient not in (None, "contract", deposit.actor)
        and one.recurrence is None
        and (one.deadline is None or is_duration(one.deadline))
        and any(_is_told(each) for each in one.conditions)
    )


def _is_left(specification: Specification, deposit: Obligation, one: Obligation) -> bool:
    """Whether it is a share for which the other shares of what is held leave room."""
    if one.asset != "%" or one.amount is None:
        return False
    pot = next((each for each in pots(specification) if each.deposit == deposit), None)
    others = pot.outflows if pot is not None else ()
    taken = sum(
        (share_of_pot(pot, way) for _, way in others if pot is not None and way.amount is not None),
        Decimal(one.amount) / 100,
    )
    return taken <= 1


def _is_told(one: Condition) -> bool:
    """Whether it is a fact that somebody tells, or so long after one."""
    counted = one.kind == "time" and one.subject is not None
    return not one.negated and (one.kind in _TOLD or counted)

"""Whether a higher payment of one scale comes instead of the lower ones, or on top of them.

"Over 120 mm the insurer pays 150 USDC; over 300 mm, 400 USDC": 400 or 550, no words say.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.authoring.blocks.clauses.bounds import limits
from assay.authoring.blocks.clauses.rungs import Duty, fact_of, ladders
from assay.authoring.blocks.clauses.sums import pots
from assay.authoring.model import Question, Specification

KIND = "higher_payment"
INSTEAD, ON_TOP = "instead", "on top"


def higher_payments(specification: Specification) -> Iterator[Question]:
    """Once for each scale whose payments no limit joins."""
    joined = {index for limit in limits(specification, _all(specification)) if not limit.each
              for index, _ in limit.covered}  # fmt: skip
    for ladder in ladders(specification):
        if {index for index, _ in ladder} <= joined:
            continue
        index, top = ladder[-1]
        fact = fact_of(top)
        assert fact is not None, "it is a rung by its fact"
        lower = ", ".join(_sum(one) for one in ladder[:-1])
        yield Question(
            id=f"{KIND}.{index + 1}",
            kind=KIND,
            text=(
                f"“{fact.text}”: the lower limits are passed then too. Is the "
                f"{_sum(ladder[-1])} paid `{INSTEAD}` of the {lower}, or `{ON_TOP}` of it?"
                if specification.language == "en"
                else f"“{fact.text}”时，较低的档次也已达到。{_sum(ladder[-1])}是替代{lower}，"
                "还是在其之外另行支付?"
            ),
            suggestions=(INSTEAD, ON_TOP),
            obligation=index,
            span=top.span,
        )


def put_higher_payment(
    specification: Specification, question: Question, text: str
) -> Specification:
    """The highest as the limit of all, or all of them as they are.

    Raises:
        ValueError: it is neither of the two answers, or more than the contract holds.
    """
    if text not in (INSTEAD, ON_TOP):
        raise ValueError(f"say “{INSTEAD}” or “{ON_TOP}”")
    ladder = next(one for one in ladders(specification) if one[-1][0] == question.obligation)
    _, top = ladder[-1]
    if text == ON_TOP:
        _expect_held(specification, ladder)
        return specification
    fact = tuple(one for one in top.conditions if one.kind == "oracle")
    limit = top.model_copy(update={"limit": "most", "conditions": fact, "deadline": None})
    return specification.model_copy(update={"obligations": (*specification.obligations, limit)})


def _expect_held(specification: Specification, ladder: tuple[Duty, ...]) -> None:
    """All of them together have to be there."""
    indices = {index for index, _ in ladder}
    owed = sum(Decimal(one.amount or "0") for _, one in ladder)
    for pot in pots(specification):
        if indices & {index for index, _ in pot.outflows} and owed > Decimal(
            pot.deposit.amount or "0"
        ):
            held = f"{pot.deposit.amount} {pot.deposit.asset}"
            raise ValueError(f"together they are {owed}, and {held} are held")


def _all(specification: Specification) -> tuple[Duty, ...]:
    return tuple(enumerate(specification.obligations))


def _sum(duty: Duty) -> str:
    return f"{duty[1].amount} {duty[1].asset}"

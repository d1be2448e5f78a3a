"""The duties of a specification, those that follow where another is not kept among them.

"Deliver by May, otherwise the deposit is refunded" is two duties: to deliver, and to refund where
that was not done by May. Each keeps the number of the obligation that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.model import Condition, Obligation, Specification

MONEY_ACTIONS = frozenset(
    {"pay", "issue", "transfer", "refund", "release", "deposit", "withdraw", "vest"}
    | {"lock", "bid", "buy", "contribute", "distribute", "burn", "keep", "claim"}
)
"""What a contract carries out itself: leaving one of these to people would be a silent gap."""

Duty = tuple[int, Obligation]


def duties(specification: Specification) -> Iterator[Duty]:
    """All of them, with the index of the obligation."""
    for index, obligation in enumerate(specification.obligations):
        yield from _with_consequences(index, obligation)


def _with_consequences(index: int, obligation: Obligation) -> Iterator[Duty]:
    yield index, obligation.model_copy(update={"otherwise": None})
    after = obligation.otherwise
    if after is None:
        return
    # One that says itself what it follows from needs no other condition.
    if not any(one.kind == "breach" for one in after.conditions):
        broken = Condition(
            kind="breach",
            text="otherwise",
            actor=obligation.actor,
            action=obligation.action,
            asset=obligation.asset,
            recipient=obligation.recipient,
            comparator="<=" if obligation.deadline else None,
            value=obligation.deadline,
        )
        conditions = (broken, *after.conditions)
        after = after.model_copy(update={"conditions": conditions, "span": obligation.span})
    yield from _with_consequences(index, after)

"""The duties of a specification, those that follow where another is not kept among them.

"Deliver by May, otherwise the deposit is refunded" is two duties: to deliver, and to refund where
that was not done by May. Each keeps the number of the obligation that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assay.authoring.blocks.nouns import ACCEPTANCE
from assay.authoring.blocks.several import each_alone
from assay.authoring.model import Act, Condition, Obligation, Specification

MONEY_ACTIONS = frozenset(
    {"pay", "issue", "transfer", "refund", "release", "deposit", "withdraw", "vest"}
    | {"lock", "bid", "buy", "contribute", "distribute", "burn", "keep", "claim"}
)
"""What a contract carries out itself: leaving one of these to people would be a silent gap."""

Duty = tuple[int, Obligation]


class _Itself:
    """A specification as a key: the very same one, so that nothing of it has to be compared."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification

    def __hash__(self) -> int:
        return id(self.specification)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.specification is other.specification


def duties(specification: Specification) -> tuple[Duty, ...]:
    """All of them, with the index of the obligation."""
    return _duties(_Itself(specification))


@lru_cache(maxsize=4)
def _duties(key: _Itself) -> tuple[Duty, ...]:
    specification = key.specification
    return tuple(
        (number, one)
        for index, obligation in enumerate(specification.obligations)
        for number, duty in _with_consequences(index, obligation)
        for one in each_alone(specification, _accepting(duty))
    )


def _accepting(duty: Obligation) -> Obligation:
    """To confirm that the goods are accepted is to accept them: one act with one name."""
    plain = {"action": "accept", "asset": None}
    conditions = tuple(
        one.model_copy(update=plain) if _confirms_acceptance(one) else one
        for one in duty.conditions
    )
    changed = duty.model_copy(update=plain) if _confirms_acceptance(duty) else duty
    return changed.model_copy(update={"conditions": conditions})


def _confirms_acceptance(act: Act) -> bool:
    return act.action == "confirm" and act.asset in ACCEPTANCE


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

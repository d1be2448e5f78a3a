"""Words for several parties at once, and which parties they are.

"Either party may terminate" gives each of them the right alone; "the parties may terminate" gives
it to both together. The words of the clause tell, since both have the same actor.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.model import Obligation, Specification

NOT_ONE = frozenset(
    {"parties", "other party", "anyone", "anybody", "everyone", "each party", "either party"}
    | {"any party", "third party", "双方", "对方", "任何人", "任何一方", "任一方", "一方"}
    | {"第三方", "第三人", "各方", "受影响的一方", "affected party"}
)
"""Names that stand for several or for anybody, so that no one address is meant."""

ENDINGS = frozenset({"terminate", "cancel"})
"""What ends an agreement before its time; several can have that right, on different grounds."""

_EITHER = (
    *("either party", "any party", "each party", "either side", "any side", "each side"),
    *("任何一方", "任一方", "任意一方", "各方均", "双方均"),
)
_GROUPS = NOT_ONE - {"other party", "对方", "third party", "第三方", "第三人"}


def each_alone(specification: Specification, duty: Obligation) -> Iterator[Obligation]:
    """A right to end of each party, and an award to any, once for each; the rest as it is."""
    if is_award(duty):
        for side in sides(specification):
            if side != duty.actor:
                yield duty.model_copy(update={"recipient": side})
        return
    if not (is_right_to_end(duty) and duty.actor in _GROUPS and _says_either(specification, duty)):
        yield duty
        return
    for side in sides(specification):
        conditions = tuple(
            one.model_copy(update={"actor": side}) if one.actor in _GROUPS else one
            for one in duty.conditions
        )
        yield duty.model_copy(update={"actor": side, "conditions": conditions})


def is_award(duty: Obligation) -> bool:
    """Whether it lets somebody decide which of the parties gets what is held."""
    decides = duty.modality == "may" and duty.actor not in (None, "contract", *NOT_ONE)
    plain = duty.amount is None and duty.limit == "exact" and duty.recurrence is None
    return decides and plain and duty.action == "release" and duty.recipient in _GROUPS


def is_right_to_end(duty: Obligation) -> bool:
    """Whether it lets somebody end the agreement, or a part of it."""
    return duty.modality == "may" and duty.action in ENDINGS


def sides(specification: Specification) -> tuple[str, ...]:
    """The parties who do or get something by themselves."""
    named = {one.actor for one in specification.obligations}
    named |= {one.recipient for one in specification.obligations}
    return tuple(
        one.name
        for one in specification.parties
        if one.kind == "party" and one.name in named and one.name not in NOT_ONE
    )


def _says_either(specification: Specification, duty: Obligation) -> bool:
    words = specification.text[slice(*duty.span)].casefold()
    return any(one in words for one in _EITHER)

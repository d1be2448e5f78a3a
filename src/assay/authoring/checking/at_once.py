"""What a contract would pay out at any time, since no words say when.

"Two of the three directors must approve; then the contract pays the agency" may be read without its
"then": anybody could send the money as soon as it is there, and no approval would matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.sums import Pot, is_arrears, pots
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Obligation, Question, Specification

KIND = "when_paid_out"
AT_ONCE = "at once"
_JUDGING = frozenset({"approve", "accept", "confirm", "deliver", "perform", "provide", "inspect"})


def paid_at_once(specification: Specification) -> Iterator[Question]:
    """For each payment to another out of a deposit that waits for nothing, beside an act on which
    no money depends."""
    idle = [one for one in specification.obligations if _is_idle(specification, one)]
    for pot in pots(specification) if idle else ():
        for index, one in pot.outflows:
            if not _waits_for_nothing(specification, pot, one):
                continue
            words = " ".join(specification.text[slice(*idle[0].span)].split())
            yield Question(
                id=f"{KIND}.{index + 1}",
                kind=KIND,
                text=(
                    f"When does the contract pay {one.recipient}? Nothing has to be done before, "
                    f"not even this: “{words}”. Write “when …” into the clause; or say a date, how "
                    f"long after the contract begins (P30D), or `{AT_ONCE}`: then anybody can send "
                    "the money as soon as it is there."
                    if specification.language == "en"
                    else f"合约何时向{one.recipient}付款?该条未写明条件，与“{words}”也无关联。"
                    "请在该条中写明“……后”；或填写日期、合约开始后多久(P30D)，"
                    "或“立即”:任何人均可在款项存入后立即转出。"
                ),
                obligation=index,
                span=one.span,
            )


def put_time_of_payment(
    specification: Specification, question: Question, text: str
) -> Specification:
    """The time as its deadline, or nothing.

    Raises:
        ValueError: it is no time.
    """
    assert question.obligation is not None, "it is about a payment"
    if text == AT_ONCE:
        return specification
    if not is_duration(text) and not text[:4].isdecimal():
        raise ValueError(f"say a date, a duration like P30D, or “{AT_ONCE}”")
    obligations = list(specification.obligations)
    changed = obligations[question.obligation].model_dump() | {"deadline": text}
    obligations[question.obligation] = Obligation.model_validate(changed)
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _waits_for_nothing(specification: Specification, pot: Pot, one: Obligation) -> bool:
    bare = not one.conditions and one.deadline is None and one.modality == "must"
    other = one.recipient not in (None, pot.deposit.actor) and one.actor == "contract"
    return bare and other and pot.deposit.action != "lock" and not is_arrears(specification, one)


def _is_idle(specification: Specification, act: Obligation) -> bool:
    """Whether somebody has to do it and no payment to another party waits for it."""
    if act.action not in _JUDGING or act.modality != "must" or act.actor in (None, "contract"):
        return False
    return not any(
        each.action == act.action and each.kind == "event"
        for one in specification.obligations
        for each in one.conditions
    )

"""Bans and limits that other clauses have to keep: when not to pay, and how much at most.

"The Insurer shall not pay if the premium is unpaid" makes the premium a condition of every payment
of the Insurer; "no more than 3,000 USDC in all" leaves of each only what is not used up; what is
cancelled insures nobody any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assay.authoring.blocks.clauses.rungs import fact_of, is_same_scale
from assay.authoring.model import Comparator, Condition, Obligation, Specification

Duty = tuple[int, Obligation]

PAYING = frozenset({"pay", "transfer", "release", "distribute"})
ANY_PAYMENT = frozenset(
    {None, "payment", "benefit", "claim", "money", "fund", "funds", "amount", "sum", "compensation"}
    | {
        "indemnity",
        "payout",
        "pay-out",
        "款项",
        "任何款项",
        "赔款",
        "赔偿",
        "保险金",
        "费用",
        "资金",
    }
)
"""What a ban to pay is about where it is about whatever is paid."""

COVER = frozenset(
    {"cover", "coverage", "policy", "insurance", "insurance policy", "insurance cover"}
    | {"保险", "保单", "保险合同", "保障"}
)
IN_ALL = (
    *(
        "in total",
        "in all",
        "altogether",
        "overall",
        "aggregate",
        "total",
        "under this",
        "combined",
    ),
    *("all payments", "all claims", "合计", "总计", "累计", "总额", "总共", "本保单", "本合同项下"),
)
EACH = (
    *("single", "each payment", "any payment", "one payment", "per payment", "individual payment"),
    *("a payment", "单笔", "每笔", "每次", "任何一笔", "一次"),
)
_STOP = re.compile(r"[.;!?]\s|[。；]|\n\s*\n")
_OUTWARD = frozenset({"withdraw", "release", "refund", "return", "claim", "transfer", "pay"})
_LOCKED = frozenset(
    {"deposit", "fund", "funds", "money", "amount", "balance", "stake", "collateral"}
)
_ENDINGS = frozenset({"cancel", "terminate"})
_OPPOSITE: dict[Comparator, Comparator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Limit:
    """How much is paid at most.

    Attributes:
        covered: the payments that it is about.
        each: whether each of them is bounded, and not all of them together.
    """

    index: int
    duty: Obligation
    covered: tuple[Duty, ...]
    each: bool


def bounded(specification: Specification, all_: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duties with the conditions that bans and cancellations put on them."""
    added: dict[int, list[Condition]] = {}
    for place, (_, duty) in enumerate(all_):
        if duty.modality == "must_not" or duty.limit != "exact":
            continue
        conditions = [
            told
            for _, ban in all_
            if covers(specification, ban, duty) and (told := unless(ban)) is not None
        ]
        conditions += _while_covered(duty, all_)
        added[place] = [one for one in dict.fromkeys(conditions) if one not in duty.conditions]
    return tuple(
        (index, duty.model_copy(update={"conditions": (*duty.conditions, *added[place])}))
        if added.get(place)
        else (index, duty)
        for place, (index, duty) in enumerate(all_)
    )


def covers(specification: Specification, ban: Obligation, duty: Obligation) -> bool:
    """Whether a ban to pay is about a payment, or a lock about what lets money out."""
    if is_lock(specification, ban):
        return duty.action in _OUTWARD and duty.asset in (None, ban.asset, *_LOCKED)
    if ban.modality != "must_not" or ban.action not in PAYING or ban.amount is not None:
        return False
    plain = ban.deadline is None and ban.recurrence is None and ban.limit == "exact"
    if not plain or duty.modality == "must_not" or duty.action != ban.action:
        return False
    alike = ban.asset == duty.asset or ban.asset in ANY_PAYMENT
    alike = alike or _says(specification, duty, str(ban.asset))
    to_same = ban.recipient in (None, duty.recipient)
    return alike and to_same and is_payer(specification, ban.actor, duty)


def is_lock(specification: Specification, duty: Obligation) -> bool:
    """Whether it says that what somebody has put in stays in until a date."""
    dated = duty.deadline is not None and duty.deadline[:4].isdecimal()
    plain = duty.action == "lock" and duty.actor == "contract" and duty.modality == "must"
    return (
        plain
        and dated
        and not duty.conditions
        and any(
            one.action == "deposit"
            and one.actor not in (None, "contract")
            and one.asset == duty.asset
            and duty.amount in (None, one.amount)
            for one in specification.obligations
        )
    )


def is_payer(specification: Specification, party: str | None, duty: Obligation) -> bool:
    """Whether a party pays: itself, or out of what it has put into the contract."""
    if party is None or duty.actor == party:
        return True
    return duty.actor == "contract" and any(
        one.actor == party and one.action in ("deposit", "lock") and one.asset == duty.asset
        for one in specification.obligations
    )


def unless(ban: Obligation) -> Condition | None:
    """What has to be so for a banned payment to be allowed; None where no condition says it."""
    if ban.action == "lock" or len(ban.conditions) != 1:
        return _when_free(ban)
    (one,) = ban.conditions
    match one.kind:
        case "breach" if not one.negated:
            return one.model_copy(update={"kind": "event"})
        case "event" if one.value is None:
            return one.model_copy(update={"negated": not one.negated})
        case "approval" if one.negated:
            return one.model_copy(update={"negated": False})
        case "time" if one.comparator in _OPPOSITE and one.value and not one.negated:
            return one.model_copy(update={"comparator": _OPPOSITE[one.comparator]})
        case _:
            return None


def _when_free(lock: Obligation) -> Condition | None:
    if lock.action != "lock" or lock.deadline is None:
        return None
    words = f"locked until {lock.deadline}"
    return Condition(kind="time", text=words, comparator=">", value=lock.deadline)


def limits(specification: Specification, all_: Sequence[Duty]) -> Iterator[Limit]:
    """All that the clauses set over payments."""
    for index, duty in all_:
        each = is_limit(specification, duty)
        if each is None:
            continue
        covered = tuple(
            (other, one)
            for other, one in all_
            if one.modality != "must_not"
            and one.limit == "exact"
            and not _grows_late(one)
            and one.amount is not None
            and (one.action, one.asset) == (duty.action, duty.asset)
            and duty.recipient in (None, one.recipient)
            and one.recipient != "contract"
            and is_payer(specification, duty.actor, one)
            and (not duty.conditions or _is_of_scale(duty, one))
        )
        if covered:
            yield Limit(index, duty, covered, each)


def _grows_late(duty: Obligation) -> bool:
    """Whether it is a fee for a delay, whose cap is reckoned with it."""
    late = any(one.kind == "breach" for one in duty.conditions)
    return late and duty.recurrence is not None and duty.occurrences is None


def is_limit(specification: Specification, duty: Obligation) -> bool | None:
    """Whether it bounds payments of other clauses, each of them; None where it does not."""
    bounds = duty.limit == "most" and duty.action in PAYING and duty.modality != "must_not"
    if not bounds or duty.amount is None or duty.asset == "%" or duty.share_of is not None:
        return None
    if duty.recurrence is not None or duty.deadline is not None:
        return None
    if duty.conditions:
        return False if _is_highest_rung(specification, duty) else None
    words = _sentence(specification.text, duty.span).casefold()
    each = any(one in words for one in EACH)
    return each if each or any(one in words for one in IN_ALL) else None


def _is_highest_rung(specification: Specification, duty: Obligation) -> bool:
    """Whether it bounds what one fact lets be paid in all, by the highest sum of its scale."""
    if len(duty.conditions) != 1:
        return False
    rungs = [
        one
        for one in specification.obligations
        if one.limit == "exact" and (one.action, one.asset) == (duty.action, duty.asset)
        if _is_of_scale(duty, one)
    ]
    return len(rungs) > 1 and duty.amount in {one.amount for one in rungs}


def _is_of_scale(limit: Obligation, duty: Obligation) -> bool:
    mine, its = fact_of(limit), fact_of(duty)
    return mine is not None and its is not None and is_same_scale(mine, its)


def _while_covered(duty: Obligation, all_: Sequence[Duty]) -> Iterator[Condition]:
    """That an insurance was not cancelled of which a reported fact lets something be paid."""
    if not any(one.kind == "oracle" for one in duty.conditions):
        return
    for _, right in all_:
        ends = right.modality == "may" and right.action in _ENDINGS and right.asset in COVER
        if ends and right.actor not in (None, "contract"):
            yield Condition(
                kind="event",
                text=f"unless the {right.asset} was ended",
                negated=True,
                actor=right.actor,
                action=right.action,
                asset=right.asset,
            )


def _sentence(text: str, span: tuple[int, int]) -> str:
    """The whole sentence that some words stand in."""
    starts = [match.end() for match in _STOP.finditer(text, 0, span[0])]
    end = _STOP.search(text, span[1])
    return text[starts[-1] if starts else 0 : end.start() if end else len(text)]


def _says(specification: Specification, duty: Obligation, noun: str) -> bool:
    return noun.casefold() in specification.text[slice(*duty.span)].casefold()

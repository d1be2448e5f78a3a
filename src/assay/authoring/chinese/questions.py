"""What the words of a clause leave open, as questions in the language of the text."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.context import Open
from assay.authoring.language.durations import calendar_days
from assay.authoring.model import Obligation, Question

_KINDS: dict[str, tuple[str, str | None]] = {
    "vague_time": ("“{}”具体是什么期限?", "deadline"),
    "date": ("“{}”是哪一年?", "deadline"),
    "recurring_date": ("“{}”每次的截止日期如何确定?", "deadline"),
    "notice_period": ("提前“{}”从什么时候起算?", "deadline"),
    "business_days": ("合约只能按自然日计算:“{}”最多是多少天?", "deadline"),
    "time_zone": ("“{}”是哪个时区的时间?", "deadline"),
    "amount_range": ("“{}”给出的是范围,确切数额是多少?", "amount"),
    "amount_vague": ("“{}”具体是多少?", "amount"),
    "amount_contradiction": ("“{}”前后金额不一致,以哪个为准?", "amount"),
    "amount_fraction": ("“{}”无法写成有限小数,按多少计算?", "amount"),
    "amount_least": ("“{}”是义务还是仅为下限?", "amount"),
    "deduction": ("“{}”是多少,由谁认定?", "amount"),
    "reference": ("“{}”指的是谁?", "recipient"),
    "unlisted_verb": ("“{}”要求做什么?该动词不在动作列表中。", None),
    "good_reason": (
        "“{}”由谁认定?合约无法判断理由是否正当,回答只作记录,条款按行为本身执行。",
        None,
    ),
    "waived_duty": ("“{}”免除的是哪一条规定的义务?", None),
}


def questions_of(opens: Sequence[Open], obligations: Sequence[Obligation]) -> list[Question]:
    """One question for each open point; its id stays while the text does."""
    found: dict[str, Question] = {}
    for one in opens:
        text, field = _KINDS[one.kind]
        identity = f"{one.kind}-{one.span[0]}"
        index = _index(one, obligations)
        lasting = _length(one, obligations[index]) if index is not None else None
        days = calendar_days(lasting or "") if one.kind == "business_days" else ()
        days = ("+08:00", "+00:00") if one.kind == "time_zone" else days
        found.setdefault(
            identity,
            Question(
                id=identity,
                kind=one.kind,
                text=text.format(one.words),
                suggestions=days,
                obligation=index,
                field=field,
                span=one.span,
            ),
        )
    return list(found.values())


def contradictions_of(obligations: Sequence[Obligation]) -> list[Question]:
    """The same act by two dates: one of them must be meant otherwise."""
    found: list[Question] = []
    for at, one in enumerate(obligations):
        for other in obligations[:at]:
            same = one.model_copy(
                update={"deadline": other.deadline, "span": other.span, "clause": other.clause}
            )
            if same == other and one.deadline and one.deadline != other.deadline:
                found.append(
                    Question(
                        id=f"contradiction-{one.span[0]}",
                        kind="contradiction",
                        text=f"同一义务有两个期限 {other.deadline} 和 {one.deadline},以哪个为准?",
                        suggestions=tuple(day for day in (one.deadline, other.deadline) if day),
                        obligation=at,
                        field="deadline",
                        span=one.span,
                    )
                )
    return found


def _length(one: Open, duty: Obligation) -> str | None:
    """The length that was read of these words, as the time of a condition or as the deadline."""
    for condition in duty.conditions:
        start, end = condition.span or (0, 0)
        if start <= one.span[0] and one.span[1] <= end and condition.value is not None:
            return condition.value
    return duty.deadline


def _index(one: Open, obligations: Sequence[Obligation]) -> int | None:
    covering = (
        at
        for at, obligation in enumerate(obligations)
        if obligation.span[0] <= one.span[0] and one.span[1] <= obligation.span[1]
    )
    return next(covering, None)

"""Silence that counts as consent: "not rejected within 7 days", "raises no objection", 未提出异议.

Whatever the words are, it is one thing: a party that could have said no did not say so in a time
that counts from when the thing was there to be looked at. Without a word on that it is the delivery
of the thing; where nobody delivers it, it is not known, and never the beginning of the contract.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.approving import ASSENTING, DEEMED, approving
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition, Obligation, Specification

_OBJECTING = (
    *("object", "complain", "respond", "react", "reply", "answer", "dispute"),
    *("异议", "反对", "回复", "答复", "反馈"),
)
_DELIVERIES = frozenset({"delivery", "交付", "交货"})
_OVERDUE = ("逾期", "超期", "超时", "期满")
_LOOKING = frozenset({"inspect", "accept", "confirm", "report", "notify"})
_SILENT = ("nothing", "neither", "silent", "沉默", "未表态")


def silent(specification: Specification, duty: Obligation) -> Obligation:
    """A deemed act with its silence as an act not done in its time, and objecting as that act."""
    if not is_deemed_by_silence(duty):
        return _objected(specification, _unsaid(specification, duty))
    deemed = _as_awaited(specification, duty)
    conditions = tuple(_as_breach(specification, deemed, one) for one in deemed.conditions)
    said = {one.text for one in conditions if one.kind == "breach" and one.value is not None}
    spent = tuple(
        one for one in conditions if not (one.kind == "time" and one.value and one.text in said)
    )
    # "Within ten days after completion": that it was completed is said by what the days count from.
    begun = [(one.text, one.subject) for one in spent if one.kind == "breach" and one.subject]
    spent = tuple(
        one
        for one in spent
        if one.kind != "state"
        or not any(one.text in text and one.value == subject for text, subject in begun)
    )
    timed = tuple(_counted(specification, deemed, one) for one in spent)
    return deemed.model_copy(update={"conditions": timed})


def _unsaid(specification: Specification, duty: Obligation) -> Obligation:
    """ "If the Buyer does neither by 1 May": nothing that other clauses let it say, by then."""
    conditions: list[Condition] = []
    spent: list[Condition] = []
    for one in duty.conditions:
        limit = _limit(duty, one) if one.kind == "state" and _is_silence(one) else None
        words = _sayable(specification, one.subject) if limit is not None else ()
        if limit is None or not words:
            conditions.append(one)
            continue
        told = {key: getattr(limit, key) for key in ("value", "comparator", "subject")}
        told |= {"kind": "breach", "text": one.text, "span": one.span}
        conditions += [word.model_copy(update=told) for word in words]
        spent.append(limit)
    left = tuple(one for one in conditions if one not in spent)
    return duty.model_copy(update={"conditions": left})


def _sayable(specification: Specification, party: str | None) -> tuple[Condition, ...]:
    """What money waits for that a party accepts or rejects it."""
    found = {
        (one.action, one.asset): one
        for duty in specification.obligations
        for one in approving(specification, duty).conditions
        if one.kind == "event" and not one.negated and one.actor == party
        if one.action in ASSENTING or one.action == "reject"
    }
    return tuple(found.values())


def _objected(specification: Specification, duty: Obligation) -> Obligation:
    """ "If the Client objects", where its silence counts elsewhere: it rejects the thing."""
    conditions = tuple(
        Condition(
            kind="event",
            text=one.text,
            span=one.span,
            actor=one.subject,
            action="reject",
            asset=things[0],
        )
        if one.kind == "state"
        and not one.negated
        and any(word in (one.value or "").casefold() for word in _OBJECTING)
        and len(things := _deemed_of(specification, one.subject)) == 1
        else one
        for one in duty.conditions
    )
    return duty.model_copy(update={"conditions": conditions})


def _deemed_of(specification: Specification, party: str | None) -> list[str | None]:
    """The things to which a party is held to agree by not objecting."""
    return [
        duty.asset
        for duty in specification.obligations
        if is_deemed_by_silence(duty)
        and any(
            one.kind == "state" and _is_silence(one) and one.subject == party
            for one in duty.conditions
        )
    ]


def is_deemed_by_silence(duty: Obligation) -> bool:
    """Whether the contract is to hold something for accepted, upon a condition."""
    held = duty.actor == "contract" and duty.modality == "must"
    return held and duty.action in DEEMED and bool(duty.conditions)


def counts_from_nothing(duty: Obligation) -> Condition | None:
    """A time to object of which nobody knows when it begins."""
    return next((one for one in duty.conditions if _is_loose(one)), None)


def _as_awaited(specification: Specification, duty: Obligation) -> Obligation:
    """What is deemed accepted is what money waits for, whichever words it has there."""
    awaited = {
        (one.action, one.asset)
        for other in specification.obligations
        for one in approving(specification, other).conditions
        if one.kind == "event" and not one.negated and one.action in ASSENTING
        if None in (one.asset, duty.asset) or one.asset == duty.asset
    }
    if (duty.action, duty.asset) in awaited or len(awaited) != 1:
        return duty
    ((action, asset),) = awaited
    return duty.model_copy(update={"action": action, "asset": asset})


def _as_breach(specification: Specification, deemed: Obligation, one: Condition) -> Condition:
    """ "Unless rejected", "has not objected", "says nothing": an act that was not done in time."""
    if one.kind == "event" and one.negated and one.value is not None:
        return one.model_copy(update={"kind": "breach", "negated": False})
    if one.kind != "state" or not _is_silence(one):
        return one
    limit = _limit(deemed, one) or _time_to_look(specification, one)
    return Condition(
        kind="breach",
        text=one.text,
        span=one.span,
        actor=one.subject,
        action="reject",
        asset=deemed.asset,
        value=limit.value if limit else None,
        comparator="<=" if limit else None,
        subject=limit.subject if limit else None,
    )


def _is_silence(state: Condition) -> bool:
    said = (state.value or "").casefold()
    words = _OBJECTING if state.negated else _SILENT
    return state.subject is not None and any(one in said for one in words)


def _limit(deemed: Obligation, silence: Condition) -> Condition | None:
    """By when it could have been said."""
    found = [
        one
        for one in deemed.conditions
        if one.kind == "time"
        and one.comparator in ("<", "<=", "=")
        and one.value is not None
        and one.text == silence.text
    ]
    return found[0] if len(found) == 1 else None


def _time_to_look(specification: Specification, silence: Condition) -> Condition | None:
    """逾期未提出异议: later than the one time that the party has to inspect what is delivered."""
    if not any(word in silence.text for word in _OVERDUE):
        return None
    times = {
        duty.deadline
        for duty in specification.obligations
        if duty.actor == silence.subject
        and duty.action in _LOOKING
        and duty.deadline is not None
        and is_duration(duty.deadline)
        and [one.action for one in duty.conditions] == ["deliver"]
    }
    if len(times) != 1:
        return None
    return Condition(kind="time", text=silence.text, comparator="<=", value=times.pop())


def _counted(specification: Specification, deemed: Obligation, one: Condition) -> Condition:
    """With the delivery of the thing as what its time counts from, where no word is said of it."""
    told = one.kind == "breach" and one.subject in _DELIVERIES
    if not (told or _is_loose(one)):
        return one
    asset = one.asset or deemed.asset
    delivered = any(
        each.action == "deliver" and (each.asset == asset or None in (each.asset, asset))
        for duty in specification.obligations
        for each in (duty, *duty.conditions)
    )
    if told:
        # The only delivery that is spoken of may be that of another thing.
        return one if delivered else one.model_copy(update={"subject": None})
    noun = "交付" if specification.language == "zh" else "delivery"
    return one.model_copy(update={"subject": noun}) if delivered else one


def _is_loose(one: Condition) -> bool:
    timed = one.kind == "breach" and one.value is not None and is_duration(one.value)
    return timed and one.subject is None and one.comparator in ("<", "<=")

"""Questions about money that the contract holds, and about acts that nobody is named to attest.

Each has an answer that changes the specification: a party, a date, or a time after which what is
left goes back (`answers.answer` puts it there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.actions import in_chinese
from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.clauses.rights import is_deemed, rights, rights_to
from assay.authoring.blocks.clauses.several import sides
from assay.authoring.blocks.clauses.sums import pots, repayments
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import act_about, lent_before, meant
from assay.authoring.blocks.guards.periods import begins_on
from assay.authoring.blocks.held.ways_out import LATE, NEVER, is_end, open_case
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.payment import payments
from assay.authoring.checking.fallbacks import fallbacks
from assay.authoring.checking.gains import barring, gains, least_gaining_first, stalled, warned
from assay.authoring.language.agreement_terms import terms_in
from assay.authoring.language.dates import later
from assay.authoring.model import Act, Condition, Obligation, Question, Specification, Witness

ENGLISH = "en"


def no_way_out(specification: Specification) -> Iterator[Question]:
    """Deposits that stay for ever if somebody does nothing."""
    for pot in pots(specification):
        never = open_case(specification, pot)
        if never is None or not pot.outflows:
            continue
        amount = f"{pot.deposit.amount} {pot.deposit.asset}"
        case = ", ".join(f"{name}: {fact}" for name, fact in never)
        in_case = ",".join(f"{in_chinese(name)}:{_became(fact)}" for name, fact in never)
        yield Question(
            id=f"no_way_out.{pot.index + 1}",
            kind="no_way_out",
            text=(
                f"The {amount} could stay in the contract for ever "
                f"({case or 'nobody has to let it out'}). How long after the deposit, or on which "
                f"date, does what is left go back to {pot.deposit.actor}?"
                if specification.language == ENGLISH
                else f"{amount}可能永远留在合约中({in_case or '无人必须放款'})。"
                f"存入后多久,或到哪一天,余款退还给{pot.deposit.actor}?"
            ),
            suggestions=fallbacks(specification),
            obligation=pot.index,
            span=pot.deposit.span,
        )


def witnesses(specification: Specification) -> Iterator[Question]:
    """Acts that money waits for, and that nobody is named to say were done."""
    for (index, condition, act), *more in _unattested(specification):
        told = (condition, *(one for _, one, _ in more))
        names = least_gaining_first(specification, sides(specification), *told)
        others = tuple(one for one in names if one != act.actor)
        doer = tuple(one for one in (act.actor,) if one in names)
        silent_ones = tuple(dict.fromkeys(_stalling(specification, act)))
        is_paid = any(gains(specification, one, *told) > 1 for one in doer)
        neutral = [
            one for one in others if one not in silent_ones and not gains(specification, one, *told)
        ]
        named = zip(told, (act, *(one for _, _, one in more)), strict=True)
        names_of_acts = dict.fromkeys(_told(one) or words.text for words, one in named)
        what = ", ".join(names_of_acts)
        done = "、".join(map(in_chinese, names_of_acts))
        yield Question(
            id=f"who_confirms.{index + 1}.{act.action}",
            kind="who_confirms",
            text=(
                f"Who says on the chain that this was done: {what}? Money waits for it, and the "
                "contract cannot see it."
                if specification.language == ENGLISH
                else f"由谁在链上确认“{done}”已完成?款项取决于此,而合约无法自行得知。"
            )
            + warned(specification, *told)
            + barring(specification, doer, *told)
            + stalled(specification, silent_ones, () if is_paid else doer),
            suggestions=(
                tuple(dict.fromkeys((*neutral, *doer, *others)))
                if silent_ones and not is_paid
                else (*others, *doer)
            ),
            obligation=index,
            span=condition.span or specification.obligations[index].span,
        )


def _stalling(specification: Specification, act: Act) -> Iterator[str]:
    """Who is held to agree by silence, in a time that counts from an act."""
    for _, duty in duties(specification):
        for one in duty.conditions if is_deemed(duty) else ():
            begun = _looked_at(specification, one)
            if one.actor is not None and any(acts.same(each, act) for each in begun):
                yield one.actor


def _unattested(
    specification: Specification,
) -> Iterator[list[tuple[int, Condition, Act]]]:
    """Acts that nobody can say were done; those of one doer with one thing together."""
    found: dict[tuple[str | None, ...], list[tuple[int, Condition, Act]]] = {}
    for index, condition in _awaited(specification):
        try:
            act = acts.canonical(specification, condition)
        except NotBuildable:
            continue
        if acts.recorder(specification, act) is not None:
            continue
        together = act.actor is not None and act.asset is not None
        alone = None if together and act.action not in acts.STATEMENTS else act.action
        found.setdefault((act.actor, act.asset, alone), []).append((index, condition, act))
    yield from found.values()


def _told(act: Act) -> str:
    """Who does what; nothing where only the verb is known, since the words then say more."""
    if act.actor is None and act.asset is None:
        return ""
    return " ".join(word for word in (act.actor, act.action, act.asset) if word)


def _became(fact: str) -> str:
    """What became of an act or a report, in Chinese."""
    return {NEVER: "始终未发生", LATE: "超过期限才发生"}.get(fact, fact)


def bare_acts(specification: Specification) -> Iterator[Question]:
    """A confirmation without what is confirmed, where several things could be."""
    for index, duty in _money_duties(specification):
        for place, condition in enumerate(duty.conditions):
            alike = [one for one in acts.mentions(specification) if acts.same(one, condition)]
            things = sorted({str(acts.object_of(one)) for one in alike} - {"None"})
            if not (acts.is_bare(condition) and things):
                continue
            yield Question(
                id=f"which_act.{index + 1}.{place + 1}",
                kind="which_act",
                text=(
                    f"What is confirmed here: {condition.text}?"
                    if specification.language == ENGLISH
                    else f"“{condition.text}”确认的是什么?"
                ),
                suggestions=(*things, "delivery" if specification.language == ENGLISH else "收货"),
                obligation=index,
                field=f"conditions.{place}.asset",
                span=condition.span,
            )


def ends(specification: Specification) -> Iterator[Question]:
    """Ends, of a lease for example, that money waits for and that no clause gives a date."""
    for index, duty in _money_duties(specification):
        for place, condition in enumerate(duty.conditions):
            at_top = specification.obligations[index].conditions
            ended = is_end(condition) or _is_last_day(condition)
            if not ended or condition not in at_top or condition.negated:
                continue
            yield Question(
                id=f"when_ended.{index + 1}.{place + 1}",
                kind="when_ended",
                text=(
                    f"On which date is this so: {condition.text}? Or how long after the contract "
                    "begins (P1Y)?"
                    if specification.language == ENGLISH
                    else f"“{condition.text}”是哪一天?或合约开始后多久(P1Y)?"
                ),
                suggestions=tuple(dict.fromkeys((*_last_days(specification), "P1Y"))),
                obligation=index,
                field=f"conditions.{place}.value",
                span=condition.span,
            )


def _is_last_day(one: Condition) -> bool:
    """Whether it is "at the end of the lease", of which no date is given."""
    named = (one.subject or "").casefold()
    later = one.kind == "time" and one.value is None and one.comparator in ("=", ">", ">=")
    return later and (named.startswith("end of ") or named.endswith(_LAST))


_LAST = ("届满", "期满", "到期", "结束", "终止")


def _last_days(specification: Specification) -> Iterator[str]:
    """The end that the words give, or when what is paid again and again is over."""
    all_ = specification.obligations
    told = [one.deadline for one in all_ if (one.actor, one.action) == ("contract", "terminate")]
    told += [term.end for term in terms_in(all_)]
    yield from (day for day in told if day is not None and day[:4].isdecimal())
    for one in specification.obligations:
        if one.recurrence is None or one.modality != "must":
            continue
        ends = (each.value for each in one.conditions if each.comparator in ("<=", "<"))
        yield from (value for value in ends if value is not None and value[:4].isdecimal())
        months = re.fullmatch(r"P(\d+)([MWDY])", one.recurrence)
        if one.occurrences is not None and months and not is_late_fee(one):
            count, begins = int(months[1]) * one.occurrences, begins_on(one) or ""
            last = later(begins, count, months[2], days=-1) if len(begins) == 10 else None
            yield last or f"P{count}{months[2]}"


def endless(specification: Specification) -> Iterator[Question]:
    """Payments that recur without an end, where money depends on one that is late."""
    asked: set[int] = set()
    for _, duty in (*_money_duties(specification), *_grounds(specification)):
        for condition in duty.conditions:
            paid = meant(specification, condition) if condition.kind == "breach" else None
            if paid is None or paid[0] in asked:
                continue
            index, series = paid
            if series.recurrence is None or series.occurrences is not None:
                continue
            asked.add(index)
            yield Question(
                id=f"how_often.{index + 1}",
                kind="how_often",
                text=(
                    f"How many times is it paid in all: {series.amount} {series.asset}? Money "
                    "depends on whether a payment is late."
                    if specification.language == ENGLISH
                    else f"{series.amount} {series.asset}总共支付多少次?是否逾期关系到资金的去向。"
                ),
                suggestions=("12",),
                obligation=index,
                field="occurrences",
                span=specification.obligations[index].span,
            )


def put_witness(specification: Specification, question: Question, party: str) -> Specification:
    """Somebody attests the act that a question is about."""
    for index, condition in _awaited(specification):
        try:
            act = acts.canonical(specification, condition)
        except NotBuildable:
            continue
        named = question.id == f"who_confirms.{index + 1}.{act.action}"
        # Another answer may have put the condition into an obligation of its own.
        moved = question.span is not None and question.span == condition.span
        if (named or moved) and act.action is not None:
            witness = Witness(action=act.action, asset=act.asset, party=party)
            update = {"witnesses": (*specification.witnesses, witness)}
            return specification.model_copy(update=update)
    return specification


def put_way_out(specification: Specification, question: Question, when: str) -> Specification:
    """What is left goes back to who paid it in, some time after that or on a date."""
    assert question.obligation is not None, "it is about a deposit"
    deposit = specification.obligations[question.obligation]
    duration = when.startswith("P")
    after = Condition(
        kind="time",
        text=f"> {when}",
        comparator=">",
        value=when,
        subject="deposit" if duration else None,
    )
    conditions = (after, *_not_lent(specification, question.obligation))
    back = Obligation(
        actor="contract",
        modality="must",
        action="refund",
        recipient=deposit.actor,
        asset=deposit.asset,
        conditions=conditions,
        span=deposit.span,
        clause=deposit.clause,
    )
    return specification.model_copy(update={"obligations": (*specification.obligations, back)})


def _not_lent(specification: Specification, index: int) -> Iterator[Condition]:
    """A pledge goes back by the lapse of time alone only where nothing was lent against it."""
    outflows = (duty for pot in pots(specification) if pot.index == index for duty in pot.outflows)
    breaches = (one for _, duty in outflows for one in duty.conditions if one.kind == "breach")
    loans = dict.fromkeys(lent_before(specification, one) for one in breaches)
    for loan in loans:
        if loan is not None:
            acted = {"actor": loan.actor, "action": loan.action, "recipient": loan.recipient}
            sum_ = {"amount": loan.amount, "asset": loan.asset}
            yield Condition.model_validate(
                {"kind": "event", "text": "not lent", "negated": True, **acted, **sum_}
            )


def _money_duties(specification: Specification) -> Iterator[tuple[int, Obligation]]:
    for pot in pots(specification):
        yield pot.index, pot.deposit
        yield from pot.outflows
    yield from payments(specification)
    yield from repayments(specification)


def _grounds(specification: Specification) -> Iterator[tuple[int, Obligation]]:
    """Rights to end that money waits for, where a contract could see all that they ask for."""
    for index, right in rights(specification):
        untold = any(one.kind in ("state", "comparison") for one in right.conditions)
        if not untold and any(
            condition.kind == "event" and right in _meant_by(specification, condition)
            for _, duty in _money_duties(specification)
            for condition in duty.conditions
        ):
            yield index, right


def _meant_by(specification: Specification, condition: Condition) -> tuple[Obligation, ...]:
    return tuple(right for _, right in rights_to(specification, condition))


def _awaited(specification: Specification) -> Iterator[tuple[int, Condition]]:
    deemed = [one for one in duties(specification) if is_deemed(one[1])]
    for index, duty in (*_money_duties(specification), *_grounds(specification), *deemed):
        for condition in duty.conditions:
            told = condition.kind in ("event", "breach") and condition.action is not None
            by_itself = condition.action == "report" or meant(specification, condition) is not None
            by_itself = by_itself or bool(rights_to(specification, condition))
            if told and not by_itself:
                yield index, condition
            if condition.kind == "breach":
                yield from _counted_from(specification, condition)
    for index, duty in deemed:
        for condition in duty.conditions:
            yield from ((index, one) for one in _looked_at(specification, condition))


def _looked_at(specification: Specification, silence: Condition) -> Iterator[Condition]:
    """What the time to object counts from: the delivery of what is deemed accepted."""
    timed = silence.kind == "breach" and silence.subject is not None
    act = act_about(specification, str(silence.subject), silence) if timed else None
    if act is not None and meant(specification, act) is None:
        yield Condition.model_validate({**act.model_dump(), "kind": "event", "text": silence.text})


def _counted_from(
    specification: Specification, breach: Condition
) -> Iterator[tuple[int, Condition]]:
    """Acts from which the time counts in which another should have been done."""
    for index, duty in duties(specification):
        counted = duty.deadline is not None and is_duration(duty.deadline)
        if counted and duty.modality == "must" and acts.same(duty, breach):
            events = [one for one in duty.conditions if one.kind == "event" and not one.negated]
            yield from ((index, one) for one in events if meant(specification, one) is None)

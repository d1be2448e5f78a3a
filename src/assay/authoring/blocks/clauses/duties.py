"""The duties of a specification, those that follow where another is not kept among them.

"Deliver by May, otherwise the deposit is refunded" is two duties: to deliver, and to refund where
that was not done by May. Each keeps the number of the obligation that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.approving import approved_by, approving
from assay.authoring.blocks.clauses.bounds import bounded
from assay.authoring.blocks.clauses.claims_back import claimed_back
from assay.authoring.blocks.clauses.defined import as_defined
from assay.authoring.blocks.clauses.delays import left_over, with_delays
from assay.authoring.blocks.clauses.nouns import ACCEPTANCE
from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.blocks.clauses.several import each_alone
from assay.authoring.blocks.clauses.silence import silent
from assay.authoring.blocks.clauses.waiting import from_the_time
from assay.authoring.model import Act, Condition, Obligation, Specification

MONEY_ACTIONS = frozenset(
    {"pay", "issue", "transfer", "refund", "release", "deposit", "withdraw", "vest"}
    | {"lock", "bid", "buy", "contribute", "distribute", "burn", "keep", "claim"}
)
"""What a contract carries out itself: leaving one of these to people would be a silent gap."""

NOT_ITS_OWN = frozenset({"perform", "provide", "deliver", "supply", "report", "notify"})
"""What a contract that is named for it cannot do, so that nobody would."""

Duty = tuple[int, Obligation]
AT_ONCE = frozenset({"P0D", "PT0H", "PT0M", "PT0S"})


def is_late_fee(duty: Obligation) -> bool:
    """Whether a duty is to pay a share or a sum for each period of a delay."""
    breaches = [one for one in duty.conditions if one.kind == "breach"]
    grows = duty.recurrence is not None and duty.occurrences is None and not duty.spread
    known = duty.amount is not None and duty.asset is not None and duty.limit == "exact"
    return duty.action == "pay" and known and grows and len(breaches) == 1


@remembered
def duties(specification: Specification) -> tuple[Duty, ...]:
    """All of them, with the index of the obligation."""
    found = tuple(
        (number, one)
        for index, obligation in enumerate(specification.obligations)
        if not obligation.by_hand
        for number, duty in _with_consequences(index, as_defined(specification, obligation))
        for one in each_alone(
            specification, _after_the_rest(specification, number, _known(specification, duty))
        )
    )
    return bounded(specification, with_delays(found))


def _known(specification: Specification, duty: Obligation) -> Obligation:
    """With what its words leave out, and what other clauses leave to it."""
    whole = _rest_after(specification, from_the_time(specification, _in_full(duty)))
    whole = approved_by(approving(specification, silent(specification, whole)))
    return _allowed(specification, claimed_back(specification, _from_deposit(specification, whole)))


def _allowed(specification: Specification, duty: Obligation) -> Obligation:
    """A payment that needs a consent may be made with it, where no other clause orders it."""
    consents = [one for one in duty.conditions if one.kind == "approval" and one.negated]
    told = None not in (duty.amount, duty.recipient) and duty.actor != "contract"
    if duty.modality != "must_not" or duty.action != "pay" or not told or (
        not len(consents) == len(duty.conditions) == 1
    ):  # fmt: skip
        return duty
    ordered = any(
        one.modality != "must_not" and one.action in MONEY_ACTIONS and one.recipient
        for one in specification.obligations
    )
    given = consents[0].model_copy(update={"negated": False})
    changed = {"modality": "may", "conditions": (given,)}
    return duty if ordered else duty.model_copy(update=changed)


def _in_full(duty: Obligation) -> Obligation:
    """With what its words leave out."""
    return _undone(_unless_rejected(_accepting(_at_once(left_over(duty)))))


def _undone(duty: Obligation) -> Obligation:
    """ "Unless Eva objects within 7 days": once they are over without it, and not before."""
    acts = [one for one in duty.conditions if one.kind == "event" and one.negated]
    limits = [
        one
        for one in duty.conditions
        if one.kind == "time" and one.comparator in ("<", "<=") and one.value and not one.negated
    ]
    if duty.modality == "must_not" or len(acts) != 1 or len(limits) != 1 or acts[0].value:
        return duty
    if acts[0].text != limits[0].text:
        return duty
    told = {"kind": "breach", "negated": False, "comparator": "<=", "value": limits[0].value}
    late = acts[0].model_copy(update={**told, "subject": limits[0].subject})
    conditions = tuple(
        late if one is acts[0] else one for one in duty.conditions if one is not limits[0]
    )
    return duty.model_copy(update={"conditions": conditions})


def _after_the_rest(specification: Specification, index: int, duty: Obligation) -> Obligation:
    """ "The rest goes back", without a time: when the payment before it is due, never earlier."""
    back = duty.actor == "contract" and duty.action in ("refund", "return")
    if not back or duty.conditions or duty.deadline is not None:
        return duty
    given = any(
        one.action in ("deposit", "lock") and one.amount and one.actor == duty.recipient
        for one in specification.obligations
    )
    before = [
        one
        for one in specification.obligations[:index]
        if one.conditions and one.action in MONEY_ACTIONS and one.action not in ("deposit", "lock")
    ]
    if not given or not before or before[-1].modality == "must_not":
        return duty
    return duty.model_copy(update={"conditions": _known(specification, before[-1]).conditions})


_STAGES = frozenset({"milestone", "stage", "phase", "里程碑", "阶段", "节点"})
"""Any of the steps that others are paid for, where none is named."""


def _rest_after(specification: Specification, duty: Obligation) -> Obligation:
    """ "What is left goes back if a milestone is not approved by May": it does after May.

    Whatever was approved by then goes first, and of the rest nothing was. That holds only where
    consent is what everybody else is paid for.
    """
    late = [one for one in duty.conditions if one.kind == "breach" and one.action == "approve"]
    alone = len(late) == len(duty.conditions) == 1 and (late[0].value or "P")[:4].isdecimal()
    if duty.actor != "contract" or duty.amount is not None or not alone:
        return duty
    (one,) = late
    any_of_them = one.asset in _STAGES or (one.asset is None and one.actor is None)
    others = [
        other
        for other in specification.obligations
        if other.action in MONEY_ACTIONS
        and other.action not in ("deposit", "lock")
        and other.recipient not in (None, "contract", duty.recipient)
    ]
    by_consent = all(any(each.kind == "approval" for each in one.conditions) for one in others)
    if not any_of_them or not others or not by_consent:
        return duty
    after = Condition(kind="time", text=one.text, span=one.span, comparator=">", value=one.value)
    return duty.model_copy(update={"conditions": (after,)})


def _from_deposit(specification: Specification, duty: Obligation) -> Obligation:
    """Time for an act on which held money waits counts from the deposit, where nothing is named."""
    deposits = [one for one in specification.obligations if one.action in ("deposit", "lock")]
    if duty.actor != "contract" or duty.action not in MONEY_ACTIONS or len(deposits) != 1:
        return duty
    bound = {
        (one.action, one.actor)
        for one in specification.obligations
        if one.modality == "must" and one.deadline is not None
    }
    conditions = tuple(
        one.model_copy(update={"subject": "deposit"})
        if one.kind in ("event", "breach")
        and one.subject is None
        and one.comparator in ("<", "<=")
        and (one.value or "").startswith("P")
        and not {(one.action, one.actor), (one.action, None)} & bound
        else one
        for one in duty.conditions
    )
    return duty.model_copy(update={"conditions": conditions})


def _accepting(duty: Obligation) -> Obligation:
    """To confirm that the goods are accepted is to accept them: one act with one name."""
    plain = {"action": "accept", "asset": None}
    conditions = tuple(
        one.model_copy(update=plain) if _confirms_acceptance(one) else one
        for one in duty.conditions
    )
    changed = duty.model_copy(update=plain) if _confirms_acceptance(duty) else duty
    return changed.model_copy(update={"conditions": conditions})


def _at_once(duty: Obligation) -> Obligation:
    """Without "immediately" and "on signing", which leave no time in which it could be done."""
    return duty.model_copy(update={"deadline": None}) if duty.deadline in AT_ONCE else duty


def _unless_rejected(duty: Obligation) -> Obligation:
    """Who rejects has inspected: what was rejected is never deemed accepted for silence."""
    silent = [one for one in duty.conditions if one.kind == "breach" and one.action == "inspect"]
    if duty.actor != "contract" or duty.action != "accept" or not silent:
        return duty
    rejected = silent[0].model_copy(
        update={"kind": "event", "action": "reject", "negated": True, "value": None}
    )
    return duty.model_copy(update={"conditions": (*duty.conditions, rejected)})


def _confirms_acceptance(act: Act) -> bool:
    return act.action == "confirm" and act.asset in ACCEPTANCE


def _decided(obligation: Obligation) -> Condition | None:
    """The reported fact on which alone it depends whether the contract does something."""
    facts = [one for one in obligation.conditions if one.kind == "oracle"]
    alone = len(facts) == len(obligation.conditions) == 1 and obligation.deadline is None
    return facts[0] if alone and obligation.actor == "contract" else None


def _awaited(obligation: Obligation) -> Condition | None:
    """The one act, to be done by a time, on which it depends whether the contract does something.

    "If the buyer confirms within 14 days, the contract pays; otherwise": where that was not done.
    """
    told = [one for one in obligation.conditions if one.kind == "event" and not one.negated]
    alone = len(told) == len(obligation.conditions) == 1 and obligation.actor == "contract"
    timed = alone and told[0].value is not None and told[0].comparator in ("<", "<=")
    if not timed or obligation.deadline is not None:
        return None
    changed = {"kind": "breach", "comparator": "<=", "text": "otherwise"}
    return told[0].model_copy(update=changed)


def _with_consequences(index: int, obligation: Obligation) -> Iterator[Duty]:
    yield index, obligation.model_copy(update={"otherwise": None})
    after = obligation.otherwise
    if after is None:
        return
    if fact := _decided(obligation):
        # A contract does it, unless the fact is another: there is no time to keep.
        conditions = (fact.model_copy(update={"negated": not fact.negated}), *after.conditions)
        after = after.model_copy(update={"conditions": conditions, "span": obligation.span})
    elif undone := _awaited(obligation):
        conditions = (undone, *after.conditions)
        after = after.model_copy(update={"conditions": conditions, "span": obligation.span})
    # One that says itself what it follows from needs no other condition.
    elif not any(one.kind == "breach" for one in after.conditions):
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

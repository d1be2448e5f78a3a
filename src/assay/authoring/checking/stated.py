"""Who says on the chain that something is so, where a contract cannot tell: "leaves the company".

A state that money waits for becomes a statement of the party that is named for it; who is named by
nobody decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.approving import ASSENTING
from assay.authoring.blocks.clauses.own_word import gainers
from assay.authoring.blocks.clauses.several import NOT_ONE, sides
from assay.authoring.blocks.clauses.silence import silent
from assay.authoring.blocks.clauses.sums import bears_cost
from assay.authoring.blocks.held.ways_out import ENDED, is_end
from assay.authoring.checking.gains import warned
from assay.authoring.checking.third_parties import with_third_party
from assay.authoring.model import Condition, Obligation, Question, Specification

KIND = "who_states"
_LETTING_OUT = frozenset(
    {"pay", "refund", "return", "release", "transfer", "claim", "withdraw", "keep"}
)
_KNOWN = frozenset({"delay", "late", "overdue", "逾期"})
"""States that another clause tells, or that follow from the time."""
_CARRIED = frozenset({"passes", "passed", "pass", "通过"})
_PUT_TO_VOTE = (
    *("proposal", "motion", "resolution", "vote", "ballot", "referendum"),
    *("提案", "议案", "决议", "表决", "投票", "动议", "提议", "方案"),
)
"""What a vote carries, which the contract counts; a draft is passed by somebody."""
_OVER = ENDED | {"ends", "closes", "closed", "截止", "已结束"}


def stated(specification: Specification) -> Iterator[Question]:
    """States on which money depends, and that nobody is named to attest."""
    for index, place, one in _states(specification):
        duty = specification.obligations[index]
        yield Question(
            id=f"{KIND}.{index + 1}.{place + 1}",
            kind=KIND,
            text=(
                f"Who says on the chain that this is so: {one.text}? Money waits for it, and the "
                "contract cannot see it."
                if specification.language == "en"
                else f"由谁在链上确认“{one.text}”?款项取决于此,而合约无法自行得知。"
            )
            + warned(specification, one),
            suggestions=_who_could(specification, one),
            obligation=index,
            span=one.span or duty.span,
        )


def _is_about(one: Condition, name: str) -> bool:
    """Whether it is said of somebody, who is not the first to be asked whether it is so."""
    return name in (one.subject, (one.subject or "").partition(" ")[0])


def _who_could(specification: Specification, one: Condition) -> tuple[str, ...]:
    """Those who confirm other things or whose money it is, whom it is about and who gains last."""
    confirming = [
        condition.actor
        for duty in specification.obligations
        for condition in duty.conditions
        if condition.kind == "event" and condition.action in ASSENTING and condition.actor
    ]
    known = {party.name for party in specification.parties} - NOT_ONE - {"contract"}
    names = dict.fromkeys((*(name for name in confirming if name in known), *sides(specification)))
    about = [party.name for party in specification.parties if party.name == one.subject]
    gaining = {
        *gainers(specification, one),
        *gainers(specification, one, by_silence=True),
    }
    # Who pays somebody yet to be named says nothing that is of use to itself alone.
    paying = {
        duty.actor
        for duty in specification.obligations
        if duty.action == "pay" and duty.recipient is None
        if any(_is_same(one, each) for each in duty.conditions)
    }
    return tuple(
        sorted(
            {**names, **dict.fromkeys(about)},
            key=lambda name: (_is_about(one, name), name in gaining, name not in paying),
        )
    )


def put_statement(specification: Specification, question: Question, party: str) -> Specification:
    """The state as what that party, or a third one, confirms, wherever it is spoken of.

    Raises:
        ValueError: it is no name, or one that may be a party's, misspelt.
    """
    specification = with_third_party(specification, question, party)
    found = (
        one
        for index, place, one in _states(specification)
        if question.id == f"{KIND}.{index + 1}.{place + 1}"
    )
    wanted = next(found, None)
    if wanted is None:
        # Another answer has split its clause: it is asked again, where it stands now.
        return specification
    obligations = tuple(_confirmed(one, wanted, party) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _confirmed(duty: Obligation, state: Condition, party: str) -> Obligation:
    update = {
        "conditions": tuple(
            Condition(
                kind="event",
                text=one.text,
                span=one.span,
                negated=one.negated,
                actor=party,
                action="confirm",
                asset=_fact(one),
            )
            if _is_same(one, state)
            else one
            for one in duty.conditions
        ),
        "otherwise": duty.otherwise and _confirmed(duty.otherwise, state, party),
    }
    return duty.model_copy(update=update)


def _is_same(one: Condition, other: Condition) -> bool:
    return (one.kind, one.subject, one.value) == (other.kind, other.subject, other.value)


def _fact(one: Condition) -> str:
    return " ".join(word for word in (one.subject, one.value) if word)


def _is_told_otherwise(one: Condition) -> bool:
    """Whether another clause tells it, or a list that is given when the contract is deployed."""
    words = f"{one.subject} {one.value}".casefold()
    voted = any(noun in words for noun in _PUT_TO_VOTE)
    known = _KNOWN | _CARRIED if voted else _KNOWN
    return bool({*words.split()} & known) or "list" in words or "名单" in words


def _is_dated_end(specification: Specification, one: Condition) -> bool:
    """Whether it is that something is over whose end another clause dates: "the auction ends"."""
    return (one.value or "").casefold() in _OVER and any(
        duty.action == "terminate" and duty.deadline and duty.asset == one.subject
        for duty in specification.obligations
    )


def _states(specification: Specification) -> Iterator[tuple[int, int, Condition]]:
    seen: list[Condition] = []
    for index, duty in enumerate(specification.obligations):
        if duty.action not in _LETTING_OUT or duty.modality == "must_not":
            continue
        if bears_cost(specification, duty):
            continue  # Who bears a cost is settled between people.
        for place, one in enumerate(duty.conditions):
            plain = one.kind == "state" and one.subject and one.value and not is_end(one)
            plain = plain and one in silent(specification, duty).conditions
            if not plain or _is_told_otherwise(one) or _is_dated_end(specification, one):
                continue
            if not any(_is_same(one, other) for other in seen):
                seen.append(one)
                yield index, place, one

"""Acts outside the chain: which mentions mean the same one, and who says that it was done.

    act = acts.canonical(specification, condition)  # the mention that says most
    done_at = acts.recorded(draft, condition)       # when it was recorded; 0 while it was not

"Once the goods are delivered" and "the Seller shall deliver the goods" are one act. A statement
(to confirm, to reject) is made by its doer; that something was handed over is said by whom the
agreement names as its witness, never by whom it happens to profit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import MONEY_ACTIONS, duties
from assay.authoring.blocks.clauses.several import ENDINGS, NOT_ONE
from assay.authoring.blocks.draft import Draft, Word
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.naming import act_name, capitalised
from assay.authoring.model import Act, Condition, Specification
from assay.authoring.program.expressions import Binary, Name, Now, Number
from assay.authoring.program.model import Emit, Function, Require, Set

STATEMENTS = frozenset(
    {"confirm", "accept", "reject", "approve", "notify", "cancel", "terminate", "inspect"}
    | {"claim", "propose", "renew", "extend"}
)
"""Acts that are done by saying so."""

_JUDGED_BY_INSPECTING = frozenset({"accept", "reject"})

RECEIPTS = ("收货", "收到", "签收", "交付", "到货", "receipt", "delivery")
"""Nouns by which receiving is confirmed."""

_TOLD = re.compile(
    r"\b(?:confirm|certif|attest|verif|declar)\w*(?:\s+in\s+writing)?\s+that\s+(?:the\s+)?(?P<fact>.+?)"
    r"(?:,|\s+(?:by|before|within|until|till|after|no\s+later|not\s+later|on\s+or)\b.*)?$",
    re.DOTALL,
)
_COPULAS = frozenset({"is", "are", "was", "were", "been", "has", "have", "had"})
"""To confirm that the kitchen is done is not to confirm that the roof is: the fact, untimed."""

ON_CHAIN = MONEY_ACTIONS - {"claim"}
"""Acts that the contract sees by itself."""


def mentions(specification: Specification) -> Iterator[Act]:
    """Every act that the clauses speak of, in their order."""
    for _, duty in duties(specification):
        yield duty
        for condition in duty.conditions:
            if condition.kind in ("event", "breach") and condition.action is not None:
                yield condition


def canonical(specification: Specification, act: Act) -> Act:
    """The act with the actor and the object that other mentions of it name.

    Raises:
        NotBuildable: more than one act can be meant.
    """
    deemed = act.actor == "contract" and act.action in STATEMENTS
    wanted = _by_nobody(act) if deemed else act
    alike = [one for one in mentions(specification) if same(one, wanted) and _by_people(one)]
    thing = object_of(act)
    actors = _doers(specification, wanted, alike)
    assets = {thing} if thing else {object_of(one) for one in alike} - {None}
    if is_bare(act) and assets:
        raise NotBuildable(
            act.text if isinstance(act, Condition) else str(act.action),
            f"it does not say whether {', '.join(sorted(map(str, assets)))} is meant",
        )
    if act.action == "perform" and (other := _other_work(act, alike)):
        raise NotBuildable(
            act.text if isinstance(act, Condition) else str(act.action),
            f"it cannot be told from other work: {other}",
            hint="Name in each clause what is done, like to deliver the drawings.",
        )
    if len(actors) > 1 or len(assets) > 1:
        raise NotBuildable(
            f"{act.action} {act.asset or ''}".strip(),
            "more than one act can be meant: "
            + ", ".join(sorted(str(one) for one in (assets if len(assets) > 1 else actors))),
            hint="Name in this clause what is meant, as the other clause does.",
        )
    return Act(action=act.action, actor=next(iter(actors), None), asset=next(iter(assets), None))


_BEGUN = ("开始", "开工", "动工", "start", "begin", "begun", "commenc")
_DONE = re.compile(r"完成|完毕|已经|如果|when|once|after|complete[sd]?|completing|finish(?:es|ed)?")
_WORDS = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{2,}")


def _other_work(act: Act, alike: list[Act]) -> str | None:
    """Words of another work by somebody that no object tells apart: begun and installed."""
    if not isinstance(act, Condition):
        return None
    told = (one for one in alike if isinstance(one, Condition))
    return next((one.text for one in told if not _is_same_work(act, one)), None)


def _is_same_work(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same of somebody's work: of its object, or in their words."""
    begun = [any(word in text.casefold() for word in _BEGUN) for text in (one.text, other.text)]
    mine, its = _work_words(one.text, one.actor), _work_words(other.text, one.actor)
    alike = one.asset is not None and one.asset == other.asset
    return begun[0] == begun[1] and (alike or mine == its or bool(mine & its))


def _work_words(text: str, doer: str | None) -> set[str]:
    found: set[str] = set()
    said = _DONE.sub(" ", text.casefold().replace(doer or " ", " "))
    for run in _WORDS.findall(said):
        latin = run.isascii()
        found |= {run[:5]} if latin else {run[at : at + 2] for at in range(len(run) - 1)}
    return found


def _by_people(act: Act) -> bool:
    """Whether somebody does it: when the contract gives a pledge back, no debtor returns it."""
    return act.actor != "contract" or act.action in STATEMENTS


def _doers(specification: Specification, act: Act, alike: list[Act]) -> set[str | None]:
    """Who can have done it; nobody where several have the right to end the agreement."""
    ends = act.action in ENDINGS
    if act.actor and not (ends and act.actor in NOT_ONE):
        return {act.actor}
    found = {one.actor for one in alike} - {None, "contract"}
    if ends and len(found) > 1:
        return set()
    if not found and act.action in _JUDGED_BY_INSPECTING:
        # What somebody has to inspect, that party accepts or rejects.
        judging = {"inspect", *_JUDGED_BY_INSPECTING}
        found = {
            one.actor
            for one in mentions(specification)
            if one.action in judging and same(one.model_copy(update={"action": act.action}), act)
        }
    return found - {None, "contract"}


def _by_nobody(act: Act) -> Act:
    return act.model_copy(update={"actor": None})


def same(one: Act, other: Act) -> bool:
    """Whether two mentions can mean the same act: they name nothing that differs."""
    things = object_of(one), object_of(other)
    return (
        one.action == other.action
        and (one.actor == other.actor or None in (one.actor, other.actor))
        and (things[0] == things[1] or None in things)
    )


def object_of(act: Act) -> str | None:
    """What an act is done to: to confirm receipt is not to confirm the drawings."""
    if act.asset is None and act.action == "confirm" and isinstance(act, Condition):
        words = act.text.casefold()
        received = next((noun for noun in RECEIPTS if noun in words), None)
        told = _TOLD.search(words)
        fact = [one for one in told["fact"].split() if one not in _COPULAS] if told else []
        return received or " ".join(fact) or None
    return act.asset


def is_bare(act: Act) -> bool:
    """Whether it is "once the buyer confirms", without what, which can be anything."""
    event = isinstance(act, Condition) and act.kind == "event"
    return event and act.action == "confirm" and object_of(act) is None


def recorder(specification: Specification, act: Act) -> str | None:
    """Who says on the chain that it was done; None where nobody is named for it."""
    for witness in specification.witnesses:
        if witness.action == act.action and witness.asset in (act.asset, None):
            return witness.party
    if act.action in STATEMENTS:
        return None if act.actor in NOT_ONE else act.actor
    return _witness_of_another(specification, act)


def _witness_of_another(specification: Specification, act: Act) -> str | None:
    """Who says of the same doer and thing that something else was done: delivery, then repair."""
    for witness in specification.witnesses:
        if witness.asset is None or witness.asset != act.asset or act.actor is None:
            continue
        attested = Act(action=witness.action, asset=witness.asset)
        if canonical(specification, attested).actor == act.actor:
            return witness.party
    return None


def record_name(specification: Specification, act: Act) -> str:
    """Of the function that records it: two acts never share one."""
    full = canonical(specification, act)
    name, before = act_name(full), []
    for one in mentions(specification):
        if one.action in ON_CHAIN:
            continue
        try:
            other = canonical(specification, one)
        except NotBuildable:
            # It gets no name of its own before the words say what is meant.
            continue
        if other == full:
            break
        if act_name(other) == name and other not in before:
            before.append(other)
    return f"{name}{len(before) + 1}" if before else name


def _needs_several(specification: Specification, act: Act) -> bool:
    """Whether it is done by so many of a group, like the approval of two of three directors."""
    return any(
        one.kind == "approval" and one.subject == act.actor and one.value not in (None, "1")
        for _, duty in duties(specification)
        if duty.action == act.action
        for one in duty.conditions
    )


def recorded(draft: Draft, act: Act, text: str = "", *, by: str | None = None) -> Name:
    """When it was recorded, with the function that records it once.

    Args:
        by: who records it where nobody is named.

    Raises:
        NotBuildable: nobody is named who could say so.
    """
    full = canonical(draft.specification, act)
    by = recorder(draft.specification, full) or by
    if _needs_several(draft.specification, full):
        raise NotBuildable(
            text or str(full.action),
            f"more than one of {full.actor} has to do so, and one alone would record it",
            hint="Write: if two of the three directors approve, the contract pays.",
        )
    if by is None:
        raise NotBuildable(text or str(full.action), "nobody is named who says that it was done")
    name = record_name(draft.specification, act)
    at = draft.variable(f"{name}At", text=text)
    if not draft.has_function(name):
        body = (
            Require(Binary("==", at, Number(0)), "DoneAlready", (at,)),
            Set(at.name, Now()),
            Emit(capitalised(f"{name}Recorded"), (("time", Now()),)),
        )
        draft.add(Function(name, body, callers=(draft.party(by),), text=text))
        draft.say(Word(name, at.name, full))
    return at

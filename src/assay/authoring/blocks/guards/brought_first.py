"""Nobody accepts or rejects what was not handed over, or confirms work that was never recorded as
done.

    for index, function in keep_works_first(draft): ...   # deliveries that are recorded for it

Whoever pays could else have the money back before anybody could deliver, or pass over a delay that
the doer never recorded. Where no clause lets somebody else say so, whoever delivers records it
alone: that opens nothing but the rejection. Who accepts for another, whose money is paid, waits for
the delivery wherever that is recorded; who pays may accept as early as they like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties
from assay.authoring.blocks.clauses.sums import pots
from assay.authoring.blocks.draft import Draft, Word
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Act, Specification
from assay.authoring.program.expressions import Binary, Name, Number
from assay.authoring.program.model import Require

_BRINGING = frozenset({"deliver", "perform"})
_COMPLETION = frozenset({"completion", "complete", "completed", "finished", "完工", "竣工", "完成"})


def keep_works_first(draft: Draft) -> Iterator[tuple[int, str]]:
    """Has the works recorded before they are rejected, or their completion is confirmed.

    Yields:
        The obligation to bring the work, and the function by which it is recorded.
    """
    for word in draft.words:
        told = _told_before(draft.specification, word.act)
        if told is None or word.deemed:
            continue
        index, duty = told
        act = acts.canonical(draft.specification, duty)
        recorded = next((one for one in draft.words if one.act == act), None)
        if recorded is None and word.act.action == "reject":
            at = acts.recorded(draft, duty, by=duty.actor)
            yield index, acts.record_name(draft.specification, duty)
        elif recorded is not None:
            at = Name(recorded.variable)
        else:
            continue
        _add(draft, word, Require(Binary("!=", at, Number(0)), "NotDone"))


def _told_before(specification: Specification, said: Act) -> Duty | None:
    """The one duty to bring what is rejected, or whose completion is confirmed."""
    thing = (said.asset or "").casefold()
    if said.action not in ("accept", "reject", "confirm"):
        return None
    if said.action == "accept" and said.actor in {one.deposit.actor for one in pots(specification)}:
        return None
    found = [
        (index, one)
        for index, one in duties(specification)
        if one.action in _BRINGING
        and one.modality == "must"
        and one.actor not in (None, "contract", said.actor)
        and not any(each.action == said.action for each in one.conditions)
        and (
            said.asset in (None, one.asset)
            if said.action != "confirm"
            else thing in {*_COMPLETION, *(f"{one.asset} {done}" for done in _COMPLETION)}
        )
    ]
    if len({(one.actor, one.action, one.asset) for _, one in found}) != 1:
        return None
    try:
        acts.canonical(specification, found[0][1])
    except NotBuildable:
        return None
    return found[0]


def _add(draft: Draft, word: Word, needed: Require) -> None:
    function = draft.function(word.function)
    if needed not in function.body:
        head, *rest = function.body
        draft.change(replace(function, body=(head, needed, *rest)))

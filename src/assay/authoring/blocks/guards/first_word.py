"""What was said stands: who has accepted a thing cannot reject it later, nor the other way round.

    keep_first_words(draft)   # once every block has added its functions

Money is due by the first word, and often nobody has sent it yet; a second word that undoes the
first would take it from whom it belongs to. A rejection after which more has to happen, like a
repair that does not come, leaves the thing open to be accepted; one by which money goes out at once
does not. Nor can a thing be rejected that counts as accepted by silence already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial, reduce

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.approving import ASSENTING
from assay.authoring.blocks.clauses.duties import MONEY_ACTIONS, duties
from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.blocks.draft import Draft, Word
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Act, Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Name, Not, Number
from assay.authoring.program.model import Require

_RULING = ("rule", "decide", "find", "award", "determine", "裁决", "裁定", "判", "决定", "认定")
_ASSENT = frozenset({"approval", "acceptance", "rejection", "consent", "同意", "验收", "确认"})


def keep_first_words(draft: Draft) -> None:
    """Lets no word be said against one that was said before."""
    for first in draft.words:
        for second in draft.words:
            if excludes(draft.specification, first.act, second.act):
                _refuse_after(draft, first, second)


@remembered
def _can_take_back(specification: Specification) -> bool:
    """Whether the text lets somebody withdraw what was said."""
    return any(
        one.action == "withdraw" and one.modality == "may" and one.asset in _ASSENT
        for one in specification.obligations
    )


def excludes(specification: Specification, first: Act, second: Act) -> bool:
    """Whether the second word can no longer be said once the first was."""
    if _can_take_back(specification):
        return False
    if first.action in ASSENTING and second.action == "reject":
        return _is_of_the_same(first, second)
    if first.action == "reject" and second.action in ASSENTING:
        return _is_of_the_same(first, second) and _is_final(specification, first)
    decided = _ruling(first), _ruling(second)
    return decided[0] is not None and decided[0] == decided[1] and first.asset != second.asset


def _refuse_after(draft: Draft, first: Word, second: Word) -> None:
    function = draft.function(second.function)
    at = Name(first.variable)
    said: Expression = Binary("==", at, Number(0))
    added = [Require(said, "DecidedAlready", (at,))]
    if first.deemed and not second.deemed:
        added.append(Require(Not(_counts(draft, first)), "DecidedAlready", (at,)))
    missing = [one for one in added if one not in function.body]
    if second.function != first.function:
        head, *rest = function.body
        draft.change(replace(function, body=(head, *missing, *rest)))


def _counts(draft: Draft, deemed: Word) -> Expression:
    """Whether silence has come to count by now, though nobody has had it recorded."""
    asked = [one for one in draft.function(deemed.function).body if isinstance(one, Require)]
    # The first says that it was not recorded, and others that nothing else was.
    open_ = (one.condition for one in asked[1:] if one.error != "DecidedAlready")
    first, *rest = open_
    return reduce(partial(Binary, "and"), rest, first)


def _is_of_the_same(one: Act, other: Act) -> bool:
    """Whether both are about one thing, which is named by one of them at least, or by one party."""
    if one.asset is not None and one.asset == other.asset:
        return True
    return None in (one.asset, other.asset) and one.actor == other.actor


def _ruling(act: Act) -> str | None:
    """Who decides, where a fact is how somebody does: "the arbiter rules in favour of Lee"."""
    fact = (act.asset or "").casefold()
    found = re.match(rf"(.+?)\s*(?:{'|'.join(_RULING)})", fact)
    return found[1] if found and act.action == "confirm" else None


def _is_final(specification: Specification, rejected: Act) -> bool:
    """Whether money goes out by a rejection alone, with no other act to wait for."""
    return any(
        duty.action in MONEY_ACTIONS | {"return"} and duty.modality != "must_not"
        for duty in _by(specification, rejected)
        if all(one.kind == "time" or one.action == "reject" for one in duty.conditions)
    )


def _by(specification: Specification, act: Act) -> Iterator[Obligation]:
    for _, duty in duties(specification):
        for one in duty.conditions:
            said = one.kind == "event" and not one.negated and one.action == act.action
            if said and _means(specification, one, act):
                yield duty


def _means(specification: Specification, one: Act, act: Act) -> bool:
    try:
        full = acts.canonical(specification, one)
    except NotBuildable:
        return False
    return (full.actor, full.action, full.asset) == (act.actor, act.action, act.asset)

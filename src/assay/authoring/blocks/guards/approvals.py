"""Consent as a check: one party's, or that of k out of the n members of a group, each once."""

from __future__ import annotations

from math import ceil

from assay.authoring.blocks.clauses.fractions import is_fraction
from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Condition
from assay.authoring.program.expressions import (
    Binary,
    Caller,
    Expression,
    Lookup,
    Name,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import Emit, Function, Require, Set


def approved(draft: Draft, condition: Condition, what: str) -> Expression:
    """Whether enough have agreed to `what`, the name of a function.

    Raises:
        NotBuildable: who agrees, or how many of them, is not said.
    """
    if condition.negated or not condition.subject or condition.subject in NOT_ONE:
        raise NotBuildable(condition.text, "whose consent it is cannot be told by a contract")
    if condition.total is None and condition.value is None:
        return _by_one(draft, condition, what)
    if is_fraction(condition):
        raise NotBuildable(condition.text, "of how many people it is a share is not said")
    needed = _needed(condition)
    group = draft.group(condition.subject, condition.total)
    count = draft.variable(f"{what}Approvals", text=condition.text)
    given = draft.variable(f"{what}ApprovedBy", Type.TRUTH, key=Type.ADDRESS)
    name = f"approve{capitalised(what)}"
    if not draft.has_function(name):
        body = (
            Require(Not(Lookup(given.name, Caller())), "ApprovedAlready", (Caller(),)),
            Set(given.name, Truth(value=True), Caller()),
            Set(count.name, Binary("+", count, Number(1))),
            Emit(capitalised(f"{name}Given"), (("member", Caller()),)),
        )
        draft.add(Function(name, body, callers=(group,), text=condition.text))
    return Binary(">=", count, draft.count(f"{what} approvals needed", needed, condition.text))


def _by_one(draft: Draft, condition: Condition, what: str) -> Expression:
    party = draft.party(str(condition.subject))
    name = f"{party}Approve{capitalised(what)}"
    at: Name = draft.variable(f"{name}At", text=condition.text)
    if not draft.has_function(name):
        body = (
            Require(Binary("==", at, Number(0)), "DoneAlready", (at,)),
            Set(at.name, Now()),
            Emit(capitalised(f"{name}Recorded"), (("time", Now()),)),
        )
        draft.add(Function(name, body, callers=(party,), text=condition.text))
    return Binary("!=", at, Number(0))


def _needed(condition: Condition) -> int:
    """How many have to agree.

    Raises:
        NotBuildable: it cannot be counted, or can never be reached.
    """
    total, value = condition.total, condition.value or ""
    share = value.removesuffix("%")
    if total is None or not share.isdecimal():
        raise NotBuildable(condition.text, "of how many people they are so many is not said")
    if value.endswith("%"):
        exact = int(share) * total / 100
        over = condition.comparator == ">"
        needed = int(exact) + 1 if over else ceil(exact)
    else:
        needed = int(share) + (condition.comparator == ">")
    if not 0 < needed <= total:
        raise NotBuildable(condition.text, f"{needed} of {total} can never agree")
    return needed

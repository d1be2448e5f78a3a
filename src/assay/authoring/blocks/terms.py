"""Short spellings of what programs compute, so that blocks read as the clauses do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assay.authoring.blocks.draft import Draft
from assay.authoring.program.expressions import Binary, Caller, Expression, Name, Now, Number, Type
from assay.authoring.program.model import Function, Statement

times = partial(Binary, "*")
over = partial(Binary, "/")
lesser = partial(Binary, "min")
same = partial(Binary, "==")
differ = partial(Binary, "!=")
less = partial(Binary, "<")
at_most = partial(Binary, "<=")
more = partial(Binary, ">")
at_least = partial(Binary, ">=")
both = partial(Binary, "and")
either = partial(Binary, "or")

AMOUNT = Name("amount")
CALLER = Caller()
DUE = Name("due")
NOW = Now()
ONE = Number(1)
ZERO = Number(0)
GIVEN_AMOUNT: tuple[tuple[str, Type], ...] = (("amount", Type.NUMBER),)


def plus(left: Expression, right: Expression) -> Expression:
    """Their sum."""
    return Binary("+", left, right)


def minus(left: Expression, right: Expression) -> Expression:
    """Their difference, which must not be below 0."""
    return Binary("-", left, right)


def define(
    draft: Draft,
    wanted: str,
    body: Sequence[Statement],
    obligations: Sequence[int] = (),
    *,
    arguments: tuple[tuple[str, Type], ...] = (),
    callers: tuple[str, ...] = (),
) -> str:
    """Add a function that carries out obligations, with their words; gives its name."""
    name = draft.function_name(wanted)
    said = [draft.specification.obligations[index] for index in obligations]
    text = draft.specification.text[slice(*said[0].span)] if said else ""
    clauses = tuple(dict.fromkeys(one.clause for one in said if one.clause))
    draft.add(Function(name, tuple(body), arguments, callers, clauses, text))
    return name

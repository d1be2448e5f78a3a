"""Functions that take tokens from nobody but their caller, under whatever name the code has him."""

from __future__ import annotations

from assay.authoring.audit.flow import conditions_of
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import calls_in, is_sender, stripped

_PULLS = frozenset({"transferFrom", "safeTransferFrom"})


def pulling_from_callers(contract: Contract) -> set[str]:
    """Labels of functions in which whoever pays is the caller, or is compared with the caller."""
    others = {one.label for one in contract.functions if not _pulls_from_callers_only(one)}
    return {one.label for one in contract.functions} - others


def _pulls_from_callers_only(function: Function) -> bool:
    made = [] if function.body is None else calls_in(function.body)
    payers = [stripped(one.arguments[0]) for one in made if one.name in _PULLS and one.arguments]
    callers = _compared_with_sender(function)
    return all(is_sender(one) or one.target in callers for one in payers)


def _compared_with_sender(function: Function) -> set[int]:
    """Variables that are the caller's address wherever the function goes on."""
    found: set[int] = set()
    for one in conditions_of(function):
        test = one.test
        equal = test.kind == "BinaryOperation" and test.get("operator") in {"==", "!="}
        if not equal or (test.get("operator") == "==") is not one.holds or one.scope is not None:
            continue
        sides = [stripped(child) for child in test.children]
        if any(map(is_sender, sides)):
            found |= {side.target for side in sides if not is_sender(side)}
    return found

"""By which functions somebody says that something was done, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.rights import rights_to
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import whole_series
from assay.authoring.blocks.guards.readings import is_repeated, is_word, report_name
from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.model import Condition
from assay.authoring.trials.judging import Judge


def recorders(judge: Judge) -> Iterator[tuple[int, str, str]]:
    """Obligation, function, and the role or group that may call it."""
    seen: set[str] = set()
    names = {function.name for function in judge.composition.program.functions}
    # Time may be counted from an act that only a duty outside the contract waits for.
    others = [(index, duty, "") for index, duty in duties(judge.specification)]
    for index, duty, function in (*judge.judged(), *others):
        for one in duty.conditions:
            with suppress(NotBuildable):
                for name, party in _recorder(judge, one, function):
                    if name not in seen and name in names:
                        seen.add(name)
                        yield index, name, party


def _recorder(judge: Judge, one: Condition, function: str) -> Iterator[tuple[str, str]]:
    specification = judge.specification
    if one.kind == "oracle":
        if is_word(one) or not is_repeated(specification, one):
            yield report_name(specification, one), judge.role(one.actor)
    elif one.kind == "approval":
        party = identifier(one.subject or "", "group")
        alone = one.value is None and one.total is None
        name = f"{party}Approve" if alone else "approve"
        yield f"{name}{capitalised(function)}", party
    elif one.kind in ("event", "breach") and one.action not in (*acts.ON_CHAIN, "report"):
        if rights_to(specification, one) or whole_series(specification, one) is not None:
            return
        act = acts.canonical(specification, one)
        by = acts.recorder(specification, act)
        yield acts.record_name(specification, one), judge.role(by)

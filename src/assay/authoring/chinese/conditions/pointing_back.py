"""Conditions that leave out what the duty before said: 违反的, 取消的 after 航班延误两小时的."""

from __future__ import annotations

import re
from typing import Literal

from assay.authoring.chinese.facts.statements import replaced
from assay.authoring.model import Condition, Obligation

_VIOLATES = re.compile(
    "(?:[如若]有?|一旦)?违反(?:(?:前述|上述|该|此项?|本条|前款|以上)?(?:规定|约定|义务|承诺|限制)?)(?:的|者)?"
)
_LATE_ENDS = ("延误", "晚点", "延迟", "推迟")
_STOPS = frozenset({"取消", "停运", "停航", "停飞"})


def pointed_back(condition: Condition, last: Obligation) -> Condition | None:
    """What a condition says together with the duty before it; None where it stands by itself."""
    if _VIOLATES.fullmatch(condition.text):
        return _violated(condition, last)
    if condition.subject or condition.actor or condition.asset:
        return None
    stops = "取消" if condition.action == "cancel" else condition.value
    delayed = _delayed(last) if condition.kind in {"event", "state"} and stops in _STOPS else None
    if delayed is None:
        return None
    told = {"subject": delayed[0], "value": stops, "action": None}
    return replaced(condition, kind=delayed[1], **told)


def _delayed(last: Obligation) -> tuple[str, Literal["oracle", "state"]] | None:
    """航班 in 航班延误超过三小时: what is late, that may be cancelled too."""
    for one in last.conditions:
        late = next((end for end in _LATE_ENDS if (one.subject or "").endswith(end)), "")
        base = (one.subject or "").removesuffix(late)
        if late and base and one.kind in {"oracle", "comparison", "state"}:
            return base, "oracle" if one.kind == "oracle" else "state"
    return None


def _violated(condition: Condition, last: Obligation) -> Condition:
    """不得泄露秘密,违反的: the act that the duty before forbids, or asks for."""
    kind: Literal["event", "breach"] = "event" if last.modality == "must_not" else "breach"
    if last.modality == "may" or condition.kind != "state":
        return condition
    act = {"actor": last.actor, "action": last.action, "asset": last.asset}
    return replaced(condition, kind=kind, subject=None, value=None, **act)

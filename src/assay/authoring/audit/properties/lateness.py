"""Whether what carries a rule out did so as soon as it was due, or was held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assay.authoring.audit.properties.rules import Rule
from assay.authoring.audit.properties.stage import Call
from assay.authoring.audit.properties.tally import History, Tally, cost

_LOOKS = 8


def look_back(
    tally: Tally,
    rule: Rule,
    ways: Sequence[Call],
    history: History,
    *,
    since_s: int | None,
    carries: Callable[[Rule, Call], bool],
) -> None:
    """Make the calls that carry a rule out once more, at an earlier moment when it was due.

    Args:
        ways: those calls.
        since_s: the earlier moment; None where there is none.
        carries: whether a call carries the rule out, in the state after the history.
    """
    if rule.schedule is not None:
        # Less has vested before: only who names no amount asks for what is due then.
        ways = [call for call in ways if not any(isinstance(one, int) for one in call.arguments)]
    if since_s is None or not ways or tally.timely[rule.number] >= _LOOKS:
        return
    early = [replace(call, now_s=since_s) for call in ways]
    if any(carries(rule, call) for call in early):
        tally.timely[rule.number] += 1
        return
    found = (*history, early[0], ways[0])
    known = tally.late.get(rule.number)
    if known is None or cost(found) < cost(known):
        tally.late[rule.number] = found

"""A long history to a short one that still shows the same breach."""

from __future__ import annotations

from assay.authoring.audit.properties.exploring import Explorer, History


def shrink(explorer: Explorer, key: tuple[int, str], history: History) -> History:
    """Leave out whatever call can be left out, again and again.

    Args:
        key: number of the rule and name of the property that the last call breaks.
    """
    changed = True
    while changed:
        changed = False
        for index in range(len(history) - 1):
            shorter = (*history[:index], *history[index + 1 :])
            if key in explorer.broken_by(shorter):
                history, changed = shorter, True
                break
    return history

"""A long history to a short one that still shows the same breach."""

from __future__ import annotations

from collections.abc import Callable

from assay.authoring.audit.properties.tally import History


def shrink(history: History, shows: Callable[[History], bool]) -> History:
    """Leave out whatever call before the last can be left out, again and again.

    Args:
        shows: whether a history still shows the breach.
    """
    changed = True
    while changed:
        changed = False
        for index in range(len(history) - 1):
            shorter = (*history[:index], *history[index + 1 :])
            if shows(shorter):
                history, changed = shorter, True
                break
    return history

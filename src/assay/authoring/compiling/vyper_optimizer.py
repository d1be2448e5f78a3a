"""Vyper's own optimizer, which then doesn't go again over what it has finished with.

    optimize_each_branch_once()

Vyper 0.4.3 optimizes a branch again, down to its leaves, whenever anything within it has changed,
and does so on every level above the change: half the time of a compilation. What a branch becomes
depends on the branch and on the operation above it alone, and no branch is altered once it is
made. So what was once left as it is stays as it is: it is marked, and not looked at again. The
byte code is the same to the last byte.
"""

from __future__ import annotations

from typing import Any

_KNOWN_VERSION = "0.4.3"
_MARK = "finished_below"


def optimize_each_branch_once() -> None:
    """Let Vyper's optimizer skip what it has finished; other versions keep theirs."""
    import vyper  # noqa: PLC0415 - an optional extra
    from vyper.ir import optimizer  # noqa: PLC0415

    thorough = optimizer._optimize
    if vyper.__version__ != _KNOWN_VERSION or hasattr(thorough, "thorough"):
        return

    def optimize(node: Any, parent: Any) -> tuple[bool, Any]:
        above = None if parent is None else parent.value
        if above in getattr(node, _MARK, ()):
            return False, node
        changed, finished = thorough(node, parent)
        setattr(finished, _MARK, (*getattr(finished, _MARK, ()), above))
        return changed, finished

    optimize.thorough = thorough  # type: ignore[attr-defined]  # what the tests compare with
    optimizer._optimize = optimize

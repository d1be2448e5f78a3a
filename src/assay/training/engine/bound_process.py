"""Become a program that ends with its parent, however that one ends.

    python -I -S bound_process.py PARENT PROGRAM ARGUMENT...

On Linux by prctl(2), PR_SET_PDEATHSIG; elsewhere a parent that is killed leaves the program behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1


def main(parent: int, command: list[str]) -> None:
    """Bind this process to its parent, and become the program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before it could be listened to
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

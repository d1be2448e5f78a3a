"""A program that answers lines with lines, kept running between questions, under a time limit."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from assay.authoring.audit.errors import ToolFailed

_DETAIL_LENGTH = 300


class LineTool:
    """Starts with the first question; one that hangs is ended, and starts anew with the next.

    Args:
        name: for people.
        command: with its arguments; it must answer every line of its input with one line.
        timeout_s: within which each answer must come.
    """

    def __init__(self, name: str, command: Sequence[str], timeout_s: float) -> None:
        self.name = name
        self.command = tuple(command)
        self.timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()
        self._complaints: list[bytes] = []

    def ask(self, line: str) -> str:
        """The answer to one line.

        Raises:
            ToolFailed: the program broke off, or took too long.
        """
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=self.timeout_s)
        except queue.Empty:
            self.close()
            raise ToolFailed(self.name, f"nothing within {self.timeout_s:g} s") from None
        except OSError:
            answer = b""
        if not answer:
            detail = b"".join(self._complaints).decode(errors="replace").strip()
            self.close()
            raise ToolFailed(self.name, detail[-_DETAIL_LENGTH:] or "it broke off")
        return answer.decode()

    def close(self) -> None:
        """End the program."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._answers, self._complaints = queue.Queue(), []
            self._process = subprocess.Popen(  # noqa: S603 (our own scripts; sources go by input)
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert self._process.stdout is not None
            assert self._process.stderr is not None
            for work in (
                (_forward, self._process.stdout, self._answers),
                (_collect, self._process.stderr, self._complaints),
            ):
                threading.Thread(target=work[0], args=work[1:], daemon=True).start()
        return self._process


def _forward(pipe: IO[bytes], answers: queue.Queue[bytes]) -> None:
    with contextlib.suppress(ValueError):  # closed while it was being read
        for line in pipe:
            answers.put(line)
    answers.put(b"")


def _collect(pipe: IO[bytes], complaints: list[bytes]) -> None:
    with contextlib.suppress(ValueError):  # closed while it was being read
        complaints.extend(pipe)

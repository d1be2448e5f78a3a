"""The C2PA library at arm's length: a process of its own, with limits on memory and time.

    reader = native_process("reader")
    reader.ask(Message({"operation": "read", ...}, [file, anchors]), limit_s=20)

Native parsers of such files have overflowed stacks and panicked before; a panic would take the
whole service with it. A request that kills or hangs the process costs that process alone: the next
one starts another. Keys are sent to a process that never sees a stranger's file.
"""

from __future__ import annotations

import atexit
import os
import select
import subprocess
import sys
import threading
import time
from functools import cache
from typing import Literal

from assay.content.credentials.errors import NativeWorkFailed
from assay.content.credentials.framing import (
    LENGTH_BYTES,
    Message,
    decode_body,
    encode_message,
)

_PIECE_BYTES = 1 << 16
_KEPT_VARIABLES = {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR", "VIRTUAL_ENV"}


@cache
def native_process(purpose: Literal["reader", "signer"]) -> NativeProcess:
    """This program's process for a purpose."""
    process = NativeProcess(purpose)
    atexit.register(process.close)
    return process


class NativeProcess:
    """One process that answers one request at a time; several threads may ask it."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: Message, *, limit_s: float) -> Message:
        """Send a request and wait for its answer.

        Raises:
            NativeWorkFailed: the process died of it, or took longer than `limit_s`.
        """
        header = {**request.header, "limit_s": limit_s}
        with self._turn:
            process, answer = self._running(), None
            try:
                deadline = time.monotonic() + limit_s
                answer = _exchange(process, Message(header, request.parts), deadline)
            except TimeoutError:
                raise NativeWorkFailed(f"it took longer than {limit_s:g} s") from None
            except (EOFError, OSError):
                raise NativeWorkFailed(f"the {self._purpose} process died of it") from None
            finally:
                if answer is None:  # also when interrupted: half an answer may be in the pipe
                    self._end()
            return answer

    @property
    def pid(self) -> int | None:
        """The id of the process; None while none runs."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process, if it runs."""
        with self._turn:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            if self._owner == os.getpid():
                self._end()
            self._process, self._owner = _start(), os.getpid()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _start() -> subprocess.Popen[bytes]:
    """A process whose pipes never block this one."""
    variables = {name: value for name, value in os.environ.items() if name in _KEPT_VARIABLES}
    process = subprocess.Popen(
        [sys.executable, "-m", "assay.content.credentials.native"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=variables,
        bufsize=0,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    os.set_blocking(process.stdin.fileno(), False)
    os.set_blocking(process.stdout.fileno(), False)
    return process


def _exchange(process: subprocess.Popen[bytes], request: Message, deadline: float) -> Message:
    """Write and read as far as the pipes allow, so that neither side waits for ever."""
    assert process.stdin is not None
    assert process.stdout is not None
    to_process, from_process = process.stdin.fileno(), process.stdout.fileno()
    waiting = select.poll()
    waiting.register(from_process, select.POLLIN)
    waiting.register(to_process, select.POLLOUT)
    rest, received = memoryview(encode_message(request)), bytearray()
    while not _is_whole(received):
        wait_s = deadline - time.monotonic()
        if wait_s <= 0:
            raise TimeoutError
        for descriptor, _event in waiting.poll(wait_s * 1000):
            if descriptor == from_process:
                piece = os.read(from_process, _PIECE_BYTES)
                if not piece:
                    raise EOFError
                received += piece
            else:
                rest = rest[os.write(to_process, rest[:_PIECE_BYTES]) :]
                if not rest:
                    waiting.unregister(to_process)
    return decode_body(bytes(received[LENGTH_BYTES:]))


def _is_whole(received: bytearray) -> bool:
    return len(received) >= LENGTH_BYTES and len(received) - LENGTH_BYTES >= int.from_bytes(
        received[:LENGTH_BYTES], "big"
    )

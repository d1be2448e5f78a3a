"""A GGUF model in a process of its own: when llama.cpp crashes, the service does not.

    model = EmbeddedTextModel(Path("model.gguf"), name="smollm2", log_path=Path("model.log"))
    async for chunk in model.stream(request):
        print(chunk.text, end="")
    await model.close()

The process starts with the first request, ends with its parent, and is started again, after a
pause that doubles, when it has crashed. The caller has verified the model file.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from assay.core.chat import TextChunk, TextRequest
from assay.generation import worker
from assay.generation.errors import (
    ModelCrashed,
    ModelFailed,
    ModelNotStarting,
    ModelUnreachable,
)

if TYPE_CHECKING:
    from assay.generation.openai_compatible import OpenAITextModel

_LONGEST_PAUSE_S = 30.0
_LARGEST_LOG_BYTES = 10_000_000


class EmbeddedTextModel:
    """llama.cpp on a verified GGUF file.

    Args:
        gguf_path: the weights.
        name: the name that callers know the model by.
        log_path: where llama.cpp writes its log.
        threads: threads that generate. Two wait for each other at every layer: on idle cores
            they are a third faster than one, on busy ones many times slower.
        prompt_threads: threads that read the prompt; the same holds for them.
        context_tokens: prompt and answer together.
        start_timeout_s: longest time to load the weights.
        first_pause_s: wait before the restart after a crash; doubles up to 30 s.
    """

    def __init__(
        self,
        gguf_path: Path,
        name: str,
        log_path: Path,
        threads: int = 1,
        *,
        prompt_threads: int = 1,
        context_tokens: int = 4096,
        start_timeout_s: float = 60.0,
        first_pause_s: float = 0.5,
    ) -> None:
        self.name = name
        self.log_path = log_path
        self._gguf_path = gguf_path
        self._settings = {
            "gguf_path": str(gguf_path),
            "context_tokens": context_tokens,
            "threads": threads,
            "prompt_threads": prompt_threads,
        }
        self._start_timeout_s = start_timeout_s
        self._first_pause_s = first_pause_s
        self._failures = 0
        self._process: _Process | None = None
        self._starting = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The process that runs now, if any."""
        return self._process.process_id if self._process and self._process.alive else None

    async def start(self) -> None:
        """Load the model ahead of the first request.

        Raises:
            ModelNotStarting: no such file, not a GGUF model, or too slow.
        """
        await self._running()

    async def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        """Generate; see `TextModel.stream`."""
        process = await self._running()
        try:
            async with aclosing(process.model.stream(request)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except (ModelUnreachable, ModelFailed):
            if await asyncio.to_thread(process.has_ended, 5.0):
                raise ModelCrashed(self.name, process.exit_status, self.log_path) from None
            raise
        self._failures = 0

    async def close(self) -> None:
        """End the process."""
        async with self._starting:
            if self._process:
                await self._process.model.close()
                await asyncio.to_thread(self._process.stop)
                self._process = None

    async def _running(self) -> _Process:
        async with self._starting:
            if self._process and self._process.alive:
                return self._process
            if self._process:
                await self._process.model.close()
                self._process = None
                self._failures += 1
            if self._failures:
                pause_s = self._first_pause_s * 2 ** (self._failures - 1)
                await asyncio.sleep(min(pause_s, _LONGEST_PAUSE_S))
            try:
                self._process = await asyncio.to_thread(self._start)
            except ModelNotStarting:
                self._failures += 1
                raise
            return self._process

    def _start(self) -> _Process:
        if not self._gguf_path.is_file():
            detail = f"there is no file {self._gguf_path}"
            raise ModelNotStarting(self.name, detail, self.log_path)
        key = secrets.token_urlsafe(32)
        popen = _launch(self.log_path)
        assert popen.stdin
        assert popen.stdout
        watchdog = threading.Timer(self._start_timeout_s, popen.kill)
        watchdog.start()
        try:
            popen.stdin.write(json.dumps({**self._settings, "key": key}).encode() + b"\n")
            popen.stdin.flush()
            # Slow to import, and so imported while the worker loads the weights.
            from assay.generation.openai_compatible import OpenAITextModel  # noqa: PLC0415

            line = popen.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            watchdog.cancel()
        if not line:
            popen.kill()
            status = popen.wait()
            raise ModelNotStarting(self.name, f"its process ended with {status}", self.log_path)
        # A cached prompt changes how the next one is batched, and so the last bits of its text.
        model = OpenAITextModel(
            json.loads(line)["url"],
            key,
            self.name,
            extra_body={"cache_prompt": False},
            keep_alive=False,
        )
        return _Process(popen, model)


class _Process:
    """The running worker and the client to it."""

    def __init__(self, popen: subprocess.Popen[bytes], model: OpenAITextModel) -> None:
        self._popen = popen
        self.model = model
        self.process_id = popen.pid

    @property
    def alive(self) -> bool:
        return self._popen.poll() is None

    @property
    def exit_status(self) -> int | None:
        return self._popen.returncode

    def has_ended(self, patience_s: float) -> bool:
        """A connection breaks a moment before the system reports the end of its process."""
        try:
            self._popen.wait(patience_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        if self._popen.stdin:
            self._popen.stdin.close()
        if not self.has_ended(5.0):
            self._popen.kill()
            self._popen.wait()
        if self._popen.stdout:
            self._popen.stdout.close()


def _launch(log_path: Path) -> subprocess.Popen[bytes]:
    log_path.parent.mkdir(parents=True, exist_ok=True)
    if log_path.exists() and log_path.stat().st_size > _LARGEST_LOG_BYTES:
        log_path.replace(log_path.with_suffix(log_path.suffix + ".old"))
    with log_path.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own file, no shell
            [sys.executable, "-P", str(Path(worker.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches the service, which then ends this in order
        )

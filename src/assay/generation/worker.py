"""The process that runs llama.cpp for `assay.generation.embedded`.

It is started as a plain file, imports nothing of Assay, and speaks through its standard streams:
the first line of standard input is its settings in JSON, the only line of standard output its URL.
It ends when standard input does, and so never outlives the process that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Load the model, say where it listens, and wait for the parent to go."""
    settings = json.loads(sys.stdin.readline())
    _offer_to_the_oom_killer()
    server = _start_server(settings)
    sys.stdout.write(json.dumps({"url": f"{server.listening_address}/v1"}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # at once: native threads may be in the middle of an answer


def _start_server(settings: dict[str, Any]) -> Any:
    import xllamacpp  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and may fail

    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["gguf_path"]
    parameters.n_ctx = settings["context_tokens"]
    parameters.n_parallel = 1  # one request at a time: batches would change the sampled text
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["prompt_threads"]
    parameters.cache_ram_mib = 0
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [settings["key"]]  # other users of this machine have not paid
    parameters.ui = False
    parameters.warmup = False
    return xllamacpp.Server(parameters)


def _offer_to_the_oom_killer() -> None:
    """When memory runs out, lose the model and not the service."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


if __name__ == "__main__":
    main()

"""Vyper's compiler as a process of its own, which can be ended when it takes too long.

python -P -m assay.authoring.audit.sources.vyper_process < question.json

The question has `source`, `path`, `within` (the folder that alone is read; null for the file's),
`formats`, and `evm_version` where code is to be made, optimized for gas. The answer has `version`
and either `output` or `refused`; or it is empty where Vyper is not installed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePath
from typing import Any


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What the compiler says."""
    try:
        import vyper  # noqa: PLC0415 - an optional extra
        from vyper.compiler import compile_code, settings  # noqa: PLC0415
    except ImportError:
        return {}
    given: dict[str, Any] = {"output_formats": question["formats"]}
    if question["evm_version"]:
        given["settings"] = settings.Settings(
            evm_version=question["evm_version"], optimize=settings.OptimizationLevel.GAS
        )
    try:
        built = compile_code(question["source"], **_place(question), **given)
        return {"version": vyper.__version__, "output": json.dumps(built, default=str)}
    except _refusals() as error:
        return {"version": vyper.__version__, "refused": str(error)}


def _refusals() -> tuple[type[Exception], ...]:
    """What the compiler says of a source that it cannot compile: too deep, or not text at all."""
    from vyper.exceptions import (  # noqa: PLC0415 - an optional extra
        ParserException,
        VyperException,
        VyperInternalException,
    )

    return VyperException, VyperInternalException, ParserException, RecursionError


def _place(question: dict[str, Any]) -> dict[str, Any]:
    """Where the file stands, and where the modules are looked for that it imports."""
    from vyper.compiler.input_bundle import (  # noqa: PLC0415 - an optional extra
        FilesystemInputBundle,
        JSONInputBundle,
    )

    whole = Path(question["path"]).resolve()
    if question["within"] is None:
        return {"resolved_path": whole, "input_bundle": FilesystemInputBundle([whole.parent])}
    root = Path(question["within"]).resolve()
    given = {
        PurePath(one.relative_to(root)): {"content": one.read_text(encoding="utf-8")}
        for one in root.rglob("*.vy*")
        if one.is_file()
    }
    return {
        "resolved_path": PurePath(whole.relative_to(root)),
        "input_bundle": JSONInputBundle(
            given, [PurePath(), PurePath(whole.parent.relative_to(root))]
        ),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))

"""The code at an address held against its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.authoring.audit.errors import CodeDiffers, NoCodeThere
from assay.authoring.audit.sources.binaries import Binary
from assay.authoring.audit.use_cases.auditing import Auditors, read_source

_SETTINGS: tuple[dict[str, Any], ...] = (
    {"optimizer_runs": 200},
    {},
    {"optimizer_runs": 200, "via_ir": True},
    {"optimizer_runs": 1},
    {"optimizer_runs": 1_000},
    {"optimizer_runs": 10_000},
    {"optimizer_runs": 1_000_000},
)
"""Of the optimizer: what projects use most, the likeliest first."""


def compare(address: str, code: bytes, path: Path, auditors: Auditors) -> str:
    """The name of the contract that stands at an address.

    Metadata that the compiler appends, and immutables, may differ.

    Raises:
        NoCodeThere: there is none.
        CodeDiffers: none of the source's contracts is, by any of the usual settings.
        SourceUnreadable, PragmaUnfit, SourceRejected, ToolMissing, ToolFailed: it cannot be told.
    """
    if not code:
        raise NoCodeThere(address)
    source = read_source(path)
    tried: dict[str, None] = {}
    for label, binaries in _built(path, source, auditors):
        tried[label] = None
        for one in binaries:
            if one.stands_at(code):
                return one.compiled.name
    raise CodeDiffers(address, path, tuple(tried))


def _built(path: Path, source: str, auditors: Auditors) -> Iterator[tuple[str, tuple[Binary, ...]]]:
    if path.suffix == ".vy":
        yield "gas", auditors.vyper.build(path, source)
        return
    for settings in _SETTINGS:
        runs = settings.get("optimizer_runs")
        label = f"optimizer {runs if runs else 'off'}{' via IR' if 'via_ir' in settings else ''}"
        built = auditors.solidity.build(path, source, **settings)
        compiler = built[0].compiled.compiler if built else "solc"
        yield f"{compiler} with {label}", built

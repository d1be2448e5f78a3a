"""Vyper to the same syntax trees as Solidity, so that the same detectors look at both."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from assay.authoring.audit.errors import ToolFailed
from assay.authoring.audit.sources.binaries import Binary, of_vyper
from assay.authoring.audit.sources.solidity import Parsed
from assay.authoring.audit.sources.vyper_tree import Translation
from assay.authoring.compiling.errors import CompilerMissing, SourceRejected
from assay.authoring.compiling.vyper import EVM_VERSION

_NAME = "Vyper"
_HINT = "Install it: pip install 'assay-chain[authoring]'."
_COMMAND = (sys.executable, "-P", "-m", "assay.authoring.audit.sources.vyper_process")
_DETAIL_LENGTH = 300
LANGUAGE_LEVEL = "0.8.0"
"""Vyper checks arithmetic, as Solidity does since this release."""


class VyperParser:
    """By Vyper's own compiler, in a process for each file.

    Args:
        within: the folder that alone is read, by its sources' names; None for the file's folder.
        timeout_s: after which a file is given up.
    """

    def __init__(self, within: Path | None = None, timeout_s: float = 60.0) -> None:
        self._within = within
        self._timeout_s = timeout_s

    def parse(self, path: Path, source: str) -> Parsed:
        """One file.

        Raises:
            CompilerMissing: Vyper is not installed.
            SourceRejected: it has errors.
            ToolFailed: it broke off, or took too long.
        """
        version, built = self._compile(path, source, ["ast_dict", "abi"], None)
        tree: dict[str, Any] = Translation(path.stem).unit(built["ast_dict"]["ast"])
        output = {"sources": {path.name: {"ast": tree}}}
        return Parsed(path.name, source, LANGUAGE_LEVEL, {}, output, version)

    def build(
        self, path: Path, source: str, *, optimizer_runs: int | None = None, via_ir: bool = False
    ) -> tuple[Binary, ...]:
        """The one contract of a file, optimized for gas whatever the settings of solc.

        Raises:
            CompilerMissing, SourceRejected, ToolFailed: as `parse`.
        """
        del optimizer_runs, via_ir
        formats = ["abi", "bytecode", "bytecode_runtime"]
        version, built = self._compile(path, source, formats, EVM_VERSION)
        return (of_vyper(built, path.stem, version),)

    def _compile(
        self, path: Path, source: str, formats: list[str], evm_version: str | None
    ) -> tuple[str, dict[str, Any]]:
        """The compiler's name with its version, and its output."""
        question = {
            "source": source,
            "path": str(path.resolve()),
            "within": str(self._within.resolve()) if self._within is not None else None,
            "formats": formats,
            "evm_version": evm_version,
        }
        answer = self._ask(json.dumps(question))
        if not answer:
            raise CompilerMissing(_NAME, _HINT)
        version = f"vyper {answer['version']}"
        if "refused" in answer:
            raise SourceRejected(version, (answer["refused"],))
        try:
            built: dict[str, Any] = json.loads(answer["output"])
        except RecursionError as error:
            raise SourceRejected(version, (str(error),)) from None
        return version, built

    def _ask(self, question: str) -> dict[str, Any]:
        try:
            done = subprocess.run(  # noqa: S603 (our own module; sources go by input)
                _COMMAND,
                input=question.encode(),
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ToolFailed(_NAME, f"nothing within {self._timeout_s:g} s") from None
        if done.returncode:
            detail = done.stderr.decode(errors="replace").strip()[-_DETAIL_LENGTH:]
            raise ToolFailed(_NAME, detail or "it broke off")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def close(self) -> None:
        """Nothing is kept running."""

"""Vyper to the same syntax trees as Solidity, so that the same detectors look at both."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from assay.authoring.audit.sources.binaries import Binary, of_vyper
from assay.authoring.audit.sources.solidity import Parsed
from assay.authoring.audit.sources.vyper_tree import Translation
from assay.authoring.compiling.errors import CompilerMissing, SourceRejected
from assay.authoring.compiling.vyper import EVM_VERSION

_HINT = "Install it: pip install 'assay-chain[authoring]'."
LANGUAGE_LEVEL = "0.8.0"
"""Vyper checks arithmetic, as Solidity does since this release."""


def _refusals() -> tuple[type[Exception], ...]:
    """What the compiler says of a source that it cannot compile: too deep, or not text at all."""
    from vyper.exceptions import (  # noqa: PLC0415 - an optional extra
        ParserException,
        VyperException,
        VyperInternalException,
    )

    return VyperException, VyperInternalException, ParserException, RecursionError


class VyperParser:
    """By Vyper's own compiler, within this process.

    Args:
        within: the folder that alone is read, by its sources' names; None for the file's folder.
    """

    def __init__(self, within: Path | None = None) -> None:
        self._within = within

    def parse(self, path: Path, source: str) -> Parsed:
        """One file.

        Raises:
            CompilerMissing: Vyper is not installed.
            SourceRejected: it has errors.
        """
        try:
            import vyper  # noqa: PLC0415 - an optional extra
            from vyper.compiler import compile_code  # noqa: PLC0415
        except ImportError:
            raise CompilerMissing("Vyper", _HINT) from None
        try:
            built = compile_code(source, **self._place(path), output_formats=["ast_dict", "abi"])
        except _refusals() as error:
            raise SourceRejected(f"vyper {vyper.__version__}", (str(error),)) from None
        tree: dict[str, Any] = Translation(path.stem).unit(built["ast_dict"]["ast"])
        output = {"sources": {path.name: {"ast": tree}}}
        return Parsed(path.name, source, LANGUAGE_LEVEL, {}, output, f"vyper {vyper.__version__}")

    def build(
        self, path: Path, source: str, *, optimizer_runs: int | None = None, via_ir: bool = False
    ) -> tuple[Binary, ...]:
        """The one contract of a file, optimized for gas whatever the settings of solc.

        Raises:
            CompilerMissing, SourceRejected: as `parse`.
        """
        del optimizer_runs, via_ir
        try:
            import vyper  # noqa: PLC0415 - an optional extra
            from vyper.compiler import compile_code, settings  # noqa: PLC0415
        except ImportError:
            raise CompilerMissing("Vyper", _HINT) from None
        wanted = settings.Settings(evm_version=EVM_VERSION, optimize=settings.OptimizationLevel.GAS)
        formats = ["abi", "bytecode", "bytecode_runtime"]
        try:
            built = compile_code(
                source, **self._place(path), output_formats=formats, settings=wanted
            )
        except _refusals() as error:
            raise SourceRejected(f"vyper {vyper.__version__}", (str(error),)) from None
        return (of_vyper(built, path.stem, f"vyper {vyper.__version__}"),)

    def _place(self, path: Path) -> dict[str, Any]:
        """Where the file stands, and where the modules are looked for that it imports."""
        from vyper.compiler.input_bundle import (  # noqa: PLC0415 - an optional extra
            FilesystemInputBundle,
            JSONInputBundle,
        )

        whole = path.resolve()
        if self._within is None:
            return {
                "resolved_path": whole,
                "input_bundle": FilesystemInputBundle([whole.parent]),
            }
        root = self._within.resolve()
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

    def close(self) -> None:
        """Nothing is kept running."""

"""What contracts from language need of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assay.authoring.compiling.model import Compiled


class Compiler(Protocol):
    """Makes byte code of one source."""

    def compile(self, source: str, name: str) -> Compiled:
        """The contract `name` of a source.

        Raises:
            SourceRejected: it has errors.
            CompilerMissing, CompilerFailed: nothing could be compiled.
        """


class SourcesCompiler(Compiler, Protocol):
    """Makes byte code of several sources at once."""

    def compile_all(
        self, sources: Mapping[str, str], names: tuple[str, ...]
    ) -> dict[str, Compiled]:
        """Several contracts, each in the source of its name; see `compile` for what it raises."""

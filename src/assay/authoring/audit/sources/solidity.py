"""Solidity 0.4 to 0.8 to syntax trees, by the WebAssembly compilers of npm."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assay.authoring.audit.errors import ToolFailed, ToolMissing
from assay.authoring.audit.sources.binaries import Binary, of_solidity
from assay.authoring.audit.sources.pragma import choose, pragma_of, without_pragma
from assay.authoring.audit.tools import LineTool
from assay.authoring.compiling.errors import SourceRejected

CONTRACTS_FOLDER = Path(__file__).parents[5] / "contracts"
SOLC = "solc"
NEWEST = "0.8.37"
EVM_VERSION = "cancun"
"""Of trials; compilers before the newest do not know later ones."""
_PREFIX = "solc-"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file and what it imports, with types.

    Attributes:
        path: within `request` and `output`.
        version: of the language, `0.4.26`.
        request, output: the compiler's standard JSON.
        compiler: its name and version, `solc 0.4.26`.
    """

    path: str
    source: str
    version: str
    request: dict[str, Any] = field(repr=False)
    output: dict[str, Any] = field(repr=False)
    compiler: str = ""

    @property
    def tree(self) -> dict[str, Any]:
        """The file's own syntax tree, in the compiler's compact form."""
        tree: dict[str, Any] = self.output["sources"][self.path]["ast"]
        return tree

    @property
    def trees(self) -> list[dict[str, Any]]:
        """Of the file and of all that it imports."""
        return [one["ast"] for one in self.output["sources"].values()]


class SolidityParser:
    """Keeps one compiler of each generation running.

    Args:
        folder: which has `audit/compile.mjs` and `node_modules`.
        timeout_s: after which a file is given up.
        within: outside of which nothing is imported but libraries; None for anywhere.
    """

    def __init__(
        self,
        folder: Path = CONTRACTS_FOLDER,
        timeout_s: float = 60.0,
        within: Path | None = None,
    ) -> None:
        self._folder = folder
        self._timeout_s = timeout_s
        self._root = within.resolve() if within else Path(Path.cwd().anchor)
        self._tools: dict[str, LineTool] = {}

    @property
    def releases(self) -> tuple[str, ...]:
        """Of the compilers that are installed."""
        found = (self._folder / "audit" / "node_modules").glob(f"{_PREFIX}*")
        return tuple(sorted(path.name.removeprefix(_PREFIX) for path in found))

    def parse(self, path: Path, source: str) -> Parsed:
        """One file, by the newest compiler of its generation.

        Raises:
            ToolMissing, ToolFailed: nothing could be compiled.
            PragmaUnfit: no compiler fits.
            SourceRejected: it has errors.
        """
        name = path.resolve().relative_to(self._root).as_posix()
        request = _request(name, without_pragma(source))
        version, output = self._compile(path, source, request)
        return Parsed(name, source, version, request, output, f"{SOLC} {version}")

    def build(
        self, path: Path, source: str, *, optimizer_runs: int | None = None, via_ir: bool = False
    ) -> tuple[Binary, ...]:
        """The contracts of one file that can be deployed.

        Args:
            optimizer_runs: None for code that is not optimized.

        Raises:
            ToolMissing, ToolFailed, PragmaUnfit, SourceRejected: as `parse`.
        """
        name = path.resolve().relative_to(self._root).as_posix()
        request = _request(name, without_pragma(source))
        settings = request["settings"]
        settings["outputSelection"] = {"*": {"*": ["abi", "evm.bytecode", "evm.deployedBytecode"]}}
        settings["optimizer"] = {"enabled": optimizer_runs is not None}
        if optimizer_runs is not None:
            settings["optimizer"]["runs"] = optimizer_runs
        if via_ir:
            settings["viaIR"] = True
        version, output = self._compile(path, source, request, evm_version=EVM_VERSION)
        return of_solidity(output["contracts"].get(name, {}), f"{SOLC} {version}")

    def _compile(
        self, path: Path, source: str, request: dict[str, Any], *, evm_version: str = ""
    ) -> tuple[str, Any]:
        """The release that was used, and its output; `request` is given what is imported.

        Args:
            evm_version: of the newest release, instead of its own.
        """
        releases = self.releases
        if not releases:
            raise ToolMissing("A Solidity compiler for the audit")
        rejected: list[SourceRejected] = []
        for version in choose(pragma_of(source), releases):
            settings = dict(request["settings"])
            if evm_version and version == NEWEST:
                settings["evmVersion"] = evm_version
            answer = self._ask(version, path, {**request, "settings": settings})
            output = answer["output"]
            errors = [one for one in output.get("errors", ()) if one["severity"] == "error"]
            if errors:
                messages = tuple(one["formattedMessage"] for one in errors)
                rejected.append(SourceRejected(f"solc {version}", messages))
                continue
            for imported, text in answer["imported"].items():
                request["sources"][imported] = {"content": text}
            return version, output
        raise rejected[0]

    def close(self) -> None:
        """End the compilers."""
        for tool in self._tools.values():
            tool.close()
        self._tools.clear()

    def _ask(self, version: str, path: Path, request: dict[str, Any]) -> dict[str, Any]:
        node = shutil.which("node")
        if node is None:
            raise ToolMissing("Node.js")
        if version not in self._tools:
            program = str(self._folder / "audit" / "compile.mjs")
            command = (node, program, version, str(self._folder / "node_modules"))
            self._tools[version] = LineTool(f"solc {version}", command, self._timeout_s)
        question = {
            "root": str(self._root),
            "folder": str(path.resolve().parent),
            "input": request,
        }
        try:
            answer: dict[str, Any] = json.loads(self._tools[version].ask(json.dumps(question)))
        except ValueError:
            raise ToolFailed(f"solc {version}", "its answer is no JSON") from None
        return answer


def _request(name: str, source: str) -> dict[str, Any]:
    """https://docs.soliditylang.org/en/latest/using-the-compiler.html#input-description"""
    return {
        "language": "Solidity",
        "sources": {name: {"content": source}},
        "settings": {"outputSelection": {"*": {"": ["ast"], "*": ["abi"]}}},
    }

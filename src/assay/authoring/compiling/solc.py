"""Solidity, by the WebAssembly compiler of the npm package `solc`.

    compiled = SolidityCompiler().compile(source, "Escrow")

The compiler and OpenZeppelin's contracts are those that the project's own contracts are built with.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from assay.authoring.compiling.errors import CompilerFailed, CompilerMissing, SourceRejected
from assay.authoring.compiling.model import Compiled

CONTRACTS_FOLDER = Path(__file__).parents[4] / "contracts"
OPTIMIZER_RUNS = 200
EVM_VERSION = "cancun"
COMPILE_QUICKLY = "--liftoff-only"
"""Node's: of one contract, making the compiler's own code fast takes longer than it saves."""
_HINT = "Run `make contracts` in the folder of Assay's sources; it needs Node.js 20 or newer."


@dataclass(frozen=True)
class SolidityCompiler:
    """Compiles sources that may import OpenZeppelin.

    Attributes:
        folder: which has `solc.mjs` and its `node_modules`.
        timeout_s: after which a compilation is given up.
    """

    folder: Path = CONTRACTS_FOLDER
    timeout_s: float = 120.0

    @cached_property
    def version(self) -> str:
        """Of the compiler, `solc 0.8.37`."""
        package = self.folder / "node_modules" / "solc" / "package.json"
        try:
            return f"solc {json.loads(package.read_bytes())['version']}"
        except (OSError, ValueError, KeyError):
            raise CompilerMissing("Solidity", _HINT) from None

    @cached_property
    def settings(self) -> dict[str, str]:
        """What decides the byte code beside source and compiler.

        Raises:
            CompilerMissing: it is not installed.
        """
        package = self.folder / "node_modules" / "@openzeppelin" / "contracts" / "package.json"
        try:
            library = str(json.loads(package.read_bytes())["version"])
        except (OSError, ValueError, KeyError):
            raise CompilerMissing("Solidity", _HINT) from None
        return {
            "evm_version": EVM_VERSION,
            "optimizer_runs": str(OPTIMIZER_RUNS),
            "metadata": "none",
            "@openzeppelin/contracts": library,
        }

    def compile(self, source: str, name: str) -> Compiled:
        """One contract of one source.

        Raises:
            SourceRejected: it has errors.
            CompilerMissing, CompilerFailed: nothing could be compiled.
        """
        return self.compile_all({f"{name}.sol": source}, (name,))[name]

    def compile_all(
        self, sources: Mapping[str, str], names: tuple[str, ...]
    ) -> dict[str, Compiled]:
        """Several contracts at once, which is quicker; each stands in the source of its name.

        Raises:
            SourceRejected, CompilerMissing, CompilerFailed: as `compile`.
        """
        output = self._run(_request(sources))
        problems = output.get("errors", ())
        errors = tuple(one["formattedMessage"] for one in problems if one["severity"] == "error")
        if errors:
            raise SourceRejected(self.version, errors)
        warnings = tuple(one["formattedMessage"] for one in problems)
        found = {}
        for name in names:
            built = output["contracts"][f"{name}.sol"][name]
            code = bytes.fromhex(built["evm"]["bytecode"]["object"])
            abi = tuple(built["abi"])
            found[name] = Compiled(name, "solidity", self.version, abi, code, warnings)
        return found

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        node = shutil.which("node")
        if node is None or not self.version:
            raise CompilerMissing("Solidity", _HINT)
        program = self.folder / "solc.mjs"
        command = [node, COMPILE_QUICKLY, str(program), "--standard-json"]
        command += ["--include-path", str(self.folder / "node_modules")]
        try:
            done = subprocess.run(  # noqa: S603 (our own script; the source goes by its input)
                command,
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=self.timeout_s,
                check=True,
            )
            answer: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            raise CompilerFailed(self.version, f"not within {self.timeout_s:g} s") from None
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace")[-300:]
            raise CompilerFailed(self.version, reason or "it broke off") from None
        except ValueError:
            raise CompilerFailed(self.version, "its answer is no JSON") from None
        return answer


def _request(sources: Mapping[str, str]) -> dict[str, Any]:
    """https://docs.soliditylang.org/en/latest/using-the-compiler.html#input-description"""
    return {
        "language": "Solidity",
        "sources": {path: {"content": source} for path, source in sources.items()},
        "settings": {
            "evmVersion": EVM_VERSION,
            "optimizer": {"enabled": True, "runs": OPTIMIZER_RUNS},
            "metadata": {"bytecodeHash": "none", "appendCBOR": False},
            "outputSelection": {"*": {"*": ["abi", "evm.bytecode.object"]}},
        },
    }

"""The compiled contracts that ship with the package, as `make contracts` writes them.

abi/<Name>.json = {"name", "abi", "bytecode", "deployedBytecode", "immutableReferences"}
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assay.chain.errors import ContractsNotBuilt

ABI_FOLDER = Path(__file__).parent / "abi"


@dataclass(frozen=True, slots=True)
class Build:
    """One compiled contract.

    Attributes:
        abi: the entries of the ABI (https://docs.soliditylang.org/en/latest/abi-spec.html#json).
        bytecode: what a deployment runs, without constructor arguments.
        runtime: what lives at the address afterwards, with zeros for immutables.
        immutables: (start, length) in bytes of every immutable inside `runtime`.
    """

    name: str
    abi: tuple[dict[str, Any], ...]
    bytecode: bytes
    runtime: bytes
    immutables: tuple[tuple[int, int], ...]

    def matches(self, code: bytes) -> bool:
        """True if `code` is `runtime`, whatever its immutables were set to."""
        return len(code) == len(self.runtime) and self._masked(code) == self._masked(self.runtime)

    def _masked(self, code: bytes) -> bytes:
        masked = bytearray(code)
        for start, length in self.immutables:
            masked[start : start + length] = bytes(length)
        return bytes(masked)


@cache
def load_build(name: str) -> Build:
    """Read the build of the contract `name`.

    Raises:
        ContractsNotBuilt: its file is missing or unreadable.
    """
    path = ABI_FOLDER / f"{name}.json"
    try:
        content = json.loads(path.read_bytes())
        references = content["immutableReferences"] or {}
        return Build(
            name=content["name"],
            abi=tuple(content["abi"]),
            bytecode=_code(content["bytecode"]),
            runtime=_code(content["deployedBytecode"]),
            immutables=tuple(
                (place["start"], place["length"])
                for places in references.values()
                for place in places
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ContractsNotBuilt(name, path) from None


def built_names() -> list[str]:
    """The names of all contracts that are built."""
    return sorted(path.stem for path in ABI_FOLDER.glob("*.json"))


def _code(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))

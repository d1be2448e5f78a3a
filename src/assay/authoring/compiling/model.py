"""What a compiler gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Compiled:
    """One contract, compiled.

    Attributes:
        compiler: its name and version, `solc 0.8.37`.
        abi: its entries (https://docs.soliditylang.org/en/latest/abi-spec.html#json).
        bytecode: what a deployment runs, without constructor arguments.
        warnings: what the compiler had to say.
    """

    name: str
    language: Literal["solidity", "vyper"]
    compiler: str
    abi: tuple[dict[str, Any], ...] = field(repr=False)
    bytecode: bytes = field(repr=False)
    warnings: tuple[str, ...] = ()

"""Vyper, by its own compiler, within this process."""

from __future__ import annotations

from types import MappingProxyType

from assay.authoring.compiling.errors import CompilerMissing, SourceRejected
from assay.authoring.compiling.model import Compiled

EVM_VERSION = "cancun"
_HINT = "Install it: pip install 'assay-chain[authoring]'."


class VyperCompiler:
    """Compiles sources that import nothing but what Vyper brings.

    Attributes:
        settings: what decides the byte code beside source and compiler.
    """

    settings = MappingProxyType({"evm_version": EVM_VERSION, "optimize": "gas"})

    def compile(self, source: str, name: str) -> Compiled:
        """One contract.

        Raises:
            SourceRejected: it has errors.
            CompilerMissing: Vyper is not installed.
        """
        try:
            import vyper  # noqa: PLC0415 - an optional extra
            from vyper.compiler import (  # noqa: PLC0415
                compile_code,
                settings,
            )
        except ImportError:
            raise CompilerMissing("Vyper", _HINT) from None
        version = f"vyper {vyper.__version__}"
        wanted = settings.Settings(evm_version=EVM_VERSION, optimize=settings.OptimizationLevel.GAS)
        try:
            built = compile_code(source, output_formats=["abi", "bytecode"], settings=wanted)
        except vyper.exceptions.VyperException as error:
            raise SourceRejected(version, (str(error),)) from None
        code = bytes.fromhex(built["bytecode"].removeprefix("0x"))
        return Compiled(name, "vyper", version, tuple(built["abi"]), code)

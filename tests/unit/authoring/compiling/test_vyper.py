"""Vyper's optimizer, which leaves alone what it has finished, comes to the same byte code."""

from __future__ import annotations

import pytest
from vyper.compiler import compile_code
from vyper.compiler.settings import OptimizationLevel, Settings
from vyper.ir import optimizer

from assay.authoring.compiling.vyper import EVM_VERSION, VyperCompiler
from assay.authoring.program.vyper import write_vyper
from tests.unit.authoring.program.escrow import NATIVE, USDC, escrow


@pytest.mark.parametrize("asset", [USDC, NATIVE], ids=["token", "native"])
def test_the_byte_code_is_that_of_the_thorough_optimizer(
    asset: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_vyper(escrow(asset))  # type: ignore[arg-type]
    quick = VyperCompiler().compile(source, "Escrow").bytecode
    monkeypatch.setattr(optimizer, "_optimize", optimizer._optimize.thorough)

    settings = Settings(evm_version=EVM_VERSION, optimize=OptimizationLevel.GAS)
    thorough = compile_code(source, output_formats=["bytecode"], settings=settings)

    assert quick.hex() == thorough["bytecode"].removeprefix("0x")

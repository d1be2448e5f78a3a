"""Contracts from language on their real parts: the compilers and the building blocks."""

from __future__ import annotations

from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.compiling.vyper import VyperCompiler
from assay.authoring.use_cases.building import Workshop


def make_workshop() -> Workshop:
    """Nothing is started before something is built."""
    return Workshop(BLOCKS, SolidityCompiler(), VyperCompiler())

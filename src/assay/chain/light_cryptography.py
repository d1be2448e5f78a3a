"""Loads eth_keyfile, and with it py_ecc, without what they bring and nobody here needs.

    from assay.chain import light_cryptography  # before eth_account, web3 or x402 is imported

They cost a third of a second at the start of every process that pays or is paid: eth_keyfile
imports the pairings of BLS12-381 for the keys of validators, though it needs the order of the curve
alone until it makes one. Here it is given just that; whoever imports the pairings gets them whole.

They also lift Python's limit to 100 000 frames when py_ecc is first imported. Deeply nested JSON,
from anybody who may send some, would then overflow the C stack and kill the process. The limit is
set back here, once nothing is left to be lifted later.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_USUAL_RECURSION_LIMIT = 1_000
_CURVE_ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001


class _Signatures:
    """Stands for `py_ecc.bls.G2ProofOfPossession`, which it loads when it is used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("py_ecc.bls").G2ProofOfPossession, name)


def _load_eth_keyfile() -> None:
    stand_ins: dict[str, dict[str, Any]] = {
        "py_ecc.bls": {"G2ProofOfPossession": _Signatures()},
        "py_ecc.bls12_381": {"curve_order": _CURVE_ORDER},
    }
    missing = [name for name in stand_ins if name not in sys.modules]
    for name in missing:
        module = ModuleType(name)
        vars(module).update(stand_ins[name])
        sys.modules[name] = module
    try:
        import_module("eth_keyfile.keyfile")
    finally:
        for name in missing:
            del sys.modules[name]


_load_eth_keyfile()
sys.setrecursionlimit(min(sys.getrecursionlimit(), _USUAL_RECURSION_LIMIT))

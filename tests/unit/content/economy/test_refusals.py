"""Every error that the contracts declare becomes one of ours, with its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from assay.chain.build import load_build
from assay.content.economy.refusals import TRANSLATIONS
from assay.errors import AssayError

ADDRESS = "0x" + "11" * 20
# What no caller of ours can bring about: the ERC's own rules about receivers and approvals.
NOT_OURS = ("ERC721Invalid", "ERC721Insufficient", "ERC721IncorrectOwner")
OTHERS = {"SafeERC20FailedOperation", "StringsInsufficientHexLength"}


@dataclass
class Refused:
    values: dict[str, Any] = field(default_factory=dict)


def declared() -> list[dict[str, Any]]:
    return [
        entry
        for contract in ("Reposts", "Tips", "CreatorSubscriptions")
        for entry in load_build(contract).abi
        if entry["type"] == "error"
        and not entry["name"].startswith(NOT_OURS)
        and entry["name"] not in OTHERS
    ]


@pytest.mark.parametrize("entry", declared(), ids=lambda entry: entry["name"])
def test_an_error_of_a_contract_is_translated(entry: dict[str, Any]) -> None:
    values = {item["name"]: ADDRESS if item["type"] == "address" else 7 for item in entry["inputs"]}

    error = TRANSLATIONS[entry["name"]](Refused(values))

    assert isinstance(error, AssayError)
    assert str(error)

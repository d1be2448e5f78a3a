"""Ethereum addresses in their checksummed spelling (ERC-55).

>>> parse_address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")
'0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

from eth_utils.address import to_checksum_address

from assay.errors import InputError

Address = NewType("Address", str)

ZERO_ADDRESS = Address("0x" + "0" * 40)
_HEX = re.compile(r"0x[0-9a-fA-F]{40}")


def parse_address(text: str) -> Address:
    """Read an address; a mixed-case one must carry the right checksum.

    Raises:
        InputError: not an address, or a wrong checksum (a typing error).
    """
    if not _HEX.fullmatch(text):
        raise InputError(
            f"{text[:80]!r} is not an address.", hint="Give 0x and 40 hexadecimal characters."
        )
    checksummed = _checksummed(text)
    if text[2:] not in (text[2:].lower(), text[2:].upper()) and text != checksummed:
        raise InputError(
            f"The address {text} has a wrong checksum.", hint="Copy it again: a character is off."
        )
    return Address(checksummed)


@lru_cache(4096)
def _checksummed(text: str) -> str:
    return to_checksum_address(text)

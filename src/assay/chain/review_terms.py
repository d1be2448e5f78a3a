"""The rules that a review is deployed with, and where attestation services are on public chains.

    review_terms(60)                     # every phase lasts a minute
    ATTESTATION_SERVICES[8453]           # of Base

The services' addresses are those that the npm package of the Ethereum Attestation Service names.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assay.chain.node import LOCAL_CHAIN_ID
from assay.core.address import Address

_UNIT = 10**6
_LOCAL_PERIOD_S = 60
_PERIOD_S = 3 * 86_400
_OP_STACK = Address("0x4200000000000000000000000000000000000021")

ATTESTATION_SERVICES: Mapping[int, Address] = MappingProxyType(
    {
        1: Address("0xA1207F3BBa224E2c9c3c6D5aF63D0eb1582Ce587"),
        10: _OP_STACK,
        130: _OP_STACK,
        137: Address("0x5E634ef5355f45A855d02D66eCD687b1502AF790"),
        1868: _OP_STACK,
        8453: _OP_STACK,
        42161: Address("0xbD75f629A22Dc1ceD33dDA0b68c546A1c035c458"),
        42170: Address("0x6d3dC0Fe5351087E3Af3bDe8eB3F7350ed894fc3"),
        42220: Address("0x72E1d8ccf5299fb36fEfD8CC4394B8ef7e98Af92"),
        57073: _OP_STACK,
        59144: Address("0xaEF4103A04090071165F78D45D83A0C0782c2B2a"),
        80002: Address("0xb101275a60d8bfb14529C421899aD7CA1Ae5B5Fc"),
        84532: _OP_STACK,
        421614: Address("0x2521021fc8BF070473E1e1801D3c7B4aB701E1dE"),
        534352: Address("0xC47300428b6AD2c7D03BB76D05A176058b47E6B0"),
        11155111: Address("0xC2679fBD37d54388Ce493F1DB75320D236e1815e"),
        11155420: _OP_STACK,
    }
)


def default_period_s(chain_id: int) -> int:
    """How long a phase of a review lasts if nobody chose: a minute locally, else three days."""
    return _LOCAL_PERIOD_S if chain_id == LOCAL_CHAIN_ID else _PERIOD_S


def review_terms(period_s: int) -> tuple[int, ...]:
    """The fields of the contract's `ReviewTerms`, for phases of so many seconds."""
    return (
        10 * _UNIT,  # a vote's stake
        20 * _UNIT,  # the bond of a flag
        40 * _UNIT,  # the bond of an appeal
        period_s,  # to commit
        period_s,  # to reveal
        period_s,  # to appeal
        5 * period_s,  # until a stake that is taken back can be withdrawn
        10 * period_s,  # until a decided question can be asked again
        3,  # the quorum
        5,  # the quorum of an appeal
        1000,  # a minority loses a tenth of its stake
        2000,  # a vote that is not opened loses a fifth
        5000,  # a claim or appeal that came to nothing loses half of its bond
        2500,  # a right claim or appeal gets a quarter of what others lose
    )

"""Words that Solidity, Vyper or Python keep for themselves: no part of a program has them."""

from __future__ import annotations

import keyword

_SOLIDITY = """
abstract address anonymous as assembly bool break bytes bytes32 calldata case catch constant
constructor continue contract default delete do else emit enum error ether event external fallback
false final finney fixed for function gwei hours if immutable import in indexed inline int int256
interface internal is let library macro mapping match memory minutes modifier mutable new null of
override payable pragma private promise public pure receive reference relocatable require return
returns revert sealed seconds sizeof static storage string struct super supports switch szabo this
throw true try type typedef typeof uint uint256 unchecked using var view virtual weeks wei while
years days block msg tx now abi selfdestruct keccak256 sha256
"""
_VYPER = """
self log raise assert pass extcall staticcall flag range empty len send convert implements uses
initializes exports transient nonreentrant deploy init raw_call slice concat min max abs sqrt isqrt
kwei mwei lovelace babbage shannon grand ada tether
floor ceil units decimal struct DynArray HashMap Bytes String chain prevhash gas
"""
_ERC20 = """
name symbol decimals totalSupply balanceOf allowance transfer transferFrom approve mint owner
"""
RESERVED = frozenset(keyword.kwlist).union(_SOLIDITY.split(), _VYPER.split(), _ERC20.split())

"""Sources to byte code, by the compilers of Solidity and Vyper."""

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.4;

contract Counted8 {
    mapping(address => uint256) public balances;

    constructor() {
        balances[msg.sender] = 1_000_000;
    }

    function transfer(address to, uint256 amount) external {
        uint256 mine = balances[msg.sender];
        require(mine >= amount, "balance");
        unchecked {
            balances[msg.sender] = mine - amount;
            balances[to] += amount;
        }
    }

    function sum(uint256[] calldata values) external pure returns (uint256 total) {
        for (uint256 i = 0; i < values.length; ) {
            total += values[i];
            unchecked {
                ++i;
            }
        }
    }
}

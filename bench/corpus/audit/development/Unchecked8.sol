// SPDX-License-Identifier: MIT
pragma solidity ^0.8.4;

contract Unchecked8 {
    mapping(address => uint256) public balances;

    constructor() {
        balances[msg.sender] = 1_000_000;
    }

    function transferMany(address[] calldata to, uint256 each) external {
        unchecked {
            uint256 sum = to.length * each;
            require(balances[msg.sender] >= sum, "balance");
            balances[msg.sender] -= sum;
            for (uint256 i = 0; i < to.length; ++i) {
                balances[to[i]] += each;
            }
        }
    }
}

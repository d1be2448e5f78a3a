// SPDX-License-Identifier: MIT
pragma solidity ^0.8.21;

contract Reserve {
    uint256 public totalDebt;
    uint256 public index = 1e18;
    mapping(address => uint128) public scaled;

    function lend(uint256 amount) external {
        uint256 part = (amount * 1e18) / index;
        scaled[msg.sender] += uint128(part);
        totalDebt += amount;
    }

    function debtOf(address who) external view returns (uint256) {
        return (uint256(scaled[who]) * index) / 1e18;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.15;

contract Epoch {
    mapping(address => int128) public score;

    function add(int256 delta) external {
        score[msg.sender] += int128(delta);
    }

    function lastWeek(uint256 at) external pure returns (uint256) {
        return (at / 1 weeks) * 1 weeks;
    }
}

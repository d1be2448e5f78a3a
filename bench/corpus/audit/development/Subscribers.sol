// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;

contract Subscribers {
    mapping(address => address[]) private followers;
    mapping(address => uint256) public inbox;

    function follow(address whom) external {
        followers[whom].push(msg.sender);
    }

    function post() external {
        address[] storage mine = followers[msg.sender];
        for (uint256 i = 0; i < mine.length; i++) {
            inbox[mine[i]] += 1;
        }
    }
}

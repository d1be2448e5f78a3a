// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;

contract Keyed {
    uint256 public constant MOST = 25;
    mapping(address => address[]) private watched;
    mapping(address => uint256) public pings;

    function watch(address whom) external {
        require(watched[msg.sender].length < MOST, "full");
        watched[msg.sender].push(whom);
    }

    function ping() external {
        address[] storage mine = watched[msg.sender];
        for (uint256 i = 0; i < mine.length; i++) {
            pings[mine[i]] += 1;
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract VoteBySig {
    mapping(address => uint256) public power;
    mapping(uint256 => uint256) public yes;
    mapping(uint256 => uint256) public no;

    constructor(address[] memory members) {
        for (uint256 i = 0; i < members.length; i++) {
            power[members[i]] = 1;
        }
    }

    function vote(uint256 motion, bool support, address by, uint8 v, bytes32 r, bytes32 s) external {
        bytes32 digest = keccak256(abi.encode(address(this), block.chainid, motion, support));
        require(by != address(0) && ecrecover(digest, v, r, s) == by, "signature");
        if (support) {
            yes[motion] += power[by];
        } else {
            no[motion] += power[by];
        }
    }
}

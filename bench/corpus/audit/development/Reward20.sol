// SPDX-License-Identifier: MIT
pragma solidity ^0.8.12;

contract Reward20 {
    mapping(address => uint256) public shares;
    mapping(address => uint256) public claimed;
    uint256 public total;
    uint256 public pot;

    function join() external payable {
        shares[msg.sender] += msg.value;
        total += msg.value;
    }

    function reward() external payable {
        pot += msg.value;
    }

    function claim() external {
        uint256 due = (pot * shares[msg.sender]) / total - claimed[msg.sender];
        (bool ok, ) = msg.sender.call{value: due}("");
        require(ok, "pay");
        claimed[msg.sender] += due;
    }
}

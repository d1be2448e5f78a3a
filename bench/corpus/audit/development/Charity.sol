// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Charity {
    address payable public immutable cause;
    mapping(address => uint256) public given;
    uint256 public immutable goal;
    uint256 public immutable end;
    uint256 public raised;
    bool public paid;

    constructor(address payable c, uint256 g) {
        cause = c;
        goal = g;
        end = block.timestamp + 60 days;
    }

    function give() external payable {
        require(block.timestamp < end, "over");
        given[msg.sender] += msg.value;
        raised += msg.value;
    }

    function send() external {
        require(block.timestamp >= end && raised >= goal && !paid, "not yet");
        paid = true;
        (bool ok, ) = cause.call{value: raised}("");
        require(ok, "pay");
    }

    function back() external {
        require(block.timestamp >= end && raised < goal, "reached");
        uint256 amount = given[msg.sender];
        require(amount > 0, "none");
        given[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "pay");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract StudyFund {
    address public immutable giver;
    address payable public immutable child;
    uint256 public immutable unlockTime;

    constructor(address payable child_) payable {
        giver = msg.sender;
        child = child_;
        unlockTime = block.timestamp + 365 days;
    }

    function putIn() external payable {
        require(msg.sender == giver, "giver only");
    }

    function takeOut() external {
        require(msg.sender == child, "child only");
        require(block.timestamp >= unlockTime, "locked");
        child.transfer(address(this).balance);
    }
}

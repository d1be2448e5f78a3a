// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract CommunityGarden {
    address public immutable organizer;
    uint256 public immutable target;
    uint256 public immutable closing;
    uint256 public collected;
    bool private paidOut;
    mapping(address => uint256) public pledged;

    constructor(uint256 target_, uint256 durationInDays) {
        organizer = msg.sender;
        target = target_;
        closing = block.timestamp + durationInDays * 1 days;
    }

    function pledge() external payable {
        require(block.timestamp <= closing, "over");
        require(msg.value > 0, "nothing");
        pledged[msg.sender] += msg.value;
        collected += msg.value;
    }

    function collect() external {
        require(msg.sender == organizer, "organizer only");
        require(block.timestamp > closing, "still open");
        require(collected >= target, "missed");
        require(!paidOut, "already");
        paidOut = true;
        payable(organizer).transfer(collected);
    }

    function takeBack() external {
        require(block.timestamp > closing, "still open");
        require(collected < target, "reached");
        uint256 mine = pledged[msg.sender];
        require(mine > 0, "nothing");
        pledged[msg.sender] = 0;
        payable(msg.sender).transfer(mine);
    }
}

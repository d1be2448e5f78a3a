// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Crowdfunding {
    address public immutable creator;
    uint256 public immutable goal;
    uint256 public immutable deadline;
    uint256 public raised;
    bool public taken;
    mapping(address => uint256) public contributions;
    constructor(uint256 _goal, uint256 _duration) {
        creator = msg.sender;
        goal = _goal;
        deadline = block.timestamp + _duration;
    }
    function contribute() external payable {
        require(block.timestamp <= deadline, "over");
        require(msg.value > 0);
        contributions[msg.sender] += msg.value;
        raised += msg.value;
    }
    function withdraw() external {
        require(msg.sender == creator, "not the creator");
        require(block.timestamp > deadline && raised >= goal && !taken, "not yet");
        taken = true;
        payable(creator).transfer(address(this).balance);
    }
    function claimRefund() external {
        require(block.timestamp > deadline && raised < goal, "no refund");
        uint256 amount = contributions[msg.sender];
        require(amount > 0, "nothing");
        contributions[msg.sender] = 0;
        payable(msg.sender).transfer(amount);
    }
}

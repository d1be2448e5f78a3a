// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Board {
    address[] public members; mapping(address => bool) public isMember;
    mapping(address => bool) public hasApproved; uint256 public approvals; bool public executed;
    address payable public immutable contractor; uint256 public immutable amount;
    constructor(address[] memory members_, address payable contractor_, uint256 amount_) payable {
        for (uint i; i < members_.length; i++) { members.push(members_[i]); isMember[members_[i]] = true; }
        contractor = contractor_; amount = amount_;
    }
    receive() external payable {}
    function approve() external {
        require(isMember[msg.sender] && !hasApproved[msg.sender]);
        hasApproved[msg.sender] = true; approvals++;
    }
    function execute() external {
        require(approvals >= 2 && !executed); executed = true;
        contractor.transfer(amount);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract RentalDeposit {
    address payable public tenant; address payable public landlord; uint256 public deposit; uint256 public leaseEnd; bool public settled;
    error Unauthorized(); error WrongAmount();
    constructor(address payable tenant_, address payable landlord_, uint256 leaseEnd_) { tenant = tenant_; landlord = landlord_; leaseEnd = leaseEnd_; }
    function payDeposit() external payable { if (msg.sender != tenant) revert Unauthorized(); if (msg.value != 3 ether || deposit != 0) revert WrongAmount(); deposit = msg.value; }
    function deduct(uint256 damage) external {
        if (msg.sender != landlord) revert Unauthorized();
        require(!settled && damage <= 1 ether && block.timestamp >= leaseEnd);
        settled = true;
        landlord.transfer(damage); tenant.transfer(deposit - damage);
    }
    function reclaim() external { if (msg.sender != tenant) revert Unauthorized(); require(!settled && block.timestamp >= leaseEnd + 14 days); settled = true; tenant.transfer(deposit); }
}

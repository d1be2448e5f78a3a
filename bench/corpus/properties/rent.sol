// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract RentWithPenalty {
    address public immutable tenant;
    address payable public immutable landlord;
    uint256 public immutable due;
    bool public settled;

    constructor(address tenant_, address payable landlord_) {
        tenant = tenant_;
        landlord = landlord_;
        due = block.timestamp + 14 days;
    }

    function payRent() external payable {
        require(msg.sender == tenant, "tenant only");
        require(!settled, "already");
        uint256 owed = 1 ether;
        if (block.timestamp > due) owed = 1.1 ether;
        require(msg.value == owed, "sum");
        settled = true;
        landlord.transfer(msg.value);
    }
}

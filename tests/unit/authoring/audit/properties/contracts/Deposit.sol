// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract FlatDeposit {
    address payable public immutable landlord;
    address payable public immutable tenant;
    uint256 public immutable leaseEnd;
    uint256 public deposit;
    bool public confirmed;

    constructor(address payable landlord_, address payable tenant_, uint256 leaseEnd_) {
        landlord = landlord_;
        tenant = tenant_;
        leaseEnd = leaseEnd_;
    }

    function pay() external payable {
        require(msg.sender == tenant && deposit == 0 && msg.value == 2 ether, "pay");
        deposit = msg.value;
    }

    function confirm() external {
        require(msg.sender == landlord && deposit > 0, "confirm");
        uint256 sum = deposit;
        deposit = 0;
        tenant.transfer(sum);
    }

    function takeBack() external {
        require(msg.sender == tenant && deposit > 0, "tenant");
        require(block.timestamp >= leaseEnd + 60 days, "early");
        uint256 sum = deposit;
        deposit = 0;
        tenant.transfer(sum);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.15;

contract Loan {
    uint256 public constant FEE_BPS = 30;
    uint256 public collected;
    mapping(address => uint256) public debt;

    function borrow(uint256 amount) external {
        uint256 fee = amount / 1000 * FEE_BPS;
        debt[msg.sender] += amount + fee;
        collected += fee;
        payable(msg.sender).transfer(amount);
    }

    function repay() external payable {
        debt[msg.sender] -= msg.value;
    }
}

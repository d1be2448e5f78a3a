// SPDX-License-Identifier: MIT
pragma solidity ^0.8.10;

interface IReceiver {
    function onLoan(uint256 amount) external payable;
}

contract FlashPool {
    mapping(address => uint256) public balances;

    function deposit() external payable {
        balances[msg.sender] += msg.value;
    }

    function withdraw() external {
        uint256 amount = balances[msg.sender];
        delete balances[msg.sender];
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "pay");
    }

    function loan(uint256 amount) external {
        uint256 before = address(this).balance;
        require(before >= amount, "much");
        IReceiver(msg.sender).onLoan{value: amount}(amount);
        require(address(this).balance >= before, "not paid back");
    }
}

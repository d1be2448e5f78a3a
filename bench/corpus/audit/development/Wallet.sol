pragma solidity ^0.7.0;

contract Wallet {
    mapping(address => bool) private mayPay;

    constructor(address second) {
        mayPay[msg.sender] = true;
        mayPay[second] = true;
    }

    receive() external payable {
        require(msg.sender == tx.origin, "no contracts");
    }

    function pay(address payable to, uint256 amount) external {
        require(mayPay[msg.sender], "not allowed");
        require(address(this).balance >= amount, "too little");
        to.transfer(amount);
    }
}

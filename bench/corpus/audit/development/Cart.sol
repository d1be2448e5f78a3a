// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC20 {
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract Cart {
    IERC20 public immutable money;
    address public immutable shop;
    mapping(address => uint256) public grams;

    constructor(IERC20 money_) {
        money = money_;
        shop = msg.sender;
    }

    function buy(uint256 weight) external {
        uint256 price = (weight * 3) / 1000;
        grams[msg.sender] += weight;
        require(money.transferFrom(msg.sender, shop, price), "pay");
    }
}

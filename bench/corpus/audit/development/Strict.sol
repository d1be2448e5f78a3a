// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;

interface IERC20 {
    function balanceOf(address who) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract Strict {
    IERC20 public immutable token;
    uint256 public total;
    mapping(address => uint256) public held;

    constructor(IERC20 t) {
        token = t;
    }

    function put(uint256 amount) external {
        require(token.transferFrom(msg.sender, address(this), amount), "in");
        total += amount;
        held[msg.sender] += amount;
        require(token.balanceOf(address(this)) == total, "sync");
    }

    function get(uint256 amount) external {
        held[msg.sender] -= amount;
        total -= amount;
        require(token.transfer(msg.sender, amount), "out");
    }
}

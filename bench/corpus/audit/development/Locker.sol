// SPDX-License-Identifier: MIT
pragma solidity ^0.8.12;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract Locker {
    struct Deposit {
        IERC20 token;
        uint256 amount;
        uint256 until;
        address owner;
    }

    Deposit[] public deposits;

    function lock(IERC20 token, uint256 amount, uint256 time) external {
        require(token.transferFrom(msg.sender, address(this), amount), "in");
        deposits.push(Deposit(token, amount, block.timestamp + time, msg.sender));
    }

    function unlock(uint256 id) external {
        Deposit storage d = deposits[id];
        require(block.timestamp >= d.until, "locked");
        uint256 amount = d.amount;
        d.amount = 0;
        require(d.token.transfer(msg.sender, amount), "out");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;

contract LockBox {
    struct Lock {
        uint128 amount;
        uint32 until;
    }

    mapping(address => Lock) public locks;

    function lock(uint256 duration) external payable {
        require(duration >= 30 days, "short");
        Lock storage mine = locks[msg.sender];
        mine.amount += uint128(msg.value);
        mine.until = uint32(block.timestamp + duration);
    }

    function unlock() external {
        Lock memory mine = locks[msg.sender];
        require(block.timestamp >= mine.until, "locked");
        delete locks[msg.sender];
        payable(msg.sender).transfer(mine.amount);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.10;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract FarmPool {
    uint256 private constant SCALE = 1e18;
    IERC20 public immutable lp;
    IERC20 public immutable crop;
    uint256 public immutable cropPerSecond;
    uint256 public immutable start;

    struct Position {
        uint256 amount;
        uint256 debt;
    }

    mapping(address => Position) public positions;
    uint256 public totalStaked;
    uint256 public accrued;
    uint256 public lastUpdate;

    error NotEnough();
    error Refused();

    constructor(IERC20 lp_, IERC20 crop_, uint256 cropPerSecond_) {
        lp = lp_;
        crop = crop_;
        cropPerSecond = cropPerSecond_;
        start = block.timestamp;
        lastUpdate = block.timestamp;
    }

    function refresh() public {
        if (block.timestamp <= lastUpdate) return;
        if (totalStaked != 0) {
            uint256 reward = (block.timestamp - lastUpdate) * cropPerSecond;
            accrued += (reward * SCALE) / totalStaked;
        }
        lastUpdate = block.timestamp;
    }

    function enter(uint256 amount) external {
        refresh();
        Position storage p = positions[msg.sender];
        uint256 due = (p.amount * accrued) / SCALE - p.debt;
        p.amount += amount;
        p.debt = (p.amount * accrued) / SCALE;
        totalStaked += amount;
        if (!lp.transferFrom(msg.sender, address(this), amount)) revert Refused();
        _pay(due);
    }

    function leave(uint256 amount) external {
        refresh();
        Position storage p = positions[msg.sender];
        if (p.amount < amount) revert NotEnough();
        uint256 due = (p.amount * accrued) / SCALE - p.debt;
        p.amount -= amount;
        p.debt = (p.amount * accrued) / SCALE;
        totalStaked -= amount;
        _pay(due);
        if (!lp.transfer(msg.sender, amount)) revert Refused();
    }

    function _pay(uint256 due) private {
        if (due != 0 && !crop.transfer(msg.sender, due)) revert Refused();
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC20 { function transfer(address to, uint256 amount) external returns (bool); function transferFrom(address, address, uint256) external returns (bool); }

abstract contract Guard {
    uint256 private entered = 1;
    error Reentered();
    modifier guarded() { _in(); _; _out(); }
    function _in() private { if (entered == 2) revert Reentered(); entered = 2; }
    function _out() private { entered = 1; }
}

contract GuardedPool is Guard {
    IERC20 public immutable coin;
    mapping(address => uint256) public stakeOf;
    uint256 public total;

    constructor(IERC20 c) { coin = c; }

    function enter(uint256 amount) external guarded {
        require(coin.transferFrom(msg.sender, address(this), amount), "pull");
        stakeOf[msg.sender] += amount;
        total += amount;
    }

    function exit() external guarded {
        uint256 mine = stakeOf[msg.sender];
        require(mine > 0, "none");
        require(coin.transfer(msg.sender, mine), "push");
        stakeOf[msg.sender] = 0;
        total -= mine;
    }
}

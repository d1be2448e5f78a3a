// SPDX-License-Identifier: MIT
pragma solidity ^0.8.9;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

interface IFeed {
    function latestAnswer() external view returns (int256);
}

contract Lender {
    IERC20 public immutable collateral;
    IERC20 public immutable stable;
    IFeed public immutable feed;
    mapping(address => uint256) public locked;
    mapping(address => uint256) public debt;
    uint256 private status = 1;

    modifier lock() {
        require(status == 1, "locked");
        status = 2;
        _;
        status = 1;
    }

    constructor(IERC20 c, IERC20 s, IFeed f) {
        collateral = c;
        stable = s;
        feed = f;
    }

    function _price() internal view returns (uint256) {
        int256 answer = feed.latestAnswer();
        require(answer > 0, "feed");
        return uint256(answer);
    }

    function capacity(address who) public view returns (uint256) {
        return (locked[who] * _price() * 2) / (3 * 1e8);
    }

    function deposit(uint256 amount) external lock {
        locked[msg.sender] += amount;
        require(collateral.transferFrom(msg.sender, address(this), amount), "in");
    }

    function borrow(uint256 amount) external lock {
        debt[msg.sender] += amount;
        require(debt[msg.sender] <= capacity(msg.sender), "capacity");
        require(stable.transfer(msg.sender, amount), "out");
    }

    function repay(uint256 amount) external lock {
        debt[msg.sender] -= amount;
        require(stable.transferFrom(msg.sender, address(this), amount), "in");
    }

    function withdraw(uint256 amount) external lock {
        locked[msg.sender] -= amount;
        require(debt[msg.sender] <= capacity(msg.sender), "capacity");
        require(collateral.transfer(msg.sender, amount), "out");
    }
}

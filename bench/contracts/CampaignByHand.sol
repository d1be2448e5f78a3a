// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Crowdfunding as a programmer writes it: all for the founder, or all back.
contract CampaignByHand {
    using SafeERC20 for IERC20;

    uint256 public constant GOAL = 100_000e6;
    uint256 public constant LEAST = 10e6;
    uint256 public constant END = 1_830_297_599;
    address public immutable founder;
    IERC20 public immutable token;
    uint256 public raised;
    uint256 public withdrawn;
    mapping(address contributor => uint256 amount) public contributions;

    event Contributed(address indexed contributor, uint256 amount);
    event Withdrawn(uint256 amount);
    event Refunded(address indexed contributor, uint256 amount);

    error NotFounder(address caller);
    error Over();
    error Running();
    error TooSmall(uint256 amount);
    error GoalMissed(uint256 raised);
    error GoalReached(uint256 raised);
    error NothingDue();

    constructor(address founder_, IERC20 token_) {
        founder = founder_;
        token = token_;
    }

    function contribute(uint256 amount) external {
        if (block.timestamp > END) revert Over();
        if (amount < LEAST) revert TooSmall(amount);
        contributions[msg.sender] += amount;
        raised += amount;
        emit Contributed(msg.sender, amount);
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    function withdraw() external {
        if (msg.sender != founder) revert NotFounder(msg.sender);
        if (raised < GOAL) revert GoalMissed(raised);
        uint256 due = raised - withdrawn;
        if (due == 0) revert NothingDue();
        withdrawn = raised;
        emit Withdrawn(due);
        token.safeTransfer(founder, due);
    }

    function refund() external {
        if (block.timestamp <= END) revert Running();
        if (raised >= GOAL) revert GoalReached(raised);
        uint256 due = contributions[msg.sender];
        if (due == 0) revert NothingDue();
        contributions[msg.sender] = 0;
        emit Refunded(msg.sender, due);
        token.safeTransfer(msg.sender, due);
    }
}

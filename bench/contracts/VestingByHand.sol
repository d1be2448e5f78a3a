// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Linear vesting after a cliff, as a programmer writes it.
contract VestingByHand {
    using SafeERC20 for IERC20;

    uint256 public constant TOTAL = 12_000e6;
    uint256 public constant CLIFF = 365 days;
    uint256 public constant LENGTH = 1_460 days;
    address public immutable company;
    address public immutable employee;
    IERC20 public immutable token;
    uint256 public immutable start;
    bool public funded;
    uint256 public claimed;

    event Funded(address indexed company, uint256 amount);
    event Claimed(address indexed employee, uint256 amount);

    error NotAllowed(address caller);
    error AlreadyFunded();
    error NothingDue();

    constructor(address company_, address employee_, IERC20 token_) {
        company = company_;
        employee = employee_;
        token = token_;
        start = block.timestamp;
    }

    function fund() external {
        if (msg.sender != company) revert NotAllowed(msg.sender);
        if (funded) revert AlreadyFunded();
        funded = true;
        emit Funded(msg.sender, TOTAL);
        token.safeTransferFrom(msg.sender, address(this), TOTAL);
    }

    function claim() external {
        if (msg.sender != employee) revert NotAllowed(msg.sender);
        uint256 due = vested() - claimed;
        if (due == 0) revert NothingDue();
        claimed += due;
        emit Claimed(msg.sender, due);
        token.safeTransfer(msg.sender, due);
    }

    function vested() public view returns (uint256) {
        if (!funded || block.timestamp < start + CLIFF) return 0;
        uint256 passed = block.timestamp - start;
        return passed >= LENGTH ? TOTAL : (TOTAL * passed) / LENGTH;
    }
}

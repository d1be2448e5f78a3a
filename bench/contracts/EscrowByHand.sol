// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title An escrow as a programmer writes it: deposit, confirm, release, refund after a date.
contract EscrowByHand {
    using SafeERC20 for IERC20;

    enum State {
        Awaiting,
        Held,
        Settled
    }

    uint256 public constant PRICE = 5_000e6;
    uint256 public constant LAST_DAY = 1_830_297_599;
    address public immutable buyer;
    address public immutable seller;
    IERC20 public immutable token;
    uint256 public immutable depositBy;
    uint256 public confirmedAt;
    State public state;

    event Deposited(address indexed buyer, uint256 amount);
    event Confirmed(uint256 time);
    event Released(address indexed seller, uint256 amount);
    event Refunded(address indexed buyer, uint256 amount);

    error NotBuyer(address caller);
    error WrongState(State state);
    error TooLate(uint256 time, uint256 limit);
    error TooEarly(uint256 time, uint256 limit);
    error AlreadyConfirmed(uint256 time);
    error NotConfirmed();

    constructor(address buyer_, address seller_, IERC20 token_) {
        buyer = buyer_;
        seller = seller_;
        token = token_;
        depositBy = block.timestamp + 7 days;
    }

    function deposit() external {
        if (msg.sender != buyer) revert NotBuyer(msg.sender);
        if (state != State.Awaiting) revert WrongState(state);
        if (block.timestamp > depositBy) revert TooLate(block.timestamp, depositBy);
        state = State.Held;
        emit Deposited(msg.sender, PRICE);
        token.safeTransferFrom(msg.sender, address(this), PRICE);
    }

    function confirm() external {
        if (msg.sender != buyer) revert NotBuyer(msg.sender);
        if (confirmedAt != 0) revert AlreadyConfirmed(confirmedAt);
        confirmedAt = block.timestamp;
        emit Confirmed(block.timestamp);
    }

    function release() external {
        if (state != State.Held) revert WrongState(state);
        if (confirmedAt == 0) revert NotConfirmed();
        if (confirmedAt > LAST_DAY) revert TooLate(confirmedAt, LAST_DAY);
        state = State.Settled;
        emit Released(seller, PRICE);
        token.safeTransfer(seller, PRICE);
    }

    function refund() external {
        if (state != State.Held) revert WrongState(state);
        if (block.timestamp <= LAST_DAY) revert TooEarly(block.timestamp, LAST_DAY);
        if (confirmedAt != 0 && confirmedAt <= LAST_DAY) revert AlreadyConfirmed(confirmedAt);
        state = State.Settled;
        emit Refunded(buyer, PRICE);
        token.safeTransfer(buyer, PRICE);
    }
}

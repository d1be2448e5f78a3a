// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A price with a fee for each week of delay, up to a tenth, as a programmer writes it.
contract PaymentByHand {
    using SafeERC20 for IERC20;

    uint256 public constant PRICE = 5_000e6;
    uint256 public constant FEE = 50e6;
    uint256 public constant MOST = 500e6;
    uint256 public constant PERIOD = 30 days;
    address public immutable buyer;
    address public immutable seller;
    IERC20 public immutable token;
    uint256 public deliveredAt;
    uint256 public paidAt;

    event Delivered(uint256 time);
    event Paid(address indexed buyer, uint256 amount);

    error NotBuyer(address caller);
    error AlreadyDone();
    error NotDelivered();

    constructor(address buyer_, address seller_, IERC20 token_) {
        buyer = buyer_;
        seller = seller_;
        token = token_;
    }

    function confirmDelivery() external {
        if (msg.sender != buyer) revert NotBuyer(msg.sender);
        if (deliveredAt != 0) revert AlreadyDone();
        deliveredAt = block.timestamp;
        emit Delivered(block.timestamp);
    }

    function pay() external {
        if (msg.sender != buyer) revert NotBuyer(msg.sender);
        if (paidAt != 0) revert AlreadyDone();
        if (deliveredAt == 0) revert NotDelivered();
        uint256 amount = PRICE;
        uint256 due = deliveredAt + PERIOD;
        if (block.timestamp > due) {
            uint256 fee = FEE * ((block.timestamp - due) / 1 weeks);
            amount += fee > MOST ? MOST : fee;
        }
        paidAt = block.timestamp;
        emit Paid(msg.sender, amount);
        token.safeTransferFrom(msg.sender, seller, amount);
    }
}

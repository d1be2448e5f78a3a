// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A sum paid out in three milestones, with ways back, as a programmer writes it.
contract MilestonesByHand {
    using SafeERC20 for IERC20;

    uint256 public constant PRICE = 1_000_000_001;
    uint256 public constant FIRST = 300_000_000;
    uint256 public constant SECOND = 300_000_000;
    uint256 public constant THIRD = 400_000_001;
    uint256 public constant INSPECTION = 14 days;
    uint256 public constant LAST_DAY = 1_819_756_799;
    address public immutable buyer;
    address public immutable seller;
    IERC20 public immutable token;
    uint256 public held;
    uint256 public depositedAt;
    uint256 public designConfirmedAt;
    uint256 public deliveredAt;
    uint256 public acceptedAt;
    uint256 public rejectedAt;
    bool public deposited;
    bool[3] public paid;

    event Deposited(address indexed buyer, uint256 amount);
    event Done(string what, uint256 time);
    event Released(address indexed to, uint256 amount);

    error NotBuyer(address caller);
    error AlreadyDone();
    error NotDone();
    error TooLate(uint256 time, uint256 limit);
    error TooEarly(uint256 time, uint256 limit);
    error NothingHeld();

    modifier onlyBuyer() {
        if (msg.sender != buyer) revert NotBuyer(msg.sender);
        _;
    }

    constructor(address buyer_, address seller_, IERC20 token_) {
        buyer = buyer_;
        seller = seller_;
        token = token_;
    }

    function deposit() external onlyBuyer {
        if (deposited) revert AlreadyDone();
        deposited = true;
        held = PRICE;
        depositedAt = block.timestamp;
        emit Deposited(msg.sender, PRICE);
        token.safeTransferFrom(msg.sender, address(this), PRICE);
    }

    function confirmDesign() external onlyBuyer {
        if (designConfirmedAt != 0) revert AlreadyDone();
        designConfirmedAt = block.timestamp;
        emit Done("design", block.timestamp);
    }

    function confirmDelivery() external onlyBuyer {
        if (deliveredAt != 0) revert AlreadyDone();
        deliveredAt = block.timestamp;
        emit Done("delivery", block.timestamp);
    }

    function accept() external onlyBuyer {
        if (acceptedAt != 0) revert AlreadyDone();
        acceptedAt = block.timestamp;
        emit Done("acceptance", block.timestamp);
    }

    function releaseFirst() external {
        if (designConfirmedAt == 0) revert NotDone();
        _pay(0, FIRST);
    }

    function releaseSecond() external {
        if (deliveredAt == 0) revert NotDone();
        if (deliveredAt > LAST_DAY) revert TooLate(deliveredAt, LAST_DAY);
        _pay(1, SECOND);
    }

    function releaseThird() external {
        if (acceptedAt == 0) revert NotDone();
        if (deliveredAt != 0 && acceptedAt > deliveredAt + INSPECTION) {
            revert TooLate(acceptedAt, deliveredAt + INSPECTION);
        }
        _pay(2, THIRD);
    }

    function refundLate() external {
        if (block.timestamp <= LAST_DAY) revert TooEarly(block.timestamp, LAST_DAY);
        if (deliveredAt != 0 && deliveredAt <= LAST_DAY) revert AlreadyDone();
        uint256 rest = held;
        if (rest == 0) revert NothingHeld();
        held = 0;
        emit Released(buyer, rest);
        token.safeTransfer(buyer, rest);
    }

    function _pay(uint256 number, uint256 amount) private {
        if (paid[number]) revert AlreadyDone();
        if (held < amount) revert NothingHeld();
        paid[number] = true;
        held -= amount;
        emit Released(seller, amount);
        token.safeTransfer(seller, amount);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title An English auction as a programmer writes it: rising bids, and refunds that are fetched.
contract AuctionByHand {
    using SafeERC20 for IERC20;

    uint256 public constant END = 1_803_945_599;
    uint256 public constant LEAST = 100e6;
    uint256 public constant STEP = 5e6;
    address public immutable seller;
    IERC20 public immutable token;
    address public highestBidder;
    uint256 public highestBid;
    bool public settled;
    mapping(address bidder => uint256 amount) public refunds;

    event Bid(address indexed bidder, uint256 amount);
    event Refunded(address indexed bidder, uint256 amount);
    event Settled(address indexed seller, uint256 amount);

    error Over();
    error Running();
    error TooLow(uint256 amount);
    error NothingDue();

    constructor(address seller_, IERC20 token_) {
        seller = seller_;
        token = token_;
    }

    function bid(uint256 amount) external {
        if (block.timestamp > END) revert Over();
        if (highestBidder == address(0)) {
            if (amount < LEAST) revert TooLow(amount);
        } else {
            if (amount < highestBid + STEP) revert TooLow(amount);
            refunds[highestBidder] += highestBid;
        }
        highestBid = amount;
        highestBidder = msg.sender;
        emit Bid(msg.sender, amount);
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    function refund() external {
        uint256 due = refunds[msg.sender];
        if (due == 0) revert NothingDue();
        refunds[msg.sender] = 0;
        emit Refunded(msg.sender, due);
        token.safeTransfer(msg.sender, due);
    }

    function settle() external {
        if (block.timestamp <= END) revert Running();
        if (settled || highestBid == 0) revert NothingDue();
        settled = true;
        emit Settled(seller, highestBid);
        token.safeTransfer(seller, highestBid);
    }
}

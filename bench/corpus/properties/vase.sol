// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
contract Auction {
    address payable public seller;
    uint256 public endTime;
    address public highestBidder;
    uint256 public highestBid;
    mapping(address => uint256) public pendingReturns;
    bool ended;
    constructor(address payable seller_, uint256 biddingTime) { seller = seller_; endTime = block.timestamp + biddingTime; }
    function bid() external payable {
        require(block.timestamp < endTime, "over");
        require(msg.value >= 0.5 ether && msg.value > highestBid, "low");
        if (highestBid != 0) pendingReturns[highestBidder] += highestBid;
        highestBidder = msg.sender; highestBid = msg.value;
    }
    function withdraw() external {
        uint256 amount = pendingReturns[msg.sender];
        pendingReturns[msg.sender] = 0;
        (bool ok,) = msg.sender.call{value: amount}("");
        require(ok);
    }
    function auctionEnd() external {
        require(block.timestamp >= endTime && !ended);
        ended = true;
        seller.transfer(highestBid);
    }
}

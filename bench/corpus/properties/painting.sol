// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract PaintingAuction {
    address payable public immutable owner;
    uint256 public immutable endsAt;
    address payable public leader;
    uint256 public top;
    bool public closed;
    mapping(address => uint256) public outbid;

    constructor(uint256 biddingPeriod) {
        owner = payable(msg.sender);
        endsAt = block.timestamp + biddingPeriod;
    }

    function placeBid() external payable {
        require(block.timestamp < endsAt, "over");
        require(msg.value > top && msg.value >= 1 ether, "too low");
        if (leader != address(0)) outbid[leader] += top;
        leader = payable(msg.sender);
        top = msg.value;
    }

    function withdraw() external {
        uint256 amount = outbid[msg.sender];
        require(amount > 0, "nothing");
        outbid[msg.sender] = 0;
        payable(msg.sender).transfer(amount);
    }

    function finish() external {
        require(block.timestamp >= endsAt && !closed, "not now");
        closed = true;
        owner.transfer(top);
    }
}

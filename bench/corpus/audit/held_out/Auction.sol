pragma solidity ^0.5.16;

contract Auction {
    address payable public leader;
    uint256 public highest;
    uint256 public closes;

    constructor() public {
        closes = now + 7 days;
    }

    function bid() external payable {
        require(now < closes, "closed");
        require(msg.value > highest, "too low");
        require(leader.send(highest), "refund failed");
        leader = msg.sender;
        highest = msg.value;
    }
}

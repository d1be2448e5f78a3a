pragma solidity ^0.8.11;

contract Bell {
    address public immutable ringer;
    mapping(address => uint256) public bids;
    uint256 public immutable ends;

    constructor() {
        ringer = msg.sender;
        ends = block.timestamp + 10 days;
    }

    function bid() external payable {
        require(block.timestamp < ends, "over");
        bids[msg.sender] += msg.value;
    }

    function back() external {
        require(block.timestamp >= ends, "not over");
        uint256 sum = bids[msg.sender];
        bids[msg.sender] = 0;
        payable(msg.sender).transfer(sum);
    }
}

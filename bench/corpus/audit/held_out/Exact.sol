pragma solidity ^0.7.1;

contract Exact {
    uint256 public immutable moment;
    mapping(address => uint256) public sums;

    constructor() payable {
        moment = block.timestamp + 1 days;
    }

    function lay() external payable {
        sums[msg.sender] += msg.value;
    }

    function lift() external {
        require(block.timestamp == moment, "not the moment");
        uint256 sum = sums[msg.sender] * 2;
        sums[msg.sender] = 0;
        msg.sender.transfer(sum);
    }
}

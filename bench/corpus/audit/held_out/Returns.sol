pragma solidity ^0.7.0;

contract Returns {
    mapping(address => uint256) public given;
    uint256 public immutable goal;
    uint256 public immutable ends;

    constructor(uint256 wanted) {
        goal = wanted;
        ends = block.timestamp + 14 days;
    }

    function back() external payable {
        given[msg.sender] += msg.value;
    }

    function refund() external {
        require(block.timestamp > ends && address(this).balance < goal, "not now");
        uint256 sum = given[msg.sender];
        given[msg.sender] = 0;
        require(msg.sender.send(sum), "failed");
    }
}

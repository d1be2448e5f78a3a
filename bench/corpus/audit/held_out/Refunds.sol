pragma solidity ^0.7.0;

contract Refunds {
    address payable[] private backers;
    mapping(address => uint256) public given;
    uint256 public immutable goal;
    uint256 public immutable ends;

    constructor(uint256 wanted) {
        goal = wanted;
        ends = block.timestamp + 14 days;
    }

    function back() external payable {
        if (given[msg.sender] == 0) backers.push(msg.sender);
        given[msg.sender] += msg.value;
    }

    function refundAll() external {
        require(block.timestamp > ends && address(this).balance < goal, "not now");
        for (uint256 i = 0; i < backers.length; i++) {
            uint256 sum = given[backers[i]];
            given[backers[i]] = 0;
            require(backers[i].send(sum), "failed");
        }
    }
}

pragma solidity ^0.7.1;

interface IToken {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

contract Crowdback {
    IToken public token;
    address public organiser;
    uint256 public deadline;
    mapping(address => uint256) public pledged;

    constructor(IToken t) {
        token = t;
        organiser = msg.sender;
        deadline = block.timestamp + 10 days;
    }

    function pledge(uint256 value) external {
        require(block.timestamp < deadline, "over");
        require(value < 2**128, "range");
        pledged[msg.sender] += value;
        bool ok = token.transferFrom(msg.sender, address(this), value);
    }

    function back() external {
        require(block.timestamp >= deadline, "running");
        uint256 value = pledged[msg.sender];
        pledged[msg.sender] = 0;
        require(token.transfer(msg.sender, value), "transfer");
    }
}
